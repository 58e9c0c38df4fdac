import type { StorageClass } from './storage-class.js'

/** Marks the class of claims that name none. */
const DEFAULT_CLASS_ANNOTATION = 'storageclass.kubernetes.io/is-default-class'

/**
 * The storage class that every cluster here has, as managed ones do: disks of a zone, made where the first pod that needs them goes.
 * A class `standard` among the manifests stands in its place.
 */
export const STANDARD_STORAGE_CLASS: StorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { [DEFAULT_CLASS_ANNOTATION]: 'true' } },
  provisioner: 'disk.csi.podwright.dev',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'WaitForFirstConsumer',
}

/** Whether claims that name no class get this one. */
export const isDefaultClass = ({ metadata }: StorageClass): boolean =>
  metadata.annotations?.[DEFAULT_CLASS_ANNOTATION] === 'true' || metadata.annotations?.[BETA_ANNOTATION] === 'true'

const BETA_ANNOTATION = 'storageclass.beta.kubernetes.io/is-default-class'

/** The class of a claim or volume, an old annotation before the field; empty: none. */
export const storageClassOf = ({
  metadata,
  spec,
}: {
  readonly metadata: StorageClass['metadata']
  readonly spec: { readonly storageClassName?: string }
}): string => metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? ''
