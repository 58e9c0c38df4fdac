import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Clause,
  compileMonitors,
  evaluateReference,
  type MonitorSet,
  type Verdict,
} from '../../src/expect/index.js'
import { ROW_KINDS, RowStore, SymbolTable, type Trace } from '../../src/trace/index.js'
import { RandomClauses } from './random-clauses.js'
import { RandomDraws } from './random-draws.js'
import { artificialTrace, drawTrace } from './random-traces.js'

const GROUPS = 125
const CLAUSES = 40
const TRACES = 20

describe('Compiled monitors and the definitions', () => {
  const seen = new Map<string, number>()

  test('agree on random clauses over random traces, one set of monitors watching many runs', () => {
    const draws = new RandomDraws(fc.readConfigureGlobal().seed ?? 0)
    const clauses = new RandomClauses(draws)
    let pairs = 0
    for (let group = 0; group < GROUPS; group++) {
      const symbols = new SymbolTable()
      const set = Array.from({ length: CLAUSES }, () => clauses.clause())
      const monitors = compileMonitors(set, symbols)
      for (let i = 0; i < TRACES; i++) {
        const trace = drawTrace(draws, symbols)
        const verdicts = watch(monitors, trace)
        for (const [index, clause] of set.entries()) {
          const defined = evaluateReference(clause, trace)
          if (!isSame(verdicts[index], defined)) expect.fail(disagreement(clause, trace))
          pairs++
          countKinds(clause, defined, seen)
        }
      }
    }
    expect(pairs).toBeGreaterThanOrEqual(100_000)
  })

  test('were asked clauses of every kind, with each verdict that the kind can have', () => {
    const kinds = [...seen].map(([name, count]) => `${name}: ${count >= 10 ? 'often' : `only ${count}`}`)
    expect(kinds.sort().join('\n')).toMatchInlineSnapshot()
  })
})

/** What monitors say of a trace. */
function watch(monitors: MonitorSet, { rows, end, outcome }: Trace): readonly Verdict[] {
  monitors.reset()
  for (let row = 0; row < rows.length; row++) {
    const { time, kind, object, a, b, c } = rows.at(row)
    monitors.row(row, time, kind, object, a, b, c)
  }
  return monitors.finish(end, outcome === 'quiescent' ? 'quiescent' : 'horizon')
}

const isSame = (one: Verdict, other: Verdict): boolean => {
  if (one.kind !== other.kind) return false
  if (one.kind === 'violated' && other.kind === 'violated')
    return one.time === other.time && one.row === other.row && one.trigger === other.trigger
  if (one.kind === 'open' && other.kind === 'open')
    return one.decidedBy === other.decidedBy && one.trigger === other.trigger
  return true
}

/** Counts a verdict by the kind of clause, of its bound, of its scope. */
function countKinds(clause: Clause, { kind }: Verdict, counts: Map<string, number>): void {
  const names: string[] = [clause.kind]
  if (clause.kind === 'scoped') names.push(`scoped ${clause.scope.kind}`)
  if (clause.kind === 'response' || clause.kind === 'eventually')
    names.push(`${clause.kind} ${clause.bound?.kind ?? 'at any time'}`)
  for (const name of names) counts.set(`${name} ${kind}`, (counts.get(`${name} ${kind}`) ?? 0) + 1)
}

/** Tells of a disagreement with as few rows as it takes. */
function disagreement(clause: Clause, trace: Trace): string {
  let smallest = trace
  for (let row = trace.rows.length - 1; row >= 0; row--) {
    const smaller = without(smallest, row)
    if (disagree(clause, smaller)) smallest = smaller
  }
  const { rows, symbols, outcome, end } = smallest
  const lines = Array.from({ length: rows.length }, (_, number) => {
    const { time, kind, object, a, b, c } = rows.at(number)
    return `${number}  ${time} ms  ${symbols.text(object)}  ${ROW_KINDS[kind].name} ${a} ${b} ${c}`
  })
  return [
    JSON.stringify(clause),
    ...lines,
    `${outcome} at ${end} ms`,
    `monitors: ${JSON.stringify(watch(compileMonitors([clause], symbols), smallest)[0])}`,
    `definition: ${JSON.stringify(evaluateReference(clause, smallest))}`,
    disagree(clause, trace) ? '' : 'only among the other clauses, or after other runs',
  ].join('\n')
}

const disagree = (clause: Clause, trace: Trace): boolean =>
  !isSame(watch(compileMonitors([clause], trace.symbols), trace)[0], evaluateReference(clause, trace))

function without({ rows, symbols, outcome, end }: Trace, left: number): Trace {
  const fewer = new RowStore()
  for (let row = 0; row < rows.length; row++) {
    const { time, kind, object, a, b, c } = rows.at(row)
    if (row !== left) fewer.append(time, kind, object, a, b, c, -1)
  }
  return artificialTrace(fewer, symbols, outcome, end)
}
