import { ClauseWords } from './clause-words.js'
import type { RestartCountWords } from './restart-count-words.js'

/**
 * Expects that a container's restartCount never falls.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { monotonic, pod } from 'podwright'
 *
 * assert.deepEqual(monotonic(pod('web').container('app').restartCount()).clause, {
 *   kind: 'monotonic',
 *   container: { pod: 'web', container: 'app' },
 * })
 * ```
 */
export const monotonic = ({ container }: RestartCountWords): ClauseWords =>
  new ClauseWords({ kind: 'monotonic', container })
