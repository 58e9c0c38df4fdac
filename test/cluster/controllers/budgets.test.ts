import { describe, expect, test } from 'vitest'
import {
  budgetNumbers,
  isCountedByOwners,
  readDisrupted,
  writeDisrupted,
} from '../../../src/cluster/controllers/disruption/budget-status.js'
import { selectorText } from '../../../src/cluster/controllers/disruption/selector-text.js'
import { run } from '../../../src/cluster/index.js'
import type { PodDisruptionBudget, PodDisruptionBudgetSpec, Workload } from '../../../src/model/index.js'
import type { Step } from '../../../src/scenario/index.js'
import { ROW, type Trace } from '../../../src/trace/index.js'
import { server } from '../network/shops.js'
import { plan } from '../plans.js'
import { deployment, messagesOf, ownerAt, podsAt } from '../workloads.js'

const budget = (spec: PodDisruptionBudgetSpec): PodDisruptionBudget => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'pdb', namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
})

const runBudget = (spec: PodDisruptionBudgetSpec, owners: readonly Workload[], steps: readonly Step[] = []): Trace => {
  const objects = [budget(spec), ...owners]
  return run(plan([], { workloads: objects.map(object => ({ object, createdAt: 0 })), steps, horizon: 300_000 }))
}

const statusAt = (trace: Trace, time = trace.end) =>
  ownerAt<PodDisruptionBudget>(trace, time, 'PodDisruptionBudget', 'pdb')?.status

const refusalsOf = (trace: Trace): readonly string[] =>
  Array.from({ length: trace.rows.length }, (_, i) => trace.rows.at(i))
    .filter(({ kind }) => kind === ROW.refused)
    .map(({ a }) => trace.symbols.text(a))

describe('the numbers of a budget (PDB-1, PDB-2)', () => {
  test.each([
    [{ minAvailable: 2 }, 3, 3, 0, [3, 2, 3, 1]],
    [{ minAvailable: '50%' }, 3, 3, 5, [5, 3, 3, 0]],
    [{ maxUnavailable: 1 }, 3, 3, 3, [3, 2, 3, 1]],
    [{ maxUnavailable: '50%' }, 3, 2, 3, [3, 1, 2, 1]],
    [{ maxUnavailable: 5 }, 3, 2, 3, [3, 0, 2, 2]],
    [{ minAvailable: 0 }, 0, 0, 0, [0, 0, 0, 0]],
  ])('%j of %i pods, %i healthy, owners ask for %i', (spec, matching, healthy, scale, numbers) => {
    expect(Object.values(budgetNumbers({ spec, matching, healthy, scale }))).toEqual(numbers)
  })

  test('only a plain minAvailable counts pods, all else what their owners ask for', () => {
    expect([{ minAvailable: 2 }, { minAvailable: '50%' }, { maxUnavailable: 1 }, {}].map(isCountedByOwners)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('a selector is written as Go writes it', () => {
    const expression = { key: 'tier', operator: 'In', values: ['a', 'b'] } as const
    expect(selectorText({ matchLabels: { b: '2', a: '1' }, matchExpressions: [expression] })).toBe(
      '&LabelSelector{MatchLabels:map[string]string{a: 1,b: 2,},' +
        'MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:tier,Operator:In,Values:[a b],},},}',
    )
  })

  test('evictions under way are written and read back', () => {
    const pods = new Map([
      ['web-1', 12],
      ['web-2', 14],
    ])
    expect(writeDisrupted(pods)).toBe('web-1=12,web-2=14')
    expect(readDisrupted('web-1=12,web-2=14')).toEqual(pods)
    expect(readDisrupted('')).toEqual(new Map())
  })
})

describe('a PodDisruptionBudget', () => {
  test('counts the pods of a Deployment by what it asks for, through its ReplicaSet', () => {
    const trace = runBudget({ maxUnavailable: 1 }, [deployment()])
    expect(statusAt(trace)).toMatchObject({
      expectedPods: 3,
      desiredHealthy: 2,
      currentHealthy: 3,
      disruptionsAllowed: 1,
      observedGeneration: 1,
      conditions: [{ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods' }],
    })
  })

  test('says that no pods match', () => {
    const trace = runBudget({ minAvailable: 1 }, [])
    expect(statusAt(trace)).toMatchObject({ expectedPods: 0, desiredHealthy: 1, disruptionsAllowed: 0 })
    expect(messagesOf(trace, 'PodDisruptionBudget')).toEqual(['NoPods: No matching pods found'])
  })

  test('says that it cannot count pods without a controller where it counts by owners (PDB-1)', () => {
    const lone = server('lone')
    const told = (spec: PodDisruptionBudgetSpec): readonly string[] => {
      const workloads = [{ object: budget(spec), createdAt: 0 }]
      return messagesOf(run(plan([lone], { workloads, horizon: 60_000 })), 'PodDisruptionBudget').slice(-1)
    }
    expect(told({ maxUnavailable: 1 })).toEqual([
      'UnmanagedPods: Pods selected by this PodDisruptionBudget (selector: ' +
        '&LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be ' +
        'unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To ' +
        'account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.',
    ])
    expect(told({ minAvailable: 1 })).toEqual([])
  })

  test('lets one pod go and refuses the next until the first is replaced (EV-4)', () => {
    const evict = (at: number): Step => ({ at, do: 'evictPods', namespace: 'default' })
    const trace = runBudget({ minAvailable: 2 }, [deployment()], [evict(30_000), evict(90_000)])
    expect(refusalsOf(trace)).toEqual(Array(4).fill(expect.stringMatching(REFUSAL)))
    expect(statusAt(trace, 30_000)).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 0 })
    expect(statusAt(trace)).toMatchObject({ currentHealthy: 3, disruptionsAllowed: 1 })
    expect(statusAt(trace)?.disruptedPods).toBeUndefined()
    expect(podsAt(trace, trace.end)).toHaveLength(3)
  })

  test('allows nothing where an owner has no size, and says why', () => {
    const job: Workload = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'j', namespace: 'default' },
      spec: {
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'app:1' }] },
        },
      },
    }
    const trace = runBudget({ maxUnavailable: 1 }, [job])
    expect(statusAt(trace)?.conditions).toMatchObject([
      { status: 'False', reason: 'SyncFailed', message: 'jobs.batch does not implement the scale subresource' },
    ])
    expect(messagesOf(trace, 'PodDisruptionBudget')).toContain(
      'CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: jobs.batch does not implement the scale subresource',
    )
  })
})

const REFUSAL =
  /^Cannot evict pod as it would violate the pod's disruption budget\. The disruption budget pdb needs 2 healthy pods and has \d currently$/
