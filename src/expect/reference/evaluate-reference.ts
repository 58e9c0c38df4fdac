import { ROW, type Trace } from '../../trace/index.js'
import { type Clause, isLevel } from '../clause.js'
import type { Verdict } from '../verdict.js'
import { obligation } from './obligation.js'
import { happenings, type Instant, instantsWhere, notCome, offence, type Part, wholeRun } from './part.js'
import { RunReading } from './run-reading.js'
import { scopeParts } from './scope-parts.js'
import { sequence } from './sequences.js'
import { ofAll, ofAny } from './verdicts-together.js'

const HOLDS: Verdict = { kind: 'holds' }
const VACUOUS: Verdict = { kind: 'vacuous' }

/**
 * Says what became of a resolved clause in a trace, straight from the definitions: every level is written out row by row, and every
 * "for each" is a loop. It is what compiled monitors are tested against, and for reading; `checkTrace` is thousands of
 * times faster.
 */
export function evaluateReference(clause: Clause, trace: Trace): Verdict {
  const ending = trace.outcome === 'quiescent' ? 'quiescent' : 'horizon'
  return evaluate(clause, wholeRun(new RunReading(trace), ending))
}

function evaluate(clause: Clause, part: Part): Verdict {
  switch (clause.kind) {
    case 'always':
      return forbidden(part, instantsWhere(part, clause.level, false))
    case 'never':
      return forbidden(
        part,
        isLevel(clause.what) ? instantsWhere(part, clause.what, true) : happenings(part, clause.what),
      )
    case 'stays':
      return stays(part, clause)
    case 'count':
      return count(part, clause)
    case 'monotonic':
      return monotonic(part, clause)
    case 'eventually':
      return obligation(part, { time: part.from, row: part.firstRow }, clause.what, clause.bound, part.openingRow)
    case 'response':
      return ofAny(
        happenings(part, clause.trigger).map(trigger => obligation(part, trigger, clause.then, clause.bound)),
      )
    case 'precedes': {
      const [second] = happenings(part, clause.second)
      return second === undefined ? VACUOUS : preceded(part, second, happenings(part, clause.first))
    }
    case 'notBefore': {
      const [what] = happenings(part, clause.what)
      return what === undefined ? HOLDS : preceded(part, what, happenings(part, clause.before))
    }
    case 'inOrder':
      return inOrder(part, clause)
    case 'phases':
    case 'conditions':
    case 'states':
    case 'objectConditions':
    case 'objectCounts':
      return sequence(part, clause)
    case 'gaps':
      return gaps(part, clause)
    case 'until':
      return until(part, clause)
    case 'scoped':
      return scoped(part, clause)
    case 'allOf':
      return ofAll(clause.clauses.map(each => evaluate(each, part)))
    case 'orVacuous': {
      const verdict = evaluate(clause.clause, part)
      return verdict.kind === 'vacuous' ? HOLDS : verdict
    }
    case 'eachContainer':
      throw new RangeError('expected a resolved clause, got eachContainer')
  }
}

type ClauseOf<Kind extends Clause['kind']> = Extract<Clause, { kind: Kind }>

const forbidden = (part: Part, [first]: readonly Instant[]): Verdict =>
  first === undefined ? HOLDS : offence(part, first)

const preceded = (part: Part, second: Instant, [first]: readonly Instant[]): Verdict =>
  first !== undefined && first.row <= second.row ? HOLDS : offence(part, second)

function stays(part: Part, { level, ms }: ClauseOf<'stays'>): Verdict {
  const isSo = (instant: Instant | undefined): boolean =>
    instant !== undefined && part.reading.level(level)[instant.row + 1]
  const beginnings = part.instants.filter((instant, i) => isSo(instant) && !isSo(part.instants[i - 1]))
  return ofAny(
    beginnings.map(({ time, row }) => {
      const lapse = instantsWhere(part, level, false).find(each => each.time >= time && each.time <= time + ms)
      if (lapse !== undefined) return offence(part, lapse, row)
      const isEnded = instantsWhere(part, level, false).some(each => each.time > time)
      if (isEnded || part.ending !== 'horizon' || part.until >= time + ms) return HOLDS
      return { kind: 'open', decidedBy: time + ms, trigger: row }
    }),
  )
}

