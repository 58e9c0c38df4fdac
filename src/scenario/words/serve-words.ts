import { readSpan, type Span } from '../../time/index.js'
import { DEFAULT_BEHAVIOUR, type ServeBehaviour } from '../behaviour.js'
import { BehaviourWords } from './behaviour-words.js'

/** What a request gets that reaches a container. */
export interface ServeFields {
  /** A request's arrival until its answer; default 20 ms. */
  readonly latency?: Span | undefined
  /** The container's start until it listens; default at once. */
  readonly listensAfter?: Span | undefined
  /** SIGTERM does not close the listener: it serves until it exits; default false. */
  readonly keepsListening?: boolean | undefined
  /** When SIGTERM ends it, it does not wait until what is under way has been answered; default false. */
  readonly dropsInFlightOnExit?: boolean | undefined
  /** The container's start until it takes connections without answering any more; default never. */
  readonly hangsAfter?: Span | undefined
}

/**
 * Says what a request gets that reaches a container: when the process listens, how long an answer takes, what SIGTERM does to the
 * listener and to requests under way.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { describeBehaviour, serves } from 'podwright'
 *
 * const { behaviour } = serves({ latency: '200ms', keepsListening: true })
 * assert.equal(describeBehaviour(behaviour), 'serves in 200ms and keeps listening')
 * ```
 */
export function serves(fields: ServeFields = {}): BehaviourWords {
  const span = <Otherwise>(value: Span | undefined, otherwise: Otherwise, name: string): number | Otherwise =>
    value === undefined ? otherwise : readSpan(value, `serves ${name}`)
  const usual = DEFAULT_BEHAVIOUR.serves
  const stated: ServeBehaviour = {
    latency: span(fields.latency, usual.latency, 'latency'),
    listensAfter: span(fields.listensAfter, usual.listensAfter, 'listensAfter'),
    keepsListening: fields.keepsListening ?? usual.keepsListening,
    dropsInFlightOnExit: fields.dropsInFlightOnExit ?? usual.dropsInFlightOnExit,
    hangsAfter: span(fields.hangsAfter, usual.hangsAfter, 'hangsAfter'),
  }
  return new BehaviourWords({ serves: stated })
}
