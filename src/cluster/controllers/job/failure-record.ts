import type { Milliseconds } from '../../../time/index.js'
import { type ContainerStatus, findCondition, type PodVersion, STATE, TRUTH, WORD } from '../../contract/index.js'

/** What is remembered of a Job's failed pods, to create replacements ever later. */
export interface FailureRecord {
  readonly failures: number
  /** When the last of them ended, in whole seconds. */
  readonly lastSeconds: number
}

export const NO_FAILURES: FailureRecord = { failures: 0, lastSeconds: 0 }

/**
 * The record after a sync that found these pods newly finished: a success forgets the failures before it.
 *
 * controllers: pkg/controller/job/backoff_utils.go newBackoffRecord, v1.32 (J-8).
 *
 * @param succeeded - When each newly succeeded pod ended, in whole seconds.
 * @param failed - When each newly failed pod ended.
 */
export function nextFailureRecord(
  record: FailureRecord,
  succeeded: readonly number[],
  failed: readonly number[],
): FailureRecord {
  if (succeeded.length === 0 && failed.length === 0) return record
  const lastSuccess = Math.max(Number.NEGATIVE_INFINITY, ...succeeded)
  const later = failed.filter(time => time > lastSuccess)
  if (later.length === 0) return NO_FAILURES
  const before = succeeded.length === 0 ? record.failures : 0
  return { failures: before + later.length, lastSeconds: Math.max(...later) }
}

/** How long nothing is created after failures: 10 s, doubled with each, ten minutes at most. */
export function remainingBackOff({ failures, lastSeconds }: FailureRecord, now: Milliseconds): Milliseconds {
  if (failures === 0) return 0
  return Math.max(0, lastSeconds * 1000 + doubled(FIRST_MS, failures - 1, LONGEST_MS) - now)
}

/** A time doubled so often, and no longer than the longest. */
export function doubled(first: Milliseconds, times: number, longest: Milliseconds): Milliseconds {
  let time = first
  for (let i = 0; i < times && time < longest; i++) time *= 2
  return Math.min(time, longest)
}

const FIRST_MS = 10_000
const LONGEST_MS = 600_000

/** When a pod ended, in whole seconds: by its containers, else by Ready=False, else by the request to delete it. */
export function finishSeconds(pod: PodVersion, secondsOf: (instant: Milliseconds) => number): number {
  const { status, creationSeconds } = pod
  const sidecars = status.initContainers.filter(({ container }) => container.role === 'sidecar')
  const ends = endsOf([...status.containers, ...sidecars])
  if (ends !== undefined) return secondsOf(Math.max(...ends))
  const ready = findCondition(status.conditions, WORD.Ready)
  if (ready !== undefined && ready.status === TRUTH.False) return ready.transitionSeconds
  return pod.deletionGraceSeconds >= 0 ? pod.deletionSeconds - pod.deletionGraceSeconds : creationSeconds
}

/** Undefined: some container has not ended. */
function endsOf(containers: readonly ContainerStatus[]): readonly Milliseconds[] | undefined {
  const isOver = containers.length > 0 && containers.every(({ state }) => state.kind === STATE.terminated)
  return isOver ? containers.map(({ state }) => state.finishedAt) : undefined
}
