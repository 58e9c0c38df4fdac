import { formatInstant } from './format-instant.js'
import type { TimelineLine } from './timeline-line.js'

/** A sequence of up to so many lines counts as one turn of a cycle. */
const LONGEST_PERIOD = 12
/** So many equal turns in a row are shortened: the first two and the last one stay. */
const FEWEST_TURNS = 5
const TURNS_BEFORE = 2
const TURNS_AFTER = 1

/**
 * Shortens what goes round in circles. The rule: where the lines of one pod repeat the same sequence five times or more
 * (numbers of restarts and of repetitions apart), the first two turns and the last one are shown, and one line stands for the
 * turns between, saying how many they are and until when they went on.
 */
export function foldPeriods(lines: readonly TimelineLine[]): TimelineLine[] {
  const byGroup = new Map<number, number[]>()
  lines.forEach(({ group }, number) => {
    const numbers = byGroup.get(group)
    if (numbers === undefined) byGroup.set(group, [number])
    else numbers.push(number)
  })
  const replaced = new Map<number, TimelineLine | undefined>()
  for (const numbers of byGroup.values()) foldGroup(lines, numbers, replaced)
  return lines.flatMap((line, number) => {
    if (!replaced.has(number)) return [line]
    const substitute = replaced.get(number)
    return substitute === undefined ? [] : [substitute]
  })
}

/** Notes in `replaced` which lines of one pod go, and what stands for the first of each stretch. */
function foldGroup(
  lines: readonly TimelineLine[],
  numbers: readonly number[],
  replaced: Map<number, TimelineLine | undefined>,
): void {
  const keys = numbers.map(number => keyOf(lines[number]))
  for (let at = 0; at < keys.length; ) {
    const cycle = cycleAt(keys, at)
    if (cycle === undefined) {
      at++
      continue
    }
    const { period, turns } = cycle
    const from = at + TURNS_BEFORE * period
    const to = at + (turns - TURNS_AFTER) * period
    for (let i = from; i < to; i++) replaced.set(numbers[i], undefined)
    const first = lines[numbers[from]]
    const last = lines[numbers[to - 1]]
    const hidden = turns - TURNS_BEFORE - TURNS_AFTER
    const what = `… the same ${hidden} more times, until ${formatInstant(last.time)}`
    replaced.set(numbers[from], { ...first, pieces: [{ what, tone: 'plain' }], why: '' })
    at += turns * period
  }
}

/** The shortest cycle that begins at a line and goes round often enough. */
function cycleAt(keys: readonly string[], at: number): { readonly period: number; readonly turns: number } | undefined {
  for (let period = 1; period <= LONGEST_PERIOD && at + FEWEST_TURNS * period <= keys.length; period++) {
    let end = at + period
    while (end < keys.length && keys[end] === keys[end - period]) end++
    const turns = Math.floor((end - at) / period)
    if (turns >= FEWEST_TURNS) return { period, turns }
  }
  return undefined
}

/** What makes two lines the same: everything but the time, numbers of restarts and counts of repetitions. */
const keyOf = ({ object, pieces, why }: TimelineLine): string =>
  [object, ...pieces.map(({ what }) => what.replace(/ \(restart \d+\)| [(]?×\d+( until \S+\))?/g, '')), why].join('\n')
