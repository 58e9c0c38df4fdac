import { formatDuration } from '../time/index.js'
import { ROW } from '../trace/index.js'
import { type Clause, isLevel } from './clause.js'
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

type LevelClause = Extract<Clause, { kind: 'always' | 'never' | 'stays' | 'until' | 'monotonic' }>

/** Accounts for what had to be so, or not so, over a time. */
export function accountOfLevel(clause: LevelClause, verdict: Verdict, part: Part, run: ExplainedRun): Account {
  switch (verdict.kind) {
    case 'holds':
      return holdingAccount(run, 'it held throughout')
    case 'vacuous':
      return nothingToHold(clause, part, run)
    case 'open':
      return openAccount(expectedWords(clause, verdict.trigger, run), verdict, part)
    case 'violated':
      return violation(clause, verdict, part, run)
  }
}

function nothingToHold(clause: LevelClause, part: Part, run: ExplainedRun): Account {
  if (clause.kind === 'monotonic') return vacuousAccount('a status of that container', undefined, part)
  const what = clause.kind === 'never' ? clause.what : clause.level
  return vacuousAccount(run.text(what), nearestTo(what, run, part), part)
}

function expectedWords(clause: LevelClause, trigger: number, run: ExplainedRun): string {
  switch (clause.kind) {
    case 'always':
      return 'at every instant'
    case 'never':
      return 'never'
    case 'monotonic':
      return 'a count that never falls'
    case 'until':
      return `so until ${run.text(clause.until)}`
    case 'stays': {
      const start = run.timeOf(trigger)
      return `for ${formatDuration(clause.ms)} from ${formatDuration(start)} (until ${formatDuration(start + clause.ms)})`
    }
  }
}

function violation(clause: LevelClause, verdict: VerdictOf<'violated'>, part: Part, run: ExplainedRun): Account {
  const { time, row, trigger } = verdict
  const expected = expectedWords(clause, trigger, run)
  const at = formatDuration(time)
  switch (clause.kind) {
    case 'always': {
      const instead = insteadOf(clause.level, time, run)
      const when = part.fromRow === run.trace.rows.length ? 'at the end' : expected
      return accountOf({ expected: when, observed: `${instead.words} at ${at}`, at: time, rows: [instead.row] })
    }
    case 'never': {
      const { what } = clause
      const begin = isLevel(what) ? run.stretchesOf(what).findLast(each => each.time <= time && each.isSo)?.row : row
      return accountOf({
        expected,
        observed: `at ${at}`,
        at: time,
        rows: [begin === undefined || begin < 0 ? row : begin],
      })
    }
    case 'monotonic':
      return accountOf({ expected, observed: `${fall(clause, row, run)} at ${at}`, at: time, rows: [row], mark: ';' })
    case 'stays': {
      const stretches = run.stretchesOf(clause.level)
      const start = stretches.findLast(stretch => stretch.isSo && stretch.time < time)
      const since = Math.max(start?.time ?? 0, part.start)
      const [from, to] = [since, since + clause.ms].map(formatDuration)
      const span = `for ${formatDuration(clause.ms)} from ${from} (until ${to})`
      const short = `until ${at}: ${spanWords(since + clause.ms - time)} short`
      const end = stretches.find(stretch => !stretch.isSo && stretch.time === time)
      return accountOf({ expected: span, observed: short, at: time, rows: [end?.row ?? row] })
    }
    case 'until':
      return brokenWait(clause, verdict, part, run)
  }
}

/** What had to be so until something comes: it was not, or that never came. */
function brokenWait(
  { level, until }: Extract<LevelClause, { kind: 'until' }>,
  { time }: VerdictOf<'violated'>,
  part: Part,
  run: ExplainedRun,
): Account {
  const come = run.firstOf(until, part)
  const expected = `so until ${run.text(until)}`
  if (run.isSo(level, time) || time >= part.end) {
    const nearest = nearestTo(until, run, part)
    const rows = nearest === undefined ? [] : [nearest.row]
    const observed = `never${nearestWords(nearest)}`
    return accountOf({ expected: `${expected}, which has to come`, observed, at: time, rows, mark: ';' })
  }
  const instead = insteadOf(level, time, run)
  const noun = isLevel(until) ? 'that' : nounOf(until)
  const then = come === undefined ? `and ${noun} never` : `and ${noun} only at ${formatDuration(come.time)}`
  const observed = `${instead.words} at ${formatDuration(time)}, ${then}`
  return accountOf({ expected, observed, at: time, rows: [instead.row], mark: ';' })
}

/** `1 after 2`: the count that fell, and what it was. */
function fall({ container }: Extract<LevelClause, { kind: 'monotonic' }>, row: number, run: ExplainedRun): string {
  const { rows, symbols } = run.trace
  const object = symbols.find(`Pod/${container.pod}/${container.container}`)
  const counts: number[] = []
  for (let number = 0; number <= row && number < rows.length; number++) {
    if (rows.kindOf(number) === ROW.containerRestarts && rows.objectOf(number) === object)
      counts.push(rows.at(number).a)
  }
  const [before, after] = [counts.at(-2) ?? 0, counts.at(-1) ?? 0]
  return `${after} after ${before}`
}
