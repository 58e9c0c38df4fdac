import { fc } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf, scenarios, workloadScenarios } from '../../src/fuzz/index.js'
import { LAWS } from '../../src/invariant/index.js'
import type { HorizontalPodAutoscaler } from '../../src/model/index.js'
import type { Plan } from '../../src/scenario/index.js'
import { BrokenEngines, type Engine, edited } from './broken-engine.js'
import { HAND_PICKED } from './hand-picked.js'
import { HAND_PICKED_WORKLOADS } from './hand-picked-workloads.js'
import { MUTANTS } from './mutants.js'

/** Tried until the law notices. Their seed is fixed: what is proved here is that a law can notice. */
const SCENARIOS = 400
const WORKLOADS = 60

interface Case {
  readonly plan: Plan
  readonly seed?: number
}

/** Hand-picked scenarios first, then random ones; those without reactions, which are carried out in spec/ by the whole engine only. */
const casesToTry = (): readonly Case[] => [
  ...HAND_PICKED.map(scenario => ({ plan: planOf(scenario) })),
  ...fc
    .sample(scenarios(), { numRuns: SCENARIOS, seed: 20250101 })
    .map((scenario, seed) => ({ plan: planOf(scenario), seed }))
    .filter(({ plan }) => plan.reactions === undefined),
]

/** Its Deployment is to have more pods than it asks for. */
const autoscaled = (plan: Plan): Plan => ({
  ...plan,
  workloads: [...(plan.workloads ?? []), { object: AUTOSCALER, createdAt: 0 }],
})

const AUTOSCALER: HorizontalPodAutoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'default' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 6, maxReplicas: 8 },
}

/** The same with workloads. */
const workloadsToTry = (): readonly Case[] => [
  ...HAND_PICKED_WORKLOADS.map(scenario => ({ plan: planOf(scenario) })),
  { plan: autoscaled(planOf(HAND_PICKED_WORKLOADS[0])) },
  ...fc
    .sample(workloadScenarios(), { numRuns: WORKLOADS, seed: 20250101 })
    .map((scenario, seed) => ({ plan: planOf(scenario), seed })),
]

/** The names of the laws that a run broke. A broken engine may end in an error, too: that is no law's finding. */
function brokenLaws({ run, Runner, checkLaws, LawMonitor }: Engine, { plan, seed }: Case): readonly string[] {
  try {
    const findings = [...checkLaws(run(plan, { seed }))]
    // A trace does not tell its Services and limit ranges: their laws are looked at while the run goes on.
    if (plan.objects.some(({ kind }) => kind === 'Service' || kind === 'LimitRange')) {
      const runner = new Runner(plan)
      const monitor = new LawMonitor(runner.lawContext)
      const { end, outcome } = runner.run({ seed, listener: monitor })
      findings.push(...monitor.finish(end, outcome === 'quiescent' ? 'quiescent' : 'horizon'))
    }
    return findings.map(({ law }) => law)
  } catch {
    return []
  }
}

describe('a broken engine', () => {
  const engines = new BrokenEngines()
  let cases: readonly Case[]
  let workloads: readonly Case[]
  beforeAll(() => {
    cases = casesToTry()
    workloads = workloadsToTry()
  }, 60_000)
  afterAll(() => engines.remove(), 300_000)

  test('is there for every law, and for nothing else', () => {
    expect([...new Set(MUTANTS.map(({ law }) => law))].sort()).toEqual(LAWS.map(({ name }) => name).sort())
  })

  test('is refused where the text to break is gone, or there twice', () => {
    const edit = { file: 'cluster/kubelet/pleg.js', find: 'one', replace: 'two' }
    expect(edited('one and another', edit)).toBe('two and another')
    expect(() => edited('one or one', edit)).toThrow(
      'cluster/kubelet/pleg.js: the text to break is there more than once:\none',
    )
    expect(() => edited('', edit)).toThrow('cluster/kubelet/pleg.js: the text to break is not there any more:\none')
  })

  test.each(MUTANTS.map(each => [`${each.does}, breaks ${each.law}`, each] as const))(
    'that %s',
    async (_, mutant) => {
      const engine = await engines.load(mutant)
      const others = new Set<string>()
      for (const each of mutant.isOfWorkloads === true ? workloads : cases) {
        const broken = brokenLaws(engine, each)
        if (broken.includes(mutant.law)) return
        for (const law of broken) others.add(law)
      }
      expect.fail(`${mutant.law} noticed nothing; noticed by ${[...others].join(', ') || 'no law'}`)
    },
    60_000,
  )
})
