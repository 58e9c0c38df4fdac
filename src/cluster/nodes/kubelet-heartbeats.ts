import { uidOf } from '../../hash/index.js'
import { choiceLabel } from '../../kernel/index.js'
import { HEALTHY } from '../../scenario/index.js'
import type { Milliseconds } from '../../time/index.js'
import { EventRecorder } from '../client/index.js'
import { type Environment, type NodeClient, type NodeConditionWords, OP } from '../contract/index.js'

const LEASE_PHASE = choiceLabel('lease-phase', '5 s past every tenth second')
const RENEWAL_MS = 10_000
const CANONICAL_PHASE = 5000
/** A kubelet that was started posts its node's status so much later (control-plane.md 0b). */
const FIRST_STATUS_MS = 200

/** Each kubelet's process, as far as the control plane can tell. */
interface Heartbeat {
  /** When the lease was first renewed, or would have been: the others follow every 10 s. */
  first: Milliseconds
  /** When the kubelet ended; −1: it lives. */
  downSince: Milliseconds
  /** The entry that posts the first status after a start; −1: none is queued. */
  entry: number
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
export class KubeletHeartbeats {
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
    heartbeat.entry = kernel.schedule(heartbeat.first, OP.nodeStatus, index, cause)
  }

  #heartbeat(index: number): Heartbeat {
    let heartbeat = this.#heartbeats[index]
    if (heartbeat === undefined) {
      const { choices } = this.#environment
      const { path } = this.#nodes.nodes[index]
      const first = choices.draw(LEASE_PHASE, path, 0, RENEWAL_MS, CANONICAL_PHASE) - RENEWAL_MS
      heartbeat = { first, downSince: -1, entry: -1, events: this.#newEvents(), boots: 0, toldBoots: 0 }
      this.#heartbeats[index] = heartbeat
    }
    return heartbeat
  }

  /** A restarted kubelet counts its Events anew. */
  #newEvents(): EventRecorder {
    return new EventRecorder(this.#environment, KUBELET_SOURCE)
  }

  /** The first status after a start: the node is registered if its object is gone; conditions that change are told by Events. */
  post(index: number, cause: number): void {
    const heartbeat = this.#heartbeat(index)
    heartbeat.entry = -1
    const { symbols } = this.#environment
    const node = this.#nodes.nodes[index]
    this.#nodes.register(index, cause)
    const before = node.object.status.conditions ?? []
    const posted = this.#posted[index]
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

/** kubelet: nodestatus/setters.go, by type and status of the condition. */
const EVENT_REASONS: Readonly<Record<string, Readonly<Partial<Record<string, string>>> | undefined>> = {
  MemoryPressure: { False: 'NodeHasSufficientMemory', True: 'NodeHasInsufficientMemory' },
  DiskPressure: { False: 'NodeHasNoDiskPressure', True: 'NodeHasDiskPressure' },
  PIDPressure: { False: 'NodeHasSufficientPID', True: 'NodeHasInsufficientPID' },
  Ready: { True: 'NodeReady', False: 'NodeNotReady' },
}

/** Number of `kubelet` in EVENT_SOURCES. */
const KUBELET_SOURCE = 0
