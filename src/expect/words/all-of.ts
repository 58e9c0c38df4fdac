import { ClauseWords } from './clause-words.js'

/**
 * Joins expectations to one: all of them hold. What is said behind it, such as a scope, is said of each.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { allOf, never, pod } from 'podwright'
 *
 * const app = pod('web').container('app')
 * const calm = allOf(never(app.killed()), never(app.waiting('CrashLoopBackOff'))).after(app.started())
 * assert.equal(calm.clause.kind, 'scoped')
 * ```
 */
export const allOf = (...clauses: readonly ClauseWords[]): ClauseWords =>
  new ClauseWords({ kind: 'allOf', clauses: clauses.map(({ clause }) => clause) })
