import type {
  KeySelector,
  ObjectFieldSelector,
  OptionalReference,
  PullPolicy,
  ResourceFieldSelector,
} from './container.js'
import type { LabelSelector } from './label-selector.js'
import type { LocalObjectReference, ObjectMeta } from './object-meta.js'
import type { PersistentVolumeClaimSpec } from './persistent-volume-claim.js'
import type { QuantityText } from './resource-requirements.js'

/** A volume of a pod: a name and exactly one source; without a source it is an empty directory. */
export interface Volume extends VolumeSource {
  readonly name: string
}

/** Where a volume's content comes from. Sources whose inside podwright never reads keep the API's fields untyped. */
export interface VolumeSource {
  readonly hostPath?: { readonly path: string; readonly type?: string }
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: QuantityText }
  readonly gcePersistentDisk?: OpaqueSource
  readonly awsElasticBlockStore?: OpaqueSource
  readonly gitRepo?: OpaqueSource
  readonly secret?: SecretVolumeSource
  readonly nfs?: { readonly server: string; readonly path: string; readonly readOnly?: boolean }
  readonly iscsi?: OpaqueSource
  readonly glusterfs?: OpaqueSource
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean }
  readonly rbd?: OpaqueSource
  readonly flexVolume?: OpaqueSource
  readonly cinder?: OpaqueSource
  readonly cephfs?: OpaqueSource
  readonly flocker?: OpaqueSource
  readonly downwardAPI?: { readonly items?: readonly DownwardAPIVolumeFile[]; readonly defaultMode?: number }
  readonly fc?: OpaqueSource
  readonly azureFile?: OpaqueSource
  readonly configMap?: ConfigMapVolumeSource
  readonly vsphereVolume?: OpaqueSource
  readonly quobyte?: OpaqueSource
  readonly azureDisk?: OpaqueSource
  readonly photonPersistentDisk?: OpaqueSource
  readonly projected?: ProjectedVolumeSource
  readonly portworxVolume?: OpaqueSource
  readonly scaleIO?: OpaqueSource
  readonly storageos?: OpaqueSource
  readonly csi?: CSIVolumeSource
  readonly ephemeral?: EphemeralVolumeSource
  readonly image?: { readonly reference?: string; readonly pullPolicy?: PullPolicy }
}

/** A source whose fields are checked when the manifest is decoded and not read afterwards. */
export type OpaqueSource = Readonly<Record<string, unknown>>

/** The keys of a Secret as files. */
export interface SecretVolumeSource {
  readonly secretName?: string
  readonly items?: readonly KeyToPath[]
  readonly defaultMode?: number
  readonly optional?: boolean
}

/** The keys of a ConfigMap as files. */
export interface ConfigMapVolumeSource extends OptionalReference {
  readonly items?: readonly KeyToPath[]
  readonly defaultMode?: number
}

/** One key and the file it becomes. */
export interface KeyToPath {
  readonly key: KeySelector['key']
  readonly path: string
  readonly mode?: number
}

/** A field of the pod as a file. */
export interface DownwardAPIVolumeFile {
  readonly path: string
  readonly fieldRef?: ObjectFieldSelector
  readonly resourceFieldRef?: ResourceFieldSelector
  readonly mode?: number
}

/** Several sources in one directory. */
export interface ProjectedVolumeSource {
  readonly sources: readonly VolumeProjection[]
  readonly defaultMode?: number
}

/** One source of a projected volume. */
export interface VolumeProjection {
  readonly secret?: OptionalReference & { readonly items?: readonly KeyToPath[] }
  readonly downwardAPI?: { readonly items?: readonly DownwardAPIVolumeFile[] }
  readonly configMap?: OptionalReference & { readonly items?: readonly KeyToPath[] }
  readonly serviceAccountToken?: {
    readonly audience?: string
    readonly expirationSeconds?: number
    readonly path: string
  }
  readonly clusterTrustBundle?: {
    readonly name?: string
    readonly signerName?: string
    readonly labelSelector?: LabelSelector
    readonly optional?: boolean
    readonly path: string
  }
}

/** A volume that a CSI driver provides inline. */
export interface CSIVolumeSource {
  readonly driver: string
  readonly readOnly?: boolean
  readonly fsType?: string
  readonly volumeAttributes?: Readonly<Record<string, string>>
  readonly nodePublishSecretRef?: LocalObjectReference
}

/** A claim that lives and dies with its pod. */
export interface EphemeralVolumeSource {
  readonly volumeClaimTemplate?: { readonly metadata?: ObjectMeta; readonly spec: PersistentVolumeClaimSpec }
}
