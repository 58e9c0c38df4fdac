import { matchesLabelSelector, type ReplicaSet } from '../../../model/index.js'
import type { ObjectVersion } from '../../contract/index.js'
import { canAdopt } from '../claim-pods.js'
import type { DeploymentWork } from './deployment-work.js'
import { byCreation, type ReplicaSetVersion } from './replica-sets.js'

/** The ReplicaSets of a Deployment: those it controls, with orphans that match adopted and others let go (C-6, DP-1). */
export function claimReplicaSets(work: DeploymentWork): readonly ReplicaSetVersion[] {
  const { context, seen, cause } = work
  const { objects, client } = context
  const { selector } = seen.object.spec
  const matches = (set: ObjectVersion): boolean => matchesLabelSelector(selector, set.object.metadata.labels)
  const claimed: ReplicaSetVersion[] = []
  for (const owned of objects.ownedBy(seen.uid)) {
    if (owned.kind !== 'ReplicaSet') continue
    const set = owned as ReplicaSetVersion
    if (matches(set)) claimed.push(set)
    else if (seen.deletionSeconds < 0) {
      const ownerReferences = set.object.metadata.ownerReferences?.filter(owner => owner.uid !== seen.uid)
      client.updateObject<'ReplicaSet'>(set, withOwners(set.object, ownerReferences), cause)
    }
  }
  if (seen.deletionSeconds >= 0) return claimed.sort(byCreation)
  for (const set of [...objects.orphansOf('ReplicaSet', seen.namespace)]) {
    if (set.deletionSeconds >= 0 || !matches(set) || !canAdopt(context, seen)) continue
    const { name, uid } = seen
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true, blockOwnerDeletion: true }
    const owners = [...(set.object.metadata.ownerReferences ?? []), owner]
    claimed.push(client.updateObject<'ReplicaSet'>(set, withOwners(set.object, owners), cause))
  }
  return claimed.sort(byCreation)
}

const withOwners = (object: ReplicaSet, ownerReferences: ReplicaSet['metadata']['ownerReferences']): ReplicaSet => {
  const { ownerReferences: _, ...metadata } = object.metadata
  const isEmpty = ownerReferences === undefined || ownerReferences.length === 0
  return { ...object, metadata: isEmpty ? metadata : { ...metadata, ownerReferences } }
}
