import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { Runner, run } from '../../src/cluster/index.js'
import { planOf, scenarios } from '../../src/fuzz/index.js'
import { checkLaws } from '../../src/invariant/index.js'
import type { Plan, ReactionStep, ResourceUse, Step } from '../../src/scenario/index.js'

/** Whatever may befall a node, at instants that are near one another. */
type Deed = (node: string) => ReactionStep
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc
    .constantFrom(
      'killKubelet',
      'startKubelet',
      'cutNetwork',
      'restoreNetwork',
      'restartKubelet',
      'cordon',
      'uncordon',
      'deleteNode',
      'drain',
    )
    .map(
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
  fc.constantFrom('memory', 'nodefs', 'pid').map(
    (resource): Deed =>
      node => ({ do: 'exhaustNode', node, resource }),
  ),
  fc.constantFrom('memory', 'nodefs').map(
    (resource): Deed =>
      node => ({ do: 'relieveNode', node, resource }),
  ),
  fc
    .record({
      seconds: fc.constantFrom(0, 1, 10, 30),
      hasGroups: fc.boolean(),
      downFor: fc.constantFrom(undefined, 1000, 60_000),
    })
    .map(
      ({ seconds, hasGroups, downFor }): Deed =>
        node => ({
          do: 'shutDownNode',
          node,
          groups: hasGroups
            ? [
                { priority: 0, seconds },
                { priority: 2_000_000_000, seconds: 5 },
              ]
            : [],
          ...(downFor === undefined ? {} : { downFor }),
        }),
    ),
)
/** What every container takes, so that nodes run short of it and limits are exceeded. */
const amount = fc.constantFrom(0, 1, 64, 512, 4096).map(mebibytes => mebibytes * 1024 * 1024)
const usage = fc.record({ from: amount, perSecond: amount, upTo: fc.constant(null) })
const uses = fc.option(
  fc.record({ memory: usage, ephemeralStorage: usage, processes: fc.constant({ from: 10, perSecond: 1, upTo: null }) }),
  { nil: undefined },
)
const faults = fc.array(fc.record({ deed, node: fc.nat(5), at: fc.nat(200_000) }), { minLength: 1, maxLength: 6 })

const faulty = fc.tuple(scenarios(), faults, uses).map(([scenario, list, taken]): Plan => {
  const plan = withUses(planOf(scenario), taken)
  const names = plan.nodes.map(({ metadata }) => metadata.name ?? '')
  const steps = list.map(({ deed, node, at }): Step => ({ at, ...deed(names[node % names.length]) }))
  const all = [...plan.steps, ...steps].sort((a, b) => a.at - b.at || Number(a.isLast ?? 0) - Number(b.isLast ?? 0))
  return { ...plan, steps: all, horizon: Math.max(plan.horizon, 600_000) }
})

/** A plan whose containers all take the same. */
function withUses(plan: Plan, taken: ResourceUse | undefined): Plan {
  if (taken === undefined) return plan
  const pods = plan.pods.map(planned => ({
    ...planned,
    containers: Object.fromEntries(
      Object.entries(planned.containers).map(([name, each]) => [name, { ...each, uses: taken }]),
    ),
  }))
  return { ...plan, pods }
}

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
