import type { Occurrence, Scope } from '../clause.js'
import { type Happening, happenings, type Part, partBetween } from './part.js'

/** The parts of a part that a scope is about. */
export function scopeParts(part: Part, scope: Exclude<Scope, { kind: 'afterQuiescence' }>): readonly Part[] {
  switch (scope.kind) {
    case 'after': {
      const [first] = happenings(part, scope.what)
      return first === undefined ? [] : [partBetween(part, first)]
    }
    case 'before': {
      const [first] = happenings(part, scope.what)
      if (first === undefined) return []
      const { firstRow, from, openingRow } = part
      return [{ ...partBetween(part, { row: firstRow, time: from }, first), openingRow }]
    }
    case 'between':
      return partsBetween(part, scope.from, scope.to)
    case 'while':
      return stretchesOf(part, scope)
  }
}

function partsBetween(part: Part, from: Occurrence, to: Occurrence): readonly Part[] {
  const openings = happenings(part, from)
  const closings = happenings(part, to)
  const parts: Part[] = []
  let opening = openings.at(0)
  while (opening !== undefined) {
    const { row }: Happening = opening
    const closing = closings.find(each => each.row > row)
    parts.push(partBetween(part, opening, closing))
    opening = closing === undefined ? undefined : openings.find(each => each.row >= closing.row)
  }
  return parts
}

function stretchesOf(part: Part, { level }: Extract<Scope, { kind: 'while' }>): readonly Part[] {
  const { reading, instants } = part
  const isSo = (i: number): boolean => i >= 0 && reading.level(level)[instants[i].row + 1]
  const firstRowFrom = (time: number): number => {
    const row = reading.rows.findIndex(each => each.time >= time)
    return Math.max(part.firstRow, row < 0 ? part.endRow : row)
  }
  return instants.flatMap((instant, i) => {
    if (!isSo(i) || isSo(i - 1)) return []
    const end = instants.find((_, j) => j > i && !isSo(j))
    const endOfStretch = end === undefined ? undefined : { time: end.time, row: firstRowFrom(end.time) }
    const first = { time: instant.time, row: firstRowFrom(instant.time) }
    return [{ ...partBetween(part, first, endOfStretch), openingRow: instant.row }]
  })
}
