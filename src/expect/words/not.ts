import { LevelWords } from './level-words.js'
import { levelOf, type WithLevel } from './what-of.js'

/**
 * Says that something is not so.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { not, pod } from 'podwright'
 *
 * assert.deepEqual(not(pod('web').exists()).level, { kind: 'not', level: { kind: 'exists', pod: 'web' } })
 * ```
 */
export function not(words: WithLevel): LevelWords {
  const level = levelOf(words, 'not')
  return new LevelWords(level.kind === 'not' ? level.level : { kind: 'not', level })
}
