import { choiceLabel } from '../../kernel/index.js'
import {
  CHANGE,
  type Condition,
  condition,
  type Environment,
  findCondition,
  isDeleting,
  isTerminalPhase,
  type NodeBefore,
  type NodeRecord,
  OP,
  type PodVersion,
  type PodWatcher,
  type ResourceClient,
  type ResourceWatcher,
  type StoreClient,
  TRUTH,
  WORD,
} from '../contract/index.js'
import {
  ACTION,
  type ClusterChange,
  nodeAdded,
  nodeDeleted,
  nodeUpdated,
  type PodSide,
  podAdded,
  podDeleted,
  podUpdated,
} from './cluster-change.js'
import { type Decision, decide } from './decision.js'
import { Framework } from './framework.js'
import { isWorthRequeuing } from './hints.js'
import { type NodeInfo, PlacedPod } from './node-info.js'
import type { Plugin } from './plugin.js'
import { createDefaultPlugins } from './plugins/default-plugins.js'
import { podInfoOf } from './pod-info.js'
import type { Candidate } from './preemption/select-victims.js'
import { QueueTicks } from './queue/queue-ticks.js'
import { QueuedPod, SchedulingQueue } from './queue/scheduling-queue.js'
import { SchedulerCache } from './scheduler-cache.js'
import { SchedulingEvents } from './scheduling-events.js'
import { PendingVolumes } from './volumes/pending-volumes.js'
import { storedStorage } from './volumes/stored-storage.js'

const EQUAL_NODES = choiceLabel('equal-nodes', 'the first of the nodes with the highest score')
const EQUAL_CANDIDATES = choiceLabel('equal-candidates', 'the first of the nodes where preemption costs least')
const DRY_RUN_OFFSET = choiceLabel('dry-run-offset', 'preemption tries the first node first')

/** What the scheduler writes beside bindings. */
export interface SchedulerStore extends StoreClient {
  setCondition(index: number, changed: Condition, cause: number): number
  setScheduling(index: number, changed: Condition | null, nominatedNode: number, cause: number): number
}

/**
 * Finds a node for each pod that has none: one pod at a time, filters, scores, binding; where nothing fits, preemption.
 *
 * scheduler: pkg/scheduler/schedule_one.go, eventhandlers.go, v1.32 (control-plane.md 2.2 to 2.12).
 */
export class Scheduler implements PodWatcher {
  readonly #environment: Environment
  readonly #store: SchedulerStore
  readonly #events: SchedulingEvents
  readonly #plugins: readonly Plugin[]
  readonly #cache: SchedulerCache
  readonly #framework: Framework
  readonly #queue = new SchedulingQueue()
  readonly #ticks: QueueTicks
  readonly #volumes: PendingVolumes
  #isCycleQueued = false

  /** `client` answers that of claims and volumes. */
  constructor(environment: Environment, store: SchedulerStore, client: () => ResourceClient) {
    this.#environment = environment
    this.#store = store
    this.#events = new SchedulingEvents(environment)
    this.#plugins = createDefaultPlugins(environment.profile)
    const storage = storedStorage(client)
    this.#volumes = new PendingVolumes(environment, client, storage)
    this.#cache = new SchedulerCache(store, this.#plugins, storage)
    this.#ticks = new QueueTicks(environment, this.#queue)
    this.#framework = new Framework(this.#plugins, this.#cache)
  }

