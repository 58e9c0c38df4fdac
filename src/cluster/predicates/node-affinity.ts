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

/**
 * The only nodes that the required node affinity can match, because every term names nodes; undefined: any may match. No name is
 * left where the terms contradict themselves.
 *
 * scheduler: framework/plugins/nodeaffinity/node_affinity.go PreFilter, v1.32 (CY-5, F-4).
 */
export function namedNodes({ affinity }: PodSpec): ReadonlySet<string> | undefined {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  if (terms.length === 0) return undefined
  const all = new Set<string>()
  for (const { matchFields = [] } of terms) {
    const lists = matchFields.filter(({ key, operator }) => key === 'metadata.name' && operator === 'In')
    if (lists.length === 0) return undefined
    const [first, ...others] = lists.map(({ values = [] }) => values)
    for (const name of first) if (others.every(values => values.includes(name))) all.add(name)
  }
  return all
}
