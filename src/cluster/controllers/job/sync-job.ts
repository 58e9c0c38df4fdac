import { matchesLabelSelector } from '../../../model/index.js'
import { apiSeconds, type OwnerCondition, type PodVersion } from '../../contract/index.js'
import { apiTime, isActive, isReady } from '../active-pods.js'
import { claimPods } from '../claim-pods.js'
import type { CompletionIndexes } from './completion-indexes.js'
import { completionIndexOf } from './completion-indexes.js'
import { finishSeconds, NO_FAILURES, nextFailureRecord } from './failure-record.js'
import { isIndexFailed, podsToReplace } from './index-failures.js'
import { decideEnd, type JobEnd, withCondition } from './job-end.js'
import { areRestartsTooMany, failedPodOf, isPodFailed, isTerminating, isTracked, newlyFinished } from './job-pods.js'
import type { JobWork } from './job-work.js'
import { type JobState, type Managed, manageJob } from './manage-job.js'
import { matchPodFailurePolicy } from './pod-failure-policy.js'
import { matchSuccessPolicy } from './success-policy.js'
import { trackPods } from './track-pods.js'

/** What became of a sync, for the work queue. */
export interface SyncOutcome {
  readonly isOver: boolean
  /** A failed pod that no sync before this one saw. */
  readonly hasNewFailure: boolean
  readonly hasNewSuccess: boolean
}

/** What a sync sees in its pods. */
interface Seen extends JobState {
  readonly failed: number
  readonly hasNewFailure: boolean
  readonly terminating: number
}

/**
 * One sync of a Job that is not over.
 *
 * controllers: pkg/controller/job/job_controller.go syncJob, v1.32; what 1.26 did otherwise is data of the controllers' profile.
 *
 * @throws ApiError where a write was refused: a pod's creation, or a status of an old version.
 */
export function syncJob(work: JobWork, isSatisfied: boolean): SyncOutcome {
  const { seconds, counts: before } = work
  if (before.startTime < 0 && !work.isSuspended) work.setCounts({ startTime: seconds })
  const seen = look(work)
  const decided = decideEnd(endFacts(work, seen), work.parts.context.profile.delaysJobEnd)
  if (decided === undefined) awaitDeadline(work)
  const acted = decided === undefined ? act(work, seen, isSatisfied) : stop(work, seen, decided, isSatisfied)
  const { managed, end, isSuspensionChanged } = acted
  const terminating = seen.terminating + managed.deleted
  const ready = Math.max(0, seen.active.filter(isReady).length - (isRecord(work) ? managed.deletedReady : 0))
  const isChanged = isSuspensionChanged || before.active !== managed.active || before.ready !== ready
  work.setCounts({ active: managed.active, ready })
  const tellsTerminating = isRecord(work)
  if (tellsTerminating) work.setCounts({ terminating })
  const isOver = trackPods(work, {
    pods: seen.pods,
    end,
    isStatusChanged: isChanged || (tellsTerminating && before.terminating !== terminating),
    failedIndexes: work.spec.backoffLimitPerIndex === undefined ? undefined : seen.failedIndexes,
    toReplace: seen.toReplace,
    failures: seen.failures,
    terminating,
  })
  // What was seen is written first; then the Job is tried again.
  if (managed.failure !== undefined) throw managed.failure
  return { isOver, hasNewFailure: seen.hasNewFailure, hasNewSuccess: seen.succeeded > before.succeeded }
}

const isRecord = (work: JobWork): boolean => work.parts.context.profile.jobBackOff === 'record'

function look(work: JobWork): Seen {
  const { version, spec, counts, indexes, waitsForPhase } = work
  const { context, failures } = work.parts
  const matches = (pod: PodVersion): boolean => matchesLabelSelector(spec.selector, pod.spec.object.metadata.labels)
  const pods = claimPods(context, version, () => true, matches, work.cause)
  const uncountedSucceeded = new Set(work.uncounted('succeeded'))
  const uncountedFailed = new Set(work.uncounted('failed'))
  const isReleased = (pod: PodVersion): boolean => work.isReleased(pod)
  const finished = newlyFinished(pods, { waitsForPhase, indexes, uncountedSucceeded, uncountedFailed, isReleased })
  const isCounted = (pod: PodVersion): boolean => policyOf(work, pod).isCounted
  const newFailed = finished.failed.filter(isCounted)
  const secondsOf = (pod: PodVersion): number => finishSeconds(pod, instant => apiSeconds(context.environment, instant))
  const record = failures.get(version.path) ?? NO_FAILURES
  const active = pods.filter(isActive)
  const succeededIndexes = succeededOf(work, pods)
  const failedIndexes = failedOf(work, pods)
  const isPerIndex = spec.backoffLimitPerIndex !== undefined
  const state = { active, succeeded: succeededIndexes, failed: failedIndexes, waitsForPhase }
  return {
    pods,
    active,
    succeeded:
      indexes === undefined
        ? counts.succeeded + finished.succeeded.length + uncountedSucceeded.size
        : succeededIndexes.total,
    failed: counts.failed + newFailed.length + uncountedFailed.size,
    hasNewFailure: newFailed.length + uncountedFailed.size > 0,
    terminating: pods.filter(isTerminating).length,
    succeededIndexes,
    failedIndexes,
    toReplace: isPerIndex ? podsToReplace(pods, work.completions, state) : new Map(),
    failures: nextFailureRecord(record, finished.succeeded.map(secondsOf), finished.failed.map(secondsOf)),
  }
}

const policyOf = (work: JobWork, pod: PodVersion) =>
  matchPodFailurePolicy(work.spec.podFailurePolicy?.rules, failedPodOf(pod, work.parts.context.environment))

