import type { DeploymentWork } from './deployment-work.js'
import type { ReplicaSets } from './new-replica-set.js'
import {
  annotatedNumber,
  byCreation,
  DESIRED_REPLICAS,
  isSized,
  MAX_REPLICAS,
  type ReplicaSetVersion,
  sizeOf,
  totalSize,
} from './replica-sets.js'
import { scaleReplicaSet } from './scale-replica-set.js'
import { isRollingUpdate, maxSurge } from './sizes.js'

/**
 * Brings the ReplicaSets to the Deployment's size while no rollout step is due: paused, or scaled in the middle of one.
 *
 * controllers: pkg/controller/deployment/sync.go scale, v1.32 (DP-10).
 */
export function scaleReplicaSets(work: DeploymentWork, { newSet, oldSets, all }: ReplicaSets): void {
  const only = findActiveOrLatest(newSet, oldSets)
  if (only !== undefined) {
    if (sizeOf(only) !== work.replicas) scaleReplicaSet(work, only, work.replicas)
    return
  }
  if (newSet !== undefined && isSaturated(work.replicas, newSet)) {
    for (const set of oldSets) if (isSized(set)) scaleReplicaSet(work, set, 0)
    return
  }
  const { object } = work.seen
  if (!isRollingUpdate(object)) return
  const active = all.filter(isSized)
  const surge = maxSurge(object)
  const allowed = work.replicas > 0 ? work.replicas + surge : 0
  const toAdd = allowed - totalSize(active)
  const shares = decideShares(active, toAdd, {
    replicas: work.replicas,
    surge,
    statusReplicas: work.counts.replicas,
  })
  for (const { set, size } of shares) scaleReplicaSet(work, set, size, toAdd > 0 ? 'up' : 'down')
}

/** The one ReplicaSet that has pods, or the newest where none has; undefined: several have. */
export function findActiveOrLatest(
  newSet: ReplicaSetVersion | undefined,
  oldSets: readonly ReplicaSetVersion[],
): ReplicaSetVersion | undefined {
  const active = [...oldSets, ...(newSet === undefined ? [] : [newSet])].filter(isSized)
  if (active.length > 1) return undefined
  return active[0] ?? newSet ?? oldSets.toSorted(byCreation).at(-1)
}

const isSaturated = (replicas: number, newSet: ReplicaSetVersion): boolean =>
  sizeOf(newSet) === replicas &&
  annotatedNumber(newSet, DESIRED_REPLICAS) === replicas &&
  newSet.counts.availableReplicas === replicas

/** What a Deployment asks for when it is scaled in the middle of a rollout. */
export interface ScaledSizes {
  readonly replicas: number
  readonly surge: number
  /** What its status says: the yardstick of a ReplicaSet that says nothing itself. */
  readonly statusReplicas: number
}

/** Each ReplicaSet's new size: by its share of what there was, the rest to the largest (DP-10). */
export function decideShares(
  active: readonly ReplicaSetVersion[],
  toAdd: number,
  sizes: ScaledSizes,
): readonly { readonly set: ReplicaSetVersion; readonly size: number }[] {
  const older = toAdd > 0 ? -1 : 1
  const sets = active.toSorted((a, b) => sizeOf(b) - sizeOf(a) || older * byCreation(a, b))
  let added = 0
  const shares = sets.map(set => {
    const share = shareOf(set, toAdd, added, sizes)
    added += share
    return { set, size: sizeOf(set) + share }
  })
  return shares.map((each, i) => (i === 0 ? { set: each.set, size: Math.max(0, each.size + toAdd - added) } : each))
}

function shareOf(set: ReplicaSetVersion, toAdd: number, added: number, sizes: ScaledSizes): number {
  const size = sizeOf(set)
  if (size === 0 || toAdd === 0 || toAdd === added) return 0
  const fraction = fractionOf(set, sizes)
  return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added)
}

function fractionOf(set: ReplicaSetVersion, { replicas, surge, statusReplicas }: ScaledSizes): number {
  const size = sizeOf(set)
  if (replicas === 0) return -size
  const whole = annotatedNumber(set, MAX_REPLICAS) ?? statusReplicas
  return Math.floor((size * (replicas + surge)) / whole + 0.5) - size
}
