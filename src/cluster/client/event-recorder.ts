import { type MessageTemplate, packTypeAndCount, ROW } from '../../trace/index.js'
import type { Environment } from '../contract/index.js'

/** Events already written about one object: what the correlator remembers. */
interface ObjectEvents {
  /** Four numbers per event: object, reason and message, which make events equal, and how often it was written. */
  readonly written: number[]
  /** Tokens of the spam filter, for Normal and Warning events, and when each bucket was last filled. */
  readonly tokens: [number, number]
  readonly filledAt: [number, number]
  readonly aggregates: Aggregate[]
}

/** Distinct messages of one reason within the aggregation interval; most reasons have one. */
interface Aggregate {
  readonly reason: number
  first: number
  others: Set<number> | null
  lastAt: number
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
      events = { written: [], tokens: [BURST, BURST], filledAt: [kernel.now, kernel.now], aggregates: [] }
      this.#objects.set(involved, events)
    }
    const written = this.#aggregate(events, reason, message)
    const count = this.#count(events, object, reason, written === message ? message : -reason)
    if (!this.#takeToken(events, isWarning && !this.#sharesBucket ? 1 : 0)) return -1
    const packed = packTypeAndCount(isWarning, this.#source, count)
    return trace.append(kernel.now, ROW.event, object, reason, packed, written, cause)
  }

  /** The tenth distinct message of a reason within ten minutes, and each after it, is written as one combined event. */
  #aggregate(events: ObjectEvents, reason: number, message: number): number {
    const { kernel, symbols } = this.#environment
    const aggregate = events.aggregates.find(each => each.reason === reason)
    if (aggregate === undefined) {
      events.aggregates.push({ reason, first: message, others: null, lastAt: kernel.now })
      return message
    }
    if (kernel.now - aggregate.lastAt > AGGREGATION_INTERVAL_MS) {
      aggregate.first = message
      aggregate.others = null
    }
    aggregate.lastAt = kernel.now
    if (message !== aggregate.first) {
      aggregate.others ??= new Set()
      if (aggregate.others.size < MOST_DISTINCT - 1) aggregate.others.add(message)
    }
    const isCombined = aggregate.others !== null && aggregate.others.size >= MOST_DISTINCT - 1
    return isCombined ? symbols.message(COMBINED, message) : message
  }

  #count(events: ObjectEvents, object: number, reason: number, message: number): number {
    const { written } = events
    for (let i = 0; i < written.length; i += 4) {
      if (written[i] === object && written[i + 1] === reason && written[i + 2] === message) return ++written[i + 3]
    }
    written.push(object, reason, message, 1)
    return 1
  }

  #takeToken(events: ObjectEvents, bucket: 0 | 1): boolean {
    const { now } = this.#environment.kernel
    const refilled = Math.min(BURST, events.tokens[bucket] + (now - events.filledAt[bucket]) / REFILL_MS)
    events.filledAt[bucket] = now
    events.tokens[bucket] = refilled >= 1 ? refilled - 1 : refilled
    return refilled >= 1
  }
}

const BURST = 25
const REFILL_MS = 300_000
const AGGREGATION_INTERVAL_MS = 600_000
const MOST_DISTINCT = 10
const COMBINED: MessageTemplate = {
  name: 'combined',
  arguments: ['symbol'],
  write: ([message]) => `(combined from similar events): ${message}`,
}
