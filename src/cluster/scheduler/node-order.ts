import type { Labels } from '../../model/index.js'
import type { NodeInfo } from './node-info.js'

/**
 * The order in which nodes are looked at: zones as they first appear, one node of each in turn.
 *
 * scheduler: backend/cache/node_tree.go list, v1.32 (SCH-3).
 */
export function inNodeOrder(nodes: readonly NodeInfo[]): readonly NodeInfo[] {
  if (nodes.length <= 1) return nodes
  const zones = new Map<string, NodeInfo[]>()
  for (const node of nodes) {
    const zone = zoneOf(node.labels)
    const others = zones.get(zone)
    if (others === undefined) zones.set(zone, [node])
    else others.push(node)
  }
  if (zones.size <= 1) return nodes
  const ordered: NodeInfo[] = []
  for (let turn = 0; ordered.length < nodes.length; turn++) {
    for (const zone of zones.values()) if (turn < zone.length) ordered.push(zone[turn])
  }
  return ordered
}

/** component-helpers: node/topology/helpers.go GetZoneKey. */
function zoneOf(labels: Labels): string {
  const region = labels?.['topology.kubernetes.io/region'] ?? labels?.['failure-domain.beta.kubernetes.io/region'] ?? ''
  const zone = labels?.['topology.kubernetes.io/zone'] ?? labels?.['failure-domain.beta.kubernetes.io/zone'] ?? ''
  return region === '' && zone === '' ? '' : `${region}:\0:${zone}`
}
