import { type Labels, matchesLabels } from '../../../model/index.js'
import {
  type ApiError,
  apiSeconds,
  type Environment,
  type ObjectVersion,
  type OwnerCondition,
  type PodVersion,
  type ReplicaSetCounts,
} from '../../contract/index.js'
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

/**
 * The conditions with what kept pods from being created, or without it: the first failure stays until all goes well (RS-3).
 *
 * controllers: pkg/controller/replicaset/replica_set_utils.go calculateStatus, v1.32.
 */
export function withReplicaFailure(
  conditions: readonly OwnerCondition[],
  failure: ApiError | undefined,
  environment: Environment,
): readonly OwnerCondition[] {
  const isKnown = conditions.some(({ type }) => type === 'ReplicaFailure')
  if (isKnown === (failure !== undefined)) return conditions
  if (failure === undefined) return conditions.filter(({ type }) => type !== 'ReplicaFailure')
  const now = apiSeconds(environment, environment.kernel.now)
  const seconds = { updateSeconds: now, transitionSeconds: now }
  const { message } = failure
  return [...conditions, { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message, ...seconds }]
}
