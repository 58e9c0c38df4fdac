import { uidOf } from '../../hash/index.js'
import { choiceLabel } from '../../kernel/index.js'
import { HEALTHY } from '../../scenario/index.js'
import type { Milliseconds } from '../../time/index.js'
import { EventRecorder } from '../client/index.js'
import { type Environment, type NodeClient, type NodeConditionWords, type NodeReporter, OP } from '../contract/index.js'

const LEASE_PHASE = choiceLabel('lease-phase', '5 s past every tenth second')
const RENEWAL_MS = 10_000
const CANONICAL_PHASE = 5000
/** nodeStatusUpdateFrequency. */
const STATUS_MS = 10_000
/** A kubelet that was started posts its node's status so much later (control-plane.md 0b). */
const FIRST_STATUS_MS = 200

/** Each kubelet's process, as far as the control plane can tell. */
interface Heartbeat {
  /** When the lease was first renewed, or would have been: the others follow every 10 s. */
  first: Milliseconds
  /** When the kubelet ended; −1: it lives. */
  downSince: Milliseconds
  /** The entry that posts the first status after a start, or one that tells of a change; −1: none is queued. */
  entry: number
  /** Its first status after a start is still to come: it registers the node. */
  isStarting: boolean
  /** Conditions that are otherwise than those of a kubelet that is well, by type. */
  readonly others: Map<string, NodeConditionWords>
  events: EventRecorder
  /** How often the machine was rebooted, and how often its kubelet has told so. */
  boots: number
  toldBoots: number
}

/**
 * What kubelets say of their nodes: leases and node statuses. Renewals that change nothing are not queued: when the last one came
 * is arithmetic.
 *
 * kubelet: pkg/kubelet/kubelet_node_status.go, nodestatus/setters.go; component-helpers: apimachinery/lease, v1.32 (N-1, N-6).
 */
export class KubeletHeartbeats implements NodeReporter {
  readonly #environment: Environment
  readonly #nodes: NodeClient
  /** By node: the conditions that its kubelet posts. */
  readonly #posted: readonly (readonly NodeConditionWords[])[]
  /** By node, from the first time that its kubelet goes. */
  #heartbeats: (Heartbeat | undefined)[] = []

