import { PodwrightError } from '../../errors/index.js'
import { ClauseWords } from './clause-words.js'
import { occurrenceOf, type WithOccurrence } from './what-of.js'

/**
 * Expects that something happens no more than so many times.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { atMost, pod } from 'podwright'
 *
 * assert.deepEqual(atMost(3, pod('web').container('app').started()).clause, {
 *   kind: 'count',
 *   is: 'atMost',
 *   count: 3,
 *   what: { kind: 'started', container: { pod: 'web', container: 'app' } },
 * })
 * ```
 */
export const atMost = (times: number, what: WithOccurrence): ClauseWords => countClause('atMost', times, what)

/**
 * Expects that something happens so many times, no more and no fewer.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { exactly, pod } from 'podwright'
 *
 * assert.equal(exactly(1, pod('web').container('app').started()).clause.kind, 'count')
 * ```
 */
export const exactly = (times: number, what: WithOccurrence): ClauseWords => countClause('exactly', times, what)

/**
 * Expects that something happens so many times or more.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { atLeast, pod } from 'podwright'
 *
 * assert.equal(atLeast(2, pod('web').container('app').started()).clause.kind, 'count')
 * ```
 */
export const atLeast = (times: number, what: WithOccurrence): ClauseWords => countClause('atLeast', times, what)

function countClause(is: 'atMost' | 'exactly' | 'atLeast', times: number, what: WithOccurrence): ClauseWords {
  return new ClauseWords({ kind: 'count', is, count: wholeNumber(times, is), what: occurrenceOf(what, is) })
}

/** Refuses what is no number of times. */
export function wholeNumber(count: number, where: string): number {
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a whole number from 0, got ${String(count).slice(0, 80)}`,
  })
}
