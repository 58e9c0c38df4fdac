import { compareQuantities, type Node, parseQuantity, type StorageClass, storageClassOf } from '../../../model/index.js'
import type { ClaimUse } from '../../contract/index.js'
import {
  findVolume,
  isFullyBound,
  isInTopologies,
  isReachable,
  type KnownClaim,
  type KnownVolume,
  NO_PROVISIONER,
  STORAGE_ANNOTATION,
} from '../../predicates/index.js'

/** Claims, volumes and classes as the scheduler looks them up. */
export interface StorageLister {
  claim(namespace: string, name: string): (KnownClaim & { readonly deletionSeconds: number }) | null
  volume(name: string): KnownVolume | null
  volumes(): readonly KnownVolume[]
  storageClass(name: string): StorageClass | null
}

/** The claims of a pod by what is left to do about them. */
export interface PodVolumes {
  readonly bound: readonly KnownClaim[]
  /** Those that wait for the pod to get a node, the smallest first. */
  readonly delayed: readonly KnownClaim[]
}

/** What a pod needs of its claims before any node will do, or why none does. */
export type PodVolumesResult = PodVolumes | { readonly refusal: string }

/**
 * Sorts a pod's claims.
 *
 * scheduler: framework/plugins/volumebinding/volume_binding.go podHasPVCs, PreFilter; binder.go GetPodVolumeClaims, v1.32 (F-9).
 */
export function podVolumesOf(
  uses: readonly ClaimUse[],
  namespace: string,
  podName: string,
  storage: StorageLister,
): PodVolumesResult {
  const claims: KnownClaim[] = []
  for (const use of uses) {
    const claim = storage.claim(namespace, use.claim)
    if (claim === null) return { refusal: use.template === undefined ? missingClaim(use.claim) : notMadeYet(use.claim) }
    const { status, spec, metadata } = claim.object
    if (status?.phase === 'Lost') {
      const lost = `persistentvolumeclaim "${claim.name}" bound to non-existent persistentvolume`
      return { refusal: `${lost} "${spec.volumeName ?? ''}"` }
    }
    if (claim.deletionSeconds >= 0) return { refusal: `persistentvolumeclaim "${claim.name}" is being deleted` }
    const isOwn = (metadata.ownerReferences ?? []).some(({ kind, name }) => kind === 'Pod' && name === podName)
    if (use.template !== undefined && !isOwn) {
      const what = `PVC ${namespace}/${claim.name} was not created for pod ${namespace}/${podName}`
      return { refusal: `${what} (pod is not owner)` }
    }
    claims.push(claim)
  }
  const bound = claims.filter(({ object }) => isFullyBound(object))
  const unbound = claims.filter(({ object }) => !isFullyBound(object))
  if (!unbound.every(claim => isDelayed(claim, storage)))
    return { refusal: 'pod has unbound immediate PersistentVolumeClaims' }
  return { bound, delayed: unbound.slice().sort((a, b) => compareQuantities(sizeOf(a), sizeOf(b))) }
}

export const missingClaim = (name: string): string => `persistentvolumeclaim "${name}" not found`
const notMadeYet = (name: string): string =>
  `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`

const sizeOf = ({ object }: KnownClaim): ReturnType<typeof parseQuantity> =>
  parseQuantity(object.spec.resources?.requests?.storage ?? '0')

/** A claim that names its volume is bound at once, whatever its class says. */
const isDelayed = ({ object }: KnownClaim, storage: StorageLister): boolean =>
  (object.spec.volumeName ?? '') === '' &&
  storage.storageClass(storageClassOf(object))?.volumeBindingMode === 'WaitForFirstConsumer'

/** What is done about a pod's claims on one node. */
export interface VolumePlan {
  readonly bindings: readonly { readonly claim: KnownClaim; readonly volume: KnownVolume }[]
  readonly provisions: readonly KnownClaim[]
}

/**
 * How the claims that wait for the pod get their volumes on a node: what there is, else what can be made; undefined: they do not.
 *
 * scheduler: binder.go findMatchingVolumes, checkVolumeProvisions, v1.32.
 */
export function planVolumes(
  delayed: readonly KnownClaim[],
  node: Node,
  storage: StorageLister,
): VolumePlan | undefined {
  const bindings: { readonly claim: KnownClaim; readonly volume: KnownVolume }[] = []
  const provisions: KnownClaim[] = []
  const excluded = new Set<string>()
  for (const claim of delayed) {
    const selected = claim.object.metadata.annotations?.[STORAGE_ANNOTATION.selectedNode]
    if (selected !== undefined && selected !== node.metadata.name) return undefined
    const search = { node, isDelayed: true, excluded }
    const volume = selected === undefined ? findVolume(claim, storage.volumes(), search) : undefined
    if (volume !== undefined) {
      bindings.push({ claim, volume })
      excluded.add(volume.name)
    } else if (canProvision(claim, node, storage)) provisions.push(claim)
    else return undefined
  }
  return { bindings, provisions }
}

function canProvision({ object }: KnownClaim, node: Node, storage: StorageLister): boolean {
  const storageClass = storage.storageClass(storageClassOf(object))
  if (storageClass === null || storageClass.provisioner === NO_PROVISIONER) return false
  return isInTopologies(storageClass, node)
}

const NODE_CONFLICT = 'node(s) had volume node affinity conflict'
const BIND_CONFLICT = "node(s) didn't find available persistent volumes to bind"
const NO_VOLUME = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)'

/** Why a pod's claims keep it from a node; nothing: they do not (FindPodVolumes). */
export function volumeConflicts({ bound, delayed }: PodVolumes, node: Node, storage: StorageLister): readonly string[] {
  const volumes = bound.map(({ object }) => storage.volume(object.spec.volumeName ?? ''))
  const reasons: string[] = []
  if (volumes.some(volume => volume !== null && !isReachable(volume.object, node))) reasons.push(NODE_CONFLICT)
  if (delayed.length > 0 && planVolumes(delayed, node, storage) === undefined) reasons.push(BIND_CONFLICT)
  if (volumes.includes(null)) reasons.push(NO_VOLUME)
  return reasons
}
