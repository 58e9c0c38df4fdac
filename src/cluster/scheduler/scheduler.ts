import { choiceLabel } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { EventRecorder } from '../client/index.js'
import {
  CHANGE,
  type Condition,
  condition,
  type Environment,
  findCondition,
  isDeleting,
  isTerminalPhase,
  type NodeRecord,
  OP,
  type PodVersion,
  type PodWatcher,
  type StoreClient,
  TRUTH,
  WORD,
} from '../contract/index.js'
import { NodeUse } from '../predicates/index.js'
import { ActiveQueue } from './active-queue.js'
import { failureText, preemptionText } from './failure-text.js'
import { FILTERS, type Refusal } from './filters.js'
import { nodeAffinityPreFilter } from './pre-filter.js'
import { scoreNode } from './scores.js'

const EQUAL_NODES = choiceLabel('equal-nodes', 'the first of the nodes with the highest score')

/** What the scheduler writes beside bindings. */
export interface SchedulerStore extends StoreClient {
  setCondition(index: number, changed: Condition, cause: number): number
}

/** A pod that waits to be scheduled. */
interface QueuedPod {
  readonly index: number
  readonly priority: number
  attempts: number
  /** When its back-off is over. */
  readyAt: Milliseconds
}

/**
 * Finds a node for each pod that has none: one pod at a time, filters, scores, binding.
 *
 * scheduler: pkg/scheduler/schedule_one.go, backend/queue/scheduling_queue.go, v1.32 (control-plane.md 2.2 to 2.5).
 */
export class Scheduler implements PodWatcher {
  readonly #environment: Environment
  readonly #store: SchedulerStore
  readonly #events: EventRecorder
  #uses: NodeUse[] = []
  /** The node that a pod counts on, from the moment it is assumed there. */
  #assumed: (number | undefined)[] = []
  readonly #active = new ActiveQueue<QueuedPod>()
  #unschedulable = new Map<number, QueuedPod>()
  #backOff: QueuedPod[] = []
  #isCycleQueued = false
  #isFlushQueued = false

  constructor(environment: Environment, store: SchedulerStore) {
    this.#environment = environment
    this.#store = store
    this.#events = new EventRecorder(environment, SCHEDULER_SOURCE)
  }

  reset(): void {
    this.#uses = this.#store.nodes.map(() => new NodeUse())
    this.#assumed = []
    this.#active.clear()
    this.#unschedulable = new Map()
    this.#backOff = []
    this.#isCycleQueued = false
    this.#isFlushQueued = false
    this.#events.reset()
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    const { index } = pod.identity
    if (pod.node >= 0) {
      this.#assignedChanged(change, pod, previous, cause)
      return
    }
    if (change === CHANGE.removed) {
      this.#unschedulable.delete(index)
      this.#active.remove(index)
      this.#backOff = this.#backOff.filter(each => each.index !== index)
      return
    }
    if (pod.spec.schedulingGates > 0 || isDeleting(pod)) return
    if (change === CHANGE.added || (previous !== null && previous.spec.schedulingGates > 0)) {
      this.#active.add({ index, priority: pod.spec.object.spec.priority ?? 0, attempts: 0, readyAt: 0 })
      this.#queueCycle(cause)
    } else if (previous !== null && previous.spec !== pod.spec) {
      this.#moveUnschedulable(cause)
    }
  }

