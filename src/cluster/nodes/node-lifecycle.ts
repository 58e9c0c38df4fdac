import { choiceLabel } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { EVENT_SOURCES } from '../../trace/index.js'
import { EventRecorder } from '../client/index.js'
import {
  type Condition,
  condition,
  type Environment,
  findCondition,
  type NodeClient,
  type NodeConditionWords,
  type NodeRecord,
  type NodeWatcher,
  OP,
  type StoreClient,
  TRUTH,
  WORD,
} from '../contract/index.js'
import type { KubeletHeartbeats } from './kubelet-heartbeats.js'
import { NoExecuteTainter } from './no-execute-tainter.js'
import { hasTaint, NOT_READY, readyOf, UNREACHABLE, withNoExecute, withNoScheduleTaints } from './node-taints.js'
import { computeZoneState, taintingRate, type ZoneState, zoneOf } from './zone-state.js'

const MONITOR_PHASE = choiceLabel('node-monitor-phase', '2.5 s past every fifth second')
const PERIOD_MS = 5000
const CANONICAL_PHASE = 2500

/** The conditions that a kubelet posts, in upstream's order. */
const POSTED = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'] as const

/** What the controllers of nodes write of pods. */
export interface PodWriter extends StoreClient {
  setCondition(index: number, changed: Condition, cause: number): number
}

/**
 * The node lifecycle controller: notices silent kubelets, says so of their nodes and pods, and taints.
 *
 * controllers: pkg/controller/nodelifecycle/node_lifecycle_controller.go, v1.26 and later (control-plane.md 3.1, 3.2). Ticks that
 * would find nothing are not queued: their instants are arithmetic.
 */
export class NodeLifecycle implements NodeWatcher {
  readonly #environment: Environment
  readonly #nodes: NodeClient
  readonly #pods: PodWriter
  readonly #heartbeats: KubeletHeartbeats
  readonly #graceMs: Milliseconds
  readonly #tainter: NoExecuteTainter
  readonly #nodeEvents: EventRecorder
  readonly #podEvents: EventRecorder
  /** The entry of the next tick that finds something, and its instant; −1: none is queued. */
  #entry = -1
  #queuedFor: Milliseconds = -1
  /** By node: whether the last tick saw it. */
  readonly #isKnown: boolean[]
  /** By node: what the last tick that looked made of its condition Ready. */
  #seen: ('True' | 'False' | 'Unknown')[]
  #hasTicked = false
  #zoneStates = new Map<string, ZoneState>()
  #isAllDisrupted = false
  /** Heartbeats from before this instant count as of this instant: the whole cluster was silent until then (TA-4). */
  #probedSince: Milliseconds = Number.NEGATIVE_INFINITY

  constructor(
    environment: Environment,
    nodes: NodeClient,
    pods: PodWriter,
    heartbeats: KubeletHeartbeats,
    graceMs: Milliseconds,
  ) {
    this.#environment = environment
    this.#nodes = nodes
    this.#pods = pods
    this.#heartbeats = heartbeats
    this.#graceMs = graceMs
    this.#isKnown = nodes.nodes.map(() => true)
    this.#seen = nodes.nodes.map(({ object }) => readyOf(object))
    this.#tainter = new NoExecuteTainter(environment, (node, cause) => this.#taint(node, cause))
    const source = EVENT_SOURCES.indexOf('node-controller')
    this.#nodeEvents = new EventRecorder(environment, source)
    this.#podEvents = new EventRecorder(environment, source)
  }

  reset(): void {
    this.#tainter.reset()
    this.#nodeEvents.reset()
    this.#podEvents.reset()
    this.#entry = -1
    this.#queuedFor = -1
    this.#probedSince = Number.NEGATIVE_INFINITY
    // What ticks find out is forgotten only where there were any: most runs have none.
    if (!this.#hasTicked) return
    this.#hasTicked = false
    this.#isKnown.fill(true)
    this.#seen = this.#nodes.nodes.map(({ object }) => readyOf(object))
    this.#zoneStates = new Map()
    this.#isAllDisrupted = false
  }

  /** N-3: the kubelet of a node went or came; a tick may have something to see later. */
  kubeletChanged(cause: number): void {
    this.#queueTick(cause)
  }

  // ── as nodes change (TA-1) ──

  nodeChanged(node: NodeRecord, cause: number): void {
    if (!node.isGone) this.#nodes.setTaints(node.index, withNoScheduleTaints(node), cause)
    this.#queueTick(cause)
  }

  // ── ticks ──

  #tickFrom(instant: Milliseconds): Milliseconds {
    const phase = this.#environment.choices.draw(MONITOR_PHASE, 0, 0, PERIOD_MS, CANONICAL_PHASE)
    return phase + Math.ceil((instant - phase) / PERIOD_MS) * PERIOD_MS
  }

