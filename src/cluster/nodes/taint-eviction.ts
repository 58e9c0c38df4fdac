import type { Taint, Toleration } from '../../model/index.js'
import type { Milliseconds } from '../../time/index.js'
import { EVENT_SOURCES, type MessageTemplate } from '../../trace/index.js'
import { EventRecorder } from '../client/index.js'
import {
  CHANGE,
  condition,
  type Environment,
  type NodeClient,
  type NodeRecord,
  type NodeWatcher,
  OP,
  type PodVersion,
  type PodWatcher,
  TRUTH,
  WORD,
} from '../contract/index.js'
import { toleratesTaint } from '../predicates/index.js'
import type { PodWriter } from './node-lifecycle.js'
import { noExecuteTaints } from './node-taints.js'

/** A pod that is to go: since when, and the entry of its deletion; −1: it was asked to go, and is not gone yet. */
interface Eviction {
  readonly createdAt: Milliseconds
  readonly entry: number
}

const DONE = -1

/**
 * The taint eviction controller: deletes pods from nodes with NoExecute taints, at once or when the time that they tolerate is over.
 *
 * controllers: pkg/controller/tainteviction/taint_eviction.go, v1.26 and later (control-plane.md 3.3).
 */
export class TaintEviction implements NodeWatcher, PodWatcher {
  readonly #environment: Environment
  readonly #nodes: NodeClient
  readonly #pods: PodWriter
  readonly #events: EventRecorder
  /** By pod. */
  #evictions = new Map<number, Eviction>()
  /** Pods that are new on a tainted node, and of which an entry will tell. */
  #awaited = new Set<number>()
  /** By node: the NoExecute taints of a run's beginning, and those that were last seen, as texts. */
  readonly #firstTaints: readonly string[]
  #lastTaints = new Map<number, string>()

  constructor(environment: Environment, nodes: NodeClient, pods: PodWriter) {
    this.#environment = environment
    this.#nodes = nodes
    this.#pods = pods
    this.#events = new EventRecorder(environment, EVENT_SOURCES.indexOf('taint-eviction-controller'))
    this.#firstTaints = nodes.nodes.map(textOf)
  }

