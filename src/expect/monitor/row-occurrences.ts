import {
  HOOKS,
  PROBE_RESULTS,
  PROBE_TYPES,
  REQUEST_FAILURES,
  type RequestRace,
  ROW,
  type RowKind,
  type SymbolTable,
} from '../../trace/index.js'
import type { Occurrence } from '../clause.js'
import { NOT_ZERO, number, RowPattern } from './row-pattern.js'
import { OccurrenceSignal, type Source, type Subscription } from './signal.js'
import { ofAnybody, ofContainer, ofObject, ofPod, ofPodStatus, ofService } from './subscriptions.js'

/** The kinds of occurrence that are rows by themselves. */
export type RowOccurrence = Exclude<Occurrence, { kind: 'becomes' | 'anyOf' | 'when' }>

/** Makes the source of an occurrence that is a row by itself. */
export function rowOccurrence(it: RowOccurrence, symbols: SymbolTable): Source<OccurrenceSignal> {
  switch (it.kind) {
    case 'started':
      return new MatchingRow(ofContainer(it.container, ROW.containerStart), new RowPattern(ROW.containerStart))
    case 'exited':
      return ofProcess(it, ROW.exit, it.code)
    case 'signalled':
      return ofProcess(it, ROW.signal, SIGNALS[it.signal])
    case 'probed': {
      const type = number(PROBE_TYPES.indexOf(it.probe), LOW_BITS)
      const result = number(it.result && PROBE_RESULTS.indexOf(it.result), LOW_BITS)
      return new MatchingRow(ofContainer(it.container, ROW.probe), new RowPattern(ROW.probe, undefined, type, result))
    }
    case 'hookStarted':
      return ofProcess(it, ROW.hookStart, HOOKS.indexOf(it.hook))
    case 'hookEnded':
      return ofProcess(it, ROW.hookEnd, HOOKS.indexOf(it.hook))
    case 'hookFailed': {
      const pattern = new RowPattern(ROW.hookEnd, undefined, number(HOOKS.indexOf(it.hook)), NOT_ZERO)
      return new MatchingRow(ofContainer(it.container, ROW.hookEnd), pattern)
    }
    case 'pullStarted':
    case 'pulled':
    case 'pullFailed': {
      const { kind, error } = PULLS[it.kind]
      const image = number(it.image === undefined ? undefined : symbols.intern(it.image))
      // A pull begins for a container, whose row it is, and ends for its pod.
      return new MatchingRow({ ...ofPod(it.pod, kind), isDeep: true }, new RowPattern(kind, image, error))
    }
    case 'event': {
      const { pod = '', container, reason } = it
      const rows =
        container === undefined
          ? { ...ofPod(pod, ROW.event), isDeep: true }
          : ofContainer({ pod, container }, ROW.event)
      return new MatchingRow(rows, new RowPattern(ROW.event, number(symbols.intern(reason))))
    }
    case 'deleted':
      return new FirstDeletion(ofPodStatus(it.pod, ROW.deletionRequested), false)
    case 'refused':
      return new Refusal(it, [ofPod(it.pod, ROW.refused)], symbols)
    case 'stepRefused':
      return new Refusal(it, [{ path: `Step/${it.step}`, kinds: [ROW.step] }, ofAnybody(ROW.refused)], symbols)
    case 'stepDone':
      return new MatchingRow({ path: `Step/${it.step}`, kinds: [ROW.step] }, new RowPattern(ROW.step))
    case 'objectCreated':
      return new MatchingRow(ofObject(it.object, ROW.created), new RowPattern(ROW.created))
    case 'objectGone':
      return new MatchingRow(ofObject(it.object, ROW.removed), new RowPattern(ROW.removed))
    case 'objectDeleted':
      return new FirstDeletion([ofObject(it.object, ROW.created, ROW.deletionRequested, ROW.removed)], true)
    case 'objectEvent':
      return new MatchingRow(
        ofObject(it.object, ROW.event),
        new RowPattern(ROW.event, number(symbols.intern(it.reason))),
      )
    case 'objectRefused':
      return new Refusal(it, [ofObject(it.object, ROW.refused)], symbols)
    case 'requestFailed':
      return new LostRequest(it.service, it.race)
    case 'requestAnswered':
      return new MatchingRow(ofService(it.service, ROW.requestsAnswered), new RowPattern(ROW.requestsAnswered))
    default: {
      const kind = PLAIN_KINDS[it.kind]
      return new MatchingRow(ofPod(it.pod, kind), new RowPattern(kind))
    }
  }
}

