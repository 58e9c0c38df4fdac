import { LevelWords } from './level-words.js'
import { type WithLevel, type WithOccurrence, whatOf } from './what-of.js'

/**
 * Says that something has been so, or has happened, at this instant or before.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { once, pod, whenever } from 'podwright'
 *
 * const web = pod('web')
 * const served = whenever(web.deleted()).then(once(web.condition('Ready'))).immediately()
 * assert.equal(served.clause.kind, 'response')
 * ```
 */
export const once = (what: WithLevel | WithOccurrence): LevelWords =>
  new LevelWords({ kind: 'once', what: whatOf(what, 'once') })
