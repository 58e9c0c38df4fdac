import type { DaemonSet, IntOrString } from '../../../model/index.js'
import type { DaemonPlacement } from '../../../scenario/index.js'
import { isDeleting, type PodVersion, WORD } from '../../contract/index.js'
import { isReady } from '../active-pods.js'
import { byAge, isOfHash } from './daemon-pods.js'

/** A node and the pods that a set has there. */
export interface NodePods {
  readonly name: string
  /** Undefined: there is no such node any more. */
  readonly placement: DaemonPlacement | undefined
  readonly pods: readonly PodVersion[]
}

/** What pods of a template are told apart by in one sync. */
export interface DaemonViews {
  readonly hash: string
  isAvailable(pod: PodVersion): boolean
}

/** What there is to do on one node. */
export interface NodeDeeds {
  readonly needsPod: boolean
  /** Pods that ended: their deletion is told, and that of failed ones waits where they fail again and again. */
  readonly failed: readonly PodVersion[]
  readonly succeeded: readonly PodVersion[]
  readonly surplus: readonly PodVersion[]
}

const NONE: readonly never[] = []
const NOTHING: NodeDeeds = { needsPod: false, failed: NONE, succeeded: NONE, surplus: NONE }

/**
 * Decides what there is to do on a node before any update.
 *
 * controllers: pkg/controller/daemon/daemon_controller.go podsShouldBeOnNode, v1.32 (DS-4).
 */
export function podsShouldBeOnNode({ placement, pods }: NodePods, isSurging: boolean, views: DaemonViews): NodeDeeds {
  if (placement === undefined) return { ...NOTHING, surplus: pods.filter(pod => pod.node < 0 && !isDeleting(pod)) }
  if (pods.length === 0) return placement.shouldRun ? { ...NOTHING, needsPod: true } : NOTHING
  const present = pods.filter(pod => !isDeleting(pod))
  if (!placement.shouldContinue) return { ...NOTHING, surplus: present }
  const failed = present.filter(({ status }) => status.phase === WORD.Failed)
  const succeeded = present.filter(({ status }) => status.phase === WORD.Succeeded)
  const running = present.filter(({ status: { phase } }) => phase !== WORD.Failed && phase !== WORD.Succeeded)
  return {
    needsPod: false,
    failed,
    succeeded,
    surplus: running.length <= 1 ? NONE : tooMany(running, isSurging, views),
  }
}

/** One pod per node may be there, in an update that surges an old and a new one until the new one is available. */
function tooMany(running: readonly PodVersion[], isSurging: boolean, { hash, isAvailable }: DaemonViews): PodVersion[] {
  const [oldest, ...others] = running.toSorted(byAge)
  if (!isSurging) return others
  const news = [oldest, ...others].filter(pod => isOfHash(pod, hash))
  const olds = [oldest, ...others].filter(pod => !isOfHash(pod, hash))
  const surplus = [...news.slice(1), ...olds.slice(1)]
  if (news.length > 0 && olds.length > 0 && (!isReady(olds[0]) || isAvailable(news[0]))) surplus.push(olds[0])
  return surplus
}

/** How many of a DaemonSet's pods may be unavailable in an update, and how many nodes may have two. */
export interface DaemonLimits {
  readonly maxUnavailable: number
  readonly maxSurge: number
}

/**
 * Both are rounded up; where both are 0 the update could not move, so one pod may be unavailable.
 *
 * controllers: pkg/controller/daemon/update.go updatedDesiredNodeCounts, v1.32 (DS-5).
 */
export function limitsOf({ spec }: DaemonSet, desired: number): DaemonLimits {
  const { maxUnavailable = 1, maxSurge = 0 } = spec.updateStrategy?.rollingUpdate ?? {}
  const limits = { maxUnavailable: scaled(maxUnavailable, desired), maxSurge: scaled(maxSurge, desired) }
  return desired > 0 && limits.maxUnavailable === 0 && limits.maxSurge === 0 ? { ...limits, maxUnavailable: 1 } : limits
}

const scaled = (share: IntOrString, nodes: number): number =>
  typeof share === 'number' ? share : Math.ceil((Number.parseInt(share, 10) * nodes) / 100)

/** Whether an update makes the new pod before it takes the old one away. */
export const isSurging = ({ spec }: DaemonSet): boolean => {
  const { maxSurge = 0 } = spec.updateStrategy?.rollingUpdate ?? {}
  return isRollingUpdate(spec) && Number.parseInt(String(maxSurge), 10) > 0
}

