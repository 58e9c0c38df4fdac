import { LevelWords } from './level-words.js'
import { levelOf, type WithLevel, type WithOccurrence, whatOf } from './what-of.js'

/**
 * Says that `what` has been so, or has happened, and that `level` has held at every instant since.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod, since } from 'podwright'
 *
 * const web = pod('web')
 * assert.deepEqual(since(web.terminating(), web.deleted()).level, {
 *   kind: 'since',
 *   level: { kind: 'terminating', pod: 'web' },
 *   what: { kind: 'deleted', pod: 'web' },
 * })
 * ```
 */
export const since = (level: WithLevel, what: WithLevel | WithOccurrence): LevelWords =>
  new LevelWords({ kind: 'since', level: levelOf(level, 'since'), what: whatOf(what, 'since') })
