import type { DeploymentCounts, OwnerCondition } from '../../contract/index.js'
import { apiTime } from '../active-pods.js'
import { conditionOf, newCondition, setCondition, withoutCondition } from './conditions.js'
import type { DeploymentWork } from './deployment-work.js'
import { type ReplicaSetVersion, totalOf, totalSize } from './replica-sets.js'
import { maxUnavailable } from './sizes.js'

/** A status that a sync means to write. */
export interface NextStatus {
  readonly counts: DeploymentCounts
  readonly conditions: readonly OwnerCondition[]
}

/** Numbers and the condition Available from the ReplicaSets' statuses (DP-13). */
export function calculateStatus(
  work: DeploymentWork,
  all: readonly ReplicaSetVersion[],
  newSet: ReplicaSetVersion | undefined,
): NextStatus {
  const { seen, replicas, nowSeconds } = work
  const availableReplicas = totalOf(all, 'availableReplicas')
  const counts: DeploymentCounts = {
    observedGeneration: seen.generation,
    replicas: totalOf(all, 'replicas'),
    updatedReplicas: newSet?.counts.replicas ?? 0,
    readyReplicas: totalOf(all, 'readyReplicas'),
    availableReplicas,
    unavailableReplicas: Math.max(0, totalSize(all) - availableReplicas),
    collisionCount: work.counts.collisionCount,
  }
  const condition =
    availableReplicas >= replicas - maxUnavailable(seen.object)
      ? newCondition('Available', 'True', 'MinimumReplicasAvailable', ENOUGH, nowSeconds)
      : newCondition('Available', 'False', 'MinimumReplicasUnavailable', TOO_FEW, nowSeconds)
  return { counts, conditions: setCondition(work.conditions, condition) }
}

const ENOUGH = 'Deployment has minimum availability.'
const TOO_FEW = 'Deployment does not have minimum availability.'

export const isSameCounts = (a: DeploymentCounts, b: DeploymentCounts): boolean =>
  a.observedGeneration === b.observedGeneration &&
  a.replicas === b.replicas &&
  a.updatedReplicas === b.updatedReplicas &&
  a.readyReplicas === b.readyReplicas &&
  a.availableReplicas === b.availableReplicas &&
  a.unavailableReplicas === b.unavailableReplicas &&
  a.collisionCount === b.collisionCount

/** All pods are of the new template and available, and the controller knows the newest spec (DP-14). */
export const isComplete = ({ replicas, seen }: DeploymentWork, counts: DeploymentCounts): boolean =>
  counts.updatedReplicas === replicas &&
  counts.replicas === replicas &&
  counts.availableReplicas === replicas &&
  counts.observedGeneration >= seen.generation

/** More new pods, fewer old ones, more ready or more available ones than before (DP-14). */
export const isProgressing = (before: DeploymentCounts, next: DeploymentCounts): boolean =>
  next.updatedReplicas > before.updatedReplicas ||
  next.replicas - next.updatedReplicas < before.replicas - before.updatedReplicas ||
  next.readyReplicas > before.readyReplicas ||
  next.availableReplicas > before.availableReplicas

/** Nothing moved for longer than progressDeadlineSeconds (DP-14). */
export function isTimedOut(work: DeploymentWork, progressing: OwnerCondition | undefined): boolean {
  if (!work.hasProgressDeadline || progressing === undefined) return false
  if (progressing.reason === 'NewReplicaSetAvailable') return false
  if (progressing.reason === 'ProgressDeadlineExceeded') return true
  return deadlineOf(work, progressing) < apiTime(work.context.environment)
}

/** On the API's clock, in milliseconds. */
export const deadlineOf = ({ seen }: DeploymentWork, { updateSeconds }: OwnerCondition): number =>
  (updateSeconds + (seen.object.spec.progressDeadlineSeconds ?? 600)) * 1000

/**
 * The conditions Progressing and ReplicaFailure of a rollout.
 *
 * controllers: pkg/controller/deployment/progress.go syncRolloutStatus, v1.32 (DP-14).
 */
export function rolloutConditions(
  work: DeploymentWork,
  { counts, conditions }: NextStatus,
  all: readonly ReplicaSetVersion[],
  newSet: ReplicaSetVersion | undefined,
): readonly OwnerCondition[] {
  const current = conditionOf(work.conditions, 'Progressing')
  let next = work.hasProgressDeadline ? conditions : withoutCondition(conditions, 'Progressing')
  const isDone = counts.replicas === counts.updatedReplicas && current?.reason === 'NewReplicaSetAvailable'
  if (work.hasProgressDeadline && !isDone) {
    const subject = newSet === undefined ? `Deployment "${work.seen.name}"` : `ReplicaSet "${newSet.name}"`
    next = progressCondition(work, { counts, conditions: next }, subject)
  }
  const failure = failureOf(all, newSet)
  return failure === undefined ? withoutCondition(next, 'ReplicaFailure') : setCondition(next, failure)
}

function progressCondition(work: DeploymentWork, { counts, conditions }: NextStatus, subject: string) {
  const { nowSeconds } = work
  const current = conditionOf(work.conditions, 'Progressing')
  if (isComplete(work, counts)) {
    const message = `${subject} has successfully progressed.`
    return setCondition(conditions, newCondition('Progressing', 'True', 'NewReplicaSetAvailable', message, nowSeconds))
  }
  if (isProgressing(work.counts, counts)) {
    const condition = newCondition('Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`, nowSeconds)
    const since = current?.status === 'True' ? current.transitionSeconds : nowSeconds
    // The time of the update moves with every step: the deadline counts from the last one.
    return setCondition(withoutCondition(conditions, 'Progressing'), { ...condition, transitionSeconds: since })
  }
  if (!isTimedOut(work, current)) return conditions
  const message = `${subject} has timed out progressing.`
  return setCondition(conditions, newCondition('Progressing', 'False', 'ProgressDeadlineExceeded', message, nowSeconds))
}

function failureOf(
  all: readonly ReplicaSetVersion[],
  newSet: ReplicaSetVersion | undefined,
): OwnerCondition | undefined {
  for (const set of newSet === undefined ? all : [newSet, ...all]) {
    const failure = conditionOf(set.conditions, 'ReplicaFailure')
    if (failure !== undefined) return failure
  }
  return undefined
}
