import type { OwnerCondition } from '../../../src/cluster/contract/index.js'
import type { ReplicaSetVersion } from '../../../src/cluster/controllers/deployment/replica-sets.js'
import type { Deployment } from '../../../src/model/index.js'
import { deployment, replicaSet } from '../workloads.js'

/** What a test says of a ReplicaSet. */
export interface SetWords {
  readonly name?: string
  readonly size: number
  readonly available?: number
  readonly created?: number
  readonly maxReplicas?: number
  readonly desired?: number
}

let count = 0

/** A ReplicaSet as a controller's cache holds it. */
export function setOf({
  size,
  available = size,
  created = 0,
  name = 'web',
  maxReplicas,
  desired,
}: SetWords): ReplicaSetVersion {
  const object = replicaSet({ replicas: size })
  const annotations = {
    ...(maxReplicas === undefined ? {} : { 'deployment.kubernetes.io/max-replicas': String(maxReplicas) }),
    ...(desired === undefined ? {} : { 'deployment.kubernetes.io/desired-replicas': String(desired) }),
  }
  return versionOf('ReplicaSet', { ...object, metadata: { ...object.metadata, name, annotations } }, created, {
    observedGeneration: 1,
    replicas: size,
    fullyLabeledReplicas: size,
    readyReplicas: available,
    availableReplicas: available,
  }) as ReplicaSetVersion
}

const versionOf = (kind: string, object: object, creationSeconds: number, counts: object): unknown => ({
  index: count++,
  kind,
  namespace: 'default',
  name: (object as { metadata: { name: string } }).metadata.name,
  uid: `uid-${count}`,
  path: count,
  object,
  counts,
  conditions: [] as readonly OwnerCondition[],
  row: 0,
  resourceVersion: count,
  generation: 1,
  creationSeconds,
  deletionSeconds: -1,
})

/** A Deployment of so many replicas with its rolling update's shares. */
export const rolling = (replicas: number, maxSurge: number | string, maxUnavailable: number | string): Deployment =>
  deployment({ replicas, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } })
