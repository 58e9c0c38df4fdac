import type { Milliseconds } from '../../../time/index.js'
import type { WorkQueue } from '../../client/index.js'
import { isTerminalPhase, type ObjectVersion } from '../../contract/index.js'
import { apiTime } from '../active-pods.js'
import { conditionOf, newCondition, setCondition } from './conditions.js'
import { calculateStatus, deadlineOf, isComplete, isSameCounts, rolloutConditions } from './deployment-status.js'
import type { DeploymentWork } from './deployment-work.js'
import { type ReplicaSets, replicaSetsOf } from './new-replica-set.js'
import { scaleReplicaSets } from './proportional-scale.js'
import {
  annotatedNumber,
  DESIRED_REPLICAS,
  isSized,
  type ReplicaSetVersion,
  revisionOf,
  sizeOf,
} from './replica-sets.js'
import { nextNewSize, reconcileOldReplicaSets } from './rolling.js'
import { scaleReplicaSet } from './scale-replica-set.js'

/** One sync of a Deployment whose ReplicaSets are known (DP-1). */
export function rollOut(work: DeploymentWork, sets: readonly ReplicaSetVersion[], queue: WorkQueue): void {
  const { seen } = work
  const { selector } = seen.object.spec
  if (Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0) {
    refuseEverything(work)
    return
  }
  if (seen.deletionSeconds >= 0) {
    writeStatus(work, replicaSetsOf(work, sets, false))
    return
  }
  checkPausedConditions(work)
  if (seen.object.spec.paused === true || isScalingEvent(work, sets)) {
    const all = replicaSetsOf(work, sets, false)
    scaleReplicaSets(work, all)
    if (seen.object.spec.paused === true) cleanup(work, all.oldSets)
    writeStatus(work, all)
    return
  }
  if (seen.object.spec.strategy?.type === 'Recreate') recreate(work, sets, queue)
  else rollingUpdate(work, sets, queue)
}

function refuseEverything(work: DeploymentWork): void {
  work.tell(true, 'SelectingAll', 'This deployment is selecting all pods. A non-empty selector is required.')
  if (work.counts.observedGeneration >= work.seen.generation) return
  work.counts = { ...work.counts, observedGeneration: work.seen.generation }
  work.writeStatus()
}

/** DP-14, DP-16: a pause and its end are told, except of a rollout that has timed out. */
function checkPausedConditions(work: DeploymentWork): void {
  if (!work.hasProgressDeadline) return
  const progressing = conditionOf(work.conditions, 'Progressing')
  if (progressing?.reason === 'ProgressDeadlineExceeded') return
  const isPaused = work.seen.object.spec.paused === true
  if (isPaused === (progressing?.reason === 'DeploymentPaused')) return
  const [reason, message] = isPaused
    ? ['DeploymentPaused', 'Deployment is paused']
    : ['DeploymentResumed', 'Deployment is resumed']
  work.conditions = setCondition(
    work.conditions,
    newCondition('Progressing', 'Unknown', reason, message, work.nowSeconds),
  )
  work.writeStatus()
}

/** Some ReplicaSet with pods was sized for another number of replicas (DP-1). */
function isScalingEvent(work: DeploymentWork, sets: readonly ReplicaSetVersion[]): boolean {
  return replicaSetsOf(work, sets, false).all.some(set => {
    const desired = isSized(set) ? annotatedNumber(set, DESIRED_REPLICAS) : undefined
    return desired !== undefined && desired !== work.replicas
  })
}

/** DP-7: one step per sync, then the status. */
function rollingUpdate(work: DeploymentWork, sets: readonly ReplicaSetVersion[], queue: WorkQueue): void {
  const found = replicaSetsOf(work, sets, true)
  const { newSet, oldSets, all } = found
  if (newSet === undefined) return
  const size = nextNewSize(work, all, newSet)
  if (size !== sizeOf(newSet)) {
    scaleReplicaSet(work, newSet, size)
  } else if (!reconcileOldReplicaSets(work, oldSets, newSet) && isComplete(work, work.counts)) {
    cleanup(work, oldSets)
  }
  writeRolloutStatus(work, found, queue)
}

/** DP-11: nothing new before everything old is gone. */
function recreate(work: DeploymentWork, sets: readonly ReplicaSetVersion[], queue: WorkQueue): void {
  let found = replicaSetsOf(work, sets, false)
  const active = found.oldSets.filter(isSized)
  for (const set of active) scaleReplicaSet(work, set, 0)
  if (active.length > 0 || hasOldPods(work, found, sets)) {
    writeRolloutStatus(work, found, queue)
    return
  }
  if (found.newSet === undefined) found = replicaSetsOf(work, sets, true)
  const { newSet, oldSets } = found
  if (newSet !== undefined && sizeOf(newSet) !== work.replicas) scaleReplicaSet(work, newSet, work.replicas)
  if (isComplete(work, work.counts)) cleanup(work, oldSets)
  writeRolloutStatus(work, found, queue)
}

