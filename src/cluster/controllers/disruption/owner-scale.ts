import { controllerOf, qualifiedResource } from '../../../model/index.js'
import {
  ApiError,
  isOwnerKind,
  type ObjectClient,
  type ObjectVersion,
  type PodVersion,
  specOf,
} from '../../contract/index.js'

/** The kinds whose size a budget may ask for. */
const SCALED: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'])

/**
 * How many pods the owners of some pods ask for together; a Deployment's counts for its ReplicaSets.
 *
 * controllers: pkg/controller/disruption/disruption.go getExpectedScale and its finders, v1.32 (PDB-1).
 *
 * @throws ApiError where an owner has no size.
 */
export function ownerScale(client: ObjectClient, pods: Iterable<PodVersion>): number {
  const sizes = new Map<string, number>()
  for (const pod of pods) {
    const owner = controllerOf(pod.spec.object.metadata)
    if (owner === undefined || sizes.has(owner.uid)) continue
    const found = find(client, owner, pod.identity.namespace)
    if (found === null) throw new ApiError('NotFound', `found no controllers for pod "${pod.identity.name}"`)
    const top = topOf(client, found)
    if (!SCALED.has(top.kind))
      throw new ApiError('NotFound', `${qualifiedResource(top.kind)} does not implement the scale subresource`)
    sizes.set(owner.uid, 0)
    sizes.set(top.uid, specOf(top.object).replicas ?? 1)
  }
  let scale = 0
  for (const size of sizes.values()) scale += size
  return scale
}

function topOf(client: ObjectClient, version: ObjectVersion): ObjectVersion {
  const owner = version.kind === 'ReplicaSet' ? controllerOf(version.object.metadata) : undefined
  const above = owner?.kind === 'Deployment' ? find(client, owner, version.namespace) : null
  return above ?? version
}

function find(
  client: ObjectClient,
  { kind, name, uid }: { readonly kind: string; readonly name: string; readonly uid: string },
  namespace: string,
): ObjectVersion | null {
  const found = isOwnerKind(kind) ? client.object(kind, namespace, name) : null
  return found?.uid === uid ? found : null
}
