import type { EphemeralVolumeSource, Pod, Volume } from '../../model/index.js'

/** A claim that a pod's volume stands for. */
export interface ClaimUse {
  readonly volume: string
  /** Name of the claim, in the pod's namespace. */
  readonly claim: string
  /** What the ephemeral volume controller makes the claim of; absent: the pod names a claim of others. */
  readonly template?: NonNullable<EphemeralVolumeSource['volumeClaimTemplate']>
}

const NONE: readonly ClaimUse[] = []

/** By the list of volumes, which the pods of a template share; claims of ephemeral volumes have each pod's own name. */
const known = new WeakMap<readonly Volume[], readonly ClaimUse[] | 'named after the pod'>()

/** The claims that a pod needs, in the order of its volumes. */
export function claimsOf({ metadata, spec: { volumes } }: Pod): readonly ClaimUse[] {
  if (volumes === undefined || volumes.length === 0) return NONE
  const found = known.get(volumes)
  if (typeof found === 'object') return found
  const uses = volumes.flatMap((volume): ClaimUse[] => {
    const { name, persistentVolumeClaim, ephemeral } = volume
    if (persistentVolumeClaim !== undefined) return [{ volume: name, claim: persistentVolumeClaim.claimName }]
    const template = ephemeral?.volumeClaimTemplate
    return template === undefined ? [] : [{ volume: name, claim: `${metadata.name ?? ''}-${name}`, template }]
  })
  const isShared = uses.every(({ template }) => template === undefined)
  if (found === undefined) known.set(volumes, isShared ? (uses.length === 0 ? NONE : uses) : 'named after the pod')
  return uses
}

/** kubernetes: staging/src/k8s.io/component-helpers/storage/ephemeral VolumeIsForPod: whether an ephemeral volume's claim is the pod's own. */
export const isClaimOfPod = (claim: { readonly metadata: Pod['metadata'] }, podUid: string): boolean =>
  (claim.metadata.ownerReferences ?? []).some(({ uid, controller }) => uid === podUid && controller === true)
