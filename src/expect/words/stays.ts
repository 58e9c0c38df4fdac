import { readSpan, type Span } from '../../time/index.js'
import { ClauseWords } from './clause-words.js'
import { levelOf, type WithLevel } from './what-of.js'

/** A level that waits for how long it lasts. */
export interface StaysWords {
  /** Whenever it becomes so it stays so for at least as long. */
  for(span: Span): ClauseWords
}

/**
 * Expects that whenever something becomes so it stays so for a while; where it never does, that is vacuous.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod, stays } from 'podwright'
 *
 * assert.deepEqual(stays(pod('web').condition('Ready')).for('30s').clause, {
 *   kind: 'stays',
 *   level: { kind: 'condition', pod: 'web', type: 'Ready', status: 'True' },
 *   ms: 30_000,
 * })
 * ```
 */
export function stays(words: WithLevel): StaysWords {
  const level = levelOf(words, 'stays')
  return { for: span => new ClauseWords({ kind: 'stays', level, ms: readSpan(span, 'for') }) }
}
