import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { Runner, run } from '../../src/cluster/index.js'
import { planOf, scenarios } from '../../src/fuzz/index.js'
import { checkLaws } from '../../src/invariant/index.js'
import type { Plan, ReactionStep, Step } from '../../src/scenario/index.js'

/** Whatever may befall a node, at instants that are near one another. */
type Deed = (node: string) => ReactionStep
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.constantFrom('killKubelet', 'startKubelet', 'restartKubelet', 'cordon', 'uncordon', 'deleteNode', 'drain').map(
    (what): Deed =>
      node =>
        what === 'drain' ? { do: what, node, force: true } : { do: what, node },
  ),
  fc.constantFrom('x=1:NoExecute', 'x-', 'y:NoSchedule', 'node.kubernetes.io/out-of-service:NoExecute').map(
    (word): Deed =>
      node => ({ do: 'taintNode', node, taints: [word] }),
  ),
  fc.constantFrom(1000, 30_000).map(
    (downFor): Deed =>
      node => ({ do: 'rebootNode', node, downFor }),
  ),
)
const faults = fc.array(fc.record({ deed, node: fc.nat(5), at: fc.nat(200_000) }), { minLength: 1, maxLength: 6 })

const faulty = fc.tuple(scenarios(), faults).map(([scenario, list]): Plan => {
  const plan = planOf(scenario)
  const names = plan.nodes.map(({ metadata }) => metadata.name ?? '')
  const steps = list.map(({ deed, node, at }): Step => ({ at, ...deed(names[node % names.length]) }))
  const all = [...plan.steps, ...steps].sort((a, b) => a.at - b.at || Number(a.isLast ?? 0) - Number(b.isLast ?? 0))
  return { ...plan, steps: all, horizon: Math.max(plan.horizon, 600_000) }
})

describe('random scenarios with random faults of their nodes', () => {
  test('end, give the same digest on a second pass, and break no law', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(faulty, fc.nat(), (plan, seed) => {
        const trace = run(plan, { seed, entryLimit: 2_000_000 })
        expect(trace.outcome).not.toBe('entryLimit')
        const runner = new Runner(plan)
        runner.run({})
        expect(runner.run({ seed }).digest).toBe(trace.digest)
        const findings = checkLaws(trace)
        expect(findings.map(({ law, time, text }) => `${time} ${law}: ${text}`)).toEqual([])
      }),
      { numRuns: 60, endOnFailure: true },
    )
  })
})