/** Pods that terminate count as well as those that run. */
function hasOldPods(
  { context }: DeploymentWork,
  { newSet, oldSets }: ReplicaSets,
  sets: readonly ReplicaSetVersion[],
): boolean {
  if (oldSets.some(({ counts }) => counts.replicas > 0)) return true
  for (const { uid } of sets) {
    if (uid === newSet?.uid) continue
    for (const pod of context.pods.ownedBy(uid)) if (!isTerminalPhase(pod.status.phase)) return true
  }
  return false
}

/** DP-12: old ReplicaSets beyond the history limit go, those of the lowest revision first. */
function cleanup({ context, seen, cause }: DeploymentWork, oldSets: readonly ReplicaSetVersion[]): void {
  const limit = seen.object.spec.revisionHistoryLimit ?? 10
  const alive = oldSets.filter(({ deletionSeconds }) => deletionSeconds < 0)
  const surplus = alive.toSorted((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(0, alive.length - limit))
  for (const set of surplus) {
    if (sizeOf(set) !== 0 || set.counts.replicas !== 0 || set.generation > set.counts.observedGeneration) continue
    context.client.deleteObject('ReplicaSet', set.namespace, set.name, {}, cause)
  }
}

/** The status where no rollout is judged: paused, scaled, being deleted (syncDeploymentStatus). */
function writeStatus(work: DeploymentWork, { all, newSet }: ReplicaSets): void {
  const next = calculateStatus(work, all, newSet)
  if (isSameCounts(next.counts, work.counts) && next.conditions === work.conditions) return
  Object.assign(work, next)
  work.writeStatus()
}

function writeRolloutStatus(work: DeploymentWork, { all, newSet }: ReplicaSets, queue: WorkQueue): void {
  const next = calculateStatus(work, all, newSet)
  const conditions = rolloutConditions(work, next, all, newSet)
  if (isSameCounts(next.counts, work.counts) && conditions === work.conditions) {
    requeueStuck(work, queue)
    return
  }
  work.counts = next.counts
  work.conditions = conditions
  work.writeStatus()
}

/** A rollout that does not move is looked at again when its deadline has passed (DP-14). */
function requeueStuck(work: DeploymentWork, queue: WorkQueue): void {
  const progressing = conditionOf(work.conditions, 'Progressing')
  const wasComplete = progressing?.reason === 'NewReplicaSetAvailable'
  const isRecreate = work.seen.object.spec.strategy?.type === 'Recreate'
  // A rollout that was complete once never times out: upstream asks again and again, and finds nothing to do each time, unless it
  // waits for old pods to end, which nobody tells it (DP-11).
  const isOver =
    isComplete(work, work.counts) || progressing?.reason === 'ProgressDeadlineExceeded' || (wasComplete && !isRecreate)
  if (!work.hasProgressDeadline || progressing === undefined || isOver) {
    // A look at a deadline that no longer counts would change nothing; without it the cluster is quiet.
    queue.dropDelay(work.seen.path)
    return
  }
  const left = deadlineOf(work, progressing) - apiTime(work.context.environment)
  // From the deadline on it is asked without a break: where it was complete once, `isAskedAgain` tells which answer is another.
  if (left >= 1000) {
    // A second more, for clocks that differ by milliseconds.
    queue.addAfter(work.seen.path, left + 1000, work.cause)
  } else if (!wasComplete) queue.addRateLimited(work.seen.path, work.cause)
}

/**
 * Whether a Deployment that was complete once, and is not, is looked at all the time: its deadline is over.
 *
 * controllers: pkg/controller/deployment/progress.go requeueStuckDeployment, v1.32 (DP-14).
 */
export function isAskedAgain({ object, conditions }: ObjectVersion<'Deployment'>, apiNow: Milliseconds): boolean {
  const progressing = conditionOf(conditions, 'Progressing')
  const { progressDeadlineSeconds = 600 } = object.spec
  if (progressing?.reason !== 'NewReplicaSetAvailable' || progressDeadlineSeconds === NO_DEADLINE) return false
  return (progressing.updateSeconds + progressDeadlineSeconds) * 1000 - apiNow < 1000
}

/** math.MaxInt32: there is none. */
const NO_DEADLINE = 2_147_483_647
