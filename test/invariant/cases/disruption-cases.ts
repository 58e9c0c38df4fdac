import { type ArtificialOptions, type ArtificialRow, BY_STEP } from '../artificial-trace.js'
import { isUp, made, object, podOf, shows } from '../workload-rows.js'
import type { LawCase } from './law-case.js'

const BUDGET = 'PodDisruptionBudget/default/web'
const SCALER = 'HorizontalPodAutoscaler/default/web'
const guarded = (more: Partial<ArtificialOptions> = {}): ArtificialOptions => ({
  manifests: [podOf(undefined, 'a')],
  objects: [object('PodDisruptionBudget', { minAvailable: 1 })],
  ...more,
})
const GUARDED: readonly ArtificialRow[] = [
  [0, 'created', BUDGET, 2],
  made(0, 'a', 1),
  ...isUp(1000, 'a'),
  shows(1000, BUDGET, 'currentHealthy', 1),
  shows(1000, BUDGET, 'disruptionsAllowed', 1),
]
const targeted = (time: number, reason: string): ArtificialRow => [
  time,
  'condition',
  'Pod/default/a',
  'DisruptionTarget',
  `True ${reason}`,
]
const EVICTED = targeted(5000, 'EvictionByEvictionAPI')
const DRAINED: readonly ArtificialRow[] = [
  [0, 'created', 'DaemonSet/default/web', 2],
  made(0, 'a', 1),
  [5000, 'step', 'Step/1', 1, 'drain node node-1'],
  [5000, 'condition', 'Pod/default/a', 'DisruptionTarget', 'True EvictionByEvictionAPI', '', BY_STEP],
]
const drained = (kind: string): ArtificialOptions => ({
  manifests: [podOf(kind, 'a')],
  objects: [object('DaemonSet', {})],
})
const preempting = (priority: number): ArtificialOptions => ({
  manifests: [podOf(undefined, 'a'), podOf(undefined, 'b', {}, { priority })],
})
const PREEMPTED: readonly ArtificialRow[] = [
  made(0, 'a', 1),
  ...isUp(1000, 'a'),
  made(3000, 'b', 2),
  targeted(5000, 'PreemptionByScheduler'),
]
const scaler: ArtificialOptions = {
  manifests: [podOf(undefined, 'a')],
  objects: [object('HorizontalPodAutoscaler', { minReplicas: 1, maxReplicas: 4 })],
}
const SCALED: ArtificialRow = [0, 'created', SCALER, 2]
const asks = (time: number, size: number): ArtificialRow => [
  time,
  'event',
  SCALER,
  'SuccessfulRescale',
  0,
  `New size: ${size}; reason: cpu resource utilization (percentage of request) is not what it should be`,
]

/** Laws of budgets, evictions, preemptions and autoscalers. */
export const DISRUPTION_CASES: readonly LawCase[] = [
  {
    law: 'eviction-needs-its-budget',
    when: 'the budget has one less after it',
    options: guarded(),
    lawful: [...GUARDED, shows(5000, BUDGET, 'disruptionsAllowed', 0), EVICTED],
    broken: [...GUARDED, EVICTED],
    says: 'pod default/a is evicted, and nothing is taken off PodDisruptionBudget default/web, which allows 1 disruptions',
  },
  {
    law: 'budget-allows-its-surplus',
    when: 'it has one healthy pod beyond those that it desires',
    options: guarded(),
    lawful: GUARDED,
    broken: [...GUARDED, shows(5000, BUDGET, 'desiredHealthy', 1)],
    says: 'PodDisruptionBudget default/web allows 1 disruptions with 1 healthy pods of 1',
  },
  {
    law: 'budget-counts-healthy-pods',
    when: 'its only pod is ready',
    options: guarded(),
    lawful: GUARDED,
    broken: [
      ...GUARDED,
      [3000, 'condition', 'Pod/default/a', 'Ready', 'False'],
      shows(5000, BUDGET, 'expectedPods', 1),
    ],
    says: 'PodDisruptionBudget default/web shows 1 healthy pods; it has 0',
  },
  {
    law: 'budget-counts-healthy-pods',
    when: 'nothing more can happen, and it counts the pod that is ready',
    options: guarded({ outcome: 'quiescent' }),
    lawful: [...GUARDED, shows(1000, BUDGET, 'observedGeneration', 1)],
    broken: [...GUARDED, shows(1000, BUDGET, 'observedGeneration', 1), shows(5000, BUDGET, 'currentHealthy', 0)],
    says: 'PodDisruptionBudget default/web shows 0 healthy pods; it has 1',
  },
  {
    law: 'drain-leaves-daemon-pods',
    when: 'the pod is nobody’s',
    options: drained('Website'),
    lawful: DRAINED,
    broken: DRAINED,
    brokenOptions: drained('DaemonSet'),
    says: 'pod default/a is evicted by a drain although it is of DaemonSet default/web',
  },
  {
    law: 'preemption-takes-lower-priority',
    when: 'a pod of a higher priority waits',
    options: preempting(10),
    lawful: PREEMPTED,
    broken: PREEMPTED,
    brokenOptions: preempting(0),
    says: 'pod default/a of priority 0 is preempted, and no pod of a higher one waits',
  },
  {
    law: 'autoscaler-keeps-its-bounds',
    when: 'it asks for as many as it may',
    options: scaler,
    lawful: [SCALED, asks(15_000, 4)],
    broken: [SCALED, asks(15_000, 5)],
    says: 'HorizontalPodAutoscaler default/web asks for 5 pods; it may ask for 1 to 4',
  },
  {
    law: 'autoscaler-waits-before-it-shrinks',
    when: 'five minutes have passed since it grew',
    options: scaler,
    lawful: [SCALED, asks(15_000, 2), asks(30_000, 3), asks(345_000, 2)],
    broken: [SCALED, asks(15_000, 2), asks(30_000, 3), asks(300_000, 2)],
    says: 'HorizontalPodAutoscaler default/web asks for 2 pods at 5m0s, and for 3 at 30s',
  },
]
