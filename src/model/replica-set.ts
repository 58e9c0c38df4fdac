import type { LabelSelector } from './label-selector.js'
import type { ConditionStatus, ObjectMeta, Time } from './object-meta.js'
import type { PodTemplateSpec } from './pod.js'

/** Keeps a number of equal pods (apps/v1 ReplicaSet). */
export interface ReplicaSet {
  readonly apiVersion: 'apps/v1'
  readonly kind: 'ReplicaSet'
  readonly metadata: ObjectMeta
  readonly spec: ReplicaSetSpec
  readonly status?: ReplicaSetStatus
}

/** What a ReplicaSet is to keep. */
export interface ReplicaSetSpec {
  readonly replicas?: number
  readonly minReadySeconds?: number
  readonly selector: LabelSelector
  readonly template: PodTemplateSpec
}

/** What a ReplicaSet has. */
export interface ReplicaSetStatus {
  readonly replicas: number
  readonly fullyLabeledReplicas?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly observedGeneration?: number
  readonly conditions?: readonly WorkloadCondition[]
}

/** A condition of a workload object; Deployments add `lastUpdateTime`, Jobs `lastProbeTime`. */
export interface WorkloadCondition {
  readonly type: string
  readonly status: ConditionStatus
  readonly lastProbeTime?: Time | null
  readonly lastUpdateTime?: Time | null
  readonly lastTransitionTime?: Time | null
  readonly reason?: string
  readonly message?: string
}
