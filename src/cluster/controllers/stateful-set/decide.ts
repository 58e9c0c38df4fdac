import type { ControllerProfile, IntOrString, StatefulSet } from '../../../model/index.js'
import { isDeleting, type PodVersion, WORD } from '../../contract/index.js'
import { isReady } from '../active-pods.js'
import { ordinalOf, ordinalsOf, revisionNameOf } from './stateful-pods.js'

/** The pods of a set by their places. */
export interface Places {
  /** One per replica, in order; undefined: there is no pod yet. */
  readonly replicas: readonly (PodVersion | undefined)[]
  /** Those beyond the replicas that the set asks for, the highest first. */
  readonly condemned: readonly PodVersion[]
}

/** Who has which place; a pod whose name has no number is left alone. */
export function placesOf(set: StatefulSet, pods: readonly PodVersion[]): Places {
  const { start, end } = ordinalsOf(set)
  const replicas: (PodVersion | undefined)[] = Array.from({ length: end - start }, () => undefined)
  const condemned: PodVersion[] = []
  for (const pod of pods) {
    const ordinal = ordinalOf(pod)
    if (ordinal >= start && ordinal < end) replicas[ordinal - start] = pod
    else if (ordinal >= 0) condemned.push(pod)
  }
  return { replicas, condemned: condemned.sort((a, b) => ordinalOf(b) - ordinalOf(a)) }
}

/** How pods are looked at in one sync. */
export interface PodViews {
  /** Running, ready and not being deleted; since SS-7's gate is on, ready for minReadySeconds as well. */
  isHealthy(pod: PodVersion): boolean
  /** Running, and ready for minReadySeconds. */
  isAvailable(pod: PodVersion): boolean
}

export const isRunningAndReady = (pod: PodVersion): boolean => pod.status.phase === WORD.Running && isReady(pod)

/** The first unhealthy pod, of which scaling down need not wait to become healthy: replicas upward, then the others (SS-4). */
export function firstUnhealthy(
  { replicas, condemned }: Places,
  { isHealthy }: PodViews,
): PodVersion | 'missing' | undefined {
  for (const pod of [...replicas, ...condemned.toReversed()]) {
    if (pod === undefined) return 'missing'
    if (!isHealthy(pod)) return pod
  }
  return undefined
}

/** What a sync does about one pod; after `wait` an ordered set goes no further. */
export type PodDeed = 'create' | 'recreate' | 'delete' | 'wait' | 'pass'

/** controllers: pkg/controller/statefulset/stateful_set_control.go processReplica, v1.32 (SS-3). */
export function decideReplica(
  pod: PodVersion | undefined,
  isOrdered: boolean,
  recreates: ControllerProfile['recreatesFailedPods'],
  { isAvailable }: PodViews,
): PodDeed {
  if (pod === undefined) return 'create'
  const { phase } = pod.status
  if (recreates === 'at once') {
    if (phase === WORD.Failed) return 'recreate'
  } else if (phase === WORD.Failed || phase === WORD.Succeeded) return isDeleting(pod) ? 'wait' : 'delete'
  if (!isOrdered) return 'pass'
  return isDeleting(pod) || !isRunningAndReady(pod) || !isAvailable(pod) ? 'wait' : 'pass'
}

/** controllers: pkg/controller/statefulset/stateful_set_control.go processCondemned, v1.32 (SS-4). */
export function decideCondemned(
  pod: PodVersion,
  isOrdered: boolean,
  unhealthy: PodVersion | 'missing' | undefined,
  { isAvailable }: PodViews,
): PodDeed {
  if (isDeleting(pod)) return isOrdered ? 'wait' : 'pass'
  const isFit = isRunningAndReady(pod) && isAvailable(pod)
  return isOrdered && !isFit && pod !== unhealthy ? 'wait' : 'delete'
}

/**
 * The pods that make way for their successors: from the highest ordinal down to the partition, the first one that is old, unless
 * one above it is unhealthy.
 *
 * controllers: pkg/controller/statefulset/stateful_set_control.go updateStatefulSet, v1.32 (SS-5).
 */
export function nextToUpdate(
  replicas: Places['replicas'],
  partition: number,
  updateRevision: string,
  { isHealthy }: PodViews,
): PodVersion | undefined {
  for (let i = replicas.length - 1; i >= partition; i--) {
    const pod = replicas[i]
    if (pod === undefined) return undefined
    if (isOld(pod, updateRevision)) return pod
    if (!isHealthy(pod)) return undefined
  }
  return undefined
}

/**
 * The same where several may be unavailable at a time: unhealthy pods of all ordinals count.
 *
 * controllers: pkg/controller/statefulset/stateful_set_control.go updateStatefulSetAfterInvariantEstablished, v1.35 (SS-7).
 */
export function severalToUpdate(
  replicas: Places['replicas'],
  partition: number,
  updateRevision: string,
  maxUnavailable: number,
  { isHealthy }: PodViews,
): readonly PodVersion[] {
  const unavailable = replicas.filter(pod => pod === undefined || !isHealthy(pod)).length
  const chosen: PodVersion[] = []
  for (let i = replicas.length - 1; i >= partition && chosen.length < maxUnavailable - unavailable; i--) {
    const pod = replicas[i]
    if (pod !== undefined && isOld(pod, updateRevision)) chosen.push(pod)
  }
  return chosen
}

const isOld = (pod: PodVersion, updateRevision: string): boolean =>
  revisionNameOf(pod) !== updateRevision && !isDeleting(pod)

/** How many pods may be unavailable in an update: percentages are rounded down, and at least one may (SS-7). */
export function maxUnavailableOf({ spec }: StatefulSet): number {
  const share: IntOrString = spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1
  if (typeof share === 'number') return share
  return Math.max(1, Math.floor((Number.parseInt(share, 10) * (spec.replicas ?? 1)) / 100))
}

/** Below the partition pods keep the revision that the set had (SS-2). */
export function isOfCurrentRevision({ spec }: StatefulSet, ordinal: number): boolean {
  const { type = 'RollingUpdate', rollingUpdate } = spec.updateStrategy ?? {}
  return type === 'RollingUpdate' && ordinal < (spec.ordinals?.start ?? 0) + (rollingUpdate?.partition ?? 0)
}
