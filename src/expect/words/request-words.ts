import type { RequestRace } from '../../trace/index.js'
import { OccurrenceWords } from './occurrence-words.js'

/** The requests to a Service that a scenario's traffic sends. */
export class RequestWords {
  readonly #service: string

  constructor(service: string) {
    this.#service = service
  }

  /** Requests are answered: told of each pod when it stops, and at the end of the run. */
  ok(): OccurrenceWords {
    return new OccurrenceWords({ kind: 'requestAnswered', service: this.#service })
  }

  /** A request is lost, in whatever race or in this one. A request that the client sends again is not lost yet. */
  dropped(race?: RequestRace): OccurrenceWords {
    const lost = { kind: 'requestFailed', service: this.#service } as const
    return new OccurrenceWords(race === undefined ? lost : { ...lost, race })
  }
}

/**
 * Speaks of the requests to a Service: `web`, or `shop/web` with its namespace.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatClause, never, request } from 'podwright'
 *
 * assert.equal(formatClause(never(request('web').dropped()).clause), 'never request to service/web fails')
 * assert.equal(formatClause(never(request('web').dropped('refused')).clause), 'never request to service/web fails refused')
 * ```
 */
export const request = (service: string): RequestWords =>
  new RequestWords(
    service.replace(/^(?:([^/]+)\/)?(?:service|svc)\//, (_, namespace?: string) =>
      namespace === undefined ? '' : `${namespace}/`,
    ),
  )
