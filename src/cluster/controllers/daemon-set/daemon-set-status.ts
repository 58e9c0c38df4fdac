import type { DaemonSetCounts, ObjectVersion } from '../../contract/index.js'
import { isReady } from '../active-pods.js'
import { byAge, isOfHash } from './daemon-pods.js'
import type { DaemonViews, NodePods } from './decide.js'

/** The numbers of a status that nodes add up to. */
export const NODE_SUMS = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
] as const

/** What one node, or all, add to a status. */
export type NodeSums = Record<(typeof NODE_SUMS)[number], number>

/** The sums of no node. */
export const noNodeSums = (): NodeSums => ({
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  desiredNumberScheduled: 0,
  numberReady: 0,
  updatedNumberScheduled: 0,
  numberAvailable: 0,
  numberUnavailable: 0,
})

/**
 * The numbers of a status: of each node its oldest pod counts.
 *
 * controllers: pkg/controller/daemon/daemon_controller.go updateDaemonSetStatus, v1.32 (DS-6).
 */
export function calculateStatus(
  { counts }: ObjectVersion<'DaemonSet'>,
  nodes: Iterable<NodePods>,
  observedGeneration: number,
  { hash, isAvailable }: DaemonViews,
): DaemonSetCounts {
  const next = { observedGeneration, ...noNodeSums(), collisionCount: counts.collisionCount }
  for (const { placement, pods } of nodes) {
    if (placement === undefined) continue
    if (!placement.shouldRun) {
      if (pods.length > 0) next.numberMisscheduled++
      continue
    }
    next.desiredNumberScheduled++
    if (pods.length === 0) continue
    next.currentNumberScheduled++
    const pod = pods.length === 1 ? pods[0] : pods.toSorted(byAge)[0]
    if (isReady(pod)) next.numberReady++
    if (isAvailable(pod)) next.numberAvailable++
    if (isOfHash(pod, hash)) next.updatedNumberScheduled++
  }
  next.numberUnavailable = next.desiredNumberScheduled - next.numberAvailable
  return next
}

/** Whether a status would be written as it stands: then nothing is sent. */
export function isSameStatus(before: DaemonSetCounts, next: DaemonSetCounts): boolean {
  return (Object.keys(next) as (keyof DaemonSetCounts)[]).every(field => before[field] === next[field])
}
