import type { Labels } from '../../model/index.js'
import type { NodeInfo } from './node-info.js'

/**
 * The nodes by zone, which gives the order in which they are looked at: zones in the order in which they came, one node of each in
 * turn. A node that comes back, or that moves to another zone, is the last of its zone.
 *
 * scheduler: backend/cache/node_tree.go, v1.32 (SCH-3).
 */
export class NodeTree {
  readonly #zones = new Map<string, NodeInfo[]>()
  readonly #zoneOf = new Map<NodeInfo, string>()

  clear(): void {
    this.#zones.clear()
    this.#zoneOf.clear()
  }

  /** Takes out those that are gone or have moved, then puts in those that are new. */
  update(nodes: readonly NodeInfo[]): void {
    for (const node of nodes) {
      const known = this.#zoneOf.get(node)
      if (known !== undefined && (node.record.isGone || zoneOf(node.labels) !== known)) this.#remove(node, known)
    }
    for (const node of nodes) if (!node.record.isGone && !this.#zoneOf.has(node)) this.#add(node)
  }

  #add(node: NodeInfo): void {
    const zone = zoneOf(node.labels)
    this.#zoneOf.set(node, zone)
    const others = this.#zones.get(zone)
    if (others === undefined) this.#zones.set(zone, [node])
    else others.push(node)
  }

  #remove(node: NodeInfo, zone: string): void {
    this.#zoneOf.delete(node)
    const left = (this.#zones.get(zone) ?? []).filter(other => other !== node)
    if (left.length > 0) this.#zones.set(zone, left)
    else this.#zones.delete(zone)
  }

  list(): readonly NodeInfo[] {
    const zones = [...this.#zones.values()]
    if (zones.length === 1) return zones[0].slice()
    const ordered: NodeInfo[] = []
    for (let turn = 0; ordered.length < this.#zoneOf.size; turn++) {
      for (const zone of zones) if (turn < zone.length) ordered.push(zone[turn])
    }
    return ordered
  }
}

/** component-helpers: node/topology/helpers.go GetZoneKey. */
function zoneOf(labels: Labels): string {
  const region = labels?.['topology.kubernetes.io/region'] ?? labels?.['failure-domain.beta.kubernetes.io/region'] ?? ''
  const zone = labels?.['topology.kubernetes.io/zone'] ?? labels?.['failure-domain.beta.kubernetes.io/zone'] ?? ''
  return region === '' && zone === '' ? '' : `${region}:\0:${zone}`
}