  reset(): void {
    this.#events.reset()
    if (this.#evictions.size > 0) this.#evictions = new Map()
    if (this.#awaited.size > 0) this.#awaited = new Set()
    if (this.#lastTaints.size > 0) this.#lastTaints = new Map()
  }

  /** TE-1: only other NoExecute taints matter. What was due on a node that is deleted stays due. */
  nodeChanged(node: NodeRecord, cause: number): void {
    const text = textOf(node)
    if (text === (this.#lastTaints.get(node.index) ?? this.#firstTaints[node.index] ?? '')) return
    this.#lastTaints.set(node.index, text)
    if (node.isGone) return
    const taints = noExecuteTaints(node.object)
    for (const pod of this.#pods.podsOfNode(node.index)) {
      if (taints.length === 0) this.#cancel(pod, cause)
      else this.#process(pod, taints, cause)
    }
  }

  /** TE-1: told as it is written; what matters is looked at when a watch would have brought it. */
  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    const { index } = pod.identity
    if (change === CHANGE.removed) {
      if (this.#evictions.has(index)) this.#cancel(pod, cause)
      return
    }
    // Most nodes have no taints at all, and this is asked at every write.
    const taints = pod.node < 0 ? undefined : this.#nodes.nodes[pod.node].object.spec.taints
    if (taints === undefined || !taints.some(({ effect }) => effect === 'NoExecute')) return
    const isOther =
      change === CHANGE.added ||
      previous?.node !== pod.node ||
      JSON.stringify(tolerationsOf(previous)) !== JSON.stringify(tolerationsOf(pod))
    if (!isOther || this.#awaited.has(index)) return
    this.#awaited.add(index)
    const { kernel, timing } = this.#environment
    kernel.schedule(kernel.now + timing.watch, OP.taintedPod, index, cause)
  }

  /** A pod that is new on a tainted node, or tolerates other taints now. */
  look(index: number, cause: number): void {
    this.#awaited.delete(index)
    const pod = this.#pods.pod(index)
    if (pod === null || pod.node < 0) return
    const node = this.#nodes.nodes[pod.node]
    if (node.isGone) return
    const taints = noExecuteTaints(node.object)
    if (taints.length === 0) this.#cancel(pod, cause)
    else this.#process(pod, taints, cause)
  }

  /** TE-2: an eviction that is under way keeps its time, unless it began in this instant or nothing is tolerated any more. */
  #process(pod: PodVersion, taints: readonly Taint[], cause: number): void {
    const { kernel } = this.#environment
    const { index } = pod.identity
    const seconds = tolerationSecondsOf(taints, tolerationsOf(pod) ?? [])
    const known = this.#evictions.get(index)
    const isKept = seconds !== NOT_TOLERATED && seconds !== Number.POSITIVE_INFINITY
    if (isKept && known !== undefined && (known.entry === DONE || known.createdAt < kernel.now)) return
    this.#cancel(pod, cause)
    if (seconds === Number.POSITIVE_INFINITY) return
    const entry = kernel.schedule(kernel.now + Math.max(0, seconds) * 1000, OP.taintEviction, index, cause)
    this.#evictions.set(index, { createdAt: kernel.now, entry })
  }

  /** TE-3. */
  #cancel({ identity: { index, path, reference } }: PodVersion, cause: number): void {
    const eviction = this.#evictions.get(index)
    if (eviction === undefined) return
    this.#evictions.delete(index)
    if (eviction.entry === DONE) return
    const { kernel, symbols } = this.#environment
    kernel.cancel(eviction.entry)
    const reason = symbols.intern('TaintManagerEviction')
    this.#events.record(index, path, false, reason, symbols.message(CANCELLED, reference), cause)
  }

  /** TE-4. */
  evict(index: number, cause: number): void {
    const pod = this.#pods.pod(index)
    if (pod === null) return
    // Upstream remembers whom it has asked to go until the pod is gone, so that nobody is asked twice for the same taints.
    this.#evictions.set(index, { createdAt: this.#environment.kernel.now, entry: DONE })
    const { symbols } = this.#environment
    const { path, reference } = pod.identity
    const reason = symbols.intern('TaintManagerEviction')
    this.#events.record(index, path, false, reason, symbols.message(MARKED, reference), cause)
    const why = symbols.intern('Taint manager: deleting due to NoExecute taint')
    const target = condition(WORD.DisruptionTarget, TRUTH.True, symbols.intern('DeletionByTaintManager'), why)
    const row = this.#pods.setCondition(index, target, cause)
    this.#pods.deletePod(index, OWN_GRACE, row >= 0 ? row : cause)
  }
}

const tolerationsOf = (pod: PodVersion | null): readonly Toleration[] | undefined => pod?.spec.object.spec.tolerations

const textOf = ({ object, isGone }: NodeRecord): string => (isGone ? '' : JSON.stringify(noExecuteTaints(object)))

/** Some taint is not tolerated at all. */
const NOT_TOLERATED = -1

/** How long a pod tolerates all of these taints: the first toleration that matches a taint is the one that counts for it. */
export function tolerationSecondsOf(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const taint of taints) {
    const used = tolerations.find(toleration => toleratesTaint(toleration, taint))
    if (used === undefined) return NOT_TOLERATED
    if (used.tolerationSeconds !== undefined) least = Math.min(least, Math.max(0, used.tolerationSeconds))
  }
  return least
}

/** A delete request that names no grace. */
const OWN_GRACE = -1

const MARKED: MessageTemplate = {
  name: 'taintEvictionMarked',
  arguments: ['symbol'],
  write: ([pod]) => `Marking for deletion Pod ${pod}`,
}
const CANCELLED: MessageTemplate = {
  name: 'taintEvictionCancelled',
  arguments: ['symbol'],
  write: ([pod]) => `Cancelling deletion of Pod ${pod}`,
}
