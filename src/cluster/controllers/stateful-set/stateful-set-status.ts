import type { ControllerProfile, StatefulSet } from '../../../model/index.js'
import { isDeleting, type ObjectVersion, type PodVersion, type StatefulSetCounts } from '../../contract/index.js'
import type { RevisionVersion } from '../revisions.js'
import { isRunningAndReady, type PodViews } from './decide.js'
import { revisionNameOf } from './stateful-pods.js'

/** A status that a sync is still counting. */
export type StatusInHand = { -readonly [Field in keyof StatefulSetCounts]: StatefulSetCounts[Field] }

/**
 * Numbers from the pods that there are: those being deleted count as replicas, and to no revision.
 *
 * controllers: pkg/controller/statefulset/stateful_set_control.go computeReplicaStatus, v1.32.
 */
export function countPods(
  { generation }: ObjectVersion<'StatefulSet'>,
  pods: readonly PodVersion[],
  revisions: { readonly current: RevisionVersion; readonly update: RevisionVersion; readonly collisionCount: number },
  { isAvailable }: Pick<PodViews, 'isAvailable'>,
): StatusInHand {
  const status: StatusInHand = {
    observedGeneration: generation,
    replicas: pods.length,
    readyReplicas: 0,
    currentReplicas: 0,
    updatedReplicas: 0,
    availableReplicas: 0,
    collisionCount: revisions.collisionCount,
    currentRevision: revisions.current.name,
    updateRevision: revisions.update.name,
  }
  for (const pod of pods) {
    if (isRunningAndReady(pod)) {
      status.readyReplicas++
      if (isAvailable(pod)) status.availableReplicas++
    }
    if (!isDeleting(pod)) countRevision(status, revisionNameOf(pod), 1)
  }
  return status
}

/** A pod of a revision more or less. */
export function countRevision(status: StatusInHand, revision: string, change: 1 | -1): void {
  if (revision === status.currentRevision) status.currentReplicas += change
  if (revision === status.updateRevision) status.updatedReplicas += change
}

/**
 * Where all pods are of the new revision and ready, it becomes the current one (SS-8).
 *
 * controllers: pkg/controller/statefulset/stateful_set_utils.go completeRollingUpdate, v1.32.
 */
export function completeRollingUpdate(
  status: StatusInHand,
  { spec }: StatefulSet,
  { completesBySpec }: Pick<ControllerProfile, 'completesBySpec'>,
): void {
  if ((spec.updateStrategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') return
  const wanted = completesBySpec ? (spec.replicas ?? 1) : status.replicas
  if (status.replicas !== wanted || status.updatedReplicas !== wanted || status.readyReplicas !== wanted) return
  status.currentReplicas = status.updatedReplicas
  status.currentRevision = status.updateRevision
}

/** Whether a status would be written as it stands: then nothing is sent. */
export function isSameStatus(before: StatefulSetCounts, next: StatefulSetCounts): boolean {
  const fields = Object.keys(next) as (keyof StatefulSetCounts)[]
  // A collision alone is not written (inconsistentStatus).
  return fields.every(field => field === 'collisionCount' || before[field] === next[field])
}