/** Probe rows have their type and their answer in the low two bits of their columns. */
const LOW_BITS = 3

const SIGNALS = { SIGTERM: 15, SIGKILL: 9 } as const

const PULLS = {
  pullStarted: { kind: ROW.pullStart, error: undefined },
  pulled: { kind: ROW.pullEnd, error: number(0) },
  pullFailed: { kind: ROW.pullEnd, error: NOT_ZERO },
} as const

/** Occurrences that are all rows of one kind about a pod. */
const PLAIN_KINDS = {
  sandboxCreated: ROW.sandboxReady,
  sandboxDied: ROW.sandboxDied,
  created: ROW.created,
  gone: ROW.removed,
} as const

/** Rows of the runtime about a container say in column b which exit code, signal or hook it was. */
const ofProcess = (
  { container }: Extract<RowOccurrence, { readonly container: object }>,
  kind: RowKind,
  b: number | undefined,
): MatchingRow => new MatchingRow(ofContainer(container, kind), new RowPattern(kind, undefined, number(b)))

class MatchingRow implements Source<OccurrenceSignal> {
  readonly signal = new OccurrenceSignal()
  readonly subscriptions: readonly Subscription[]
  readonly #pattern: RowPattern

  constructor(rows: Subscription, pattern: RowPattern) {
    this.subscriptions = [rows]
    this.#pattern = pattern
  }

  take(row: number, kind: RowKind, a: number, b: number, c: number): boolean {
    if (!this.#pattern.matches(kind, a, b, c)) return false
    this.signal.lastRow = row
    return true
  }
}

/** A request is lost, in whatever race or in one. */
class LostRequest implements Source<OccurrenceSignal> {
  readonly signal = new OccurrenceSignal()
  readonly subscriptions: readonly Subscription[]
  readonly #race: RequestRace | undefined

  constructor(service: string, race: RequestRace | undefined) {
    this.subscriptions = [ofService(service, ROW.requestFailed)]
    this.#race = race
  }

  take(row: number, kind: RowKind, a: number): boolean {
    const isMeant = kind === ROW.requestFailed && (this.#race === undefined || REQUEST_FAILURES[a]?.race === this.#race)
    if (isMeant) this.signal.lastRow = row
    return isMeant
  }
}

/**
 * A deletion is asked for: further requests only shorten the grace. An object without finalizers is removed at once, and that is
 * all that is seen of the request.
 */
class FirstDeletion implements Source<OccurrenceSignal> {
  readonly signal = new OccurrenceSignal()
  readonly subscriptions: readonly Subscription[]
  readonly #isByRemoval: boolean
  #isDeleted = false

  constructor(subscriptions: readonly Subscription[], isByRemoval: boolean) {
    this.subscriptions = subscriptions
    this.#isByRemoval = isByRemoval
  }

  take(row: number, kind: RowKind): boolean {
    const isRequest = kind === ROW.deletionRequested || (this.#isByRemoval && kind === ROW.removed)
    const isFirst = isRequest && !this.#isDeleted
    this.#isDeleted = kind === ROW.deletionRequested
    if (isFirst) this.signal.lastRow = row
    return isFirst
  }

  reset(): void {
    this.#isDeleted = false
  }
}

/** Refusals: of a step, which is their cause, or about a pod, with a message or with any. */
class Refusal implements Source<OccurrenceSignal> {
  readonly signal = new OccurrenceSignal()
  readonly subscriptions: readonly Subscription[]
  readonly #symbols: SymbolTable
  readonly #message: string | undefined
  readonly #isOfStep: boolean
  /** Rows at which the step was carried out. */
  readonly #stepRows = new Set<number>()

  constructor(
    { kind, message }: Extract<RowOccurrence, { kind: 'refused' | 'objectRefused' | 'stepRefused' }>,
    subscriptions: readonly Subscription[],
    symbols: SymbolTable,
  ) {
    this.subscriptions = subscriptions
    this.#symbols = symbols
    this.#message = message
    this.#isOfStep = kind === 'stepRefused'
  }

  take(row: number, kind: RowKind, a: number, _b: number, _c: number, cause: number): boolean {
    if (kind === ROW.step) {
      this.#stepRows.add(row)
      return false
    }
    if (kind !== ROW.refused || (this.#isOfStep && !this.#stepRows.has(cause))) return false
    if (this.#message !== undefined && !this.#symbols.text(a).includes(this.#message)) return false
    this.signal.lastRow = row
    return true
  }

  reset(): void {
    if (this.#stepRows.size > 0) this.#stepRows.clear()
  }
}
