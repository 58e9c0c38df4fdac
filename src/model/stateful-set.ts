import type { LabelSelector } from './label-selector.js'
import type { IntOrString, ObjectMeta } from './object-meta.js'
import type { PersistentVolumeClaimTemplate } from './persistent-volume-claim.js'
import type { PodTemplateSpec } from './pod.js'
import type { WorkloadCondition } from './replica-set.js'

/** Keeps numbered pods with storage of their own (apps/v1 StatefulSet). */
export interface StatefulSet {
  readonly apiVersion: 'apps/v1'
  readonly kind: 'StatefulSet'
  readonly metadata: ObjectMeta
  readonly spec: StatefulSetSpec
  readonly status?: StatefulSetStatus
}

/** What a StatefulSet is to keep. */
export interface StatefulSetSpec {
  readonly replicas?: number
  readonly selector: LabelSelector
  readonly template: PodTemplateSpec
  readonly volumeClaimTemplates?: readonly PersistentVolumeClaimTemplate[]
  readonly serviceName?: string
  readonly podManagementPolicy?: 'OrderedReady' | 'Parallel'
  readonly updateStrategy?: StatefulSetUpdateStrategy
  readonly revisionHistoryLimit?: number
  readonly minReadySeconds?: number
  readonly persistentVolumeClaimRetentionPolicy?: {
    readonly whenDeleted?: 'Retain' | 'Delete'
    readonly whenScaled?: 'Retain' | 'Delete'
  }
  readonly ordinals?: { readonly start: number }
}

/** How the pods of a StatefulSet are updated. */
export interface StatefulSetUpdateStrategy {
  readonly type?: 'RollingUpdate' | 'OnDelete'
  readonly rollingUpdate?: { readonly partition?: number; readonly maxUnavailable?: IntOrString }
}

/** What a StatefulSet has. */
export interface StatefulSetStatus {
  readonly observedGeneration?: number
  readonly replicas: number
  readonly readyReplicas?: number
  readonly currentReplicas?: number
  readonly updatedReplicas?: number
  readonly currentRevision?: string
  readonly updateRevision?: string
  readonly collisionCount?: number
  readonly conditions?: readonly WorkloadCondition[]
  readonly availableReplicas: number
}
