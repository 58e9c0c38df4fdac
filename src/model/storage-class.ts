import type { ObjectMeta } from './object-meta.js'
import type { ReclaimPolicy } from './persistent-volume.js'

/** How volumes are made for claims that name the class (storage.k8s.io/v1 StorageClass). */
export interface StorageClass {
  readonly apiVersion: 'storage.k8s.io/v1'
  readonly kind: 'StorageClass'
  readonly metadata: ObjectMeta
  /** `kubernetes.io/no-provisioner`: nobody makes volumes of the class. */
  readonly provisioner: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly reclaimPolicy?: ReclaimPolicy
  readonly mountOptions?: readonly string[]
  readonly allowVolumeExpansion?: boolean
  readonly volumeBindingMode?: 'Immediate' | 'WaitForFirstConsumer'
  readonly allowedTopologies?: readonly TopologySelectorTerm[]
}

/** Nodes by labels that they have to have. */
export interface TopologySelectorTerm {
  readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[]
}