  constructor(environment: Environment, nodes: NodeClient) {
    this.#environment = environment
    this.#nodes = nodes
    this.#posted = nodes.nodes.map(({ object }) =>
      HEALTHY.map(healthy => {
        const given = object.status.conditions?.find(({ type }) => type === healthy.type)
        if (given === undefined) return healthy
        return { type: given.type, status: given.status, reason: given.reason ?? '', message: given.message ?? '' }
      }),
    )
  }

  reset(): void {
    if (this.#heartbeats.length > 0) this.#heartbeats = []
  }

  /** When the lease of a node was last renewed; Infinity: its kubelet lives. */
  lastRenewal(index: number): Milliseconds {
    const heartbeat = this.#heartbeats[index]
    if (heartbeat === undefined || heartbeat.downSince < 0) return Number.POSITIVE_INFINITY
    const { first, downSince } = heartbeat
    return first + Math.floor((downSince - first) / RENEWAL_MS) * RENEWAL_MS
  }

  stopped(index: number): void {
    const { kernel } = this.#environment
    const heartbeat = this.#heartbeat(index)
    if (heartbeat.downSince >= 0) return
    heartbeat.downSince = kernel.now
    if (heartbeat.entry >= 0) kernel.cancel(heartbeat.entry)
    heartbeat.entry = -1
    heartbeat.others.clear()
  }

  // ── what a kubelet says of its node between its starts ──

  /** The next node status tells; statuses are posted every ten seconds, as leases are renewed. */
  pressureChanged(index: number, pressures: readonly string[], cause: number): void {
    const { kernel } = this.#environment
    const heartbeat = this.#heartbeat(index)
    for (const words of UNDER_PRESSURE) {
      if (pressures.includes(words.type)) heartbeat.others.set(words.type, words)
      else heartbeat.others.delete(words.type)
    }
    if (heartbeat.entry >= 0) return
    const { first } = heartbeat
    const due = first + Math.ceil((kernel.now - first) / STATUS_MS) * STATUS_MS
    heartbeat.entry = kernel.schedule(due, OP.nodeStatus, index, cause)
  }

  shuttingDown(index: number, cause: number): void {
    const heartbeat = this.#heartbeat(index)
    heartbeat.others.set(SHUTTING_DOWN.type, SHUTTING_DOWN)
    if (heartbeat.entry >= 0) this.#environment.kernel.cancel(heartbeat.entry)
    this.post(index, cause)
  }

  nodeEvent(index: number, isWarning: boolean, reason: string, message: string, cause: number): number {
    const { symbols } = this.#environment
    const { path } = this.#nodes.nodes[index]
    const { events } = this.#heartbeat(index)
    return events.record(index, path, isWarning, symbols.intern(reason), symbols.intern(message), cause)
  }

  /** The machine is booted anew: its kubelet will find another boot ID. */
  rebooted(index: number): void {
    this.#heartbeat(index).boots++
  }

  started(index: number, cause: number): void {
    const { kernel } = this.#environment
    const heartbeat = this.#heartbeat(index)
    if (heartbeat.downSince < 0) return
    heartbeat.downSince = -1
    heartbeat.first = kernel.now + FIRST_STATUS_MS
    heartbeat.events = this.#newEvents()
    heartbeat.isStarting = true
    heartbeat.entry = kernel.schedule(heartbeat.first, OP.nodeStatus, index, cause)
  }

  #heartbeat(index: number): Heartbeat {
    let heartbeat = this.#heartbeats[index]
    if (heartbeat === undefined) {
      const { choices } = this.#environment
      const { path } = this.#nodes.nodes[index]
      const first = choices.draw(LEASE_PHASE, path, 0, RENEWAL_MS, CANONICAL_PHASE) - RENEWAL_MS
      const events = this.#newEvents()
      const others = new Map<string, NodeConditionWords>()
      heartbeat = { first, downSince: -1, entry: -1, isStarting: false, others, events, boots: 0, toldBoots: 0 }
      this.#heartbeats[index] = heartbeat
    }
    return heartbeat
  }

  /** A restarted kubelet counts its Events anew. */
  #newEvents(): EventRecorder {
    return new EventRecorder(this.#environment, KUBELET_SOURCE)
  }

  /** A node status; the first after a start registers the node if its object is gone. Conditions that change are told by Events. */
  post(index: number, cause: number): void {
    const heartbeat = this.#heartbeat(index)
    heartbeat.entry = -1
    const { symbols } = this.#environment
    const node = this.#nodes.nodes[index]
    if (heartbeat.isStarting) this.#nodes.register(index, cause)
    heartbeat.isStarting = false
    if (node.isGone) return
    const before = node.object.status.conditions ?? []
    const { others } = heartbeat
    const own = this.#posted[index]
    const posted = others.size === 0 ? own : own.map(each => others.get(each.type) ?? each)
    const row = this.#nodes.setConditions(index, posted, cause)
    if (heartbeat.boots > heartbeat.toldBoots) {
      heartbeat.toldBoots = heartbeat.boots
      const bootId = uidOf(`Node/${node.name}/boot/${heartbeat.boots}`)
      const text = symbols.intern(`Node ${node.name} has been rebooted, boot id: ${bootId}`)
      heartbeat.events.record(index, node.path, true, symbols.intern('Rebooted'), text, cause)
    }
    for (const { type, status } of posted) {
      if (before.find(each => each.type === type)?.status === status) continue
      const reason = EVENT_REASONS[type]?.[status]
      if (reason === undefined) continue
      const message = symbols.intern(`Node ${node.name} status is now: ${reason}`)
      heartbeat.events.record(index, node.path, false, symbols.intern(reason), message, row >= 0 ? row : cause)
    }
  }
}

/** kubelet: nodestatus/setters.go MemoryPressureCondition, DiskPressureCondition, PIDPressureCondition, v1.32. */
const UNDER_PRESSURE: readonly NodeConditionWords[] = [
  {
    type: 'MemoryPressure',
    status: 'True',
    reason: 'KubeletHasInsufficientMemory',
    message: 'kubelet has insufficient memory available',
  },
  { type: 'DiskPressure', status: 'True', reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure' },
  {
    type: 'PIDPressure',
    status: 'True',
    reason: 'KubeletHasInsufficientPID',
    message: 'kubelet has insufficient PID available',
  },
]

/** kubelet: nodestatus/setters.go ReadyCondition, v1.32, with the error of the node's shutdown. */
const SHUTTING_DOWN: NodeConditionWords = {
  type: 'Ready',
  status: 'False',
  reason: 'KubeletNotReady',
  message: 'node is shutting down',
}

/** kubelet: nodestatus/setters.go, by type and status of the condition. */
const EVENT_REASONS: Readonly<Record<string, Readonly<Partial<Record<string, string>>> | undefined>> = {
  MemoryPressure: { False: 'NodeHasSufficientMemory', True: 'NodeHasInsufficientMemory' },
  DiskPressure: { False: 'NodeHasNoDiskPressure', True: 'NodeHasDiskPressure' },
  PIDPressure: { False: 'NodeHasSufficientPID', True: 'NodeHasInsufficientPID' },
  Ready: { True: 'NodeReady', False: 'NodeNotReady' },
}

/** Number of `kubelet` in EVENT_SOURCES. */
const KUBELET_SOURCE = 0
