import type { LabelSelector } from './label-selector.js'
import type { ObjectMeta } from './object-meta.js'
import type { ResourceList } from './resource-requirements.js'

/** A request for storage (core/v1 PersistentVolumeClaim). */
export interface PersistentVolumeClaim {
  readonly apiVersion: 'v1'
  readonly kind: 'PersistentVolumeClaim'
  readonly metadata: ObjectMeta
  readonly spec: PersistentVolumeClaimSpec
  readonly status?: PersistentVolumeClaimStatus
}

/** A claim as StatefulSets and ephemeral volumes have it written in them: its kind may be left out. */
export interface PersistentVolumeClaimTemplate extends Omit<PersistentVolumeClaim, 'apiVersion' | 'kind'> {
  readonly apiVersion?: 'v1'
  readonly kind?: 'PersistentVolumeClaim'
}

/** What a claim asks for. */
export interface PersistentVolumeClaimSpec {
  readonly accessModes?: readonly string[]
  readonly selector?: LabelSelector
  readonly resources?: { readonly limits?: ResourceList; readonly requests?: ResourceList }
  readonly volumeName?: string
  readonly storageClassName?: string
  readonly volumeMode?: 'Block' | 'Filesystem'
  readonly dataSource?: Readonly<Record<string, unknown>>
  readonly dataSourceRef?: Readonly<Record<string, unknown>>
  readonly volumeAttributesClassName?: string
}

/** What a claim has got. */
export interface PersistentVolumeClaimStatus {
  readonly phase?: 'Pending' | 'Bound' | 'Lost'
  readonly accessModes?: readonly string[]
  readonly capacity?: ResourceList
}
