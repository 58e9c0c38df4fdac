import { type JobCounts, type PodVersion, WORD } from '../../contract/index.js'
import { type CompletionIndexes, completionIndexOf } from './completion-indexes.js'
import type { FailureRecord } from './failure-record.js'
import { finalOf, type JobEnd, withCondition } from './job-end.js'
import { failedPodOf, hasIndexBelow, isPodFailed, isTracked } from './job-pods.js'
import type { JobWork } from './job-work.js'
import { matchPodFailurePolicy } from './pod-failure-policy.js'

/** What a sync found out and writes. */
export interface Tracked {
  readonly pods: readonly PodVersion[]
  readonly end: JobEnd | undefined
  readonly isStatusChanged: boolean
  readonly failedIndexes: CompletionIndexes | undefined
  /** Failed pods whose finalizer stays until they are replaced. */
  readonly toReplace: ReadonlyMap<number, PodVersion>
  readonly failures: FailureRecord
  /** How many pods still terminate, where the Job's end waits for them. */
  readonly terminating: number
}

/**
 * Counts the pods that ended, so that none is counted twice and none is lost: their UIDs into the status, the finalizers away, the
 * numbers into the status. Answers whether the Job is over.
 *
 * controllers: pkg/controller/job/job_controller.go trackJobStatusAndRemoveFinalizers, v1.32.
 */
export function trackPods(work: JobWork, tracked: Tracked): boolean {
  const pods = tracked.pods.filter(pod => isTracked(pod) && !work.isReleased(pod))
  const left = new Set(pods.map(({ identity }) => identity.uid))
  let isPending = countReleased(work, left) || tracked.isStatusChanged
  if (noteEnded(work, tracked, pods)) isPending = true
  const { end } = tracked
  if (end !== undefined && announce(work, end)) isPending = true
  if (isPending) {
    work.flush()
    work.parts.failures.set(work.version.path, tracked.failures)
  }
  for (const pod of pods) {
    if (!canRelease(work, tracked, pod)) continue
    work.release(pod)
    left.delete(pod.identity.uid)
  }
  isPending = countReleased(work, left)
  const isOver = end !== undefined && finish(work, finalOf(end), tracked.terminating)
  if (isPending || isOver) work.flush()
  if (isOver && end !== undefined) tellEnd(work, finalOf(end))
  return isOver
}

/** Pods that the status lists and whose finalizers are gone move into the numbers. */
function countReleased(work: JobWork, left: ReadonlySet<string>): boolean {
  const changes: { -readonly [Field in keyof JobCounts]?: JobCounts[Field] } = {}
  for (const which of ['succeeded', 'failed'] as const) {
    const uids = work.uncounted(which)
    const staying = uids.filter(uid => left.has(uid))
    if (staying.length === uids.length) continue
    changes[`uncountedTerminatedPods.${which}`] = staying.join(',')
    changes[which] = work.counts[which] + uids.length - staying.length
  }
  work.setCounts(changes)
  return Object.keys(changes).length > 0
}

/** Lists the pods that ended; of an Indexed Job successes are told by their indexes. */
function noteEnded(work: JobWork, tracked: Tracked, pods: readonly PodVersion[]): boolean {
  const succeeded = work.uncounted('succeeded')
  const failed = work.uncounted('failed')
  const before = work.indexesOf(work.counts.completedIndexes)
  const newIndexes = new Set<number>()
  const [newSucceeded, newFailed]: [string[], string[]] = [[], []]
  for (const pod of pods) {
    const { uid } = pod.identity
    if (failed.includes(uid) || !hasIndexBelow(pod, work.indexes)) continue
    if (pod.status.phase === WORD.Succeeded) {
      if (work.indexes !== undefined) newIndexes.add(completionIndexOf(pod))
      else if (!succeeded.includes(uid)) newSucceeded.push(uid)
    } else if (isFailure(work, tracked, pod)) newFailed.push(uid)
  }
  const isChange = [...newIndexes].some(index => !before.has(index)) || newSucceeded.length + newFailed.length > 0
  work.setCounts({
    'uncountedTerminatedPods.succeeded': [...succeeded, ...newSucceeded].join(','),
    'uncountedTerminatedPods.failed': [...failed, ...newFailed].join(','),
  })
  return noteIndexes(work, tracked, before.with(newIndexes)) || isChange
}

function noteIndexes(work: JobWork, { failedIndexes }: Tracked, succeeded: CompletionIndexes): boolean {
  const { counts } = work
  if (work.indexes !== undefined) work.setCounts({ completedIndexes: succeeded.toString(), succeeded: succeeded.total })
  if (failedIndexes !== undefined) work.setCounts({ failedIndexes: failedIndexes.toString() })
  const { completedIndexes, failedIndexes: failed } = work.counts
  return completedIndexes !== counts.completedIndexes || failed !== counts.failedIndexes
}

/** When the Job is over every pod that did not end by itself counts as failed, unless the Job succeeded by its policy. */
function isFailure(work: JobWork, { end }: Tracked, pod: PodVersion): boolean {
  const isEnded = end !== undefined && end.type !== 'SuccessCriteriaMet'
  if (!isEnded && !isPodFailed(pod, work.waitsForPhase)) return false
  const { environment } = work.parts.context
  return matchPodFailurePolicy(work.spec.podFailurePolicy?.rules, failedPodOf(pod, environment)).isCounted
}

function canRelease(work: JobWork, { end, toReplace }: Tracked, pod: PodVersion): boolean {
  if (work.version.deletionSeconds >= 0 || end !== undefined || pod.status.phase === WORD.Succeeded) return true
  return isPodFailed(pod, work.waitsForPhase) && toReplace.get(completionIndexOf(pod)) !== pod
}

/** What the Job will end as is in its status before any finalizer goes (J-5). */
function announce(work: JobWork, end: JobEnd): boolean {
  if (end.type !== 'FailureTarget' && end.type !== 'SuccessCriteriaMet') return false
  return work.setConditions(withCondition(work.conditions, { ...end, status: 'True' }, work.seconds))
}

/** The last condition, once everything is counted and, where the end waits for them, no pod terminates any more. */
function finish(work: JobWork, end: JobEnd, terminating: number): boolean {
  if (work.uncounted('succeeded').length + work.uncounted('failed').length > 0) return false
  if (work.parts.context.profile.delaysJobEnd && terminating > 0) return false
  if (end.type === 'Complete') work.setCounts({ completionTime: work.seconds })
  return work.setConditions(withCondition(work.conditions, { ...end, status: 'True' }, work.seconds))
}

function tellEnd(work: JobWork, { type, reason, message }: JobEnd): void {
  if (type !== 'Complete') {
    work.tell(true, reason, message)
    return
  }
  if (work.spec.completions !== undefined && work.counts.succeeded > work.spec.completions)
    work.tell(true, 'TooManySucceededPods', 'Too many succeeded pods running after completion count reached')
  work.tell(false, 'Completed', 'Job completed')
}
