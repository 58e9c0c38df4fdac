import {
  compareQuantities,
  type LabelSelector,
  matchesLabelSelector,
  matchesNodeSelectorTerm,
  type Node,
  type PersistentVolume,
  type PersistentVolumeClaim,
  parseQuantity,
  type StorageClass,
  storageClassOf,
} from '../../model/index.js'

/** Annotations by which the scheduler, the binder and the provisioner tell each other how far they are. */
export const STORAGE_ANNOTATION = {
  /** Of a claim: the node where its first pod goes. */
  selectedNode: 'volume.kubernetes.io/selected-node',
  /** Of a claim: who is to make its volume. */
  provisioner: 'volume.kubernetes.io/storage-provisioner',
  /** Of both: the binding is the controller's work, not a user's. */
  boundByController: 'pv.kubernetes.io/bound-by-controller',
  /** Of a claim: the binding is complete. */
  bindCompleted: 'pv.kubernetes.io/bind-completed',
  /** Of a volume: who made it. */
  provisionedBy: 'pv.kubernetes.io/provisioned-by',
} as const

/** Nobody makes volumes of a class with this provisioner. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner'

/** A claim with its identity in the store. */
export interface KnownClaim {
  readonly object: PersistentVolumeClaim
  readonly namespace: string
  readonly name: string
  readonly uid: string
}

/** A volume as it is stored. */
export interface KnownVolume {
  readonly object: PersistentVolume
  readonly name: string
  readonly deletionSeconds: number
}

/** Whether the controller has bound a claim to the end; what the claim says of its phase may lag behind. */
export const isFullyBound = ({ metadata, spec }: PersistentVolumeClaim): boolean =>
  (spec.volumeName ?? '') !== '' && metadata.annotations?.[STORAGE_ANNOTATION.bindCompleted] !== undefined

/** Whether a volume is kept for a claim; one that names no UID is kept for whatever claim has the name. */
export function isKeptFor({ object: { spec } }: KnownVolume, { namespace, name, uid }: KnownClaim): boolean {
  const { claimRef } = spec
  if (claimRef === undefined || claimRef.name !== name || (claimRef.namespace ?? 'default') !== namespace) return false
  return (claimRef.uid ?? '') === '' || claimRef.uid === uid
}

/** Whether a volume can be reached from a node. */
export function isReachable({ spec }: PersistentVolume, node: Node): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms
  return terms === undefined || terms.some(term => matchesNodeSelectorTerm(term, node))
}

/** Whether volumes of a class may be made for a node. */
export function isInTopologies({ allowedTopologies = [] }: StorageClass, { metadata }: Node): boolean {
  const terms = allowedTopologies.map(({ matchLabelExpressions = [] }) => matchLabelExpressions)
  if (terms.length === 0) return true
  return terms.some(term => term.every(({ key, values }) => values.includes(metadata.labels?.[key] ?? '')))
}

/** How a volume is looked for. */
export interface VolumeSearch {
  /** The node that has to reach it; absent: any. */
  readonly node?: Node
  /** Claims that wait for their first pod get a volume from the scheduler alone, unless one is kept for them. */
  readonly isDelayed: boolean
  /** Volumes that are spoken for. */
  readonly excluded?: ReadonlySet<string>
}

/**
 * The smallest available volume that satisfies a claim, the one that is kept for it before all others.
 *
 * kubernetes: staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go FindMatchingVolume,
 * pkg/controller/volume/persistentvolume/index.go findByClaim, v1.32: volumes with fewer access modes first.
 */
export function findVolume(
  claim: KnownClaim,
  volumes: readonly KnownVolume[],
  search: VolumeSearch,
): KnownVolume | undefined {
  const wanted = claim.object.spec.accessModes ?? []
  const fitting = volumes.filter(({ object }) => wanted.every(mode => (object.spec.accessModes ?? []).includes(mode)))
  const kept = fitting.find(volume => isKeptFor(volume, claim) && isLargeEnough(volume, claim))
  if (kept !== undefined && search.excluded?.has(kept.name) !== true)
    return search.node === undefined || isReachable(kept.object, search.node) ? kept : undefined
  if (search.isDelayed && search.node === undefined) return undefined
  return fitting
    .filter(volume => isOpenTo(volume, claim, search))
    .sort((a, b) => modeCount(a) - modeCount(b) || compareQuantities(capacityOf(a), capacityOf(b)))[0]
}

const modeCount = ({ object }: KnownVolume): number => object.spec.accessModes?.length ?? 0
const capacityOf = ({ object }: KnownVolume): ReturnType<typeof parseQuantity> =>
  parseQuantity(object.spec.capacity?.storage ?? '0')

/**
 * Why a volume cannot be bound to a claim that names it; undefined: it can.
 *
 * controllers: pkg/controller/volume/persistentvolume/pv_controller.go checkVolumeSatisfyClaim, v1.32.
 */
export function volumeMismatch(volume: KnownVolume, { object }: KnownClaim): string | undefined {
  const { spec } = object
  const { accessModes = [], volumeMode = 'Filesystem' } = volume.object.spec
  const wanted = parseQuantity(spec.resources?.requests?.storage ?? '0')
  if (compareQuantities(capacityOf(volume), wanted) < 0) return 'requested PV is too small'
  if (storageClassOf(volume.object) !== storageClassOf(object)) return 'storageClassName does not match'
  if (volumeMode !== (spec.volumeMode ?? 'Filesystem')) return 'incompatible volumeMode'
  return (spec.accessModes ?? []).every(mode => accessModes.includes(mode)) ? undefined : 'incompatible accessMode'
}

function isLargeEnough(volume: KnownVolume, { object: { spec } }: KnownClaim): boolean {
  const isSameMode = (volume.object.spec.volumeMode ?? 'Filesystem') === (spec.volumeMode ?? 'Filesystem')
  const wanted = parseQuantity(spec.resources?.requests?.storage ?? '0')
  return isSameMode && compareQuantities(capacityOf(volume), wanted) >= 0
}

function isOpenTo(volume: KnownVolume, claim: KnownClaim, { node, excluded }: VolumeSearch): boolean {
  const { object, deletionSeconds } = volume
  const { selector } = claim.object.spec
  return (
    object.spec.claimRef === undefined &&
    object.status?.phase === 'Available' &&
    deletionSeconds < 0 &&
    excluded?.has(volume.name) !== true &&
    isLargeEnough(volume, claim) &&
    storageClassOf(object) === storageClassOf(claim.object) &&
    isSelected(selector, object) &&
    (node === undefined || isReachable(object, node))
  )
}

const isSelected = (selector: LabelSelector | undefined, { metadata }: PersistentVolume): boolean =>
  selector === undefined || matchesLabelSelector(selector, metadata.labels)
