import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Clause,
  compileMonitors,
  evaluateReference,
  type MonitorSet,
  objectsOf,
  type Verdict,
} from '../../src/expect/index.js'
import { ROW_KINDS, RowStore, SymbolTable, type Trace } from '../../src/trace/index.js'
import { RandomClauses } from './random-clauses.js'
import { RandomDraws } from './random-draws.js'
import { artificialTrace, drawTrace, MANIFESTS } from './random-traces.js'

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
      const monitors = compileMonitors(set, symbols, objectsOf({ manifests: MANIFESTS }))
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
    const kinds = [...seen].map(([name, count]) => `${name}: ${count >= 5 ? 'often' : `only ${count} times`}`)
    expect(kinds.sort().join('\n')).toMatchInlineSnapshot(`
      "allOf holds: often
      allOf open: often
      allOf vacuous: often
      allOf violated: often
      always holds: often
      always violated: often
      conditions holds: often
      conditions open: often
      conditions vacuous: often
      conditions violated: often
      count holds: often
      count open: often
      count violated: often
      eventually after holds: often
      eventually after open: often
      eventually after violated: often
      eventually at any time holds: often
      eventually at any time open: often
      eventually at any time violated: often
      eventually at holds: often
      eventually at open: often
      eventually at violated: often
      eventually for holds: often
      eventually for open: often
      eventually for violated: often
      eventually holds: often
      eventually immediately holds: often
      eventually immediately violated: often
      eventually noSoonerThan holds: often
      eventually noSoonerThan open: often
      eventually noSoonerThan violated: often
      eventually open: often
      eventually violated: often
      eventually within holds: often
      eventually within open: often
      eventually within violated: often
      gaps holds: often
      gaps open: often
      gaps vacuous: often
      gaps violated: often
      inOrder holds: often
      inOrder open: often
      inOrder vacuous: often
      inOrder violated: often
      monotonic holds: often
      monotonic vacuous: often
      monotonic violated: often
      never holds: often
      never violated: often
      notBefore holds: often
      notBefore violated: often
      objectConditions holds: often
      objectConditions open: often
      objectConditions vacuous: often
      objectConditions violated: often
      objectCounts holds: often
      objectCounts open: often
      objectCounts vacuous: often
      objectCounts violated: often
      orVacuous holds: often
      orVacuous open: often
      orVacuous violated: often
      phases holds: often
      phases open: often
      phases vacuous: often
      phases violated: often
      precedes holds: often
      precedes vacuous: often
      precedes violated: often
      response after holds: often
      response after open: often
      response after vacuous: often
      response after violated: often
      response at any time holds: often
      response at any time open: often
      response at any time vacuous: often
      response at any time violated: often
      response at holds: often
      response at open: often
      response at vacuous: often
      response at violated: often
      response for holds: often
      response for open: often
      response for vacuous: often
      response for violated: often
      response holds: often
      response immediately holds: often
      response immediately vacuous: often
      response immediately violated: often
      response noSoonerThan holds: often
      response noSoonerThan open: often
      response noSoonerThan vacuous: often
      response noSoonerThan violated: often
      response open: often
      response vacuous: often
      response violated: often
      response within holds: often
      response within open: often
      response within vacuous: often
      response within violated: often
      scoped after holds: often
      scoped after open: often
      scoped after vacuous: often
      scoped after violated: often
      scoped afterQuiescence holds: often
      scoped afterQuiescence open: often
      scoped afterQuiescence vacuous: often
      scoped afterQuiescence violated: often
      scoped before holds: often
      scoped before vacuous: often
      scoped before violated: often
      scoped between holds: often
      scoped between open: often
      scoped between vacuous: often
      scoped between violated: often
      scoped holds: often
      scoped open: often
      scoped vacuous: often
      scoped violated: often
      scoped while holds: often
      scoped while open: often
      scoped while vacuous: often
      scoped while violated: often
      states holds: often
      states open: often
      states vacuous: often
      states violated: often
      stays holds: often
      stays open: often
      stays vacuous: often
      stays violated: often
      until holds: often
      until open: often
      until violated: often"
    `)
  })
})

/** What monitors say of a trace. */
function watch(monitors: MonitorSet, { rows, end, outcome }: Trace): readonly Verdict[] {
  monitors.reset()
  for (let row = 0; row < rows.length; row++) {
    const { time, kind, object, a, b, c, cause } = rows.at(row)
    monitors.row(row, time, kind, object, a, b, c, cause)
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
    `monitors: ${JSON.stringify(watch(compileMonitors([clause], symbols, objectsOf(smallest)), smallest)[0])}`,
    `definition: ${JSON.stringify(evaluateReference(clause, smallest))}`,
    disagree(clause, trace) ? '' : 'only among the other clauses, or after other runs',
  ].join('\n')
}

const disagree = (clause: Clause, trace: Trace): boolean =>
  !isSame(watch(compileMonitors([clause], trace.symbols, objectsOf(trace)), trace)[0], evaluateReference(clause, trace))

function without({ rows, symbols, outcome, end }: Trace, left: number): Trace {
  const fewer = new RowStore()
  for (let row = 0; row < rows.length; row++) {
    const { time, kind, object, a, b, c } = rows.at(row)
    if (row !== left) fewer.append(time, kind, object, a, b, c, -1)
  }
  return artificialTrace(fewer, symbols, outcome, end)
}
