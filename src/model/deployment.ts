import type { LabelSelector } from './label-selector.js'
import type { IntOrString, ObjectMeta } from './object-meta.js'
import type { PodTemplateSpec } from './pod.js'
import type { WorkloadCondition } from './replica-set.js'

/** Rolls a set of equal pods from one template to the next (apps/v1 Deployment). */
export interface Deployment {
  readonly apiVersion: 'apps/v1'
  readonly kind: 'Deployment'
  readonly metadata: ObjectMeta
  readonly spec: DeploymentSpec
  readonly status?: DeploymentStatus
}

/** What a Deployment is to keep, and how it gets there. */
export interface DeploymentSpec {
  readonly replicas?: number
  readonly selector: LabelSelector
  readonly template: PodTemplateSpec
  readonly strategy?: DeploymentStrategy
  readonly minReadySeconds?: number
  readonly revisionHistoryLimit?: number
  readonly paused?: boolean
  readonly progressDeadlineSeconds?: number
}

/** How old pods are replaced by new ones. */
export interface DeploymentStrategy {
  readonly type?: 'Recreate' | 'RollingUpdate'
  readonly rollingUpdate?: { readonly maxUnavailable?: IntOrString; readonly maxSurge?: IntOrString }
}

/** What a Deployment has. */
export interface DeploymentStatus {
  readonly observedGeneration?: number
  readonly replicas?: number
  readonly updatedReplicas?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly unavailableReplicas?: number
  readonly conditions?: readonly WorkloadCondition[]
  readonly collisionCount?: number
}
