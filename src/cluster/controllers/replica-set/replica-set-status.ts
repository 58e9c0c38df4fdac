import { type Labels, matchesLabels } from '../../../model/index.js'
import type { Environment, ObjectVersion, PodVersion, ReplicaSetCounts } from '../../contract/index.js'
import { isAvailable, isReady } from '../active-pods.js'
import { rememberingLast } from '../remembering-last.js'

export type ReplicaSetKind = 'ReplicaSet' | 'ReplicationController'

/** The numbers of a status from the active pods (RS-3). */
export function calculateStatus(
  { object, generation }: ObjectVersion<ReplicaSetKind>,
  pods: readonly PodVersion[],
  context: { readonly environment: Environment },
): ReplicaSetCounts {
  const { template, minReadySeconds = 0 } = object.spec
  let fullyLabeledReplicas = 0
  let readyReplicas = 0
  let availableReplicas = 0
  const isLabeled = rememberingLast((labels: Labels) => matchesLabels(template.metadata?.labels, labels))
  for (const pod of pods) {
    if (isLabeled(pod.spec.object.metadata.labels)) fullyLabeledReplicas++
    if (!isReady(pod)) continue
    readyReplicas++
    if (isAvailable(pod, minReadySeconds, context)) availableReplicas++
  }
  return {
    observedGeneration: generation,
    replicas: pods.length,
    fullyLabeledReplicas,
    readyReplicas,
    availableReplicas,
  }
}

/** Whether a status would be written as it stands: then nothing is sent. */
export const isSameStatus = ({ counts, generation }: ObjectVersion<ReplicaSetKind>, next: ReplicaSetCounts): boolean =>
  counts.replicas === next.replicas &&
  counts.fullyLabeledReplicas === next.fullyLabeledReplicas &&
  counts.readyReplicas === next.readyReplicas &&
  counts.availableReplicas === next.availableReplicas &&
  counts.observedGeneration === generation
