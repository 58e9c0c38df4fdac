import type { ObjectVersion, PodVersion } from '../contract/index.js'
import type { ControllerContext } from './controller.js'

/**
 * The pods of an object: those it controls, with orphans that match adopted and pods that match no longer let go (C-6). A pod
 * that is adopted now counts from now on, whatever the cache shows.
 *
 * controllers: pkg/controller/controller_ref_manager.go ClaimPods, v1.32.
 */
export function claimPods(
  context: ControllerContext,
  owner: ObjectVersion,
  isWanted: (pod: PodVersion) => boolean,
  matches: (pod: PodVersion) => boolean,
  cause: number,
): PodVersion[] {
  const { pods, podControl } = context
  const claimed: PodVersion[] = []
  for (const pod of pods.ownedBy(owner.uid)) {
    if (!isWanted(pod)) continue
    if (matches(pod)) claimed.push(pod)
    else if (owner.deletionSeconds < 0) podControl.release(pod, new Set([owner.uid]), cause)
  }
  if (owner.deletionSeconds >= 0) return claimed
  for (const pod of [...pods.orphansOf(owner.namespace)]) {
    if (!isWanted(pod) || pod.deletionGraceSeconds >= 0 || !matches(pod)) continue
    if (canAdopt(context, owner) && podControl.adopt(pod, owner, cause)) claimed.push(pod)
  }
  return claimed
}

/** Whether the object still is what the cache says: the store is asked before anything is adopted. */
export function canAdopt({ client }: ControllerContext, { kind, namespace, name, uid }: ObjectVersion): boolean {
  const stored = client.object(kind, namespace, name)
  return stored !== null && stored.uid === uid && stored.deletionSeconds < 0
}
