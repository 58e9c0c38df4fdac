import { unpackStatusAndReason } from './packed-columns.js'
import { ROW_KINDS } from './row-kind.js'
import type { Row } from './row-store.js'
import type { Trace } from './trace.js'
import { type CausalLink, causalChain } from './why.js'

/** Where two traces part: one side of it. */
export interface DivergingSide {
  readonly trace: Trace
  /** The first row that differs; undefined: this trace has ended. */
  readonly row: Row | undefined
  /** Its causal chain, itself first. */
  readonly chain: readonly CausalLink[]
  /** Some rows after it. */
  readonly after: readonly Row[]
}

/** The first difference between two traces. */
export interface Divergence {
  /** Number of the row, the same in both. */
  readonly number: number
  /** What differs: `time`, `object`, `kind`, `cause`, or names of columns; empty when one trace has ended. */
  readonly fields: readonly string[]
  /** Some of the rows before it, which both have. */
  readonly before: readonly Row[]
  readonly left: DivergingSide
  readonly right: DivergingSide
}

/**
 * The first row in which two traces differ, by content: texts are compared, not the numbers that a run gives them.
 * Undefined when all rows are equal.
 *
 * Rows that only count repetitions are compared by their kind and object, as the digest does not read them.
 */
export function firstDivergence(left: Trace, right: Trace, context = 5): Divergence | undefined {
  const compare = new RowComparison(left, right)
  const common = Math.min(left.rows.length, right.rows.length)
  let number = 0
  while (number < common && compare.differences(number).length === 0) number++
  if (number === left.rows.length && number === right.rows.length) return undefined
  const before: Row[] = []
  for (let row = Math.max(0, number - context); row < number; row++) before.push(left.rows.at(row))
  return {
    number,
    fields: number < common ? compare.differences(number) : [],
    before,
    left: sideOf(left, number, context),
    right: sideOf(right, number, context),
  }
}

function sideOf(trace: Trace, number: number, context: number): DivergingSide {
  const { rows } = trace
  if (number >= rows.length) return { trace, row: undefined, chain: [], after: [] }
  const after: Row[] = []
  for (let row = number + 1; row <= number + context && row < rows.length; row++) after.push(rows.at(row))
  return { trace, row: rows.at(number), chain: causalChain(trace, number), after }
}

const NONE: readonly string[] = []

class RowComparison {
  readonly #left: Trace
  readonly #right: Trace
  /** Symbols of the left that were found equal to one of the right. */
  readonly #equal = new Map<number, number>()

  constructor(left: Trace, right: Trace) {
    this.#left = left
    this.#right = right
  }

  differences(number: number): readonly string[] {
    const a = this.#left.rows.at(number)
    const b = this.#right.rows.at(number)
    if (a.kind !== b.kind) return ['kind']
    const fields: string[] = []
    if (a.time !== b.time) fields.push('time')
    if (!this.#isSameText(a.object, b.object)) fields.push('object')
    const info = ROW_KINDS[a.kind]
    if (info.isDigested) {
      for (let column = 0; column < info.columns.length; column++) {
        const mine = COLUMNS[column](a)
        const theirs = COLUMNS[column](b)
        if (!this.#isSameValue(info.types[column], mine, theirs)) fields.push(info.columns[column])
      }
      if (a.cause !== b.cause) fields.push('cause')
    }
    return fields.length === 0 ? NONE : fields
  }

  #isSameValue(type: string, mine: number, theirs: number): boolean {
    if (type === 'symbol') return this.#isSameText(mine, theirs)
    if (type === 'int') return mine === theirs
    const left = unpackStatusAndReason(mine)
    const right = unpackStatusAndReason(theirs)
    return left.status === right.status && this.#isSameText(left.reason, right.reason)
  }

  #isSameText(mine: number, theirs: number): boolean {
    if (this.#equal.get(mine) === theirs) return true
    if (this.#left.symbols.text(mine) !== this.#right.symbols.text(theirs)) return false
    this.#equal.set(mine, theirs)
    return true
  }
}

const COLUMNS = [(row: Row): number => row.a, (row: Row): number => row.b, (row: Row): number => row.c]