  /** The tick at which a silent node is called Unknown: the last renewal was seen by the tick after it. */
  #unknownAt({ index }: NodeRecord): Milliseconds {
    const renewal = this.#heartbeats.lastRenewal(index)
    if (renewal === Number.POSITIVE_INFINITY) return renewal
    return this.#tickFrom(Math.max(this.#tickFrom(renewal), this.#probedSince) + this.#graceMs)
  }

  /** One entry for the earliest tick that has something to do. */
  #queueTick(cause: number): void {
    const { kernel } = this.#environment
    let due = Number.POSITIVE_INFINITY
    let next: Milliseconds | undefined
    for (const node of this.#nodes.nodes) {
      if (this.#isTickWanted(node)) {
        next ??= this.#tickFrom(kernel.now + 1)
        due = Math.min(due, next)
      } else if (!node.isGone && readyOf(node.object) !== 'Unknown') due = Math.min(due, this.#unknownAt(node))
    }
    if (due === this.#queuedFor) return
    if (this.#entry >= 0) kernel.cancel(this.#entry)
    this.#entry = -1
    this.#queuedFor = -1
    if (due === Number.POSITIVE_INFINITY) return
    this.#queuedFor = due
    this.#entry = kernel.schedule(due, OP.nodeMonitor, 0, cause)
  }

  /** Whether the next tick sees something new of a node: it came or went, or its NoExecute taints are not what they should be. */
  #isTickWanted(node: NodeRecord): boolean {
    const { index, object, isGone } = node
    if (this.#isKnown[index] === isGone) return true
    if (isGone) return false
    const ready = readyOf(object)
    if (ready !== this.#seen[index]) return true
    const isTainted = hasTaint(object, NOT_READY, 'NoExecute') || hasTaint(object, UNREACHABLE, 'NoExecute')
    if (ready === 'True') return isTainted
    const key = ready === 'False' ? NOT_READY : UNREACHABLE
    if (this.#isAllDisrupted) return false
    return !hasTaint(object, key, 'NoExecute') && !this.#tainter.has(zoneOf(object), index)
  }

  /** monitorNodeHealth. */
  tick(cause: number): void {
    this.#hasTicked = true
    this.#entry = -1
    this.#queuedFor = -1
    for (const node of this.#nodes.nodes) {
      if (this.#isKnown[node.index] === node.isGone) this.#noteExistence(node, cause)
      if (!node.isGone) this.#look(node, cause)
    }
    this.#judgeZones(cause)
    this.#queueTick(cause)
  }

  /** N-4. */
  #noteExistence({ index, name, path, isGone }: NodeRecord, cause: number): void {
    const { symbols } = this.#environment
    this.#isKnown[index] = !isGone
    const what = isGone ? `Removing Node ${name} from Controller` : `Registered Node ${name} in Controller`
    const reason = symbols.intern(isGone ? 'RemovingNode' : 'RegisteredNode')
    this.#nodeEvents.record(index, path, false, reason, symbols.intern(`Node ${name} event: ${what}`), cause)
  }

  #look(node: NodeRecord, cause: number): void {
    const { kernel, symbols } = this.#environment
    const observed = readyOf(node.object)
    let row = cause
    // A tick takes a little longer than its period in reality, so that the grace is over at the tick that ends it.
    if (kernel.now >= this.#unknownAt(node)) {
      const written = this.#nodes.setConditions(node.index, unknownConditions(node), cause)
      if (written >= 0) row = written
    }
    const current = readyOf(node.object)
    this.#seen[node.index] = observed
    this.#taintByReady(node, observed, row)
    if (observed !== 'True' || current === 'True') return
    const text = symbols.intern(`Node ${node.name} status is now: NodeNotReady`)
    this.#nodeEvents.record(node.index, node.path, false, symbols.intern('NodeNotReady'), text, row)
    this.#markPodsNotReady(node, row)
  }

  /** N-5. */
  #markPodsNotReady({ index }: NodeRecord, cause: number): void {
    const { symbols } = this.#environment
    for (const pod of this.#pods.podsOfNode(index)) {
      const ready = findCondition(pod.status.conditions, WORD.Ready)
      if (ready === undefined || ready.status === TRUTH.False) continue
      const changed = condition(WORD.Ready, TRUTH.False, ready.reason, ready.message)
      const row = this.#pods.setCondition(pod.identity.index, changed, cause)
      const [reason, text] = [symbols.intern('NodeNotReady'), symbols.intern('Node is not ready')]
      this.#podEvents.record(pod.identity.index, pod.identity.path, true, reason, text, row >= 0 ? row : cause)
    }
  }

  /** TA-2: by the condition as it was when the tick began. */
  #taintByReady({ index, object }: NodeRecord, observed: 'True' | 'False' | 'Unknown', cause: number): void {
    const zone = zoneOf(object)
    if (observed === 'True') {
      this.#tainter.remove(zone, index)
      this.#nodes.setTaints(index, withNoExecute(object, null, [NOT_READY, UNREACHABLE]), cause)
      return
    }
    const [wanted, opposite] = observed === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY]
    if (hasTaint(object, wanted, 'NoExecute')) return
    if (hasTaint(object, opposite, 'NoExecute'))
      this.#nodes.setTaints(index, withNoExecute(object, wanted, [opposite]), cause)
    else this.#tainter.add(zone, index, cause)
  }

  /** The queue of a zone let a node through: it is tainted as it is now. */
  #taint(index: number, cause: number): void {
    const { object, isGone } = this.#nodes.nodes[index]
    const ready = readyOf(object)
    if (isGone || ready === 'True') return
    const [wanted, opposite] = ready === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY]
    this.#nodes.setTaints(index, withNoExecute(object, wanted, [opposite]), cause)
  }

  drain(zone: number, cause: number): void {
    this.#tainter.drain(zone, cause)
  }

  /** TA-4: the more of a zone is gone, the more likely the fault is the zone's, and the slower its nodes are given up. */
  #judgeZones(cause: number): void {
    const counts = new Map<string, { ready: number; notReady: number }>()
    for (const { object, isGone } of this.#nodes.nodes) {
      if (isGone || EXCLUDED in (object.metadata.labels ?? {})) continue
      const zone = zoneOf(object)
      const count = counts.get(zone) ?? { ready: 0, notReady: 0 }
      counts.set(zone, count)
      if (readyOf(object) === 'True') count.ready++
      else count.notReady++
    }
    const states = new Map([...counts].map(([zone, { ready, notReady }]) => [zone, computeZoneState(ready, notReady)]))
    const wasAllDisrupted = this.#isAllDisrupted
    this.#isAllDisrupted = states.size > 0 && [...states.values()].every(state => state === 'FullDisruption')
    this.#zoneStates = states
    if (this.#isAllDisrupted) {
      if (!wasAllDisrupted) this.#giveNobodyUp(cause)
      return
    }
    if (wasAllDisrupted) this.#probedSince = this.#environment.kernel.now
    for (const [zone, { ready, notReady }] of counts) {
      const state = this.#zoneStates.get(zone) ?? 'Normal'
      this.#tainter.setRate(zone, taintingRate(state, ready + notReady), cause)
    }
  }

  /** Every zone is gone altogether: it must be the control plane that is cut off. */
  #giveNobodyUp(cause: number): void {
    for (const { index, object, isGone } of this.#nodes.nodes) {
      if (isGone) continue
      const zone = zoneOf(object)
      this.#tainter.setRate(zone, 0, cause)
      this.#tainter.remove(zone, index)
      this.#nodes.setTaints(index, withNoExecute(object, null, [NOT_READY, UNREACHABLE]), cause)
    }
  }
}

/** N-3: every condition that the kubelet posts, unless it is Unknown already. */
function unknownConditions({ object }: NodeRecord): NodeConditionWords[] {
  return POSTED.flatMap((type): NodeConditionWords[] => {
    const known = object.status.conditions?.find(each => each.type === type)
    if (known?.status === 'Unknown') return []
    return known === undefined
      ? [{ type, status: 'Unknown', reason: 'NodeStatusNeverUpdated', message: 'Kubelet never posted node status.' }]
      : [{ type, status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' }]
  })
}

const EXCLUDED = 'node.kubernetes.io/exclude-disruption'
