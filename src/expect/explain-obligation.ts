import { formatDuration, type Milliseconds } from '../time/index.js'
import { type Bound, type Clause, isLevel, type Level, type Occurrence } from './clause.js'
import {
  type Account,
  accountOf,
  holdingAccount,
  nearestWords,
  openAccount,
  type VerdictOf,
  vacuousAccount,
} from './explain-account.js'
import { nearestTo } from './explain-nearest.js'
import type { ExplainedRun, Part } from './explain-run.js'
import { insteadOf } from './explain-values.js'
import { nounOf, spanWords } from './explain-words.js'
import type { Verdict } from './verdict.js'

type ObligationClause = Extract<Clause, { kind: 'eventually' | 'response' }>

/** Something that had to come, and when the time for it began. */
interface Obligation {
  readonly what: Level | Occurrence
  readonly bound: Bound | undefined
  readonly start: Milliseconds
  /** The row that asked for it; −1: the beginning. */
  readonly row: number
  /** What asked for it: `the deletion`; empty at the beginning of the run. */
  readonly asker: string
}

/** Accounts for `eventually` and `whenever`: when it was due, and when it came. */
export function accountOfObligation(
  clause: ObligationClause,
  verdict: Verdict,
  part: Part,
  run: ExplainedRun,
): Account {
  const obligation = obligationOf(clause, verdict, part, run)
  switch (verdict.kind) {
    case 'vacuous': {
      const what = clause.kind === 'response' ? clause.trigger : clause.what
      return vacuousAccount(run.text(what), nearestTo(what, run, part), part)
    }
    case 'open':
      return openAccount(expectedWords(obligation), verdict, part)
    case 'violated':
      return violation(obligation, verdict, part, run)
    case 'holds':
      return holding(clause, part, run)
  }
}

function obligationOf(clause: ObligationClause, verdict: Verdict, part: Part, run: ExplainedRun): Obligation {
  const { bound } = clause
  if (clause.kind === 'eventually') {
    const asker = part.start > 0 ? 'the beginning of the scope' : ''
    return { what: clause.what, bound, start: part.start, row: part.fromRow === 0 ? -1 : part.fromRow, asker }
  }
  const row = 'trigger' in verdict ? verdict.trigger : -1
  return { what: clause.then, bound, start: run.timeOf(row), row, asker: nounOf(clause.trigger) }
}

/** `within 30s of the deletion at 1m0s (by 1m30s)`, `at 1m30s ± 1s`. */
function expectedWords({ bound, start, asker }: Obligation): string {
  const [from, to] = [start, start + msOf(bound)].map(formatDuration)
  const asked = asker === '' ? '' : ` ${asker} at ${from}`
  switch (bound?.kind) {
    case undefined:
      return asker === '' ? 'at some time' : `at some time after${asked}`
    case 'within':
      return asker === '' ? `within ${to}` : `within ${formatDuration(bound.ms)} of${asked} (by ${to})`
    case 'immediately':
      return asker === '' ? `at ${from}` : `at the instant of${asked}`
    case 'at':
      return `at ${to}${bound.toleranceMs === undefined ? '' : ` ± ${formatDuration(bound.toleranceMs)}`}`
    case 'noSoonerThan':
      return `not before ${to}`
    case 'after':
      return `later than ${to}`
    case 'for':
      return `throughout, from ${from} to ${to}`
  }
}

const msOf = (bound: Bound | undefined): Milliseconds => (bound !== undefined && 'ms' in bound ? bound.ms : 0)

function violation(obligation: Obligation, { time }: VerdictOf<'violated'>, part: Part, run: ExplainedRun): Account {
  const { what, bound, start, row } = obligation
  const expected = expectedWords(obligation)
  const due = start + msOf(bound)
  const isAtTheEnd = part.fromRow === run.trace.rows.length
  if ((bound?.kind === 'for' || isAtTheEnd) && isLevel(what)) {
    const { words, row: telling } = insteadOf(what, time, run)
    const rows = [telling < 0 ? row : telling]
    const when = isAtTheEnd ? 'at the end' : expected
    return accountOf({ expected: when, observed: `${words} at ${formatDuration(time)}`, at: time, rows })
  }
  const afterwards: Part = { ...run.whole, fromRow: Math.max(row, part.fromRow), start }
  const found = bound?.kind === 'at' ? nearestInTime(what, due, afterwards, run) : run.firstOf(what, afterwards)
  if (found === undefined) {
    // Of what had to come in time it tells most what was so when the time was over.
    const isInTime = bound?.kind === 'within' || bound?.kind === 'immediately'
    const nearest = nearestTo(what, run, isInTime ? { ...afterwards, end: Math.min(due, part.end) } : afterwards)
    const rows = [row < 0 ? (nearest?.row ?? -1) : row]
    return accountOf({ expected, observed: `never${nearestWords(nearest)}`, at: time, rows })
  }
  const rows = [found.row >= 0 ? found.row : row]
  const when = `at ${formatDuration(found.time)}`
  if (found.row >= part.untilRow) {
    const observed = `only ${when}, when the scope was over`
    return accountOf({ expected, observed, at: found.time, rows })
  }
  const late = found.time - due
  const off = late > 0 ? `${spanWords(late)} late` : late === 0 ? 'too early' : `${spanWords(-late)} early`
  return accountOf({ expected, observed: `${when}: ${off}`, at: found.time, rows, lateBy: late > 0 ? late : undefined })
}

/** Of all times at which something happened, or was so, the nearest to an instant. */
function nearestInTime(
  what: Level | Occurrence,
  due: Milliseconds,
  part: Part,
  run: ExplainedRun,
): { readonly row: number; readonly time: Milliseconds } | undefined {
  const candidates = isLevel(what)
    ? run.stretchesOf(what).flatMap((stretch, i, all) => {
        // What is no longer so was so until the row that ended it.
        if (stretch.isSo) return [stretch]
        return i > 0 && all[i - 1].isSo ? [{ ...stretch, time: Math.max(0, stretch.time - 1) }] : []
      })
    : run.rowsOf(what, part).map(row => ({ row, time: run.timeOf(row) }))
  return candidates
    .filter(({ time }) => time >= part.start)
    .reduce<{ row: number; time: Milliseconds } | undefined>(
      (best, each) => (best === undefined || Math.abs(each.time - due) < Math.abs(best.time - due) ? each : best),
      undefined,
    )
}

function holding(clause: ObligationClause, part: Part, run: ExplainedRun): Account {
  if (clause.kind === 'response') {
    const triggers = run.rowsOf(clause.trigger, part)
    const words = triggers.length === 1 ? 'for the one trigger' : `for each of ${triggers.length} triggers`
    return holdingAccount(run, `it held ${words}`, triggers)
  }
  const first = run.firstOf(clause.what, part)
  if (first === undefined) return holdingAccount(run, 'it held')
  return holdingAccount(run, `observed at ${formatDuration(first.time)}`, [first.row])
}
