import type { LabelSelector } from './label-selector.js'
import type { IntOrString, ObjectMeta } from './object-meta.js'
import type { PodTemplateSpec } from './pod.js'
import type { WorkloadCondition } from './replica-set.js'

/** Keeps one pod on each matching node (apps/v1 DaemonSet). */
export interface DaemonSet {
  readonly apiVersion: 'apps/v1'
  readonly kind: 'DaemonSet'
  readonly metadata: ObjectMeta
  readonly spec: DaemonSetSpec
  readonly status?: DaemonSetStatus
}

/** What a DaemonSet is to keep. */
export interface DaemonSetSpec {
  readonly selector: LabelSelector
  readonly template: PodTemplateSpec
  readonly updateStrategy?: {
    readonly type?: 'RollingUpdate' | 'OnDelete'
    readonly rollingUpdate?: { readonly maxUnavailable?: IntOrString; readonly maxSurge?: IntOrString }
  }
  readonly minReadySeconds?: number
  readonly revisionHistoryLimit?: number
}

/** What a DaemonSet has. */
export interface DaemonSetStatus {
  readonly currentNumberScheduled: number
  readonly numberMisscheduled: number
  readonly desiredNumberScheduled: number
  readonly numberReady: number
  readonly observedGeneration?: number
  readonly updatedNumberScheduled?: number
  readonly numberAvailable?: number
  readonly numberUnavailable?: number
  readonly collisionCount?: number
  readonly conditions?: readonly WorkloadCondition[]
}
