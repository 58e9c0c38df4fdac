import { type MessageTemplate, packTypeAndCount, ROW } from '../../trace/index.js'
import type { Environment } from '../contract/index.js'

/**
 * Events already written about one object: what the correlator remembers. A cluster has one of these per pod and component, so the lists
 * are flat and have no room to spare.
 */
class ObjectEvents {
  /** Four numbers per event: object, reason and message, which make events equal, and how often it was written. */
  written: readonly number[] = NOTHING
  /** Three numbers per reason: it, the first message within the aggregation interval, and when the last one came. */
  reasons: readonly number[] = NOTHING
  /** By reason: further messages within the interval; most reasons have one. */
  others: Map<number, Set<number>> | null = null
  /** Tokens of the spam filter, for Normal and Warning events, and when each bucket was last filled. */
  tokens = BURST
  warningTokens = BURST
  filledAt: number
  warningsFilledAt: number

  constructor(now: number) {
    this.filledAt = now
    this.warningsFilledAt = now
  }
}

/**
 * Writes Events the way client-go does: similar ones are aggregated, equal ones counted, too many dropped.
 *
 * client-go: tools/record/events_cache.go EventCorrelate, v1.32 (R-1150, R-1151, R-1152).
 */
export class EventRecorder {
  readonly #environment: Environment
  readonly #source: number
  readonly #sharesBucket: boolean
  /** By number of the involved object: a recorder of one node hears of few of all the pods that there are. */
  #objects = new Map<number, ObjectEvents>()

  /** `source`: number of the component in EVENT_SOURCES; `sharesBucket`: Normal and Warning events count together (C-8). */
  constructor(environment: Environment, source: number, sharesBucket = false) {
    this.#environment = environment
    this.#source = source
    this.#sharesBucket = sharesBucket
  }

  /** There will be no more events about an object: it is gone. */
  forget(involved: number): void {
    this.#objects.delete(involved)
  }

  /** Forgets everything: a new run, or a restart of the component. */
  reset(): void {
    if (this.#objects.size > 0) this.#objects = new Map()
  }

  /**
   * Records an event about `object` (path of the pod or container) of the involved object number `involved`;
   * answers its row, or −1 where the spam filter dropped it.
   */
  record(involved: number, object: number, isWarning: boolean, reason: number, message: number, cause: number): number {
    const { kernel, trace } = this.#environment
    let events = this.#objects.get(involved)
    if (events === undefined) {
      events = new ObjectEvents(kernel.now)
      this.#objects.set(involved, events)
    }
    const written = this.#aggregate(events, reason, message)
    const count = this.#count(events, object, reason, written === message ? message : -reason)
    if (!(isWarning && !this.#sharesBucket ? this.#takeWarningToken(events) : this.#takeToken(events))) return -1
    const packed = packTypeAndCount(isWarning, this.#source, count)
    return trace.append(kernel.now, ROW.event, object, reason, packed, written, cause)
  }

  /** The tenth distinct message of a reason within ten minutes, and each after it, is written as one combined event. */
  #aggregate(events: ObjectEvents, reason: number, message: number): number {
    const { kernel, symbols } = this.#environment
    const { reasons } = events
    let at = 0
    while (at < reasons.length && reasons[at] !== reason) at += PER_REASON
    if (at === reasons.length) {
      events.reasons = longer(reasons, reason, message, kernel.now)
      return message
    }
    const isOver = kernel.now - reasons[at + 2] > AGGREGATION_INTERVAL_MS
    if (isOver) events.others?.delete(reason)
    const first = isOver ? message : reasons[at + 1]
    const changed = reasons as number[]
    changed[at + 1] = first
    changed[at + 2] = kernel.now
    const others = message === first ? events.others?.get(reason) : othersOf(events, reason)
    if (others === undefined) return message
    if (message !== first && others.size < MOST_DISTINCT - 1) others.add(message)
    return others.size >= MOST_DISTINCT - 1 ? symbols.message(COMBINED, message) : message
  }

  #count(events: ObjectEvents, object: number, reason: number, message: number): number {
    const written = events.written as number[]
    for (let i = 0; i < written.length; i += PER_EVENT) {
      if (written[i] === object && written[i + 1] === reason && written[i + 2] === message) return ++written[i + 3]
    }
    events.written = longer(written, object, reason, message, 1)
    return 1
  }

  #takeToken(events: ObjectEvents): boolean {
    const tokens = this.#refilled(events.tokens, events.filledAt)
    events.filledAt = this.#environment.kernel.now
    events.tokens = tokens >= 1 ? tokens - 1 : tokens
    return tokens >= 1
  }

  #takeWarningToken(events: ObjectEvents): boolean {
    const tokens = this.#refilled(events.warningTokens, events.warningsFilledAt)
    events.warningsFilledAt = this.#environment.kernel.now
    events.warningTokens = tokens >= 1 ? tokens - 1 : tokens
    return tokens >= 1
  }

  #refilled(tokens: number, filledAt: number): number {
    return Math.min(BURST, tokens + (this.#environment.kernel.now - filledAt) / REFILL_MS)
  }
}

function othersOf(events: ObjectEvents, reason: number): Set<number> {
  events.others ??= new Map()
  let others = events.others.get(reason)
  if (others === undefined) {
    others = new Set()
    events.others.set(reason, others)
  }
  return others
}

/** The list with more numbers, and no room beyond them: `push` would reserve a dozen places. */
function longer(list: readonly number[], ...more: readonly number[]): number[] {
  const next = new Array<number>(list.length + more.length)
  for (let i = 0; i < list.length; i++) next[i] = list[i]
  for (let i = 0; i < more.length; i++) next[list.length + i] = more[i]
  return next
}

const NOTHING: readonly number[] = []
const PER_EVENT = 4
const PER_REASON = 3
const BURST = 25
const REFILL_MS = 300_000
const AGGREGATION_INTERVAL_MS = 600_000
const MOST_DISTINCT = 10
const COMBINED: MessageTemplate = {
  name: 'combined',
  arguments: ['symbol'],
  write: ([message]) => `(combined from similar events): ${message}`,
}
