import { fc } from '@fast-check/vitest'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatLawBreach, fuzzLaws, type LawCampaign, planOf, workloadScenarios } from '../../src/fuzz/index.js'
import { parseScenarioDocument, printScenario } from '../../src/scenario/index.js'
import { planTexts, Runner, run } from '../../src/spec/index.js'
import { Sightings } from './sightings.js'

/** Fixed for every property by test/setup.ts; PODWRIGHT_SEED tries another. */
const seed = fc.readConfigureGlobal().seed ?? 1
const SCENARIOS = 400

const each = (prefix: string, ...words: readonly string[]): readonly string[] => words.map(word => `${prefix} ${word}`)

/** What proves that the laws were tried where they could break: every one of these words is seen in some run. */
const REACHED: readonly (readonly [string, readonly string[]])[] = [
  [
    'every kind of workload',
    each('created', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ControllerRevision'),
  ],
  [
    'rollouts that are complete, deadlocked and paused',
    [
      ...each('condition Progressing:', 'NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'),
      ...each('revision', '1', '2', '3'),
    ],
  ],
  ['ordinals', each('created', 'Pod/default/web-0', 'Pod/default/web-2')],
  [
    'every end of a Job',
    [...each('condition Complete', 'True'), ...each('condition Failed:', 'BackoffLimitExceeded', 'DeadlineExceeded')],
  ],
  ['a Job that is suspended', ['condition Suspended True']],
  [
    'evictions, and drains that a budget holds up',
    ['condition DisruptionTarget: EvictionByEvictionAPI', 'eviction refused'],
  ],
  ['preemption', ['condition DisruptionTarget: PreemptionByScheduler']],
  [
    'nodes that are lost, and pods evicted for it',
    ['node Ready Unknown', 'condition DisruptionTarget: DeletionByTaintManager'],
  ],
  ['nodes that end their pods', ['condition DisruptionTarget: TerminationByKubelet', 'event Evicted']],
  ['pods whose node is gone', ['condition DisruptionTarget: DeletionByPodGC']],
  [
    'autoscalers at work, and quotas that are used up',
    [
      ...each('event', 'SuccessfulRescale', 'EvictionThresholdMet'),
      ...each('condition AbleToScale:', 'ScaleDownStabilized', 'ReadyForNewScale'),
      ...each('condition ScalingLimited:', 'TooManyReplicas', 'TooFewReplicas'),
      'quota refused a pod',
    ],
  ],
  [
    'every race that a request can lose, and those that it wins',
    [...each('request', 'refused', 'reset', 'timed out', 'no endpoint'), 'requests answered'],
  ],
]

describe(`${SCENARIOS} random scenarios of workloads with random choices`, () => {
  const sightings = new Sightings()
  let campaign: LawCampaign
  beforeAll(() => {
    const observe = sightings.add.bind(sightings)
    campaign = fuzzLaws({ scenarios: workloadScenarios(), runs: SCENARIOS, seed, observe })
  }, 300_000)

  test('break no law', () => {
    const { runs, breach } = campaign
    if (breach !== undefined) {
      throw new Error(`scenario ${runs} of PODWRIGHT_SEED=${seed}, made small:\n${formatLawBreach(breach)}`)
    }
    expect(runs).toBe(SCENARIOS)
  })

  test.each(REACHED)('reach %s', (_, words) => {
    expect(words.filter(word => sightings.timesOf(word) === 0)).toEqual([])
  })
})

describe('a random scenario of workloads', () => {
  test('stands in a file as it stands in memory, and runs the same twice', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(workloadScenarios(), fc.nat(999_999), (scenario, choices) => {
        const text = printScenario(scenario)
        expect(planTexts([{ name: 'scenario.yaml', text }]).problems).toEqual([])
        expect(parseScenarioDocument(text, 'scenario.yaml')).toEqual(scenario)
        const plan = planOf(scenario)
        const { digest, header } = run(plan, { seed: choices })
        const runner = new Runner(plan)
        expect(runner.run({ seed: choices + 1 }).digest).toBe(run(plan, { seed: choices + 1 }).digest)
        expect(runner.run({ seed: choices }).digest).toBe(digest)
        expect(run(plan, { recipe: header.recipe }).digest).toBe(digest)
      }),
      { numRuns: 40 },
    )
  })
})