  reset(): void {
    this.#cache.reset(this.#store.nodes)
    this.#framework.reset()
    this.#queue.clear()
    this.#isCycleQueued = false
    this.#ticks.reset()
    this.#events.reset()
    this.#volumes.reset()
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    const { index } = pod.identity
    if (change === CHANGE.removed) this.#events.forget(index)
    if (pod.node >= 0) {
      this.#assignedChanged(change, pod, previous, cause)
      return
    }
    if (change === CHANGE.removed) {
      this.#queue.remove(index)
      if (this.#volumes.drop(index)) this.#unassume(pod, cause)
      this.#ticks.cancelIdle()
      this.#forgetNomination(pod, cause)
      return
    }
    if (isDeleting(pod)) return
    if (change === CHANGE.added || (previous !== null && previous.spec.schedulingGates > 0)) {
      const { now } = this.#environment.kernel
      // while there are gates the pod is not even queued; its place among equals is that of its coming.
      if (pod.spec.schedulingGates > 0) {
        this.#queue.gate(index, now)
        return
      }
      const priority = pod.spec.object.spec.priority ?? 0
      this.#queue.activate(new QueuedPod(index, priority, this.#queue.openGate(index) ?? now))
      this.#queueCycle(cause)
    } else if (previous !== null && previous.spec !== pod.spec) {
      this.#pendingChanged(pod, previous, cause)
    }
  }

  /** what was changed about a pending pod may be what it needed. */
  #pendingChanged(pod: PodVersion, previous: PodVersion, cause: number): void {
    const queued = this.#queue.unschedulable(pod.identity.index)
    if (queued === undefined) return
    const change = podUpdated(sideOf(previous), sideOf(pod))
    this.#queue.changes++
    if (!this.#isHelped(queued, change)) return
    this.#queue.move(this.#environment.kernel.now, each => each === queued)
    this.#moved(cause)
  }

  /** pods that come, change or go on nodes may help those that wait. */
  #assignedChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    const { index } = pod.identity
    const isPlaced = this.#cache.placed(index) !== undefined
    if (change === CHANGE.removed || isTerminalPhase(pod.status.phase)) {
      if (!isPlaced) return
      this.#cache.remove(index)
      if (this.#queue.hasUnschedulable) this.#clusterChanged(podDeleted(sideOf(previous ?? pod)), cause)
      return
    }
    if (isPlaced) this.#cache.update(pod)
    else {
      const node = this.#cache.node(pod.node)
      if (node !== undefined) this.#cache.add(pod, node)
    }
    if (!this.#queue.hasUnschedulable) return
    if (previous === null || previous.node < 0) this.#clusterChanged(podAdded(sideOf(pod)), cause)
    else if (previous.spec !== pod.spec) this.#clusterChanged(podUpdated(sideOf(previous), sideOf(pod)), cause)
  }

  /** A node was cordoned or uncordoned, or became another in any other way. */
  nodeChanged(node: NodeRecord, before: NodeBefore, cause: number): void {
    const change = nodeUpdated(before, node)
    const isOther =
      (change.actions & ~IRRELEVANT) !== 0 ||
      before.isUnschedulable !== node.isUnschedulable ||
      before.object.status.images !== node.object.status.images
    if (isOther) this.#cache.nodesChanged()
    if (change.actions !== 0) this.#clusterChanged(change, cause)
  }

  nodeRemoved(node: NodeRecord, cause: number): void {
    this.#cache.nodeGone()
    this.#clusterChanged(nodeDeleted(node), cause)
  }

  nodeAdded(node: NodeRecord, cause: number): void {
    this.#cache.nodesChanged()
    this.#clusterChanged(nodeAdded(node), cause)
  }

  /** */
  #clusterChanged(change: ClusterChange, cause: number): void {
    this.#queue.changes++
    this.#queue.move(this.#environment.kernel.now, queued => this.#isHelped(queued, change))
    this.#moved(cause)
  }

  #isHelped({ index, rejectedBy }: QueuedPod, change: ClusterChange): boolean {
    const pod = this.#store.pod(index)
    if (pod === null) return false
    const { profile } = this.#environment
    return isWorthRequeuing(this.#plugins, profile, podInfoOf(pod.spec), index, rejectedBy, change)
  }

  #moved(cause: number): void {
    this.#ticks.cancelIdle()
    this.#queueCycle(cause)
    this.#ticks.queueFlush(cause)
    this.#ticks.queueTimeout(cause)
  }