  /** A pod that ends or goes gives its node's resources back; that may help others. */
  #assignedChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    const { index } = pod.identity
    const isOver = change === CHANGE.removed || isTerminalPhase(pod.status.phase)
    const counted = this.#assumed[index]
    if (isOver) {
      if (counted === undefined) return
      this.#assumed[index] = undefined
      this.#uses[counted].remove(previous ?? pod)
      this.#moveUnschedulable(cause)
    } else if (counted === undefined) {
      this.#assumed[index] = pod.node
      this.#uses[pod.node].add(pod)
    }
  }

  /** A node was uncordoned, or otherwise became better. */
  nodeChanged(cause: number): void {
    this.#moveUnschedulable(cause)
  }

  #queueCycle(cause: number): void {
    if (this.#isCycleQueued) return
    if (this.#active.isEmpty && this.#environment.profile.popsFromBackoffQueue) this.#popFromBackOff()
    if (this.#active.isEmpty) return
    this.#isCycleQueued = true
    const { kernel, timing } = this.#environment
    kernel.schedule(kernel.now + timing.scheduling, OP.schedule, 0, cause)
  }

  /** From 1.33 on nobody waits for nothing: the next of the back-off queue is taken where no other pod is active. */
  #popFromBackOff(): void {
    const [next] = this.#backOff.slice().sort(byWindow)
    if (next === undefined) return
    this.#backOff = this.#backOff.filter(each => each !== next)
    this.#active.add(next)
  }

  /** One scheduling cycle: the pod of the highest priority, the earliest among equals. */
  schedule(cause: number): void {
    this.#isCycleQueued = false
    const queued = this.#active.take()
    if (queued === undefined) return
    const pod = this.#store.pod(queued.index)
    if (pod !== null && pod.node < 0 && !isDeleting(pod)) this.#place(queued, pod, pod.row >= 0 ? pod.row : cause)
    this.#queueCycle(cause)
  }

  #place(queued: QueuedPod, pod: PodVersion, cause: number): void {
    queued.attempts++
    const { nodes } = this.#store
    const feasible: NodeRecord[] = []
    const refusals: Refusal[] = []
    const { refusal: refusedByAll, nodeNames } = nodeAffinityPreFilter(pod.spec.object.spec)
    for (const node of nodes) {
      const isLeftOut = refusedByAll !== undefined || (nodeNames !== undefined && !nodeNames.has(node.name))
      const refusal = isLeftOut ? LEFT_OUT : this.#refusal(pod, node)
      if (refusal === null) feasible.push(node)
      else refusals.push(refusal)
    }
    if (feasible.length === 0) {
      this.#fail(queued, pod, refusals, refusedByAll, cause)
      return
    }
    const node = this.#best(pod, feasible)
    const { index, path } = pod.identity
    this.#assumed[index] = node.index
    this.#uses[node.index].add(pod)
    this.#store.bindPod(index, node.index, cause)
    const { symbols } = this.#environment
    const bound = this.#store.pod(index)
    const message = symbols.message(SCHEDULED, pod.identity.reference, node.nameSymbol)
    this.#events.record(index, path, false, WORD.Scheduled, message, bound?.row ?? cause)
  }

  #refusal(pod: PodVersion, node: NodeRecord): Refusal | null {
    const input = { pod, node, use: this.#uses[node.index], profile: this.#environment.profile }
    for (const filter of FILTERS) {
      const refusal = filter(input)
      if (refusal !== null) return refusal
    }
    return null
  }

  #best(pod: PodVersion, feasible: readonly NodeRecord[]): NodeRecord {
    if (feasible.length === 1) return feasible[0]
    let highest = Number.NEGATIVE_INFINITY
    let best: NodeRecord[] = []
    for (const node of feasible) {
      const score = scoreNode(pod, node, this.#uses[node.index], this.#environment.profile)
      if (score > highest) {
        highest = score
        best = [node]
      } else if (score === highest) {
        best.push(node)
      }
    }
    return best[this.#environment.choices.draw(EQUAL_NODES, pod.identity.path, 0, best.length, 0)]
  }

  /** The pod is parked until something changes; condition and event say why (Q-8, MSG-1 to MSG-5). */
  #fail(
    queued: QueuedPod,
    pod: PodVersion,
    refusals: readonly Refusal[],
    refusedByAll: string | undefined,
    cause: number,
  ): void {
    const { symbols, kernel } = this.#environment
    const text = symbols.intern(this.#explain(pod, refusals, refusedByAll))
    const { index, path } = pod.identity
    const row = this.#events.record(index, path, true, WORD.FailedScheduling, text, cause)
    const old = findCondition(pod.status.conditions, WORD.PodScheduled)
    if (old === undefined || old.status !== TRUTH.False || old.message !== text) {
      this.#store.setCondition(
        index,
        condition(WORD.PodScheduled, TRUTH.False, WORD.Unschedulable, text),
        row >= 0 ? row : cause,
      )
    }
    queued.readyAt =
      kernel.now + Math.min(INITIAL_BACKOFF_MS * (1 << Math.min(queued.attempts - 1, 10)), LONGEST_BACKOFF_MS)
    this.#unschedulable.set(index, queued)
  }

  /** `refusedByAll`: why no node was even asked; it is told without a count (MSG-1 a). */
  #explain(pod: PodVersion, refusals: readonly Refusal[], refusedByAll: string | undefined): string {
    const { nodes } = this.#store
    if (nodes.length === 0) return 'no nodes available to schedule pods'
    const reasons = new Map<string, number>()
    let resolvable = 0
    for (const refusal of refusals) {
      if (refusal.isResolvable) resolvable++
      for (const reason of refusal.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    const isNever = pod.spec.object.spec.preemptionPolicy === 'Never'
    const preemption = isNever
      ? 'preemption: not eligible due to preemptionPolicy=Never.'
      : preemptionText(nodes.length, resolvable, nodes.length - resolvable)
    const { failedSchedulingClaimsText } = this.#environment.profile
    return failureText(nodes.length, refusedByAll ?? reasons, failedSchedulingClaimsText + preemption)
  }

  /** Pods whose back-off is over are tried again; the others wait for the next flush. */
  #moveUnschedulable(cause: number): void {
    const { now } = this.#environment.kernel
    for (const queued of this.#unschedulable.values()) {
      if (queued.readyAt <= now) this.#active.add(queued)
      else this.#backOff.push(queued)
    }
    this.#unschedulable.clear()
    this.#queueCycle(cause)
    this.#queueFlush(cause)
  }

  #queueFlush(cause: number): void {
    if (this.#isFlushQueued || this.#backOff.length === 0) return
    this.#isFlushQueued = true
    const { kernel } = this.#environment
    kernel.schedule((Math.floor(kernel.now / FLUSH_MS) + 1) * FLUSH_MS, OP.flushSchedulerQueues, 0, cause)
  }

  flush(cause: number): void {
    this.#isFlushQueued = false
    const { now } = this.#environment.kernel
    const rest: QueuedPod[] = []
    for (const queued of this.#backOff) {
      if (queued.readyAt <= now) this.#active.add(queued)
      else rest.push(queued)
    }
    this.#backOff = rest
    this.#queueCycle(cause)
    this.#queueFlush(cause)
  }
}

/** Back-offs that end within the same second count as equal: then the priority decides. */
const byWindow = (a: QueuedPod, b: QueuedPod): number =>
  Math.floor(a.readyAt / FLUSH_MS) - Math.floor(b.readyAt / FLUSH_MS) || b.priority - a.priority

/** A node outside those that a PreFilter named (CY-5). */
const LEFT_OUT: Refusal = { reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"], isResolvable: false }

/** Number of `default-scheduler` in EVENT_SOURCES. */
const SCHEDULER_SOURCE = 1
const INITIAL_BACKOFF_MS = 1000
const LONGEST_BACKOFF_MS = 10_000
const FLUSH_MS = 1000

const SCHEDULED = {
  name: 'scheduled',
  arguments: ['symbol', 'symbol'],
  write: ([pod, node]: readonly (string | number)[]) => `Successfully assigned ${pod} to ${node}`,
} as const
