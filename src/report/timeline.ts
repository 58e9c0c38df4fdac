import type { Milliseconds } from '../time/index.js'
import type { Row, Trace, TraceObject } from '../trace/index.js'
import { foldPeriods } from './fold-periods.js'
import { layOut } from './lay-out.js'
import { ObjectNames } from './object-names.js'
import { type Palette, PLAIN_PALETTE } from './palette.js'
import { Reasons, tellingCause } from './reasons.js'
import { rowSentence } from './row-sentence.js'
import { Story, type Told } from './story.js'
import type { TimelineLine } from './timeline-line.js'

/** What a timeline shows, and how wide. */
export interface TimelineOptions {
  /** Characters per line; default 100. */
  readonly columns?: number | undefined
  /** Default: no colours. */
  readonly palette?: Palette | undefined
  /** A line for every row, in the rows' own words, instead of the story. */
  readonly all?: boolean | undefined
  /** Only objects for which this holds; containers are asked for their pod. */
  readonly shows?: ((object: TraceObject) => boolean) | undefined
  /** Only rows from this instant on, and up to that one. */
  readonly from?: Milliseconds | undefined
  readonly until?: Milliseconds | undefined
}

/**
 * Tells a run as lines of text: virtual time, pod or container, what happened, why.
 *
 * What happened to one object at one instant stands on one line. Rows that repeat what others say are left out, and cycles
 * that go round five times or more are shortened, unless `all` asks for everything.
 */
export function timeline(trace: Trace, options: TimelineOptions = {}): string[] {
  const { columns = 100, palette = PLAIN_PALETTE, all = false } = options
  const told = all ? everyRow(trace, options) : foldPeriods(storyLines(trace, options))
  return layOut(told, columns, palette)
}

/** Lines that are still being put together. */
interface OpenLine {
  readonly object: number
  readonly rows: Row[]
  readonly told: Told[]
}

/** The story of a run, a line for what happened to one object at one instant; nothing is shortened yet. */
export function storyLines(trace: Trace, options: TimelineOptions = {}): TimelineLine[] {
  const story = new Story(trace)
  const names = new ObjectNames(trace)
  const reasons = new Reasons(trace)
  const isShown = filterOf(trace, options)
  const lines: TimelineLine[] = []
  let instant = -1
  let open = new Map<number, OpenLine>()
  const close = (): void => {
    for (const line of open.values()) lines.push(closed(trace, line, names, reasons))
    open = new Map()
  }
  for (let number = 0; number < trace.rows.length; number++) {
    const row = trace.rows.at(number)
    const told = story.tell(row)
    if (told === undefined || !isShown(row)) continue
    if (row.time !== instant) close()
    instant = row.time
    const object = told.object ?? row.object
    const line = open.get(object)
    if (line === undefined) open.set(object, { object, rows: [row], told: [told] })
    else {
      line.rows.push(row)
      line.told.push(told)
    }
  }
  close()
  return lines
}

function closed(trace: Trace, { object, rows, told }: OpenLine, names: ObjectNames, reasons: Reasons): TimelineLine {
  const numbers = new Set(rows.map(({ number }) => number))
  const outer = rows.filter(row => !numbers.has(tellingCause(trace, row)?.number ?? -1))
  const why = outer.map(row => reasons.of(row)).find(reason => reason !== '') ?? ''
  return {
    time: rows[0].time,
    object: names.of(object),
    group: groupOf(trace, object),
    pieces: told,
    why,
    rows: [...numbers],
  }
}

function everyRow(trace: Trace, options: TimelineOptions): TimelineLine[] {
  const names = new ObjectNames(trace)
  const reasons = new Reasons(trace)
  const isShown = filterOf(trace, options)
  const lines: TimelineLine[] = []
  for (let number = 0; number < trace.rows.length; number++) {
    const row = trace.rows.at(number)
    if (!isShown(row)) continue
    lines.push({
      time: row.time,
      object: names.of(row.object),
      group: groupOf(trace, row.object),
      pieces: [{ what: rowSentence(row, trace.symbols), tone: 'plain' }],
      why: reasons.of(row),
      rows: [number],
    })
  }
  return lines
}

const groupOf = ({ objects }: Trace, object: number): number => objects.get(object)?.pod ?? object

function filterOf(trace: Trace, { shows, from, until }: TimelineOptions): (row: Row) => boolean {
  const first = from ?? 0
  const last = until ?? Number.POSITIVE_INFINITY
  return ({ time, object }) => {
    if (time < first || time > last) return false
    const about = trace.objects.get(groupOf(trace, object))
    return shows === undefined || about === undefined || shows(about)
  }
}
