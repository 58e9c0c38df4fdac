import type { Milliseconds } from '../../../time/index.js'
import { apiSeconds, type Environment, type ObjectVersion, type PodVersion } from '../../contract/index.js'
import { type CompletionIndexes, completionIndexOf } from './completion-indexes.js'
import { finishSeconds, remainingBackOff } from './failure-record.js'
import { failedPodOf, hasIndexBelow, isPodFailed, isTracked } from './job-pods.js'
import { INDEX_FAILURES, INDEX_IGNORED_FAILURES, type IndexFailures } from './job-template.js'
import { matchPodFailurePolicy } from './pod-failure-policy.js'

/** Failures of an index before this pod, as its annotations say. */
export function indexFailuresOf({ spec }: PodVersion): IndexFailures {
  const { annotations } = spec.object.metadata
  return {
    counted: Number(annotations?.[INDEX_FAILURES] ?? 0),
    ignored: Number(annotations?.[INDEX_IGNORED_FAILURES] ?? 0),
  }
}

/** What the replacement of a failed pod carries on. */
export function failuresAfter(
  pod: PodVersion | undefined,
  job: ObjectVersion<'Job'>,
  environment: Environment,
): IndexFailures {
  if (pod === undefined) return { counted: 0, ignored: 0 }
  const { counted, ignored } = indexFailuresOf(pod)
  const { isCounted } = matchPodFailurePolicy(job.object.spec.podFailurePolicy?.rules, failedPodOf(pod, environment))
  return isCounted ? { counted: counted + 1, ignored } : { counted, ignored: ignored + 1 }
}

/**
 * Whether a failed pod takes its index with it: by the policy, or because the index failed too often.
 *
 * controllers: pkg/controller/job/indexed_job_utils.go isIndexFailed, v1.32.
 */
export function isIndexFailed(
  pod: PodVersion,
  { object: { spec } }: ObjectVersion<'Job'>,
  waitsForPhase: boolean,
  environment: Environment,
): boolean {
  if (spec.backoffLimitPerIndex === undefined || !isPodFailed(pod, waitsForPhase)) return false
  const verdict = matchPodFailurePolicy(spec.podFailurePolicy?.rules, failedPodOf(pod, environment))
  if (verdict.action === 'FailIndex') return true
  return verdict.isCounted && indexFailuresOf(pod).counted >= spec.backoffLimitPerIndex
}

/** What is done of an Indexed Job, and what is given up. */
interface IndexState {
  readonly active: readonly PodVersion[]
  readonly succeeded: CompletionIndexes
  readonly failed: CompletionIndexes
  readonly waitsForPhase: boolean
}

/**
 * By index: the failed pod that stays until its replacement has taken over its count of failures.
 *
 * controllers: pkg/controller/job/indexed_job_utils.go getPodsWithDelayedDeletionPerIndex, v1.32.
 */
export function podsToReplace(
  pods: readonly PodVersion[],
  completions: number,
  state: IndexState,
): ReadonlyMap<number, PodVersion> {
  const active = new Set(state.active.map(completionIndexOf))
  const found = new Map<number, PodVersion>()
  for (const pod of pods) {
    const index = completionIndexOf(pod)
    if (!isTracked(pod) || !hasIndexBelow(pod, completions) || !isPodFailed(pod, state.waitsForPhase)) continue
    if (active.has(index) || state.succeeded.has(index) || state.failed.has(index)) continue
    const last = found.get(index)
    if (last === undefined || failureCount(last) <= failureCount(pod)) found.set(index, pod)
  }
  return found
}

const failureCount = (pod: PodVersion): number => {
  const { counted, ignored } = indexFailuresOf(pod)
  return counted + ignored
}

/** How long the replacement of a failed pod waits. */
export function indexBackOff(pod: PodVersion | undefined, environment: Environment, now: Milliseconds): Milliseconds {
  if (pod === undefined) return 0
  const lastSeconds = finishSeconds(pod, instant => apiSeconds(environment, instant))
  return remainingBackOff({ failures: failureCount(pod) + 1, lastSeconds }, now)
}
