import type { ObjectMeta } from './object-meta.js'
import type { PodTemplateSpec } from './pod.js'
import type { ReplicaSetStatus } from './replica-set.js'

/** The older ReplicaSet, with equality selectors only (core/v1 ReplicationController). */
export interface ReplicationController {
  readonly apiVersion: 'v1'
  readonly kind: 'ReplicationController'
  readonly metadata: ObjectMeta
  readonly spec: ReplicationControllerSpec
  readonly status?: ReplicaSetStatus
}

/** What a ReplicationController is to keep. */
export interface ReplicationControllerSpec {
  readonly replicas?: number
  readonly minReadySeconds?: number
  readonly selector?: Readonly<Record<string, string>>
  readonly template: PodTemplateSpec
}
