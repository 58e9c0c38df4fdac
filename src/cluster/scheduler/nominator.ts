import type { NodeInfo, PlacedPod } from './node-info.js'

/**
 * Pods that preemption made room for, by the node where the room is.
 *
 * scheduler: backend/queue/nominator.go, v1.32 (P-6, P-7).
 */
export class Nominator {
  readonly #byNode = new Map<number, Map<number, PlacedPod>>()
  readonly #nodeOf = new Map<number, NodeInfo>()

  reset(): void {
    if (this.#byNode.size === 0) return
    this.#byNode.clear()
    this.#nodeOf.clear()
  }

  get isEmpty(): boolean {
    return this.#nodeOf.size === 0
  }

  nodeOf(pod: number): NodeInfo | undefined {
    return this.#nodeOf.get(pod)
  }

  nominate(pod: PlacedPod, node: NodeInfo): void {
    this.remove(pod.index)
    this.#nodeOf.set(pod.index, node)
    const pods = this.#byNode.get(node.record.index) ?? new Map()
    pods.set(pod.index, pod)
    this.#byNode.set(node.record.index, pods)
  }

  remove(pod: number): void {
    const node = this.#nodeOf.get(pod)
    if (node === undefined) return
    this.#nodeOf.delete(pod)
    this.#byNode.get(node.record.index)?.delete(pod)
  }

  /** The others nominated to a node. */
  on(node: NodeInfo): Iterable<PlacedPod> {
    return this.#byNode.get(node.record.index)?.values() ?? []
  }
}
