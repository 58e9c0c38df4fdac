import type { Outcome, Trace } from '../trace/index.js'
import type { Clause } from './clause.js'
import { expandWorkloads } from './expand-workloads.js'
import { compileMonitors, objectsOf } from './monitor/index.js'
import { resolveClauses } from './resolve-clauses.js'
import { rosterOf } from './roster.js'
import type { Ending, Verdict } from './verdict.js'

/**
 * Says of each clause, in their order, what became of it in a trace. Names may be written as people write them: `web` for
 * `default/web`, `deployment/web` for each of its pods, where `within` counts from the creation of a pod that its controller made later.
 *
 * @throws PodwrightError `UNKNOWN_OBJECT` with the nearest name, where a clause names what the trace has not; `SCENARIO_INVALID` where
 * a clause makes no sense.
 *
 * @example
 * ```ts
 * import { checkTrace, simulate } from 'podwright'
 *
 * const trace = simulate(`
 * apiVersion: v1
 * kind: Pod
 * metadata: { name: web }
 * spec:
 *   containers: [{ name: app, image: app:1 }]
 * `)
 * const [verdict] = checkTrace([{ kind: 'phases', pod: 'web', phases: ['Pending', 'Running'] }], trace)
 * console.log(verdict.kind) // holds
 * ```
 */
export function checkTrace(clauses: readonly Clause[], trace: Trace): readonly Verdict[] {
  const { rows, symbols } = trace
  const resolved = expandWorkloads(resolveClauses(clauses, rosterOf(trace)), trace)
  const monitors = compileMonitors(resolved, symbols, objectsOf(trace))
  for (let number = 0; number < rows.length; number++) {
    const { time, kind, object, a, b, c, cause } = rows.at(number)
    monitors.row(number, time, kind, object, a, b, c, cause)
  }
  return monitors.finish(trace.end, endingOf(trace.outcome))
}

/** How a run ended, to those who ask whether more could have happened: only a quiescent one has shown all. */
export const endingOf = (outcome: Outcome): Ending => (outcome === 'quiescent' ? 'quiescent' : 'horizon')
