import type { Span } from '../../time/index.js'
import { succeeds } from './answers.js'
import { BehaviourWords } from './behaviour-words.js'
import type { ProbeWords } from './probe-words.js'

const answersOf = (starts: readonly ProbeWords[]) => starts.map(({ answers }) => answers)

/**
 * Says what a container's readiness probe answers at each start; the last repeats.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { describeBehaviour, fails, readiness, succeeds } from 'podwright'
 *
 * const { behaviour } = readiness(fails(), succeeds().from('3s'))
 * assert.equal(describeBehaviour(behaviour), 'readiness always fails, then fails until 3s')
 * ```
 */
export const readiness = (...starts: readonly [ProbeWords, ...ProbeWords[]]): BehaviourWords =>
  new BehaviourWords({ readiness: answersOf(starts) })

/**
 * Says what a container's liveness probe answers at each start; the last repeats.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { describeBehaviour, hangs, liveness } from 'podwright'
 *
 * assert.equal(describeBehaviour(liveness(hangs().from('1m')).behaviour), 'liveness hangs from 1m0s')
 * ```
 */
export const liveness = (...starts: readonly [ProbeWords, ...ProbeWords[]]): BehaviourWords =>
  new BehaviourWords({ liveness: answersOf(starts) })

/**
 * Says what a container's startup probe answers at each start; the last repeats.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { describeBehaviour, startup, succeeds } from 'podwright'
 *
 * assert.equal(describeBehaviour(startup(succeeds().from('25s')).behaviour), 'startup fails until 25s')
 * ```
 */
export const startup = (...starts: readonly [ProbeWords, ...ProbeWords[]]): BehaviourWords =>
  new BehaviourWords({ startup: answersOf(starts) })

/**
 * Says that a container's readiness probe succeeds from a time since each start on.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { readiness, readyAfter, succeeds } from 'podwright'
 *
 * assert.deepEqual(readyAfter('12s').behaviour, readiness(succeeds().from('12s')).behaviour)
 * ```
 */
export const readyAfter = (span: Span): BehaviourWords => readiness(succeeds().from(span))
