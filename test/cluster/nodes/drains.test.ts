import { describe, expect, test } from 'vitest'
import type { PodDisruptionBudget } from '../../../src/model/index.js'
import type { DrainFlags, Plan, PlanPod, Step } from '../../../src/scenario/index.js'
import { behaves, planPod } from '../plans.js'
import { podOn, runNodes, storyOf } from './node-runs.js'

const owned = (planned: PlanPod, kind: string): PlanPod => {
  const owner = { apiVersion: 'apps/v1', kind, name: 'web', uid: 'u', controller: true }
  const metadata = { ...planned.pod.metadata, labels: { app: 'web' }, ownerReferences: [owner] }
  return { ...planned, pod: { ...planned.pod, metadata } }
}
/** Looked after by an operator of its own, which makes no other pod. */
const web = (name: string, node = 'b'): PlanPod => owned(podOn(node, name), 'Website')
const budget = (spec: Partial<PodDisruptionBudget['spec']>, name = 'web'): PodDisruptionBudget => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
})
const budgets = (...objects: readonly PodDisruptionBudget[]): Partial<Plan> => ({
  workloads: objects.map(object => ({ object, createdAt: 0 })),
})
const drain = (flags: DrainFlags = {}): Step => ({ at: 60_000, do: 'drain', node: 'b', ...flags })
const later = (trace: Parameters<typeof storyOf>[0], name: string): string[] =>
  storyOf(trace, `Pod/default/${name}`, 60_000).filter(line => /refused|DisruptionTarget|requested/.test(line))

const VIOLATES = 'eviction refused:'

describe('a drain', () => {
  test('cordons the node and evicts its pods', () => {
    const trace = runNodes([web('one'), web('two', 'a')], [drain()])
    expect(storyOf(trace, 'Node/b')).toEqual([
      '60s unschedulable: true',
      '60s taints: node.kubernetes.io/unschedulable:NoSchedule',
    ])
    expect(later(trace, 'one').slice(0, 2)).toEqual([
      '60s DisruptionTarget=True: EvictionByEvictionAPI, Eviction API: evicting',
      '60s delete requested, grace 30s',
    ])
    expect(later(trace, 'two')).toEqual([])
  })

  test.each([
    ['bare pods', podOn('b', 'one'), {}, 'Pods declare no controller (use --force to override): default/one'],
    [
      'pods with local storage',
      owned(podOn('b', 'one', { volumes: [{ name: 'tmp', emptyDir: {} }] }), 'ReplicaSet'),
      {},
      'Pods with local storage (use --delete-emptydir-data to override): default/one',
    ],
    [
      'pods of DaemonSets',
      owned(podOn('b', 'one'), 'DaemonSet'),
      { force: true },
      'DaemonSet-managed Pods (use --ignore-daemonsets to ignore): default/one',
    ],
  ] as const)('that may not take %s away does not begin (ND-3)', (_, pod, flags, problem) => {
    const trace = runNodes([pod, web('other')], [drain(flags)])
    expect(storyOf(trace, 'Node/b').join('\n')).toContain(`cannot delete ${problem}`)
    expect([...later(trace, 'one'), ...later(trace, 'other')]).toEqual([])
  })

  test('that may takes them, but leaves those of DaemonSets', () => {
    const pods = [
      podOn('b', 'bare'),
      owned(podOn('b', 'storage', { volumes: [{ name: 'tmp', emptyDir: {} }] }), 'ReplicaSet'),
      owned(podOn('b', 'daemon'), 'DaemonSet'),
    ]
    const flags = { force: true, deleteEmptyDirData: true, ignoreDaemonSets: true, gracePeriodSeconds: 5 }
    const trace = runNodes(pods, [drain(flags)])
    const deleted = pods.map(({ pod }) =>
      later(trace, pod.metadata.name ?? '').includes('60s delete requested, grace 5s'),
    )
    expect(deleted).toEqual([true, true, false])
  })

  test('under a budget takes one pod, and the other when the budget allows it, in kubectl’s rhythm (EV-4, EV-6)', () => {
    const spare = { ...web('three', 'a'), createdAt: 72_000 }
    const trace = runNodes([web('one'), web('two'), spare], [drain()], budgets(budget({ minAvailable: 1 })))
    expect(later(trace, 'one')[0]).toContain('60s DisruptionTarget=True')
    expect(later(trace, 'two').slice(0, 4)).toEqual([
      // The budget's status has one disruption less, and counts its pods anew only afterwards.
      `60s ${VIOLATES} the disruption budget web needs 1 healthy pods and has 2 currently`,
      `65s ${VIOLATES} the disruption budget web needs 1 healthy pods and has 1 currently`,
      '75s DisruptionTarget=True: EvictionByEvictionAPI, Eviction API: evicting',
      '75s delete requested, grace 30s',
    ])
  })

  test('gives up when its time is over, and evicts nothing that is allowed later', () => {
    const spare = { ...web('three', 'a'), createdAt: 95_000 }
    const trace = runNodes([web('one'), spare], [drain({ timeout: 30_000 })], budgets(budget({ minAvailable: 1 })))
    expect(later(trace, 'one')).toEqual([
      `60s ${VIOLATES} the disruption budget web needs 1 healthy pods and has 1 currently`,
      '90s refused by kubectl: error when evicting pods/"one" -n "default": global timeout reached',
    ])
  })

  test('that ends within its time is as one without', () => {
    const [digest, ...others] = [{}, { timeout: 30_000 }].map(flags =>
      storyOf(runNodes([web('one')], [drain(flags)]), 'Pod/default/one').join(),
    )
    expect(others).toEqual([digest])
  })

  test('that will never end is quiet: refusals that are sure to come again are not queued', () => {
    const trace = runNodes([web('one')], [drain()], {
      ...budgets(budget({ minAvailable: 1 })),
      horizon: 86_400_000,
    })
    expect(trace.outcome).toBe('quiescent')
    expect(later(trace, 'one')).toEqual([
      `60s ${VIOLATES} the disruption budget web needs 1 healthy pods and has 1 currently`,
    ])
  })
})

