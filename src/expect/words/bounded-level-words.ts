import { readSpan, type Span } from '../../time/index.js'
import { BoundedWords } from './bounded-words.js'
import type { ClauseWords } from './clause-words.js'

/**
 * An expectation that something is so, to which may be said when, and for how long.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod, whenever } from 'podwright'
 *
 * const web = pod('web')
 * const holdsOn = whenever(web.condition('Ready').becomes()).then(web.condition('Ready')).for('30s')
 * assert.deepEqual(holdsOn.clause.kind, 'response')
 * ```
 */
export class BoundedLevelWords extends BoundedWords {
  /** It is so throughout, from the trigger's instant for so long: the closed span [0, d]. */
  for(span: Span): ClauseWords {
    return this.bounded({ kind: 'for', ms: readSpan(span, 'for') })
  }
}
