import { matchesNodeAffinity } from '../../predicates/index.js'
import type { NodeInfo, PlacedPod } from '../node-info.js'
import type { PodInfo, SpreadConstraint } from '../pod-info.js'
import { matchesMerged } from '../selector.js'
import { hardTaint } from './taint-toleration.js'

/** Whether a node has the topology keys of all constraints. */
export function hasAllKeys(node: NodeInfo, constraints: readonly SpreadConstraint[]): boolean {
  const { labels } = node
  if (labels === undefined) return false
  for (const { topologyKey } of constraints) if (!Object.hasOwn(labels, topologyKey)) return false
  return true
}

/**
 * Whether the pods of a node count for a constraint: the pod could go there as far as the constraint cares (PTS-2).
 *
 * scheduler: podtopologyspread/common.go matchNodeInclusionPolicies, v1.32.
 */
export function isIncluded({ honorsAffinity, honorsTaints }: SpreadConstraint, pod: PodInfo, node: NodeInfo): boolean {
  const { object } = node.record
  if (honorsAffinity && !matchesNodeAffinity(pod.spec.object.spec, object)) return false
  return !honorsTaints || hardTaint(object.spec.taints, pod) === undefined
}

/** Whether a placed pod counts for a constraint: one of the same namespace that is not on its way out (PTS-2, PTS-5). */
export const countsFor = ({ selector }: SpreadConstraint, pod: PodInfo, other: PlacedPod): boolean =>
  !other.isTerminating &&
  other.info.namespace === pod.namespace &&
  !selector.isEverything &&
  matchesMerged(selector, other.info.labels)
