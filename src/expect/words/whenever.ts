import type { Bound, Clause, Level, Occurrence } from '../clause.js'
import { BoundedLevelWords } from './bounded-level-words.js'
import type { BoundedWords } from './bounded-words.js'
import { occurrenceOf, type WithLevel, type WithOccurrence, whatOf } from './what-of.js'

/** A trigger that waits for its answer. */
export interface WheneverWords {
  /** For each trigger this comes: at some time or, with a bound behind it, then. */
  then(what: WithOccurrence): BoundedWords
  /** For each trigger this is so at some time or, with a bound behind it, then or for so long. */
  then(what: WithLevel): BoundedLevelWords
}

/**
 * Expects an answer to each occurrence of something. A run in which it never happens leaves the expectation vacuous.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod, whenever } from 'podwright'
 *
 * const web = pod('web')
 * const cut = whenever(web.deleted()).then(web.container('app').killed('SIGKILL')).at('30s')
 * assert.deepEqual(cut.clause, {
 *   kind: 'response',
 *   trigger: { kind: 'deleted', pod: 'web' },
 *   then: { kind: 'signalled', container: { pod: 'web', container: 'app' }, signal: 'SIGKILL' },
 *   bound: { kind: 'at', ms: 30_000 },
 * })
 * ```
 */
export function whenever(what: WithOccurrence): WheneverWords {
  const trigger = occurrenceOf(what, 'whenever')
  const respond =
    (then: Level | Occurrence) =>
    (bound?: Bound): Clause => ({ kind: 'response', trigger, then, ...(bound === undefined ? {} : { bound }) })
  // "whenever … then …" is how the sentence is said; nobody awaits the half of it.
  // biome-ignore lint/suspicious/noThenProperty: see above
  return { then: (answer: WithLevel | WithOccurrence) => new BoundedLevelWords(respond(whatOf(answer, 'then'))) }
}