  #queueCycle(cause: number): void {
    if (this.#isCycleQueued) return
    // Where there are no nodes at all a cycle ends in an error, whose back-off nobody shortens.
    const isPopping = this.#environment.profile.popsFromBackoffQueue && this.#cache.nodes.length > 0
    if (!this.#queue.hasActive && isPopping) this.#queue.popFromBackOff()
    if (!this.#queue.hasActive) return
    this.#isCycleQueued = true
    const { kernel, timing } = this.#environment
    kernel.schedule(kernel.now + timing.scheduling, OP.schedule, 0, cause)
  }

  /** One scheduling cycle: the pod of the highest priority, the earliest among equals. */
  schedule(cause: number): void {
    this.#isCycleQueued = false
    const queued = this.#queue.take()
    if (queued === undefined) return
    const pod = this.#store.pod(queued.index)
    if (pod !== null && pod.node < 0) {
      const since = pod.row >= 0 ? pod.row : cause
      if (isDeleting(pod)) this.#events.skipped(pod.identity, since)
      else this.#attempt(queued, pod, since)
    }
    this.#queueCycle(cause)
  }

  #attempt(queued: QueuedPod, pod: PodVersion, cause: number): void {
    queued.attempts++
    const decision = this.#decide(pod)
    if (decision.kind === 'fails') {
      this.#fail(queued, pod, decision, cause)
      return
    }
    const { top } = decision
    const { index, path } = pod.identity
    const { choices } = this.#environment
    const node = top.length === 1 ? top[0] : top[choices.draw(EQUAL_NODES, path, 0, top.length, 0)]
    this.#framework.nominator.remove(index)
    this.#cache.add(pod, node)
    if (!this.#volumes.begin(pod, node, cause)) this.#bind(pod, node, cause)
  }

  #bind(pod: PodVersion, node: NodeInfo, cause: number): void {
    const { identity } = pod
    this.#store.bindPod(identity.index, node.record.index, cause)
    const bound = this.#store.pod(identity.index)
    this.#events.scheduled(identity, node.record.nameSymbol, bound?.row ?? cause)
  }

  /** A pod that has its node looks whether its claims are bound by now. */
  bindVolumes(index: number): void {
    const outcome = this.#volumes.look(index)
    const pod = this.#store.pod(index)
    if (outcome.kind === 'waiting' || pod === null) return
    const { node, row, error } = outcome
    if (isDeleting(pod)) this.#unassume(pod, row)
    else if (outcome.kind === 'bound') this.#bind(pod, node, row)
    else this.#failBinding(pod, `running PreBind plugin "VolumeBinding": ${error}`, row)
  }

  /** The pod is tried again as after any error of the scheduler. */
  #failBinding(pod: PodVersion, message: string, cause: number): void {
    const { kernel, symbols } = this.#environment
    const { index } = pod.identity
    this.#unassume(pod, cause)
    const queued = new QueuedPod(index, pod.spec.object.spec.priority ?? 0, kernel.now)
    queued.attempts = 1
    this.#queue.putBack(queued)
    const row = this.#events.failed(pod.identity, message, cause)
    const reason = symbols.intern('SchedulerError')
    const changed = condition(WORD.PodScheduled, TRUTH.False, reason, symbols.intern(message))
    this.#store.setScheduling(index, changed, pod.status.nominatedNode, row >= 0 ? row : cause)
    this.#ticks.queueFlush(cause)
  }

  /** A pod that waited for its claims frees its node. */
  #unassume(pod: PodVersion, cause: number): void {
    this.#cache.remove(pod.identity.index)
    if (this.#queue.hasUnschedulable) this.#clusterChanged(podDeleted(sideOf(pod)), cause)
  }

  /** Hears of claims, volumes and classes. */
  get storageWatcher(): ResourceWatcher {
    return this.#volumes
  }

