import type { OwnerReference, PersistentVolumeClaim, StatefulSet } from '../../../model/index.js'
import { type ObjectVersion, ownerReferenceTo, type ResourceVersion } from '../../contract/index.js'
import { claimNameOf, ordinalsOf, parentAndOrdinal } from './stateful-pods.js'

type SetVersion = ObjectVersion<'StatefulSet'>

/** The claim that a set makes of one of its templates for a pod (getPersistentVolumeClaims). */
export function claimFor(set: StatefulSet, template: string, pod: string): PersistentVolumeClaim {
  const { namespace = 'default' } = set.metadata
  const { metadata, spec } = (set.spec.volumeClaimTemplates ?? []).find(each => each.metadata.name === template) ?? {
    metadata: {},
    spec: {},
  }
  const labels = { ...metadata.labels, ...set.spec.selector.matchLabels }
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { ...metadata, name: claimNameOf(template, pod), namespace, labels },
    spec,
  }
}

/** The owners that a retention policy wants a claim to have beside those of others. */
export function wantedOwners(set: SetVersion, pod: string, podUid: string | undefined): readonly OwnerReference[] {
  const { whenDeleted, whenScaled } = set.object.spec.persistentVolumeClaimRetentionPolicy ?? {}
  const { start, end } = ordinalsOf(set.object)
  const ordinal = parentAndOrdinal(pod)?.ordinal ?? -1
  const isCondemned = ordinal < start || ordinal >= end
  if (whenScaled === 'Delete' && isCondemned) return podUid === undefined ? [] : [podReference(pod, podUid)]
  return whenDeleted === 'Delete' ? [ownerReferenceTo(set)] : []
}

const podReference = (name: string, uid: string): OwnerReference => ({
  apiVersion: 'v1',
  kind: 'Pod',
  name,
  uid,
  controller: true,
  blockOwnerDeletion: true,
})

/**
 * The owners that a claim gets by the policy; undefined: it has them.
 *
 * controllers: pkg/controller/statefulset/stateful_set_utils.go isClaimOwnerUpToDate, updateClaimOwnerRefForSetAndPod, v1.32.
 */
export function ownersByPolicy(
  claim: ResourceVersion<'PersistentVolumeClaim'>,
  set: SetVersion,
  pod: string,
  podUid: string | undefined,
): readonly OwnerReference[] | undefined {
  const { ownerReferences = [] } = claim.object.metadata
  const isOurs = ({ kind, name }: OwnerReference): boolean =>
    (kind === 'StatefulSet' && name === set.name) || (kind === 'Pod' && name === pod)
  const wanted = wantedOwners(set, pod, podUid)
  const ours = ownerReferences.filter(isOurs)
  const isSame = ours.length === wanted.length && ours.every(({ uid }, i) => uid === wanted[i].uid)
  return isSame ? undefined : [...ownerReferences.filter(owner => !isOurs(owner)), ...wanted]
}

/** Whether a claim still belongs to an earlier pod of the name: it is about to go (isClaimOwnerStale). */
export const isStale = (
  { object }: ResourceVersion<'PersistentVolumeClaim'>,
  pod: string,
  podUid: string | undefined,
): boolean =>
  (object.metadata.ownerReferences ?? []).some(
    ({ kind, name, uid }) => kind === 'Pod' && name === pod && uid !== podUid,
  )

/** The names of a pod's claims by template, in the order of the templates. */
export const templatesOf = ({ spec }: StatefulSet): readonly string[] =>
  (spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name ?? '')