function succeededOf(work: JobWork, pods: readonly PodVersion[]): CompletionIndexes {
  const known = work.indexesOf(work.counts.completedIndexes)
  if (work.indexes === undefined) return known
  const isRight = (pod: PodVersion): boolean => {
    const index = completionIndexOf(pod)
    return index >= 0 && index < work.completions && isTracked(pod)
  }
  const { succeeded } = newlyFinished(pods.filter(isRight), {
    waitsForPhase: true,
    indexes: work.indexes,
    uncountedSucceeded: NONE,
    uncountedFailed: NONE,
    isReleased: () => false,
  })
  return known.with(succeeded.map(completionIndexOf))
}

const NONE: ReadonlySet<string> = new Set()

function failedOf(work: JobWork, pods: readonly PodVersion[]): CompletionIndexes {
  const { environment } = work.parts.context
  const known = work.indexesOf(work.counts.failedIndexes)
  if (work.spec.backoffLimitPerIndex === undefined) return known
  const failed = pods.filter(pod => isTracked(pod) && isIndexFailed(pod, work.version, work.waitsForPhase, environment))
  return known.with(failed.map(completionIndexOf).filter(index => index >= 0 && index < work.completions))
}

function endFacts(work: JobWork, seen: Seen): Parameters<typeof decideEnd>[0] {
  const { spec, counts, indexes } = work
  const { backoffLimit = 6, parallelism = 1, maxFailedIndexes } = spec
  // 1.26: a failure that the status already tells is no new one, nor is one that made no difference to the active pods.
  const isNoticed = isRecord(work) || (seen.hasNewFailure && seen.active.length !== parallelism)
  const restartPolicy = spec.template.spec.restartPolicy ?? 'Always'
  const failing = seen.pods.filter(pod => isPodFailed(pod, work.waitsForPhase))
  const messages = failing.map(pod => policyOf(work, pod).message)
  return {
    conditions: work.conditions,
    failJobMessage: messages.find(message => message !== undefined),
    isBackoffLimitExceeded:
      (isNoticed && seen.failed > backoffLimit) || areRestartsTooMany(seen.pods, restartPolicy, backoffLimit),
    isPastDeadline: remainingTime(work) <= 0,
    indexes:
      spec.backoffLimitPerIndex === undefined || indexes === undefined
        ? undefined
        : {
            failed: seen.failedIndexes.total,
            succeeded: seen.succeededIndexes.total,
            completions: indexes,
            mostFailed: maxFailedIndexes,
          },
    successPolicyMessage:
      indexes === undefined || counts.completionTime >= 0
        ? undefined
        : matchSuccessPolicy(spec.successPolicy, indexes, seen.succeededIndexes),
  }
}

/** Milliseconds until the Job's deadline; Infinity: none runs. */
function remainingTime(work: JobWork): number {
  const { activeDeadlineSeconds } = work.spec
  const { startTime } = work.counts
  if (activeDeadlineSeconds === undefined || startTime < 0 || work.isSuspended) return Number.POSITIVE_INFINITY
  return (startTime + activeDeadlineSeconds) * 1000 - apiTime(work.parts.context.environment)
}

function awaitDeadline(work: JobWork): void {
  const remaining = remainingTime(work)
  if (Number.isFinite(remaining)) work.parts.queue.addAfter(work.version.path, remaining, work.cause)
}

/** What a sync did about the pods, and whether the Job ends. */
interface Acted {
  readonly managed: Managed
  readonly end: JobEnd | undefined
  readonly isSuspensionChanged: boolean
}

/** The Job fails, or has succeeded by its policy: its active pods are deleted; their finalizers go once they are counted. */
function stop(work: JobWork, { active }: Seen, end: JobEnd, isSatisfied: boolean): Acted {
  for (const pod of active) work.deletePod(pod)
  const managed = { active: 0, deleted: active.length, deletedReady: active.filter(isReady).length }
  // Pods may be on their way that the informer has not shown: the Job ends in a later sync.
  return { managed, end: isSatisfied ? end : undefined, isSuspensionChanged: false }
}

function act(work: JobWork, seen: Seen, isSatisfied: boolean): Acted {
  const isManaged = isSatisfied && work.version.deletionSeconds < 0
  const same = { active: seen.active.length, deleted: 0, deletedReady: 0 }
  const managed = isManaged ? manageJob(work, seen) : same
  const { completions } = work.spec
  const isReached = completions === undefined ? seen.succeeded > 0 : seen.succeeded >= completions
  if (isReached && managed.active === 0) return { managed, end: completion(work), isSuspensionChanged: false }
  return { managed, end: undefined, isSuspensionChanged: isManaged && noteSuspension(work) }
}

/** Only newer releases say why (J-5). */
function completion(work: JobWork): JobEnd {
  const { profile, environment } = work.parts.context
  if (!profile.delaysJobEnd) return { type: 'Complete', reason: '', message: '' }
  const hasReason = environment.profile.jobCompletionHasReason
  return {
    type: 'SuccessCriteriaMet',
    reason: hasReason ? 'CompletionsReached' : '',
    message: hasReason ? 'Reached expected number of succeeded pods' : '',
  }
}

/** J-10. */
function noteSuspension(work: JobWork): boolean {
  const condition: Pick<OwnerCondition, 'type' | 'status' | 'reason' | 'message'> = work.isSuspended
    ? { type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' }
    : { type: 'Suspended', status: 'False', reason: 'JobResumed', message: 'Job resumed' }
  const isChange = work.setConditions(withCondition(work.conditions, condition, work.seconds))
  if (!isChange) return false
  if (work.isSuspended) work.tell(false, 'Suspended', 'Job suspended')
  else {
    work.tell(false, 'Resumed', 'Job resumed')
    work.setCounts({ startTime: work.seconds })
  }
  return true
}
