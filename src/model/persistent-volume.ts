import type { NodeSelector } from './affinity.js'
import type { ObjectMeta, ObjectReference } from './object-meta.js'
import type { ResourceList } from './resource-requirements.js'

/** A piece of storage of the cluster (core/v1 PersistentVolume). Where its content lies is not read. */
export interface PersistentVolume {
  readonly apiVersion: 'v1'
  readonly kind: 'PersistentVolume'
  readonly metadata: ObjectMeta
  readonly spec: PersistentVolumeSpec
  readonly status?: PersistentVolumeStatus
}

/** What a volume offers; the sources of the API stand beside these fields, untyped. */
export interface PersistentVolumeSpec extends Readonly<Record<string, unknown>> {
  readonly capacity?: ResourceList
  readonly accessModes?: readonly string[]
  /** The claim that the volume is bound to, or kept for. */
  readonly claimRef?: ObjectReference
  readonly persistentVolumeReclaimPolicy?: ReclaimPolicy
  readonly storageClassName?: string
  readonly mountOptions?: readonly string[]
  readonly volumeMode?: 'Block' | 'Filesystem'
  /** The nodes from which the volume can be reached. */
  readonly nodeAffinity?: { readonly required?: NodeSelector }
  readonly volumeAttributesClassName?: string
}

/** What becomes of a volume whose claim is gone. */
export type ReclaimPolicy = 'Retain' | 'Delete' | 'Recycle'

/** What has become of a volume. */
export interface PersistentVolumeStatus {
  readonly phase?: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed'
  readonly message?: string
  readonly reason?: string
}
