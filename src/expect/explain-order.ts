import { formatDuration } from '../time/index.js'
import type { Clause, Occurrence } from './clause.js'
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
import { listWords, nounOf, ordinalWords, spanWords, timesWords } from './explain-words.js'
import { gapToleranceText, quantityText } from './text/quantity-text.js'
import type { Verdict } from './verdict.js'

type OrderClause = Extract<Clause, { kind: 'precedes' | 'notBefore' }>
type InOrder = Extract<Clause, { kind: 'inOrder' }>
type Count = Extract<Clause, { kind: 'count' }>
type Gaps = Extract<Clause, { kind: 'gaps' }>

/** Accounts for `A before B` and `no B before A`. */
export function accountOfOrder(clause: OrderClause, verdict: Verdict, part: Part, run: ExplainedRun): Account {
  const isPrecedes = clause.kind === 'precedes'
  const [first, second] = isPrecedes ? [clause.first, clause.second] : [clause.before, clause.what]
  const expected = isPrecedes ? 'the first before the second' : `not before ${run.text(first)}`
  switch (verdict.kind) {
    case 'vacuous':
      return vacuousAccount(run.text(second), nearestTo(second, run, part), part)
    case 'open':
      return openAccount(expected, verdict, part)
    case 'holds':
      return holdingAccount(run, 'the order was kept', run.rowsOf(first, part).slice(0, 1))
    case 'violated': {
      const row = run.rowsOf(first, part)[0]
      const [one, other] = isPrecedes ? ['the first', 'the second '] : [nounOf(first), '']
      const then = row === undefined ? `${one} never` : `${one} only at ${formatDuration(run.timeOf(row))}`
      const observed = `${other}at ${formatDuration(verdict.time)}, ${then}`
      const rows = [verdict.row, ...(row === undefined ? [] : [row])]
      return accountOf({ expected, observed, at: verdict.time, rows, mark: ';' })
    }
  }
}

/** Accounts for `in order: …`. */
export function accountOfInOrder(clause: InOrder, verdict: Verdict, part: Part, run: ExplainedRun): Account {
  const { occurrences, isStrict } = clause
  const firsts = occurrences.map(each => run.rowsOf(each, part)[0])
  const expected = `this order${isStrict === true ? ', at different instants' : ''}`
  switch (verdict.kind) {
    case 'vacuous': {
      const nearest = occurrences.map(each => nearestTo(each, run, part)).find(each => each !== undefined)
      return vacuousAccount(occurrences.map(each => run.text(each)).join(' or '), nearest, part)
    }
    case 'open':
      return openAccount(expected, verdict, part)
    case 'holds':
      return holdingAccount(run, 'the order was kept', firsts)
    case 'violated':
      return disorder(occurrences, firsts, expected, verdict, run, part)
  }
}

function disorder(
  occurrences: readonly Occurrence[],
  firsts: readonly (number | undefined)[],
  expected: string,
  { time, row }: VerdictOf<'violated'>,
  run: ExplainedRun,
  part: Part,
): Account {
  const said = (i: number): string => {
    const first = firsts[i]
    return `the ${ordinalWords(i + 1)} ${first === undefined ? 'never' : `at ${formatDuration(run.timeOf(first))}`}`
  }
  const late = row < 0 ? -1 : firsts.indexOf(row)
  if (late < 0) {
    const missing = firsts.indexOf(undefined)
    const nearest = missing < 0 ? undefined : nearestTo(occurrences[missing], run, part)
    const rows = firsts.filter(first => first !== undefined).slice(-1)
    const observed = `${missing < 0 ? 'another order' : said(missing)}${nearestWords(nearest)}`
    return accountOf({ expected, observed, at: time, rows, mark: ';' })
  }
  // Of those that should have come earlier, the first that had not.
  const others = occurrences.flatMap((_, i) => {
    const first = firsts[i]
    return i < late && (first === undefined || first >= row || run.timeOf(first) === time) ? [i] : []
  })
  const earlier = others[0] ?? late - 1
  const isSame = isAtOnce(firsts[earlier], row, run)
  const both = `the ${ordinalWords(earlier + 1)} and the ${ordinalWords(late + 1)} both at ${formatDuration(time)}`
  const observed = isSame ? both : earlier < 0 ? said(late) : `${said(late)}, ${said(earlier)}`
  const other = firsts[earlier]
  return accountOf({ expected, observed, at: time, rows: [row, ...(other === undefined ? [] : [other])], mark: ';' })
}

