import { ClauseWords } from './clause-words.js'
import { type WithLevel, type WithOccurrence, whatOf } from './what-of.js'

/**
 * Expects that something never happens, or is so at no instant.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { never, pod } from 'podwright'
 *
 * assert.deepEqual(never(pod('web').container('app').killed()).clause, {
 *   kind: 'never',
 *   what: { kind: 'signalled', container: { pod: 'web', container: 'app' }, signal: 'SIGKILL' },
 * })
 * ```
 */
export const never = (what: WithLevel | WithOccurrence): ClauseWords =>
  new ClauseWords({ kind: 'never', what: whatOf(what, 'never') })
