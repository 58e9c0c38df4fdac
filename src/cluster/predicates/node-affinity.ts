import { matchesLabels, matchesNodeSelector, type Node, type PodSpec } from '../../model/index.js'

/**
 * Whether a node has what nodeSelector and the required node affinity ask for.
 *
 * component-helpers: scheduling/corev1/nodeaffinity/nodeaffinity.go GetRequiredNodeAffinity.Match, v1.32 (NA-1, F-4).
 */
export function matchesNodeAffinity(spec: PodSpec, node: Node): boolean {
  if (spec.nodeSelector !== undefined && !matchesLabels(spec.nodeSelector, node.metadata.labels)) return false
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return required === undefined || matchesNodeSelector(required, node)
}
