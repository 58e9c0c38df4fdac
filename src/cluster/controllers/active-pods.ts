import {
  type Environment,
  findCondition,
  isDeleting,
  isTerminalPhase,
  type PodVersion,
  TRUTH,
  WORD,
} from '../contract/index.js'

/** A pod counts while it neither ended nor is being deleted (C-4). */
export const isActive = (pod: PodVersion): boolean => !isTerminalPhase(pod.status.phase) && !isDeleting(pod)

export const isReady = (pod: PodVersion): boolean =>
  findCondition(pod.status.conditions, WORD.Ready)?.status === TRUTH.True

/** When a pod became ready, in whole seconds; −1: it is not. */
export function readySeconds(pod: PodVersion): number {
  const ready = findCondition(pod.status.conditions, WORD.Ready)
  return ready?.status === TRUTH.True ? ready.transitionSeconds : -1
}

/** Ready for at least so long (C-5); timestamps have whole seconds, so this comes up to a second early (API-17). */
export function isAvailable(
  pod: PodVersion,
  minReadySeconds: number,
  { environment }: { readonly environment: Environment },
): boolean {
  const since = readySeconds(pod)
  if (since < 0 || minReadySeconds === 0) return since >= 0
  return since * 1000 + minReadySeconds * 1000 < apiTime(environment)
}

/** The API's clock in milliseconds. */
export const apiTime = ({ kernel, timing }: Environment): number => kernel.now + timing.clockOffset
