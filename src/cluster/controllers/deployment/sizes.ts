import type { Deployment, IntOrString } from '../../../model/index.js'

/** How many pods a rollout may have beyond its replicas, and how many of them may be unavailable. */
export interface Fenceposts {
  readonly surge: number
  readonly unavailable: number
}

/**
 * Percentages become numbers: surge is rounded up, unavailable down; where both are 0 the rollout could not move, so one pod may
 * be unavailable.
 *
 * controllers: pkg/controller/deployment/util/deployment_util.go ResolveFenceposts, v1.32 (DP-5).
 */
export function resolveFenceposts({ spec }: Deployment): Fenceposts {
  const { replicas = 1, strategy } = spec
  const { maxSurge = DEFAULT_SHARE, maxUnavailable = DEFAULT_SHARE } = strategy?.rollingUpdate ?? {}
  const surge = scaled(maxSurge, replicas, true)
  const unavailable = scaled(maxUnavailable, replicas, false)
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable }
}

const DEFAULT_SHARE = '25%'

function scaled(share: IntOrString, replicas: number, roundsUp: boolean): number {
  if (typeof share === 'number') return share
  const exact = (Number.parseInt(share, 10) * replicas) / 100
  return roundsUp ? Math.ceil(exact) : Math.floor(exact)
}

export const isRollingUpdate = ({ spec }: Deployment): boolean =>
  (spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate'

/** How many pods more than its replicas a Deployment may have (DP-5). */
export const maxSurge = (deployment: Deployment): number =>
  isRollingUpdate(deployment) ? resolveFenceposts(deployment).surge : 0

/** How many of its replicas may be unavailable (DP-5). */
export function maxUnavailable(deployment: Deployment): number {
  const { replicas = 1 } = deployment.spec
  if (!isRollingUpdate(deployment) || replicas === 0) return 0
  return Math.min(resolveFenceposts(deployment).unavailable, replicas)
}

/**
 * The size that the new ReplicaSet is to have now: as large as the surge allows (DP-6).
 *
 * @param total - The sizes of all ReplicaSets together.
 * @param present - The size of the new one; 0 where there is none yet.
 */
export function newReplicaSetSize(deployment: Deployment, total: number, present: number): number {
  const { replicas = 1 } = deployment.spec
  if (!isRollingUpdate(deployment)) return replicas
  const most = replicas + maxSurge(deployment)
  if (total >= most) return present
  return present + Math.min(most - total, replicas - present)
}
