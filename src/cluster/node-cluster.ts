import { choiceLabel } from '../kernel/index.js'
import type { Milliseconds } from '../time/index.js'
import { type Environment, type NodeClient, type NodeWatcher, OP, type PodWatcher } from './contract/index.js'
import type { Kubelet, ShutdownGroup, StarvedResource } from './kubelet/index.js'
import {
  type KubeletHeartbeats,
  NodeLifecycle,
  PodGc,
  type PodWriter,
  TaintEviction,
  withNoScheduleTaints,
} from './nodes/index.js'
import type { ScriptedRuntime } from './runtime/index.js'

const POWER_OFF = choiceLabel('power-off', '2 s after the last group of pods')
/** From the release of the kubelet's inhibitor lock to the end of what the machine runs, while systemd stops its units. */
const POWER_OFF_MS = 2000
const MOST_POWER_OFF_MS = 5000

/** A machine that is about to go off. */
interface Shutdown {
  /** null: until somebody switches it on. */
  readonly downFor: Milliseconds | null
  entry: number
}

/** What the nodes of a cluster are made of. */
export interface NodeParts {
  readonly environment: Environment
  readonly nodes: NodeClient
  readonly pods: PodWriter
  readonly kubelets: readonly Kubelet[]
  readonly runtime: ScriptedRuntime
  readonly heartbeats: KubeletHeartbeats
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
  /** By node: its shutdown while that is under way. */
  readonly #shutdowns = new Map<number, Shutdown>()
  #shutdownCount = 0

  constructor(parts: NodeParts) {
    this.#parts = parts
    const { environment, nodes, pods, graceMs, heartbeats } = parts
    this.#heartbeats = heartbeats
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
    if (this.#cuts.size > 0) this.#cuts.clear()
    if (this.#shutdowns.size > 0) this.#shutdowns.clear()
    this.#shutdownCount = 0
    const { kernel } = this.#parts.environment
    for (const index of this.#conspicuous) kernel.schedule(0, OP.nodeWatch, index, -1)
  }

  /** A new kubelet at once: its node's lease goes on. One that was killed is started. */
  restartKubelet(node: number, cause: number): void {
    if (this.#shutdowns.has(node)) this.#powerOff(node, cause)
    else if (this.#heartbeats.lastRenewal(node) === Number.POSITIVE_INFINITY) this.#parts.kubelets[node].restart(cause)
    else this.startKubelet(node, cause)
  }

  killKubelet(node: number, cause: number): void {
    // Nobody holds the machine up any more.
    if (this.#shutdowns.has(node)) this.#powerOff(node, cause)
    else this.#stopKubelet(node, cause)
  }

  #stopKubelet(node: number, cause: number): void {
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

  /** The machine goes down with all that runs on it; when it is up again its kubelet starts. null: it stays off until then. */
  reboot(node: number, downFor: Milliseconds | null, cause: number): void {
    const { kernel } = this.#parts.environment
    const shutdown = this.#shutdowns.get(node)
    if (shutdown !== undefined && shutdown.entry >= 0) kernel.cancel(shutdown.entry)
    this.#shutdowns.delete(node)
    this.#stopKubelet(node, cause)
    this.#heartbeats.rebooted(node)
    const before = this.#boots[node]
    if (before === undefined && !this.#cuts.has(node)) this.#parts.networkCut(node, true, cause)
    this.#parts.runtime.powerOff(node, cause)
    this.#parts.kubelets[node].eviction.poweredOff()
    if (before !== undefined) kernel.cancel(before)
    this.#boots[node] = downFor === null ? undefined : kernel.schedule(kernel.now + downFor, OP.nodeBooted, node, cause)
  }

  /**
   * The machine is switched off in an orderly way: its kubelet holds it up while it ends the pods, group by group. Without groups,
   * or without a kubelet, it goes off at once.
   */
  shutDown(node: number, groups: readonly ShutdownGroup[], downFor: Milliseconds | null, cause: number): void {
    const { kernel, choices } = this.#parts.environment
    const isSilent = this.#heartbeats.lastRenewal(node) !== Number.POSITIVE_INFINITY
    if (isSilent || groups.length === 0) {
      this.reboot(node, downFor, cause)
      return
    }
    if (this.#shutdowns.has(node)) return
    const shutdown: Shutdown = { downFor, entry: -1 }
    this.#shutdowns.set(node, shutdown)
    const { path } = this.#parts.nodes.nodes[node]
    const delay = choices.draw(POWER_OFF, path, this.#shutdownCount++, MOST_POWER_OFF_MS, POWER_OFF_MS)
    const onDone = (row: number): void => {
      shutdown.entry = kernel.schedule(kernel.now + delay, OP.nodeOff, node, row)
    }
    this.#parts.kubelets[node].shutdown.begin(groups, onDone, cause)
  }

  /** Something that is no pod takes what the node has of a resource. */
  exhaust(node: number, resource: StarvedResource, left: string | null, cause: number): void {
    this.#parts.kubelets[node].eviction.exhaust(resource, left, cause)
  }

  relieve(node: number, resource: StarvedResource, cause: number): void {
    this.#parts.kubelets[node].eviction.relieve(resource, cause)
  }

  #powerOff(node: number, cause: number): void {
    this.reboot(node, this.#shutdowns.get(node)?.downFor ?? null, cause)
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
      case OP.eviction:
        this.#parts.kubelets[argument].eviction.take(cause)
        return true
      case OP.shutdownGroup:
        this.#parts.kubelets[argument].shutdown.timeout(cause)
        return true
      case OP.nodeOff:
        this.#powerOff(argument, cause)
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
