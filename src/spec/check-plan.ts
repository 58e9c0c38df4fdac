import type { RunOptions } from '../cluster/index.js'
import {
  type Clause,
  checkTrace,
  compileMonitors,
  type Ending,
  mentionsWorkload,
  type Verdict,
} from '../expect/index.js'
import { LAWS, type LawFinding, LawMonitor, lawNamed } from '../invariant/index.js'
import type { LawName, Plan } from '../scenario/index.js'
import type { Trace } from '../trace/index.js'
import type { PlannedExpectation } from './plan-texts.js'
import { formatReplay } from './replay-string.js'
import { type BegunRun, beginRun } from './run.js'

/** A plan with what is expected of its run. */
export interface CheckedPlan {
  readonly plan: Plan
  readonly expectations: readonly PlannedExpectation[]
  /** The laws that are not checked. */
  readonly lawsOff: readonly LawName[]
}

/** An expectation and what a run said of it. */
export interface CheckedExpectation extends PlannedExpectation {
  readonly verdict: Verdict
}

/** What came of a run: its trace, the verdict of every expectation, and the laws that it broke. */
export interface CheckResult {
  readonly plan: Plan
  readonly trace: Trace
  readonly expectations: readonly CheckedExpectation[]
  readonly laws: readonly LawFinding[]
  /** Every expectation holds and no law is broken. */
  readonly isPassed: boolean
  /** The word that `podwright replay` takes. */
  readonly replay: string
}

/** Runs a plan once, watched by the monitors of its expectations and of the laws. */
export function checkPlan({ plan, expectations, lawsOff }: CheckedPlan, choices: RunOptions = {}): CheckResult {
  const off = lawNames(lawsOff)
  const { simulation, hub } = beginRun(plan, choices)
  // Whom a workload's name means is known when its controller has made the pods: such clauses are judged over the whole trace.
  const isLate = expectations.map(({ clause }) => mentionsWorkload(clause))
  const clausesWhere = (wanted: boolean): Clause[] =>
    expectations.filter((_, index) => isLate[index] === wanted).map(({ clause }) => clause)
  const monitors = compileMonitors(clausesWhere(false), simulation.symbols, simulation.lawContext)
  hub.add(monitors)
  const laws = watchLaws({ simulation, hub }, off)
  simulation.runUntil(plan.horizon)
  const trace = simulation.trace()
  const verdicts = [...monitors.finish(trace.end, endingOf(trace))]
  const late = [...checkTrace(clausesWhere(true), trace)]
  const checked = expectations.map((each, index) => ({ ...each, verdict: (isLate[index] ? late : verdicts).shift()! }))
  const broken = laws.finish(trace.end, endingOf(trace), trace)
  return {
    plan,
    trace,
    expectations: checked,
    laws: broken,
    isPassed: broken.length === 0 && checked.every(({ verdict }) => verdict.kind === 'holds'),
    replay: formatReplay(plan, trace, choices),
  }
}

/** Watches a run that has not begun for broken laws; `finish` answers what there were. */
export function watchLaws({ simulation, hub }: BegunRun, off: readonly string[]): LawMonitor {
  const monitor = new LawMonitor(simulation.lawContext, { off })
  hub.add(monitor)
  return monitor
}

/** How a run ended, as monitors ask for it. */
export const endingOf = ({ outcome }: Trace): Ending => (outcome === 'quiescent' ? 'quiescent' : 'horizon')

/**
 * The names of laws, each checked; `all` means every one.
 *
 * @throws PodwrightError `USAGE` for a law that there is not, with the nearest.
 */
export function lawNames(names: readonly LawName[]): readonly string[] {
  return [...new Set(names.flatMap(nameOrAll))]
}

const nameOrAll = ({ name, where }: LawName): readonly string[] =>
  name === 'all' ? LAWS.map(law => law.name) : [lawNamed(name, where, known => related(name, known))]

/** What there is instead: laws that share a word with the name, or any. */
function related(name: string, known: readonly string[]): string {
  const parts = new Set(name.split('-').filter(({ length }) => length > 3))
  const alike = known.filter(each => each.split('-').some(part => parts.has(part)))
  return `there are ${(alike.length === 0 ? known : alike).slice(0, 6).join(', ')}, …, or all`
}
