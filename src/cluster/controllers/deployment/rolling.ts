import type { DeploymentWork } from './deployment-work.js'
import { byCreation, isSized, type ReplicaSetVersion, sizeOf, totalOf, totalSize } from './replica-sets.js'
import { scaleReplicaSet } from './scale-replica-set.js'
import { maxUnavailable, newReplicaSetSize } from './sizes.js'

/** The size that the new ReplicaSet of a rolling update goes to next (DP-7 step 2). */
export function nextNewSize(
  work: DeploymentWork,
  all: readonly ReplicaSetVersion[],
  newSet: ReplicaSetVersion,
): number {
  const size = sizeOf(newSet)
  if (size >= work.replicas) return work.replicas
  return newReplicaSetSize(work.seen.object, totalSize(all), size)
}

/** One step of one old ReplicaSet. */
export interface ScaleDown {
  readonly set: ReplicaSetVersion
  readonly size: number
}

/** What is known of a rollout when its old ReplicaSets are looked at. */
export interface RolloutSizes {
  readonly replicas: number
  readonly maxUnavailable: number
}

/**
 * How the unhealthy pods of old ReplicaSets are let go first: they serve nobody (DP-8 a).
 *
 * `isConfused`: some old ReplicaSet shows more available pods than it asks for, because its controller lags behind; then nothing is
 * scaled down in this sync.
 */
export function decideCleanup(
  { replicas, maxUnavailable }: RolloutSizes,
  oldSets: readonly ReplicaSetVersion[],
  newSet: ReplicaSetVersion,
): { readonly steps: readonly ScaleDown[]; readonly isConfused: boolean; readonly isBlocked: boolean } {
  const steps: ScaleDown[] = []
  const total = totalSize(oldSets) + sizeOf(newSet)
  const newUnavailable = sizeOf(newSet) - newSet.counts.availableReplicas
  let left = total - (replicas - maxUnavailable) - newUnavailable
  if (totalSize(oldSets) === 0 || left <= 0) return { steps, isConfused: false, isBlocked: true }
  for (const set of oldSets.toSorted(byCreation)) {
    if (left <= 0) break
    const size = sizeOf(set)
    const { availableReplicas } = set.counts
    if (size === 0 || size === availableReplicas) continue
    const removed = Math.min(left, size - availableReplicas)
    if (removed < 0) return { steps, isConfused: true, isBlocked: false }
    steps.push({ set, size: size - removed })
    left -= removed
  }
  return { steps, isConfused: false, isBlocked: false }
}

/** How old ReplicaSets shrink as far as enough pods stay available (DP-8 b); `oldSets` as the cleanup left them. */
export function decideScaleDown(
  { replicas, maxUnavailable }: RolloutSizes,
  oldSets: readonly ReplicaSetVersion[],
  newSet: ReplicaSetVersion,
): readonly ScaleDown[] {
  const available = totalOf(oldSets, 'availableReplicas') + newSet.counts.availableReplicas
  let left = available - (replicas - maxUnavailable)
  const steps: ScaleDown[] = []
  for (const set of oldSets.toSorted(byCreation)) {
    if (left <= 0) break
    if (!isSized(set)) continue
    const removed = Math.min(sizeOf(set), left)
    steps.push({ set, size: sizeOf(set) - removed })
    left -= removed
  }
  return steps
}

/** Shrinks the old ReplicaSets; answers whether any was (reconcileOldReplicaSets, DP-8). */
export function reconcileOldReplicaSets(
  work: DeploymentWork,
  oldSets: readonly ReplicaSetVersion[],
  newSet: ReplicaSetVersion,
): boolean {
  const sizes: RolloutSizes = { replicas: work.replicas, maxUnavailable: maxUnavailable(work.seen.object) }
  const active = oldSets.filter(isSized)
  const cleanup = decideCleanup(sizes, active, newSet)
  if (cleanup.isBlocked) return false
  const scaled = new Map<ReplicaSetVersion, ReplicaSetVersion>()
  for (const { set, size } of cleanup.steps) scaled.set(set, scaleReplicaSet(work, set, size))
  if (cleanup.isConfused) return false
  const left = active.map(set => scaled.get(set) ?? set)
  const steps = decideScaleDown(sizes, left, newSet)
  for (const { set, size } of steps) scaleReplicaSet(work, set, size)
  return cleanup.steps.length + steps.length > 0
}