  /** The next write of a claim, volume or class has come. */
  storageChanged(): void {
    const next = this.#volumes.nextChange()
    if (next !== undefined && this.#queue.hasUnschedulable) this.#clusterChanged(next.change, next.row)
  }

  #decide(pod: PodVersion): Decision {
    const { index, path } = pod.identity
    const { profile, choices, kernel, timing } = this.#environment
    return decide(this.#framework, this.#cache, profile, {
      pod: podInfoOf(pod.spec),
      index,
      nominated: this.#framework.nominator.nodeOf(index),
      nowSeconds: (kernel.now + timing.clockOffset) / 1000,
      drawOffset: nodes => choices.draw(DRY_RUN_OFFSET, path, 0, nodes, 0),
    })
  }

  /** The pod is parked until something changes; condition and event say why (Q-8, MSG-1 to MSG-5, P-6). */
  #fail(queued: QueuedPod, pod: PodVersion, decision: Extract<Decision, { kind: 'fails' }>, cause: number): void {
    const { symbols, kernel, choices } = this.#environment
    const { index, path } = pod.identity
    const { preemption, rejectedBy, isError } = decision
    let nominatedNode = pod.status.nominatedNode
    if (preemption?.kind === 'victims') {
      const { best } = preemption
      const candidate = best.length === 1 ? best[0] : best[choices.draw(EQUAL_CANDIDATES, path, 0, best.length, 0)]
      this.#evictVictims(pod, candidate, cause)
      this.#framework.nominator.nominate(new PlacedPod(pod), candidate.node)
      nominatedNode = candidate.node.record.nameSymbol
    } else if (preemption === null || preemption.clearsNomination) {
      // P-7; it is also given up where there are no nodes at all.
      this.#framework.nominator.remove(index)
      nominatedNode = 0
    }
    queued.timestamp = kernel.now
    queued.rejectedBy = rejectedBy
    this.#queue.putBack(queued)
    const text = symbols.intern(decision.message)
    const row = this.#events.failed(pod.identity, decision.message, cause)
    const old = findCondition(pod.status.conditions, WORD.PodScheduled)
    const reason = isError ? symbols.intern('SchedulerError') : WORD.Unschedulable
    const isSame = old !== undefined && old.status === TRUTH.False && old.message === text
    if (!isSame || nominatedNode !== pod.status.nominatedNode) {
      const changed = isSame ? null : condition(WORD.PodScheduled, TRUTH.False, reason, text)
      this.#store.setScheduling(index, changed, nominatedNode, row >= 0 ? row : cause)
    }
    this.#ticks.queueFlush(cause)
    this.#ticks.queueTimeout(cause)
  }

  /** P-5: the victims are told why they go, and go with their own grace; nominations that no longer hold are taken back. */
  #evictVictims(pod: PodVersion, { node, victims }: Candidate, cause: number): void {
    const { symbols } = this.#environment
    const schedulerName = pod.spec.object.spec.schedulerName ?? 'default-scheduler'
    const why = symbols.intern(`${schedulerName}: preempting to accommodate a higher priority pod`)
    for (const victim of victims) {
      const target = condition(WORD.DisruptionTarget, TRUTH.True, WORD.PreemptionByScheduler, why)
      const row = this.#store.setCondition(victim.index, target, cause)
      this.#store.deletePod(victim.index, OWN_GRACE, row >= 0 ? row : cause)
      this.#events.preempted(victim.version.identity, pod.identity, node.name, row >= 0 ? row : cause)
    }
    const priority = pod.spec.object.spec.priority ?? 0
    for (const other of [...this.#framework.nominator.on(node)]) {
      if (other.info.priority < priority) this.#clearNomination(other.version, cause)
    }
  }

  #clearNomination(pod: PodVersion, cause: number): void {
    this.#forgetNomination(pod, cause)
    this.#store.setScheduling(pod.identity.index, null, 0, cause)
  }

  /** Up to 1.32 nobody is told that the room of a nominated pod is free; later it is as if the pod had been on the node. */
  #forgetNomination({ identity: { index }, spec }: PodVersion, cause: number): void {
    const node: NodeInfo | undefined = this.#framework.nominator.nodeOf(index)
    if (node === undefined) return
    this.#framework.nominator.remove(index)
    if (!this.#environment.profile.lostNominationWakes) return
    this.#clusterChanged(podDeleted({ index, info: podInfoOf(spec), node: node.record.index }), cause)
  }

  flush(cause: number): void {
    this.#ticks.flush()
    this.#queueCycle(cause)
    this.#ticks.queueFlush(cause)
  }

  flushUnschedulable(cause: number): void {
    this.#ticks.flushUnschedulable()
    this.#moved(cause)
  }
}

const sideOf = ({ identity: { index }, spec, node }: PodVersion): PodSide => ({ index, info: podInfoOf(spec), node })

/** Changes of a node that no plugin keeps anything of. */
const IRRELEVANT = ACTION.nodeCondition | ACTION.nodeAnnotation

/** A delete request that names no grace. */
const OWN_GRACE = -1
