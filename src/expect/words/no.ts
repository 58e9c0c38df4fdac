import { ClauseWords } from './clause-words.js'
import { occurrenceOf, type WithOccurrence } from './what-of.js'

/** Something that must not come, and waits for what it must not come before. */
export interface NoWords {
  /** None of them comes before the first `what`; holds, too, where neither ever happens. */
  before(what: WithOccurrence): ClauseWords
}

/**
 * Expects that something does not happen too early.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { no, pod } from 'podwright'
 *
 * const web = pod('web')
 * assert.deepEqual(no(web.container('app').started()).before(web.init('migrate').exited(0)).clause, {
 *   kind: 'notBefore',
 *   what: { kind: 'started', container: { pod: 'web', container: 'app' } },
 *   before: { kind: 'exited', container: { pod: 'web', container: 'migrate' }, code: 0 },
 * })
 * ```
 */
export function no(unwanted: WithOccurrence): NoWords {
  const what = occurrenceOf(unwanted, 'no')
  return { before: first => new ClauseWords({ kind: 'notBefore', what, before: occurrenceOf(first, 'before') }) }
}
