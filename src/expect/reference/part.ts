import type { Milliseconds } from '../../time/index.js'
import type { Level, Occurrence } from '../clause.js'
import type { Ending, Verdict } from '../verdict.js'
import type { RunReading } from './run-reading.js'

/** An instant: all rows of one time. The beginning is one, even without rows. */
export interface Instant {
  readonly time: Milliseconds
  /** The last row; −1: there is none. */
  readonly row: number
}

/** A row at which something happens. */
export interface Happening {
  readonly time: Milliseconds
  readonly row: number
}

/** A level between two instants at which rows are: so or not so all the while. */
export interface Stretch extends Instant {
  /** Not any more at this time. */
  readonly until: Milliseconds
  readonly isTrue: boolean
}

/** A part of a run, or the whole. */
export interface Part {
  readonly reading: RunReading
  /** The rows of the part, from the first up to, and without, the second. */
  readonly firstRow: number
  readonly endRow: number
  readonly from: Milliseconds
  readonly until: Milliseconds
  /** The row that opens it; −1: the beginning of the run. */
  readonly openingRow: number
  readonly ending: Ending
  /** The instants at which levels are read: where a scope ends in mid-instant, that one is not among them. */
  readonly instants: readonly Instant[]
}

/** The whole run. */
export function wholeRun(reading: RunReading, ending: Ending): Part {
  const { rows, trace } = reading
  const times = [...new Set([0, ...rows.map(({ time }) => time)])]
  const instants = times.map(time => ({ time, row: rows.findLastIndex(row => row.time === time) }))
  return {
    reading,
    firstRow: 0,
    endRow: rows.length,
    from: 0,
    until: trace.end,
    openingRow: -1,
    ending,
    instants,
  }
}

/** The part of a part that a row opens and another one, if any, closes. */
export function partBetween(part: Part, first: Happening, end?: Happening): Part {
  const bounds = end === undefined ? {} : ({ endRow: end.row, until: end.time, ending: 'scopeEnd' } as const)
  const inner = { ...part, firstRow: first.row, from: first.time, openingRow: first.row, ...bounds }
  const isInside = ({ time }: Instant): boolean => time >= inner.from && (end === undefined || time < end.time)
  return { ...inner, instants: part.instants.filter(isInside) }
}

/** Where something happens in a part. */
export const happenings = ({ reading, firstRow, endRow }: Part, occurrence: Occurrence): readonly Happening[] =>
  reading.rows
    .filter(({ number }) => number >= firstRow && number < endRow && reading.occurrence(occurrence)[number])
    .map(({ time, number }) => ({ time, row: number }))

/** The instants of a part at which a level is so, or is not so. */
export const instantsWhere = ({ reading, instants }: Part, level: Level, isSo: boolean): readonly Instant[] =>
  instants.filter(({ row }) => reading.level(level)[row + 1] === isSo)

/** The stretches of a level in a part; the last one lasts as long as the part is known to. */
export function stretches({ reading, instants, until, ending }: Part, level: Level): readonly Stretch[] {
  const end = { quiescent: Number.POSITIVE_INFINITY, horizon: until + 1, scopeEnd: until }[ending]
  return instants.map((instant, i) => ({
    ...instant,
    until: instants[i + 1]?.time ?? end,
    isTrue: reading.level(level)[instant.row + 1],
  }))
}

/** Something does not come until the end of the part. */
export const notCome = ({ until, ending, openingRow }: Part, trigger = openingRow): Verdict =>
  ending === 'horizon' ? { kind: 'open', trigger } : { kind: 'violated', time: until, row: trigger, trigger }

/** Something comes that must not. */
export const offence = ({ openingRow }: Part, { time, row }: Instant, trigger = openingRow): Verdict => ({
  kind: 'violated',
  time,
  row,
  trigger,
})
