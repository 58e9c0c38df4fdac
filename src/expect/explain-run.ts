import { isOwnerKind } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { Trace } from '../trace/index.js'
import { endingOf } from './check-trace.js'
import { isLevel, type Level, type Occurrence, type PodName } from './clause.js'
import { objectsOf } from './monitor/run-objects.js'
import { ANYBODY, type OccurrenceSignal, type Source } from './monitor/signal.js'
import { SignalNetwork } from './monitor/signal-network.js'
import type { ObjectName } from './object-clause.js'
import { objectWord } from './object-kinds.js'
import { expressionText } from './text/format-expression.js'
import type { Ending } from './verdict.js'

/** The part of a run that an explanation is about. */
export interface Part {
  /** From this row on; 0: from the beginning. */
  readonly fromRow: number
  /** Up to and without this row. */
  readonly untilRow: number
  readonly start: Milliseconds
  readonly end: Milliseconds
  readonly ending: Ending
}

/** A stretch during which a level has one value: from this row's instant on. */
export interface Stretch {
  /** The row that began it; −1: the beginning of the run. */
  readonly row: number
  readonly time: Milliseconds
  readonly isSo: boolean
}

/**
 * What happened in a run, as explanations ask for it: at which rows something happened, when something was so. It reads the
 * trace anew for every question, for somebody reads the answer only when an expectation is broken.
 */
export class ExplainedRun {
  readonly trace: Trace
  /** Pods of the only namespace are called by their bare names. */
  readonly podName: (pod: PodName) => string
  /** Objects are called `deployment/web`. */
  readonly objectName: (path: ObjectName) => string

  constructor(trace: Trace) {
    this.trace = trace
    const namespaces = new Set<string>()
    for (const { kind, namespace } of trace.objects.values()) if (kind === 'Pod') namespaces.add(namespace)
    const [only] = namespaces
    const prefix = `${only}/`
    this.objectName = path => shortObjectWord(path, trace)
    this.podName = pod => (namespaces.size === 1 && pod.startsWith(prefix) ? pod.slice(prefix.length) : pod)
  }

  /** The whole run as a part. */
  get whole(): Part {
    const { rows, end, outcome } = this.trace
    return { fromRow: 0, untilRow: rows.length, start: 0, end, ending: endingOf(outcome) }
  }

  timeOf(row: number): Milliseconds {
    return row < 0 ? 0 : this.trace.rows.timeOf(row)
  }

  /** What is said of a level or occurrence, with short names. */
  text(what: Level | Occurrence): string {
    return expressionText(what, { isInEach: false, podName: this.podName, objectName: this.objectName })
  }

  /** The rows at which something happened. */
  rowsOf(occurrence: Occurrence, { fromRow, untilRow }: Part = this.whole): readonly number[] {
    const found: number[] = []
    const network = new SignalNetwork(this.trace.symbols, objectsOf(this.trace))
    const signal = network.occurrence(occurrence)
    follow(this.trace, network, row => {
      if (signal.lastRow === row && row >= fromRow && row < untilRow) found.push(row)
    })
    return found
  }

  /** The stretches of a level, by instants: what rows of one instant say before its last is passed over. */
  stretchesOf(level: Level): readonly Stretch[] {
    const network = new SignalNetwork(this.trace.symbols, objectsOf(this.trace))
    const signal = network.level(level)
    const stretches: Stretch[] = [{ row: -1, time: 0, isSo: signal.isTrueAtFirst }]
    follow(this.trace, network, row => {
      const last = stretches[stretches.length - 1]
      const time = this.timeOf(row)
      if (signal.isTrue === last.isSo) return
      // A change within the instant is undone or done by its last row.
      if (last.time === time) stretches.pop()
      const before = stretches.at(-1)
      if (before === undefined || before.isSo !== signal.isTrue) stretches.push({ row, time, isSo: signal.isTrue })
    })
    return stretches
  }

  /** The values that rows say of something that is followed, of the whole run; 0 where a row takes the value away. */
  valuesOf(source: Source<OccurrenceSignal>): readonly { readonly row: number; readonly value: number }[] {
    const network = new SignalNetwork(this.trace.symbols, objectsOf(this.trace))
    const signal = network.once({ kind: 'followed' }, () => source)
    const values: { row: number; value: number }[] = []
    if (signal.valueAtFirst !== 0) values.push({ row: -1, value: signal.valueAtFirst })
    follow(this.trace, network, row => {
      if (signal.lastRow === row) values.push({ row, value: signal.value })
    })
    return values
  }

  /** Whether a level is so at an instant. */
  isSo(level: Level, time: Milliseconds): boolean {
    return this.stretchesOf(level).findLast(stretch => stretch.time <= time)?.isSo ?? false
  }

  /** Where something first happens, or is so, in a part from a row on; the row is −1 where it was so before any row. */
  firstOf(what: Level | Occurrence, part: Part): { readonly row: number; readonly time: Milliseconds } | undefined {
    if (!isLevel(what)) {
      const [row] = this.rowsOf(what, part)
      return row === undefined ? undefined : { row, time: this.timeOf(row) }
    }
    const stretches = this.stretchesOf(what)
    const isOver = ({ time }: Stretch): boolean => time > part.end
    for (const [i, stretch] of stretches.entries()) {
      const until = stretches[i + 1]?.time ?? Number.POSITIVE_INFINITY
      if (!stretch.isSo || until <= part.start || isOver(stretch)) continue
      return { row: stretch.row, time: Math.max(stretch.time, part.start) }
    }
    return undefined
  }
}

/** `deployment/web`; with its namespace where objects stand in several. */
function shortObjectWord(path: ObjectName, { objects }: Trace): string {
  const namespaces = new Set(
    [...objects.values()].flatMap(({ kind, namespace }) => (isOwnerKind(kind) ? [namespace] : [])),
  )
  const word = objectWord(path)
  return namespaces.size === 1 && word.split('/').length === 3 ? word.slice(word.indexOf('/') + 1) : word
}

/** Runs the rows of a trace through a network of signals; `afterRow` is called after every row. */
function follow(
  { rows, symbols, objects }: Trace,
  { sources, followers }: SignalNetwork,
  afterRow: (row: number) => void,
): void {
  const listeners: {
    isMeant: (object: number, owner?: number) => boolean
    kinds: ReadonlySet<number>
    source: Source
  }[] = []
  for (const source of sources) {
    for (const { path, kinds, isDeep = false } of source.subscriptions)
      listeners.push({ isMeant: whetherMeant(symbols.find(path), path, isDeep), kinds: new Set(kinds), source })
  }
  for (let number = 0; number < rows.length; number++) {
    const { kind, object, a, b, c, cause } = rows.at(number)
    const owner = objects.get(object)?.pod
    for (const listener of listeners) {
      if (listener.kinds.has(kind) && listener.isMeant(object, owner))
        listener.source.take(number, kind, a, b, c, cause)
    }
    for (const follower of followers) follower.follow(number)
    afterRow(number)
  }
}

/** Whether rows about an object are those of a path; an unknown path is nobody's. */
function whetherMeant(meant: number | undefined, path: string, isDeep: boolean) {
  if (path === ANYBODY) return () => true
  if (meant === undefined) return () => false
  return (object: number, owner?: number): boolean => object === meant || (isDeep && owner === meant)
}
