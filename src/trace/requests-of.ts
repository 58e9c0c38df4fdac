import type { Milliseconds } from '../time/index.js'
import { unpackStatusAndReason } from './packed-columns.js'
import { REQUEST_FAILURES, type RequestRace, ROW } from './row-kind.js'
import type { Row } from './row-store.js'
import type { Trace } from './trace.js'

/** What the pod that lost a request was doing when it lost the first of them. */
export interface LosingPod {
  /** `namespace/name`. */
  readonly name: string
  /** Its phase, or `gone`. */
  readonly phase: string
  readonly isReady: boolean
  /** Since when it is being deleted; absent: it is not. */
  readonly deletedAt?: Milliseconds | undefined
  /** How long it has not been a ready endpoint any more, though the client's rules still name it; absent: it still is one. */
  readonly staleFor?: Milliseconds | undefined
}

/** Requests that were lost alike: the same race, for the same reason, to the same pod. */
export interface LostRequests {
  readonly race: RequestRace
  readonly why: string
  /** Absent: they were sent nowhere. */
  readonly pod?: LosingPod | undefined
  readonly count: number
  readonly first: Milliseconds
  readonly last: Milliseconds
}

/** What became of the requests to one Service. */
export interface ServiceRequests {
  /** `namespace/name`. */
  readonly service: string
  /** A request that is sent again after a failure is one request. */
  readonly sent: number
  readonly answered: number
  readonly lost: number
  /** Failures after which the client sent the request again. */
  readonly retried: number
  /** Neither answered nor lost when the run ended. */
  readonly underWay: number
  /** In the order in which the first of each was lost. */
  readonly losses: readonly LostRequests[]
  /** By `namespace/name` of the pod. */
  readonly answeredBy: Readonly<Record<string, number>>
}

/**
 * Counts the requests of a run, Service by Service: how many were sent, answered and lost, and for the lost ones which race lost
 * them, to which pod in which state.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { requestsOf, run, runs, scenario, serves } from 'podwright'
 *
 * const shop = scenario('shop', s => s
 *   .apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } })
 *   .pod('web-1', pod => pod.labels({ app: 'web' }).container('app', runs(), serves({ latency: '5ms' })))
 *   .traffic('service/web', '10/s')
 *   .horizon('1m'))
 * const [web] = requestsOf(shop.run().trace)
 * assert.equal(web.lost, 0)
 * ```
 */
export function requestsOf(trace: Trace): readonly ServiceRequests[] {
  const { rows } = trace
  const counts = new Counts(trace)
  for (let number = 0; number < rows.length; number++) counts.take(rows.at(number))
  return counts.services()
}

type Draft<Value> = { -readonly [Field in keyof Value]: Value[Field] }

interface Tally extends Omit<Draft<ServiceRequests>, 'losses' | 'answeredBy' | 'sent'> {
  readonly losses: Map<string, Draft<LostRequests>>
  readonly answeredBy: Record<string, number>
}

/** One pass over the rows, with what the store says of each pod. */
class Counts {
  readonly #trace: Trace
  readonly #services = new Map<number, Tally>()
  readonly #phases = new Map<number, string>()
  readonly #ready = new Set<number>()
  readonly #deletions = new Map<number, Milliseconds>()

  constructor(trace: Trace) {
    this.#trace = trace
  }

  take(row: Row): void {
    const { kind, object, a, b, time } = row
    switch (kind) {
      case ROW.phase:
        this.#phases.set(object, this.#text(a))
        break
      case ROW.condition:
        if (this.#text(a) !== 'Ready') break
        if (unpackStatusAndReason(b).status === 'True') this.#ready.add(object)
        else this.#ready.delete(object)
        break
      case ROW.deletionRequested:
        if (!this.#deletions.has(object)) this.#deletions.set(object, time)
        break
      case ROW.removed:
        this.#phases.set(object, 'gone')
        this.#ready.delete(object)
        break
      case ROW.created:
        this.#deletions.delete(object)
        this.#ready.delete(object)
        break
      case ROW.requestsAnswered: {
        const tally = this.#tallyOf(object)
        tally.answered += a
        const pod = this.#nameOf(b)
        tally.answeredBy[pod] = (tally.answeredBy[pod] ?? 0) + a
        break
      }
      case ROW.requestFailed:
        this.#lose(row)
        break
      case ROW.requestRetried:
        this.#tallyOf(object).retried++
        break
      case ROW.requestsUnderWay:
        this.#tallyOf(object).underWay += a
        break
      default:
    }
  }

  services(): readonly ServiceRequests[] {
    return [...this.#services.values()].map(({ losses, ...tally }) => ({
      ...tally,
      sent: tally.answered + tally.lost + tally.underWay,
      losses: [...losses.values()],
    }))
  }

  #lose({ object, a, b, c, time }: Row): void {
    const tally = this.#tallyOf(object)
    tally.lost++
    const key = `${a}/${b}`
    const known = tally.losses.get(key)
    if (known !== undefined) {
      known.count++
      known.last = time
      return
    }
    const { race, why } = REQUEST_FAILURES[a]
    const pod = b === 0 ? {} : { pod: this.#podAt(b, c) }
    tally.losses.set(key, { race, why, ...pod, count: 1, first: time, last: time })
  }

  #podAt(pod: number, staleFor: number): LosingPod {
    const deletedAt = this.#deletions.get(pod)
    return {
      name: this.#nameOf(pod),
      phase: this.#phases.get(pod) ?? 'Pending',
      isReady: this.#ready.has(pod),
      ...(deletedAt === undefined ? {} : { deletedAt }),
      ...(staleFor < 0 ? {} : { staleFor }),
    }
  }

  #tallyOf(service: number): Tally {
    const known = this.#services.get(service)
    if (known !== undefined) return known
    const name = this.#text(service).replace(/^Service\//, '')
    const tally: Tally = {
      service: name,
      answered: 0,
      lost: 0,
      retried: 0,
      underWay: 0,
      losses: new Map(),
      answeredBy: {},
    }
    this.#services.set(service, tally)
    return tally
  }

  #nameOf(pod: number): string {
    return this.#text(pod).replace(/^Pod\//, '')
  }

  #text(symbol: number): string {
    return this.#trace.symbols.text(symbol)
  }
}
