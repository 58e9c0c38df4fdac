import { HOOKS, PROBE_RESULTS, PROBE_TYPES, ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { Occurrence, PodName } from '../clause.js'
import { type FromRows, OccurrenceSignal, type Subscription } from './signal.js'
import { ofContainer, ofPod, ofPodStatus } from './subscriptions.js'

/** The kinds of occurrence that are rows by themselves. */
export type RowOccurrence = Exclude<Occurrence, { kind: 'becomes' | 'anyOf' | 'when' }>

/** Makes the signal of an occurrence that is a row by itself. */
export function rowOccurrence(occurrence: RowOccurrence, symbols: SymbolTable): OccurrenceSignal & FromRows {
  if (occurrence.kind === 'deleted') return new FirstDeletion(occurrence.pod)
  const { rows, isMeant } = recipeOf(occurrence, text => symbols.intern(text))
  return new MatchingRow(rows, isMeant)
}

/** Which rows an occurrence is, and which of them are meant: all, where nothing is said. */
interface Recipe {
  readonly rows: Subscription
  readonly isMeant?: ((a: number, b: number, c: number) => boolean) | undefined
}

function recipeOf(it: Exclude<RowOccurrence, { kind: 'deleted' }>, number: (text: string) => number): Recipe {
  switch (it.kind) {
    case 'started':
      return { rows: ofContainer(it.container, ROW.containerStart) }
    case 'exited': {
      const { container, code } = it
      return {
        rows: ofContainer(container, ROW.exit),
        isMeant: code === undefined ? undefined : (_a, b) => b === code,
      }
    }
    case 'signalled': {
      const signal = SIGNALS[it.signal]
      return { rows: ofContainer(it.container, ROW.signal), isMeant: (_a, b) => b === signal }
    }
    case 'probed': {
      const type = PROBE_TYPES.indexOf(it.probe)
      const result = it.result === undefined ? -1 : PROBE_RESULTS.indexOf(it.result)
      return {
        rows: ofContainer(it.container, ROW.probe),
        isMeant: (_a, b, c) => (b & 3) === type && (result < 0 || (c & 3) === result),
      }
    }
    case 'hookStarted':
    case 'hookEnded':
    case 'hookFailed': {
      const hook = HOOKS.indexOf(it.hook)
      const isFailure = it.kind === 'hookFailed'
      return {
        rows: ofContainer(it.container, it.kind === 'hookStarted' ? ROW.hookStart : ROW.hookEnd),
        isMeant: (_a, b, c) => b === hook && (!isFailure || c !== 0),
      }
    }
    case 'pullStarted':
    case 'pulled':
    case 'pullFailed': {
      const image = it.image === undefined ? -1 : number(it.image)
      const isFailure = it.kind === 'pullFailed'
      const isStart = it.kind === 'pullStarted'
      return {
        rows: ofPod(it.pod, isStart ? ROW.pullStart : ROW.pullEnd),
        isMeant: (a, b) => (image < 0 || a === image) && (isStart || (b !== 0) === isFailure),
      }
    }
    case 'event': {
      const { pod, container } = it
      const reason = number(it.reason)
      const rows =
        container === undefined
          ? { ...ofPod(pod, ROW.event), isDeep: true }
          : ofContainer({ pod, container }, ROW.event)
      return { rows, isMeant: a => a === reason }
    }
    default:
      return { rows: ofPod(it.pod, PLAIN_KINDS[it.kind]) }
  }
}

const SIGNALS = { SIGTERM: 15, SIGKILL: 9 } as const

/** Occurrences that are all rows of one kind about a pod. */
const PLAIN_KINDS = {
  sandboxCreated: ROW.sandboxReady,
  sandboxDied: ROW.sandboxDied,
  created: ROW.created,
  gone: ROW.removed,
  refused: ROW.refused,
} as const

const always = (): boolean => true

class MatchingRow extends OccurrenceSignal implements FromRows {
  readonly subscriptions: readonly Subscription[]
  readonly #isMeant: (a: number, b: number, c: number) => boolean

  constructor(rows: Subscription, isMeant: ((a: number, b: number, c: number) => boolean) | undefined) {
    super()
    this.subscriptions = [rows]
    this.#isMeant = isMeant ?? always
  }

  take(row: number, _kind: RowKind, a: number, b: number, c: number): boolean {
    if (!this.#isMeant(a, b, c)) return false
    this.lastRow = row
    return true
  }
}

/** A pod's deletion is asked for: further requests only shorten the grace. */
class FirstDeletion extends OccurrenceSignal implements FromRows {
  readonly subscriptions: readonly Subscription[]
  #isDeleted = false

  constructor(pod: PodName) {
    super()
    this.subscriptions = ofPodStatus(pod, ROW.deletionRequested)
  }

  take(row: number, kind: RowKind): boolean {
    const isFirst = kind === ROW.deletionRequested && !this.#isDeleted
    this.#isDeleted = kind === ROW.deletionRequested
    if (isFirst) this.lastRow = row
    return isFirst
  }

  override reset(): void {
    super.reset()
    this.#isDeleted = false
  }
}