function count(part: Part, { what, is, count: wanted }: ClauseOf<'count'>): Verdict {
  const all = happenings(part, what)
  if (is !== 'atLeast' && all.length > wanted) return offence(part, all[wanted])
  return is !== 'atMost' && all.length < wanted ? notCome(part) : HOLDS
}

function monotonic(part: Part, { container }: ClauseOf<'monotonic'>): Verdict {
  const { reading, firstRow, endRow, openingRow } = part
  const { rows, trace } = reading
  const pathOf = (row: number): string => trace.symbols.text(rows[row].object)
  const isRestarts = (row: number): boolean =>
    rows[row].kind === ROW.containerRestarts && pathOf(row) === `Pod/${container.pod}/${container.container}`
  const isAnotherPod = (row: number): boolean =>
    (rows[row].kind === ROW.created || rows[row].kind === ROW.removed) && pathOf(row) === `Pod/${container.pod}`
  for (let row = firstRow; row < endRow; row++) {
    if (!isRestarts(row)) continue
    const before = rows.slice(0, row).findLast(({ number }) => isRestarts(number) || isAnotherPod(number))
    const countBefore = before === undefined || isAnotherPod(before.number) ? 0 : before.a
    if (rows[row].a < countBefore) return offence(part, { time: rows[row].time, row })
  }
  // A row about the status makes another object of it.
  const statuses = reading.container(container)
  const isSaid = (row: number): boolean => statuses[row + 1] !== undefined && statuses[row + 1] !== statuses[row]
  const isSeen =
    statuses[openingRow + 1] !== undefined ||
    rows.some(({ number }) => number >= firstRow && number < endRow && isSaid(number))
  return isSeen ? HOLDS : VACUOUS
}

function inOrder(part: Part, { occurrences, isStrict }: ClauseOf<'inOrder'>): Verdict {
  const firsts = occurrences.map(each => happenings(part, each).at(0))
  const offenders = firsts.filter((first, i): first is Instant => {
    if (first === undefined) return false
    const isEarlier = (each: Instant | undefined): boolean =>
      each !== undefined && each.row < first.row && !(isStrict === true && each.time === first.time)
    return !firsts.slice(0, i).every(isEarlier)
  })
  const [earliest] = offenders.sort((a, b) => a.row - b.row)
  if (earliest !== undefined) return offence(part, earliest)
  if (firsts.every(first => first === undefined)) return VACUOUS
  return firsts.includes(undefined) ? notCome(part) : HOLDS
}

function gaps(part: Part, { from, to, are, toleranceMs = 0, lateMs = toleranceMs }: ClauseOf<'gaps'>): Verdict {
  const [beginnings, ends] = [happenings(part, from), happenings(part, to)]
  if (beginnings.length === 0) return VACUOUS
  let beginning = beginnings.at(0)
  for (const wanted of are) {
    const { row, time } = beginning ?? { row: Number.POSITIVE_INFINITY, time: 0 }
    const end = ends.find(each => each.row > row)
    if (end === undefined) return notCome(part)
    const gap = end.time - time
    if (gap < wanted - toleranceMs || gap > wanted + lateMs) return offence(part, end, row)
    beginning = beginnings.find(each => each.row >= end.row)
  }
  return HOLDS
}

function until(part: Part, { level, until: end, isWeak }: ClauseOf<'until'>): Verdict {
  const [come] = isLevel(end) ? instantsWhere(part, end, true) : happenings(part, end)
  const [lapse] = instantsWhere(part, level, false)
  if (lapse !== undefined && (come === undefined || come.time > lapse.time)) return offence(part, lapse)
  return come !== undefined || isWeak === true ? HOLDS : notCome(part)
}

function scoped(part: Part, { scope, clause }: ClauseOf<'scoped'>): Verdict {
  if (scope.kind !== 'afterQuiescence') return ofAny(scopeParts(part, scope).map(each => evaluate(clause, each)))
  const { ending, until: end, openingRow, reading } = part
  if (ending === 'horizon') return { kind: 'open', trigger: openingRow }
  if (ending === 'scopeEnd') return VACUOUS
  const row = reading.rows.length - 1
  const left = { ...part, firstRow: part.endRow, from: end, openingRow: row, instants: [{ time: end, row }] }
  return evaluate(clause, left)
}
