import fc from 'fast-check'
import type { IntOrString } from '../model/index.js'
import { type PodSketch, pod } from './pod-sketch.js'
import { often, seldom, weighted } from './rarity.js'

/** The workloads that a scenario can be about. */
export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob' | 'ReplicaSet'

/** Everything drawn of one workload; its kind decides what of it is written. */
export interface WorkloadSketch {
  readonly kind: WorkloadKind
  readonly pod: PodSketch
  readonly replicas: number
  readonly surge: IntOrString
  readonly unavailable: IntOrString
  /** Recreate, OnDelete, Parallel or Indexed: the seldomer way of the kind. */
  readonly isOther: boolean
  readonly minReadySeconds: number | undefined
  /** Of a Deployment's progress, or of a Job. */
  readonly deadlineSeconds: number | undefined
  readonly partition: number
  readonly completions: number | undefined
  readonly backoffLimit: number
  readonly isPaused: boolean
  readonly isPerIndex: boolean
  readonly lifetimeSeconds: number | undefined
  readonly concurrency: 'Allow' | 'Forbid' | 'Replace'
  readonly budget: BudgetSketch | undefined
}

/** How much of a workload is to be left by who takes pods away. */
export interface BudgetSketch {
  readonly field: 'minAvailable' | 'maxUnavailable'
  readonly share: IntOrString
  readonly isLenient: boolean
}

const share = fc.constantFrom<IntOrString[]>(1, 0, 2, '25%', '50%', '100%')

/** Draws a workload. */
export const workload = (): fc.Arbitrary<WorkloadSketch> =>
  fc.record({
    kind: weighted({ Deployment: 6, StatefulSet: 4, DaemonSet: 2, Job: 4, CronJob: 1, ReplicaSet: 1 }),
    pod: pod(),
    replicas: fc.constantFrom(1, 2, 3, 4, 0),
    surge: share,
    unavailable: share,
    isOther: fc.constantFrom(false, false, true),
    minReadySeconds: seldom(fc.constantFrom(5, 15)),
    deadlineSeconds: seldom(fc.constantFrom(20, 60)),
    partition: fc.constantFrom(0, 0, 1, 2),
    completions: often(fc.integer({ min: 1, max: 4 })),
    backoffLimit: fc.nat({ max: 3 }),
    isPaused: seldom(fc.constant(true)).map(Boolean),
    isPerIndex: seldom(fc.constant(true)).map(Boolean),
    lifetimeSeconds: seldom(fc.constantFrom(0, 20)),
    concurrency: fc.constantFrom('Allow', 'Forbid', 'Replace'),
    budget: often(
      fc.record({
        field: fc.constantFrom('minAvailable', 'maxUnavailable'),
        share,
        isLenient: fc.boolean(),
      }),
    ),
  })
