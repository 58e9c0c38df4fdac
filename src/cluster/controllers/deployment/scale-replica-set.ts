import type { ReplicaSet } from '../../../model/index.js'
import type { DeploymentWork } from './deployment-work.js'
import { DESIRED_REPLICAS, MAX_REPLICAS, type ReplicaSetVersion, sizeOf } from './replica-sets.js'
import { maxSurge } from './sizes.js'

/** The annotations by which a ReplicaSet's share is told later (DP-4). */
export const replicasAnnotations = ({ replicas, seen }: DeploymentWork): Readonly<Record<string, string>> => ({
  [DESIRED_REPLICAS]: String(replicas),
  [MAX_REPLICAS]: String(replicas + maxSurge(seen.object)),
})

/** Gives a ReplicaSet another size, where it has another; answers it as it is then. */
export function scaleReplicaSet(
  work: DeploymentWork,
  set: ReplicaSetVersion,
  size: number,
  way = sizeOf(set) < size ? 'up' : 'down',
): ReplicaSetVersion {
  const before = sizeOf(set)
  const wanted = replicasAnnotations(work)
  const { annotations } = set.object.metadata
  const isAnnotated = Object.entries(wanted).every(([key, value]) => annotations?.[key] === value)
  if (before === size && isAnnotated) return set
  const object: ReplicaSet = {
    ...set.object,
    metadata: { ...set.object.metadata, annotations: { ...annotations, ...wanted } },
    spec: { ...set.object.spec, replicas: size },
  }
  const written = work.context.client.updateObject<'ReplicaSet'>(set, object, work.cause)
  if (before !== size) {
    // DP-15.
    const sizes = work.context.profile.tellsNewSizeFirst ? `to ${size} from ${before}` : `from ${before} to ${size}`
    work.tell(false, 'ScalingReplicaSet', `Scaled ${way} replica set ${set.name} ${sizes}`)
  }
  return written
}
