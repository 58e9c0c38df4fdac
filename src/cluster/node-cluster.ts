import type { Milliseconds } from '../time/index.js'
import { type Environment, type NodeClient, type NodeWatcher, OP, type PodWatcher } from './contract/index.js'
import type { Kubelet } from './kubelet/index.js'
import {
  KubeletHeartbeats,
  NodeLifecycle,
  PodGc,
  type PodWriter,
  TaintEviction,
  withNoScheduleTaints,
} from './nodes/index.js'
import type { ScriptedRuntime } from './runtime/index.js'

/** What the nodes of a cluster are made of. */
export interface NodeParts {
  readonly environment: Environment
  readonly nodes: NodeClient
  readonly pods: PodWriter
  readonly kubelets: readonly Kubelet[]
  readonly runtime: ScriptedRuntime
  /** How long a node may be silent. */
  readonly graceMs: Milliseconds
  /** Clients reach a node no longer, or again. */
  readonly networkCut: (node: number, isCut: boolean, cause: number) => void
}

/** The nodes as living things: wires their controllers, and carries out the faults that steps ask for. */
export class NodeCluster {
  readonly #parts: NodeParts
  readonly #heartbeats: KubeletHeartbeats
  readonly #lifecycle: NodeLifecycle
  readonly #evictions: TaintEviction
  readonly #podGc: PodGc
  /** Nodes of the plan that the controllers have something to say about from the beginning. */
  readonly #conspicuous: readonly number[]
  /** By node: the entry that ends its reboot. */
  #boots: (number | undefined)[] = []
  /** Nodes whose network a step has cut; a machine that is down is not reached either. */
  readonly #cuts = new Set<number>()

  constructor(parts: NodeParts) {
    this.#parts = parts
    const { environment, nodes, pods, graceMs } = parts
    this.#heartbeats = new KubeletHeartbeats(environment, nodes)
    this.#lifecycle = new NodeLifecycle(environment, nodes, pods, this.#heartbeats, graceMs)
    this.#evictions = new TaintEviction(environment, nodes, pods)
    this.#podGc = new PodGc(environment, nodes, pods)
    this.#conspicuous = nodes.nodes
      .filter(node => withNoScheduleTaints(node).length !== (node.object.spec.taints ?? []).length)
      .map(({ index }) => index)
  }

  get nodeWatchers(): readonly NodeWatcher[] {
    return [this.#lifecycle, this.#evictions, this.#podGc]
  }

  get podWatchers(): readonly PodWatcher[] {
    return [this.#evictions, this.#podGc]
  }

  reset(): void {
    this.#heartbeats.reset()
    this.#lifecycle.reset()
    this.#evictions.reset()
    this.#podGc.reset()
    if (this.#boots.length > 0) this.#boots = []
    this.#cuts.clear()
    const { kernel } = this.#parts.environment
    for (const index of this.#conspicuous) kernel.schedule(0, OP.nodeWatch, index, -1)
  }

  /** A new kubelet at once: its node's lease goes on. One that was killed is started. */
  restartKubelet(node: number, cause: number): void {
    if (this.#heartbeats.lastRenewal(node) === Number.POSITIVE_INFINITY) this.#parts.kubelets[node].restart(cause)
    else this.startKubelet(node, cause)
  }

  killKubelet(node: number, cause: number): void {
    this.#parts.kubelets[node].stop()
    this.#heartbeats.stopped(node)
    this.#lifecycle.kubeletChanged(cause)
  }

  startKubelet(node: number, cause: number): void {
    // A machine that is down runs no kubelet; it starts one by itself.
    if (this.#boots[node] !== undefined) return
    this.#parts.kubelets[node].start(cause)
    this.#heartbeats.started(node, cause)
    this.#lifecycle.kubeletChanged(cause)
  }

  /** The machine goes down with all that runs on it; when it is up again its kubelet starts. */
  reboot(node: number, downFor: Milliseconds, cause: number): void {
    this.killKubelet(node, cause)
    this.#heartbeats.rebooted(node)
    const before = this.#boots[node]
    if (before === undefined && !this.#cuts.has(node)) this.#parts.networkCut(node, true, cause)
    this.#parts.runtime.powerOff(node, cause)
    const { kernel } = this.#parts.environment
    if (before !== undefined) kernel.cancel(before)
    this.#boots[node] = kernel.schedule(kernel.now + downFor, OP.nodeBooted, node, cause)
  }

  /** Nobody reaches the node over the network, or somebody does again; what runs there runs on. */
  cutNetwork(node: number, isCut: boolean, cause: number): void {
    if (isCut === this.#cuts.has(node)) return
    if (isCut) this.#cuts.add(node)
    else this.#cuts.delete(node)
    if (this.#boots[node] === undefined) this.#parts.networkCut(node, isCut, cause)
  }

  /** Takes an entry of the queue; false: it is for somebody else. */
  take(operation: number, argument: number, cause: number): boolean {
    switch (operation) {
      case OP.nodeMonitor:
        this.#lifecycle.tick(cause)
        return true
      case OP.nodeTainting:
        this.#lifecycle.drain(argument, cause)
        return true
      case OP.nodeStatus:
        this.#heartbeats.post(argument, cause)
        return true
      case OP.taintedPod:
        this.#evictions.look(argument, cause)
        return true
      case OP.taintEviction:
        this.#evictions.evict(argument, cause)
        return true
      case OP.podGc:
        this.#podGc.collect(cause)
        return true
      case OP.nodeBooted:
        this.#boots[argument] = undefined
        if (!this.#cuts.has(argument)) this.#parts.networkCut(argument, false, cause)
        this.startKubelet(argument, cause)
        return true
      default:
        return false
    }
  }
}