/** Whether two rows stand at one instant; the first may be missing. */
const isAtOnce = (first: number | undefined, second: number, run: ExplainedRun): boolean =>
  first !== undefined && run.timeOf(first) === run.timeOf(second)

/** Accounts for `exactly`, `at least`, `at most`. */
export function accountOfCount(clause: Count, verdict: Verdict, part: Part, run: ExplainedRun): Account {
  const expected = quantityText(clause)
  const rows = run.rowsOf(clause.what, part)
  switch (verdict.kind) {
    case 'vacuous':
      return vacuousAccount(run.text(clause.what), nearestTo(clause.what, run, part), part)
    case 'open':
      return openAccount(expected, verdict, part, rows.length === 0 ? 'none' : timesWords(rows.length))
    case 'holds':
      return holdingAccount(run, `it happened ${timesWords(rows.length)}`, rows)
    case 'violated': {
      const { time, row } = verdict
      const upTo = row < 0 ? rows : rows.filter(each => each <= row)
      const times = upTo.map(each => formatDuration(run.timeOf(each)))
      if (rows.length > clause.count && clause.is !== 'atLeast') {
        const earlier = upTo.length < 2 ? '' : `, after ${listWords(times.slice(0, -1))}`
        const observed = `a ${ordinalWords(upTo.length)} time at ${formatDuration(time)}${earlier}`
        return accountOf({ expected, observed, at: time, rows: [row] })
      }
      const nearest = rows.length === 0 ? nearestTo(clause.what, run, part) : undefined
      const marks = nearest === undefined ? rows.slice(-1) : [nearest.row]
      const often = rows.length === 0 ? 'never' : `${timesWords(rows.length)}, at ${listWords(times)}`
      return accountOf({ expected, observed: `${often}${nearestWords(nearest)}`, at: time, rows: marks })
    }
  }
}

/** Accounts for the gaps between two things. */
export function accountOfGaps(clause: Gaps, verdict: Verdict, part: Part, run: ExplainedRun): Account {
  const { from, to, are, toleranceMs, lateMs } = clause
  const expected = `gaps of ${are.map(formatDuration).join(', ')}${gapToleranceText(toleranceMs, lateMs)}`
  switch (verdict.kind) {
    case 'vacuous':
      return vacuousAccount(run.text(from), nearestTo(from, run, part), part)
    default: {
      const gaps = gapsIn(run.rowsOf(from, part), run.rowsOf(to, part))
      const length = ([start, end]: readonly [number, number]): number => run.timeOf(end) - run.timeOf(start)
      const lengths = (some: typeof gaps): string =>
        some.length === 0 ? 'none' : listWords(some.map(gap => formatDuration(length(gap))))
      if (verdict.kind === 'open') return openAccount(expected, verdict, part, lengths(gaps))
      if (verdict.kind === 'holds')
        return holdingAccount(
          run,
          'the gaps were these',
          gaps.map(([, end]) => end),
        )
      const upTo = verdict.row < 0 ? gaps : gaps.filter(([, end]) => end <= verdict.row)
      const told = lengths(upTo)
      const last = upTo[upTo.length - 1]
      const wanted = are[upTo.length - 1]
      if (last === undefined || last[1] !== verdict.row || wanted === undefined) {
        const observed = `${told} by the end at ${formatDuration(verdict.time)}`
        return accountOf({ expected, observed, at: verdict.time, rows: last ?? [], mark: ';' })
      }
      const off = length(last) - wanted
      const words = `${spanWords(Math.abs(off))} ${off > 0 ? 'longer' : 'shorter'} at ${formatDuration(verdict.time)}`
      const observed = `${told}: the ${ordinalWords(upTo.length)} is ${words}`
      return accountOf({ expected, observed, at: verdict.time, rows: [...last], mark: ';' })
    }
  }
}

/** Pairs each `from` with the next `to`; further ones of either in between count for nothing. */
function gapsIn(from: readonly number[], to: readonly number[]): readonly (readonly [number, number])[] {
  const gaps: (readonly [number, number])[] = []
  let last = -1
  for (const start of from) {
    if (start < last) continue
    const end = to.find(row => row > start)
    if (end === undefined) break
    gaps.push([start, end])
    last = end
  }
  return gaps
}
