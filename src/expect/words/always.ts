import { ClauseWords } from './clause-words.js'
import { levelOf, type WithLevel } from './what-of.js'

/**
 * Expects a level at every instant of the run, or of the scope.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { always, pod } from 'podwright'
 *
 * const web = pod('web')
 * const on = always(web.exists()).after(web.created())
 * assert.equal(on.clause.kind, 'scoped')
 * ```
 */
export const always = (level: WithLevel): ClauseWords =>
  new ClauseWords({ kind: 'always', level: levelOf(level, 'always') })
