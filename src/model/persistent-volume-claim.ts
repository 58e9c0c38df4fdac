import type { LabelSelector } from './label-selector.js'
import type { ObjectMeta } from './object-meta.js'
import type { ResourceList } from './resource-requirements.js'

/** A request for storage; here as a template of StatefulSets and ephemeral volumes. */
export interface PersistentVolumeClaim {
  readonly apiVersion?: 'v1'
  readonly kind?: 'PersistentVolumeClaim'
  readonly metadata: ObjectMeta
  readonly spec: PersistentVolumeClaimSpec
  readonly status?: Readonly<Record<string, unknown>>
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
