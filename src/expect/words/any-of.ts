import { PodwrightError } from '../../errors/index.js'
import { OccurrenceWords } from './occurrence-words.js'
import { occurrenceOf, type WithOccurrence } from './what-of.js'

/**
 * Joins things that happen to one: any of them.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { anyOf, no, pod } from 'podwright'
 *
 * const web = pod('web')
 * const early = anyOf(web.container('app').started(), web.container('cache').started())
 * assert.equal(no(early).before(web.init('migrate').exited(0)).clause.kind, 'notBefore')
 * ```
 */
export function anyOf(...occurrences: readonly [WithOccurrence, ...WithOccurrence[]]): OccurrenceWords {
  if (occurrences.length === 0) {
    throw new PodwrightError({
      code: 'USAGE',
      where: 'anyOf',
      problem: 'expected at least one thing that happens, got none',
    })
  }
  return new OccurrenceWords({ kind: 'anyOf', occurrences: occurrences.map(each => occurrenceOf(each, 'anyOf')) })
}
