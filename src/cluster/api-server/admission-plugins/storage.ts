import {
  isDefaultClass,
  type KubernetesObject,
  type PersistentVolume,
  type PersistentVolumeClaim,
  STANDARD_STORAGE_CLASS,
  type StorageClass,
} from '../../../model/index.js'

/** Keeps a claim from going while a pod uses it. */
export const CLAIM_PROTECTION = 'kubernetes.io/pvc-protection'
/** Keeps a volume from going while a claim is bound to it. */
export const VOLUME_PROTECTION = 'kubernetes.io/pv-protection'

/** A storage class, and the row that wrote it; −1: it was there from the beginning. */
export interface StoredClass {
  readonly object: StorageClass
  readonly row: number
}

/**
 * What the API server makes of new claims and volumes: a claim that names no class gets the default one, both get the finalizer that
 * protects them, and a status that somebody wrote is dropped. Other objects come back as they are.
 *
 * kubernetes: plugin/pkg/admission/storage/storageclass/setdefault/admission.go,
 * plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go, pkg/registry/core/persistentvolumeclaim/strategy.go, v1.32.
 */
export function admitStorage<Admitted extends KubernetesObject>(
  object: Admitted,
  classes: () => readonly StoredClass[],
): Admitted {
  if (object.kind === 'PersistentVolume') return admitVolume(object) as Admitted
  return object.kind === 'PersistentVolumeClaim' ? (admitClaim(object, classes) as Admitted) : object
}

const admitVolume = (volume: PersistentVolume): PersistentVolume => ({
  ...volume,
  metadata: withFinalizer(volume.metadata, VOLUME_PROTECTION),
  status: { phase: 'Pending' },
})

function admitClaim(claim: PersistentVolumeClaim, classes: () => readonly StoredClass[]): PersistentVolumeClaim {
  const { metadata, spec } = claim
  const isNamed = spec.storageClassName !== undefined || metadata.annotations?.[BETA_CLASS] !== undefined
  const name = isNamed ? undefined : defaultClassOf(classes())
  return {
    ...claim,
    metadata: withFinalizer(metadata, CLAIM_PROTECTION),
    spec: name === undefined ? spec : { ...spec, storageClassName: name },
    status: { phase: 'Pending' },
  }
}

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class'

/** The name of the class that claims without one get: the newest of those that say so. */
export function defaultClassOf(classes: readonly StoredClass[]): string | undefined {
  const [newest] = classes
    .filter(({ object }) => isDefaultClass(object))
    .sort((a, b) => b.row - a.row || standardLast(a) - standardLast(b) || (nameOf(a) < nameOf(b) ? -1 : 1))
  return newest === undefined ? undefined : nameOf(newest)
}

/** The cluster's own class is older than any that somebody wrote. */
const standardLast = ({ object }: StoredClass): number => (object === STANDARD_STORAGE_CLASS ? 1 : 0)
const nameOf = ({ object }: StoredClass): string => object.metadata.name ?? ''

function withFinalizer<Metadata extends KubernetesObject['metadata']>(metadata: Metadata, finalizer: string): Metadata {
  const { finalizers = [] } = metadata
  return finalizers.includes(finalizer) ? metadata : { ...metadata, finalizers: [...finalizers, finalizer] }
}
