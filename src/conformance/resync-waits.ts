import { podsOf } from './aspects.js'
import type { Observed } from './recording.js'

/** Seconds: a resync of the real kubelet after an error comes after U[10, 15). */
const RESYNC_JITTER = 5

/** How far some such waits may have moved an instant: they are independent, so it grows with their root. */
export const driftOf = (waits: number): number => RESYNC_JITTER * Math.sqrt(waits)

/** Answers how often a pod had waited for a resync until shortly after an instant. */
export type ResyncWaits = (t: number) => number

const FAILED_STATE = /BackOff|ErrImage|ConfigError|RunContainerError|CreateContainerError|StartError/
const FAILED_EVENT = /^(BackOff|Failed|FailedMount|FailedCreatePodSandBox|FailedSync)$/

/** What comes within so many seconds of another trace of a wait belongs to the same one. */
const ONE_WAIT = 3

/** Finds the resyncs after an error that an observed run waited for: each moves what follows it. */
export function resyncWaits(observed: Observed): ResyncWaits {
  const instants: number[] = []
  for (const pod of podsOf(observed)) {
    for (const list of Object.values(pod.containers ?? {})) {
      for (const { t, state, reason, restarts } of list) {
        if (FAILED_STATE.test(reason ?? '') || (state === 'running' && restarts > 1)) instants.push(t)
      }
    }
    for (const { t, reason } of pod.events ?? []) if (FAILED_EVENT.test(reason)) instants.push(t)
  }
  instants.sort((a, b) => a - b)
  const waits = instants.filter((t, i) => i === 0 || t - instants[i - 1] > ONE_WAIT)
  return t => waits.filter(wait => wait < t + 0.5).length
}
