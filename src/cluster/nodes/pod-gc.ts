import { choiceLabel } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import {
  apiSeconds,
  CHANGE,
  type Condition,
  condition,
  type Environment,
  isDeleting,
  isTerminalPhase,
  type NodeClient,
  type NodeRecord,
  type NodeWatcher,
  OP,
  type PodVersion,
  type PodWatcher,
  TRUTH,
  WORD,
} from '../contract/index.js'
import type { PodWriter } from './node-lifecycle.js'
import { hasTaint, OUT_OF_SERVICE, readyOf } from './node-taints.js'

const COLLECTION_PHASE = choiceLabel('pod-gc-phase', '10 s past every twentieth second')
const PERIOD_MS = 20_000
const CANONICAL_PHASE = 10_000
const QUARANTINE_MS = 40_000

/**
 * The pod garbage collector, as far as nodes are concerned: pods of nodes that are gone, or out of service, are removed by force; so
 * are deleted pods that never had a node.
 *
 * controllers: pkg/controller/podgc/gc_controller.go, v1.26 and later (control-plane.md 3.4). Ticks without work are not queued.
 */
export class PodGc implements NodeWatcher, PodWatcher {
  readonly #environment: Environment
  readonly #nodes: NodeClient
  readonly #pods: PodWriter
  /** Nodes that are gone, and when a tick saw it. */
  #quarantine = new Map<number, Milliseconds>()
  #entry = -1
  #queuedFor: Milliseconds = -1

  constructor(environment: Environment, nodes: NodeClient, pods: PodWriter) {
    this.#environment = environment
    this.#nodes = nodes
    this.#pods = pods
  }

  reset(): void {
    if (this.#quarantine.size > 0) this.#quarantine = new Map()
    this.#entry = -1
    this.#queuedFor = -1
  }

  nodeChanged(node: NodeRecord, cause: number): void {
    if (!node.isGone) this.#quarantine.delete(node.index)
    if (node.isGone || isOutOfService(node)) this.#queueTick(this.#environment.kernel.now, cause)
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    if (change === CHANGE.removed) return
    const { now } = this.#environment.kernel
    if (pod.node < 0) {
      if (isUnscheduledTerminating(pod) && !isUnscheduledTerminating(previous)) this.#queueTick(now, cause)
      return
    }
    const node = this.#nodes.nodes[pod.node]
    if (node.isGone ? previous?.node !== pod.node : isDeleting(pod) && isOutOfService(node)) {
      this.#queueTick(now, cause)
    }
  }

  /** The first tick strictly after an instant. */
  #queueTick(instant: Milliseconds, cause: number): void {
    const { kernel, choices } = this.#environment
    const phase = choices.draw(COLLECTION_PHASE, 0, 0, PERIOD_MS, CANONICAL_PHASE)
    const tick = phase + (Math.floor((instant - phase) / PERIOD_MS) + 1) * PERIOD_MS
    if (this.#entry >= 0 && this.#queuedFor <= tick) return
    if (this.#entry >= 0) kernel.cancel(this.#entry)
    this.#queuedFor = tick
    this.#entry = kernel.schedule(tick, OP.podGc, 0, cause)
  }

  /** One collection: pods out of service, then orphans, then those without a node (GC-2 to GC-4). */
  collect(cause: number): void {
    this.#entry = -1
    this.#queuedFor = -1
    for (const node of this.#nodes.nodes) {
      if (node.isGone) this.#collectOrphans(node, cause)
      else if (isOutOfService(node)) {
        for (const pod of this.#pods.podsOfNode(node.index)) {
          if (isDeleting(pod)) this.#forceDelete(pod, null, cause)
        }
      }
    }
    for (const pod of this.#pods.podsOfNode(NO_NODE)) {
      if (isUnscheduledTerminating(pod)) this.#forceDelete(pod, null, cause)
    }
  }

  /** GC-3: a node that is gone is believed to be so after a while. */
  #collectOrphans({ index }: NodeRecord, cause: number): void {
    const { kernel, symbols } = this.#environment
    const pods = this.#pods.podsOfNode(index)
    if (pods.length === 0) return
    const since = this.#quarantine.get(index)
    if (since === undefined) this.#quarantine.set(index, kernel.now)
    const until = (since ?? kernel.now) + QUARANTINE_MS
    if (kernel.now < until) {
      this.#queueTick(until - 1, cause)
      return
    }
    const [reason, text] = [symbols.intern('DeletionByPodGC'), symbols.intern('PodGC: node no longer exists')]
    const target = condition(WORD.DisruptionTarget, TRUTH.True, reason, text, apiSeconds(this.#environment, kernel.now))
    for (const pod of pods) this.#forceDelete(pod, target, cause)
  }

  /** GC-5: phase and condition in one write, then the deletion without grace. */
  #forceDelete(pod: PodVersion, target: Condition | null, cause: number): void {
    const { index } = pod.identity
    const { status } = pod
    let row = -1
    if (!isTerminalPhase(status.phase)) {
      const others = status.conditions.filter(({ type }) => type !== WORD.DisruptionTarget)
      const conditions = target === null ? status.conditions : [...others, target]
      row = this.#pods.updateStatus(index, { ...status, phase: WORD.Failed, conditions }, cause)
    }
    this.#pods.deletePod(index, 0, row >= 0 ? row : cause)
  }
}

const NO_NODE = -1

const isOutOfService = ({ object, isGone }: NodeRecord): boolean =>
  !isGone && readyOf(object) !== 'True' && hasTaint(object, OUT_OF_SERVICE)

/** GC-4: only finalizers keep such a pod. */
const isUnscheduledTerminating = (pod: PodVersion | null): boolean =>
  pod !== null && pod.node < 0 && isDeleting(pod) && !isTerminalPhase(pod.status.phase)
