import type { NodeInfo } from './node-info.js'

/** Every node is a domain of its own here, whatever the label says (PTS-7). */
export const HOSTNAME = 'kubernetes.io/hostname'

/** The domains of a topology key (the values of a label), numbered so that counts can stand in arrays. */
export class NodeDomains {
  /** How many domains there are. */
  readonly size: number
  /** By the index of the node: the number of its domain. A node without the label is in the domain of the empty value. */
  readonly ids: Int32Array
  /** By the index of the node: 1 where it has the label. */
  readonly isLabelled: Uint8Array

  constructor(topologyKey: string, nodes: readonly NodeInfo[]) {
    this.ids = new Int32Array(nodes.length)
    this.isLabelled = new Uint8Array(nodes.length)
    const values = new Map<string, number>()
    for (let i = 0; i < nodes.length; i++) {
      const { labels } = nodes[i]
      const value = labels !== undefined && Object.hasOwn(labels, topologyKey) ? labels[topologyKey] : undefined
      if (value !== undefined) this.isLabelled[i] = 1
      const domain = values.get(value ?? '') ?? values.size
      values.set(value ?? '', domain)
      this.ids[i] = topologyKey === HOSTNAME ? i : domain
    }
    this.size = topologyKey === HOSTNAME ? nodes.length : values.size
  }
}
