import { readSpan, type Span } from '../../time/index.js'
import type { Bound, Clause } from '../clause.js'
import { ClauseWords } from './clause-words.js'
import type { WithOccurrence } from './what-of.js'

/** How far off an instant or a gap may be. */
export interface Tolerance {
  /** To either side; default 0: exact to the millisecond. */
  readonly tolerance?: Span | undefined
}

/**
 * An expectation that something comes, to which may be said when: counted from its trigger, from the beginning of the run, or of
 * the scope. Several bounds must all be kept.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod, whenever } from 'podwright'
 *
 * const app = pod('web').container('app')
 * const restarts = whenever(app.exited()).then(app.started()).noSoonerThan('10s').within('20s')
 * assert.equal(restarts.clause.kind, 'allOf')
 * ```
 */
export class BoundedWords extends ClauseWords {
  readonly #state: (bound?: Bound) => Clause
  readonly #bounds: readonly Bound[]

  constructor(state: (bound?: Bound) => Clause, bounds: readonly Bound[] = []) {
    super(bounds.length < 2 ? state(bounds[0]) : { kind: 'allOf', clauses: bounds.map(bound => state(bound)) })
    this.#state = state
    this.#bounds = bounds
  }

  /** It comes at most so long after: the closed span [0, d]. */
  within(span: Span): BoundedWords {
    return this.bounded({ kind: 'within', ms: readSpan(span, 'within') })
  }

  /** It comes exactly so long after, or as near as the tolerance says. */
  at(span: Span, { tolerance }: Tolerance = {}): BoundedWords {
    const ms = readSpan(span, 'at')
    if (tolerance === undefined) return this.bounded({ kind: 'at', ms })
    return this.bounded({ kind: 'at', ms, toleranceMs: readSpan(tolerance, 'tolerance') })
  }

  /** It does not come in the span [0, d); it need not come at all. */
  noSoonerThan(span: Span): BoundedWords {
    return this.bounded({ kind: 'noSoonerThan', ms: readSpan(span, 'noSoonerThan') })
  }

  /** It comes at the same instant. */
  immediately(): BoundedWords {
    return this.bounded({ kind: 'immediately' })
  }

  /** With a span: it comes, and later than so long after. With an occurrence: the expectation about what comes from its first row on. */
  override after(span: Span): BoundedWords
  override after(what: WithOccurrence): ClauseWords
  override after(spanOrWhat: Span | WithOccurrence): ClauseWords {
    if (typeof spanOrWhat === 'object') return super.after(spanOrWhat)
    return this.bounded({ kind: 'after', ms: readSpan(spanOrWhat, 'after') })
  }

  /** The same expectation with one more bound. */
  protected bounded(bound: Bound): BoundedWords {
    return new BoundedWords(this.#state, [...this.#bounds, bound])
  }
}
