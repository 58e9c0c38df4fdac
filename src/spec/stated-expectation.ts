import { type Clause, checkTrace, formatClause, parseClause, resolveClauses, rosterOf } from '../expect/index.js'
import type { Trace } from '../trace/index.js'
import type { CheckedExpectation } from './check-plan.js'

/** An expectation in any of its forms: words, plain data, or a line of text. */
export type StatedExpectation = { readonly clause: Clause } | Clause | string

/**
 * Judges an expectation over a trace: one about each of several pods is as many.
 *
 * @throws PodwrightError for a broken text, or a name that there is not, with the nearest.
 */
export function checkTraceFor(stated: StatedExpectation, trace: Trace): readonly CheckedExpectation[] {
  const clause = clauseOf(stated)
  const resolved = resolveClauses([clause], rosterOf(trace), 'expectation')
  const verdicts = checkTrace(resolved, trace)
  const text = typeof stated === 'string' ? stated : formatClause(clause)
  return resolved.map((each, index) => ({ clause: each, text, where: 'expectation', verdict: verdicts[index] }))
}

function clauseOf(stated: StatedExpectation): Clause {
  if (typeof stated === 'string') return parseClause(stated, 'expectation')
  // Words carry their clause; some plain clauses have a field of that name, too, beside their kind.
  return 'kind' in stated ? stated : stated.clause
}