describe('an eviction', () => {
  const evict: Step = { at: 60_000, do: 'evict', pod: 'default/one' }
  const unready = (name: string): PlanPod => {
    const never = behaves({ readiness: [[{ from: 0, result: 'failure' }]] })
    const probed = { readinessProbe: { exec: { command: ['x'] } } }
    return owned(planPod(name, [probed], { app: never }, { nodeName: 'b' }), 'Website')
  }

  test('of a pod with two budgets is an error (EV-2)', () => {
    const two = budgets(budget({ minAvailable: 0 }), budget({ minAvailable: 0 }, 'more'))
    expect(later(runNodes([web('one')], [evict], two), 'one')[0]).toBe(
      '60s refused by the API server: This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    )
  })

  test.each([
    ['may go when the others are healthy enough', { minAvailable: 1 }, true],
    ['may not go when they are not', { minAvailable: 2 }, false],
    ['may always go where the policy says so', { minAvailable: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow' }, true],
  ] as const)('of a pod that is not ready: %s (EV-3)', (_, spec, goes) => {
    const trace = runNodes([unready('one'), web('two')], [evict], budgets(budget(spec)))
    expect(later(trace, 'one').some(line => line.includes('delete requested'))).toBe(goes)
  })

  test('of a pod that is Pending asks no budget, and is told all the same (EV-1, EV-5)', () => {
    const pending = owned(planPod('one', [{}], {}, { nodeSelector: { disk: 'none' } }), 'Website')
    const trace = runNodes([pending], [evict], budgets(budget({ minAvailable: 5 })))
    expect(later(trace, 'one')).toEqual([
      '60s DisruptionTarget=True: EvictionByEvictionAPI, Eviction API: evicting',
      '60s delete requested, grace 0s',
    ])
  })
})
