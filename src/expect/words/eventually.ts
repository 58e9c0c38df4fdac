import type { Bound, Clause } from '../clause.js'
import { BoundedLevelWords } from './bounded-level-words.js'
import type { BoundedWords } from './bounded-words.js'
import { type WithLevel, type WithOccurrence, whatOf } from './what-of.js'

/**
 * Expects that something happens, or is so, at some time: before nothing more can happen. Bounds count from the beginning
 * of the run, or of the scope.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { eventually, pod } from 'podwright'
 *
 * assert.deepEqual(eventually(pod('web').phase('Running')).within('10s').clause, {
 *   kind: 'eventually',
 *   what: { kind: 'phase', pod: 'web', phase: 'Running' },
 *   bound: { kind: 'within', ms: 10_000 },
 * })
 * ```
 */
export function eventually(what: WithOccurrence): BoundedWords
export function eventually(what: WithLevel): BoundedLevelWords
export function eventually(what: WithLevel | WithOccurrence): BoundedLevelWords {
  const expected = whatOf(what, 'eventually')
  const state = (bound?: Bound): Clause => ({
    kind: 'eventually',
    what: expected,
    ...(bound === undefined ? {} : { bound }),
  })
  return new BoundedLevelWords(state)
}
