import type { Row, Trace } from '../trace/index.js'
import { ObjectNames } from './object-names.js'
import { Reasons } from './reasons.js'
import { rowSentence } from './row-sentence.js'
import { storyLines } from './timeline.js'
import type { TimelineLine } from './timeline-line.js'

/** Which part of a timeline a finding shows. */
export interface FindingView {
  /** Numbers of the rows that show it: their lines are marked. */
  readonly marked: readonly number[]
  /** Rows whose lines are shown without a mark: what set it off. */
  readonly shown: readonly number[]
  /** The instant to show where there is no row. */
  readonly at: number
}

/** A line of a finding's timeline; undefined stands for lines that are left out. */
export type FindingLine = { readonly line: TimelineLine; readonly isMarked: boolean } | undefined

/** Lines before and after each that is asked for. */
const BEFORE = 4
const AFTER = 2
/** Lines around an instant at which nothing happened. */
const AROUND_NOTHING = 6
/** More would hide what they are to show. */
const MOST_LINES = 24

/**
 * Chooses the lines around a finding: those of the rows that show it and of what set it off, some before and after, only of the
 * pods concerned and of what belongs to no pod. A row that the story leaves out is told in its own words.
 */
export function findingLines(trace: Trace, view: FindingView): readonly FindingLine[] {
  const wanted = [...new Set([...view.marked, ...view.shown])].filter(row => row >= 0 && row < trace.rows.length)
  const told = withRows(trace, storyLines(trace), wanted)
  const groups = new Set(wanted.map(row => groupOf(trace, trace.rows.objectOf(row))))
  const isConcerned = ({ group }: TimelineLine): boolean =>
    groups.size === 0 || groups.has(group) || trace.objects.get(group)?.kind !== 'Pod'
  const lines = told.filter(isConcerned)
  const isOf = (line: TimelineLine, rows: readonly number[]): boolean => line.rows.some(row => rows.includes(row))
  const asked = lines.flatMap((line, i) => (isOf(line, wanted) ? [i] : []))
  const marks = lines.flatMap((line, i) => (isOf(line, view.marked) ? [i] : []))
  const chosen = asked.length > 0 ? around(asked, marks, lines.length) : before(lines, view.at)
  const found: FindingLine[] = []
  chosen.forEach((number, i) => {
    if (i > 0 && number > chosen[i - 1] + 1) found.push(undefined)
    found.push({ line: lines[number], isMarked: isOf(lines[number], view.marked) })
  })
  return found
}

/** Where there are more than fit, those nearest to a mark stay, and of those that were asked for every one that fits. */
function around(asked: readonly number[], marks: readonly number[], length: number): readonly number[] {
  const centres = marks.length > 0 ? marks : asked
  const distance = (line: number): number =>
    Math.min(...centres.slice(0, MOST_LINES).map(each => Math.abs(line - each)))
  const chosen = new Set<number>()
  for (const line of asked.slice(0, MOST_LINES)) {
    const isMark = centres.includes(line)
    const first = Math.max(0, line - (isMark ? BEFORE : 0))
    for (let i = first; i <= Math.min(length - 1, line + AFTER); i++) chosen.add(i)
  }
  const isAsked = new Set(asked.slice(0, MOST_LINES))
  return [...chosen]
    .sort((a, b) => Number(isAsked.has(b)) - Number(isAsked.has(a)) || distance(a) - distance(b))
    .slice(0, MOST_LINES)
    .sort((a, b) => a - b)
}

/** The last lines up to an instant, and the next. */
function before(lines: readonly TimelineLine[], at: number): readonly number[] {
  const next = lines.findIndex(({ time }) => time > at)
  const end = next < 0 ? lines.length : next
  const numbers: number[] = []
  for (let i = Math.max(0, end - AROUND_NOTHING); i < Math.min(lines.length, end + 1); i++) numbers.push(i)
  return numbers
}

/** Adds a line for each row that is wanted and that no line tells. */
function withRows(trace: Trace, lines: readonly TimelineLine[], wanted: readonly number[]): readonly TimelineLine[] {
  const told = new Set(lines.flatMap(({ rows }) => rows))
  const missing = wanted.filter(row => !told.has(row))
  if (missing.length === 0) return lines
  const names = new ObjectNames(trace)
  const reasons = new Reasons(trace)
  const own = missing.map(number => ownLine(trace, trace.rows.at(number), names, reasons))
  return [...lines, ...own].sort((a, b) => a.time - b.time || a.rows[0] - b.rows[0])
}

const ownLine = (trace: Trace, row: Row, names: ObjectNames, reasons: Reasons): TimelineLine => ({
  time: row.time,
  object: names.of(row.object),
  group: groupOf(trace, row.object),
  pieces: [{ what: rowSentence(row, trace.symbols), tone: 'plain' }],
  why: reasons.of(row),
  rows: [row.number],
})

const groupOf = ({ objects }: Trace, object: number): number => objects.get(object)?.pod ?? object
