import { formatDuration } from '../time/index.js'
import type { Trace } from '../trace/index.js'
import { checkTrace } from './check-trace.js'
import type { Clause } from './clause.js'
import { expandWorkloads } from './expand-workloads.js'
import { type Account, openAccount, vacuousAccount } from './explain-account.js'
import { accountOfLevel } from './explain-level.js'
import { nearestTo } from './explain-nearest.js'
import { accountOfObligation } from './explain-obligation.js'
import { accountOfCount, accountOfGaps, accountOfInOrder, accountOfOrder } from './explain-order.js'
import { partOf, partsOf } from './explain-parts.js'
import { ExplainedRun, type Part } from './explain-run.js'
import { accountOfSequence } from './explain-sequence.js'
import type { Explanation } from './explanation.js'
import { resolveClauses } from './resolve-clauses.js'
import { rosterOf } from './roster.js'
import { formatClause } from './text/format-clause.js'
import type { Verdict } from './verdict.js'

/**
 * Explains what a verdict says of a clause: what was expected when, what was observed when, and which rows show it. The
 * verdict is that of `checkTrace` for this clause and this trace.
 *
 * @throws PodwrightError `UNKNOWN_OBJECT` with the nearest name, where the clause names what the trace has not.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { checkTrace, explain, parseClause, simulate } from 'podwright'
 *
 * const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const trace = simulate([pod], { behave: 'web/app: exits 1 after 5s, then runs' })
 * const clause = parseClause('container web/app exits with 0')
 * const [verdict] = checkTrace([clause], trace)
 * const { finding } = explain(clause, verdict, trace)
 * assert.match(finding, /^expected at some time, never observed; nearest: container web\/app exits with 1 at /)
 * ```
 */
export function explain(clause: Clause, verdict: Verdict, trace: Trace): Explanation {
  const run = new ExplainedRun(trace)
  const [stated] = resolveClauses([clause], rosterOf(trace))
  const [resolved] = expandWorkloads([stated], trace)
  if (verdict.kind === 'vacuous' && resolved !== stated && resolved.kind !== 'allOf') {
    const finding = 'nothing was checked, for no such pod was ever made'
    return { sentence: formatClause(clause), finding, at: trace.end, rows: [] }
  }
  return explained(resolved, verdict, run.whole, { run, around: inner => inner })
}

/** What stands around a clause. */
interface Surroundings {
  readonly run: ExplainedRun
  /** Puts the scopes around a clause that it stands in. */
  readonly around: (inner: Clause) => Clause
}

function explained(clause: Clause, verdict: Verdict, part: Part, place: Surroundings): Explanation {
  const { run, around } = place
  const said = (account: Account): Explanation => ({
    sentence: sentenceOf(clause, verdict, place),
    ...account,
    // A scope that opens after the last row has none of its own, nor has what was so before the first.
    rows: account.rows.filter(row => row >= 0 && row < run.trace.rows.length),
  })
  switch (clause.kind) {
    case 'allOf': {
      const verdicts = checkTrace(clause.clauses.map(around), run.trace)
      const found = verdicts.findIndex(each => isSame(each, verdict))
      const deciding = clause.clauses[found]
      if (deciding === undefined || verdict.kind === 'holds')
        return said({ finding: 'all of it held', at: part.end, rows: [] })
      return explained(deciding, verdict, part, place)
    }
    case 'orVacuous':
      return verdict.kind === 'holds' && checkTrace([around(clause.clause)], run.trace)[0].kind === 'vacuous'
        ? said({ finding: 'nothing of it happened', at: part.end, rows: [] })
        : explained(clause.clause, verdict, part, place)
    case 'scoped': {
      const { scope } = clause
      const wrap = (inner: Clause): Clause => around({ kind: 'scoped', scope, clause: inner })
      const inScope = partOf(partsOf(scope, part, run), verdict)
      if (scope.kind === 'afterQuiescence' && verdict.kind === 'open')
        return said(openAccount('a run that comes to its end', verdict, part))
      if (inScope !== undefined) return explained(clause.clause, verdict, inScope, { run, around: wrap })
      const opener = scope.kind === 'between' ? scope.from : scope.kind === 'while' ? scope.level : undefined
      const what = opener ?? ('what' in scope ? scope.what : undefined)
      if (what === undefined) return said({ finding: 'nothing was checked', at: part.end, rows: [] })
      return said(vacuousAccount(run.text(what), nearestTo(what, run, part), part))
    }
    default:
      return said(accountOf(clause, verdict, part, run))
  }
}

const isSame = (a: Verdict, b: Verdict): boolean =>
  a.kind === b.kind && (a.kind !== 'violated' || b.kind !== 'violated' || (a.time === b.time && a.row === b.row))

function accountOf(
  clause: Exclude<Clause, { kind: 'allOf' | 'orVacuous' | 'scoped' }>,
  verdict: Verdict,
  part: Part,
  run: ExplainedRun,
): Account {
  switch (clause.kind) {
    case 'eventually':
    case 'response':
      return accountOfObligation(clause, verdict, part, run)
    case 'phases':
    case 'conditions':
    case 'states':
    case 'objectConditions':
    case 'objectCounts':
      return accountOfSequence(clause, verdict, part, run)
    case 'precedes':
    case 'notBefore':
      return accountOfOrder(clause, verdict, part, run)
    case 'inOrder':
      return accountOfInOrder(clause, verdict, part, run)
    case 'count':
      return accountOfCount(clause, verdict, part, run)
    case 'gaps':
      return accountOfGaps(clause, verdict, part, run)
    case 'eachContainer':
      // `resolveClauses` leaves none; without it there is no container to speak of.
      return vacuousAccount('a container', undefined, part)
    default:
      return accountOfLevel(clause, verdict, part, run)
  }
}

/** The clause in its scopes; of a response, the trigger that the verdict is about has its instant. */
function sentenceOf(clause: Clause, verdict: Verdict, { run, around }: Surroundings): string {
  const sentence = formatClause(around(clause), { podName: run.podName, objectName: run.objectName })
  if (clause.kind !== 'response' || !('trigger' in verdict) || verdict.trigger < 0) return sentence
  const trigger = `whenever ${run.text(clause.trigger)}`
  return sentence.replace(`${trigger},`, () => `${trigger} (${formatDuration(run.timeOf(verdict.trigger))}),`)
}