export const isRollingUpdate = ({ updateStrategy }: DaemonSet['spec']): boolean =>
  (updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate'

/** Whether a node counts in an update: it is to have a pod, or has one. */
export const isInUpdate = ({ placement, pods }: NodePods): boolean => placement?.shouldRun === true || pods.length > 0

/** What an update does next. */
export interface UpdateDeeds {
  readonly toDelete: readonly PodVersion[]
  /** Names of the nodes that get a new pod beside their old one. */
  readonly newOn: readonly string[]
}

/** The old and the new pod of a node; undefined: there are two of one kind, which is not the update's business. */
function pairOn(pods: readonly PodVersion[], hash: string) {
  const present = pods.filter(pod => !isDeleting(pod))
  const news = present.filter(pod => isOfHash(pod, hash))
  const olds = present.filter(pod => !isOfHash(pod, hash))
  return news.length > 1 || olds.length > 1 ? undefined : { newPod: news.at(0), oldPod: olds.at(0) }
}

/** What an update without surge finds on one node. */
export interface NodeUpdate {
  /** 1 where the node counts as being without its pod. */
  readonly unavailable: 0 | 1
  /** An old pod that goes at once, because it is unavailable. */
  readonly replaced?: PodVersion
  /** An old pod that goes when one more may be unavailable. */
  readonly candidate?: PodVersion
}

const SETTLED: NodeUpdate = { unavailable: 0 }
const LACKING: NodeUpdate = { unavailable: 1 }

/**
 * What an update without surge finds on a node that is to have a pod, or has one.
 *
 * controllers: pkg/controller/daemon/update.go rollingUpdate, v1.32 (DS-5). Since 1.31 an old pod that is unavailable counts.
 */
export function updateOnNode(
  { pods }: NodePods,
  countsOldUnavailable: boolean,
  { hash, isAvailable }: DaemonViews,
): NodeUpdate {
  const { newPod, oldPod } = pairOn(pods, hash) ?? {}
  if (newPod !== undefined) return oldPod === undefined && isAvailable(newPod) ? SETTLED : LACKING
  if (oldPod === undefined) return LACKING
  if (isAvailable(oldPod)) return { unavailable: 0, candidate: oldPod }
  return { unavailable: countsOldUnavailable ? 1 : 0, replaced: oldPod }
}

/** Without surge: old pods that are unavailable go at once, of the others as many as may be unavailable (DS-5). */
export function replaceOld(
  nodes: Iterable<NodePods>,
  limits: DaemonLimits,
  countsOldUnavailable: boolean,
  views: DaemonViews,
): UpdateDeeds {
  const updates = Array.from(nodes, node => updateOnNode(node, countsOldUnavailable, views))
  const unavailable = updates.reduce((sum, found) => sum + found.unavailable, 0)
  return replaceFound(updates, limits, unavailable, Number.POSITIVE_INFINITY)
}

/** The same of what was found on each node: so many are unavailable in all, and at most so many have an old pod that goes at once. */
export function replaceFound(
  updates: Iterable<NodeUpdate>,
  { maxUnavailable }: DaemonLimits,
  unavailable: number,
  urgent: number,
): UpdateDeeds {
  const most = Math.max(0, maxUnavailable - unavailable)
  const atOnce: PodVersion[] = []
  const candidates: PodVersion[] = []
  for (const { replaced, candidate } of updates) {
    if (atOnce.length === urgent && candidates.length === most) break
    if (replaced !== undefined) atOnce.push(replaced)
    if (candidate !== undefined && candidates.length < most) candidates.push(candidate)
  }
  return { toDelete: [...atOnce, ...candidates], newOn: NONE }
}

/**
 * With surge: a new pod beside each old one that is unavailable, and beside as many others as may have two; an old pod goes when
 * the new one beside it is available.
 *
 * controllers: pkg/controller/daemon/update.go rollingUpdate, v1.32 (DS-5).
 */
export function surge(
  nodes: Iterable<NodePods>,
  { maxSurge }: DaemonLimits,
  { hash, isAvailable }: DaemonViews,
): UpdateDeeds {
  let surging = 0
  const toDelete: PodVersion[] = []
  const allowed: string[] = []
  const candidates: string[] = []
  for (const { name, pods } of nodes) {
    const pair = pairOn(pods, hash)
    if (pair === undefined) surging++
    else if (pair.oldPod === undefined) continue
    else if (pair.newPod !== undefined) {
      if (isAvailable(pair.newPod)) toDelete.push(pair.oldPod)
      else surging++
    } else if (!isAvailable(pair.oldPod)) allowed.push(name)
    else if (surging < maxSurge) candidates.push(name)
  }
  return { toDelete, newOn: [...allowed, ...candidates.slice(0, Math.max(0, maxSurge - surging))] }
}
