import {
  type Environment,
  isDeleting,
  isTerminalPhase,
  type PodVersion,
  STATE,
  TRUTH,
  WORD,
} from '../../contract/index.js'
import { completionIndexOf } from './completion-indexes.js'
import { JOB_TRACKING } from './job-template.js'
import type { FailedPod } from './pod-failure-policy.js'

/** Whether a pod still waits to be counted. */
export const isTracked = ({ spec }: PodVersion): boolean =>
  spec.object.metadata.finalizers?.includes(JOB_TRACKING) === true

/** Being deleted, and its containers may still run. */
export const isTerminating = (pod: PodVersion): boolean => isDeleting(pod) && !isTerminalPhase(pod.status.phase)

/**
 * Whether a pod counts as failed; one that is being deleted does so at once, unless its Job waits for its phase (J-3).
 *
 * controllers: pkg/controller/job/job_controller.go isPodFailed, v1.32.
 */
export function isPodFailed(pod: PodVersion, waitsForPhase: boolean): boolean {
  const { phase } = pod.status
  if (phase === WORD.Failed) return true
  return !waitsForPhase && isDeleting(pod) && phase !== WORD.Succeeded
}

/** What the newly finished pods of a Job are sorted by. */
export interface CountRules {
  readonly waitsForPhase: boolean
  /** How many completion indexes there are; undefined: the Job is not Indexed. */
  readonly indexes: number | undefined
  /** UIDs that the status lists as about to be counted. */
  readonly uncountedSucceeded: ReadonlySet<string>
  readonly uncountedFailed: ReadonlySet<string>
  /** Whether the pod's finalizer was taken away and the informer does not show it yet. */
  readonly isReleased: (pod: PodVersion) => boolean
}

/** Pods that ended and are not counted yet. */
export function newlyFinished(
  pods: readonly PodVersion[],
  rules: CountRules,
): { readonly succeeded: readonly PodVersion[]; readonly failed: readonly PodVersion[] } {
  const { indexes, uncountedSucceeded, uncountedFailed } = rules
  const isCountable = (pod: PodVersion): boolean =>
    isTracked(pod) && !rules.isReleased(pod) && hasIndexBelow(pod, indexes)
  const countable = pods.filter(isCountable)
  return {
    succeeded: countable.filter(
      ({ status, identity }) => status.phase === WORD.Succeeded && !uncountedSucceeded.has(identity.uid),
    ),
    failed: countable.filter(pod => isPodFailed(pod, rules.waitsForPhase) && !uncountedFailed.has(pod.identity.uid)),
  }
}

/** Whether a pod has an index that its Job asks for; of a Job without indexes every pod counts. */
export function hasIndexBelow(pod: PodVersion, indexes: number | undefined): boolean {
  if (indexes === undefined) return true
  const index = completionIndexOf(pod)
  return index >= 0 && index < indexes
}

/**
 * Whether containers that restart in place have failed too often (J-4).
 *
 * controllers: pkg/controller/job/job_controller.go pastBackoffLimitOnFailure, v1.32.
 */
export function areRestartsTooMany(pods: readonly PodVersion[], restartPolicy: string, backoffLimit: number): boolean {
  if (restartPolicy !== 'OnFailure') return false
  let restarts = 0
  for (const { status } of pods) {
    if (status.phase !== WORD.Running && status.phase !== WORD.Pending) continue
    for (const each of [...status.initContainers, ...status.containers]) restarts += each.restarts
  }
  return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit
}

/** What a pod failure policy looks at. */
export function failedPodOf({ identity, status }: PodVersion, { symbols }: Environment): FailedPod {
  const exits = [...status.containers, ...status.initContainers]
    .filter(({ state }) => state.kind === STATE.terminated && state.exitCode !== 0)
    .map(({ container, state }) => ({ container: container.name, exitCode: state.exitCode }))
  const conditions = status.conditions.map(({ type, status: truth }) => ({
    type: symbols.text(type),
    status: truth === TRUTH.True ? 'True' : truth === TRUTH.False ? 'False' : 'Unknown',
  }))
  return { reference: `${identity.namespace}/${identity.name}`, exits, conditions }
}
