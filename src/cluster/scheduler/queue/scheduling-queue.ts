import type { Milliseconds } from '../../../time/index.js'
import type { PluginName } from '../plugin.js'
import { ActiveQueue } from './active-queue.js'

/** A pod that waits to be scheduled. */
export class QueuedPod {
  readonly index: number
  readonly priority: number
  attempts = 0
  timestamp: Milliseconds
  rejectedBy: ReadonlySet<PluginName> = new Set()
  /** How many changes of the cluster there had been by its last attempt. */
  changesSeen = 0

  constructor(index: number, priority: number, timestamp: Milliseconds) {
    this.index = index
    this.priority = priority
    this.timestamp = timestamp
  }

  /** When its back-off is over: 1 s after its first attempt, twice that after each further one, at most 10 s. */
  get readyAt(): Milliseconds {
    if (this.attempts === 0) return this.timestamp
    return this.timestamp + Math.min(INITIAL_BACKOFF_MS * (1 << Math.min(this.attempts - 1, 10)), LONGEST_BACKOFF_MS)
  }
}

const INITIAL_BACKOFF_MS = 1000
const LONGEST_BACKOFF_MS = 10_000
/** Pods that were unschedulable for longer are tried again in any case. */
const LONGEST_UNSCHEDULABLE_MS = 300_000
const WINDOW_MS = 1000

/**
 * Where pods wait: active, backing off, or until something changes.
 *
 * scheduler: backend/queue/scheduling_queue.go, v1.32.
 */
export class SchedulingQueue {
  readonly #active = new ActiveQueue<QueuedPod>()
  #backOff: QueuedPod[] = []
  #unschedulable = new Map<number, QueuedPod>()
  /** Since when pods with gates are there. */
  readonly #gatedSince = new Map<number, Milliseconds>()
  /** Counts what may change a verdict. */
  changes = 0

  clear(): void {
    this.#active.clear()
    this.changes = 0
    if (this.#gatedSince.size > 0) this.#gatedSince.clear()
    if (this.#backOff.length > 0) this.#backOff = []
    // A cleared map's old table refers to its new one, which keeps dead runs alive for the scavenger: a new map does not.
    if (this.#unschedulable.size > 0) this.#unschedulable = new Map()
  }

  get hasActive(): boolean {
    return !this.#active.isEmpty
  }

  get hasBackOff(): boolean {
    return this.#backOff.length > 0
  }

  get hasUnschedulable(): boolean {
    return this.#unschedulable.size > 0
  }

  /**
   * When the first pod that is parked will have been so for too long. Where nothing at all has changed since its last attempt
   * the answer is known, and it is left alone: a quiet cluster is quiet.
   */
  get nextTimeout(): Milliseconds {
    let first = Number.POSITIVE_INFINITY
    for (const { timestamp, changesSeen } of this.#unschedulable.values()) {
      if (changesSeen < this.changes && timestamp < first) first = timestamp
    }
    return first + LONGEST_UNSCHEDULABLE_MS
  }

  /** A pod with gates came; nothing is done about it until they are gone. */
  gate(index: number, now: Milliseconds): void {
    if (!this.#gatedSince.has(index)) this.#gatedSince.set(index, now)
  }

  /** The last gate of a pod is gone: since when it is there; undefined: it never had any. */
  openGate(index: number): Milliseconds | undefined {
    const since = this.#gatedSince.get(index)
    this.#gatedSince.delete(index)
    return since
  }

  activate(pod: QueuedPod): void {
    this.#active.add(pod)
  }

  take(): QueuedPod | undefined {
    return this.#active.take()
  }

  remove(index: number): void {
    this.#active.remove(index)
    this.#unschedulable.delete(index)
    this.#gatedSince.delete(index)
    if (this.#backOff.length > 0) this.#backOff = this.#backOff.filter(each => each.index !== index)
  }

  /** an attempt failed. Nobody can say what would help a pod that no plugin rejected, so it is tried again. */
  putBack(pod: QueuedPod): void {
    pod.changesSeen = this.changes
    if (pod.rejectedBy.size === 0) this.#backOff.push(pod)
    else this.#unschedulable.set(pod.index, pod)
  }

  unschedulable(index: number): QueuedPod | undefined {
    return this.#unschedulable.get(index)
  }

  /** pods that `isHelped` go on: at once, or when their back-off is over. */
  move(now: Milliseconds, isHelped: (pod: QueuedPod) => boolean): void {
    for (const pod of this.#unschedulable.values()) {
      if (!isHelped(pod)) continue
      this.#unschedulable.delete(pod.index)
      if (pod.readyAt <= now) this.#active.add(pod)
      else this.#backOff.push(pod)
    }
  }

  /** */
  moveOverdue(now: Milliseconds): void {
    this.move(
      now,
      ({ timestamp, changesSeen }) => changesSeen < this.changes && now - timestamp > LONGEST_UNSCHEDULABLE_MS,
    )
  }

  /** pods whose back-off is over become active. */
  flushBackOff(now: Milliseconds): void {
    const ready = this.#backOff.filter(pod => pod.readyAt <= now).sort((a, b) => a.readyAt - b.readyAt)
    if (ready.length === 0) return
    this.#backOff = this.#backOff.filter(pod => pod.readyAt > now)
    for (const pod of ready) this.#active.add(pod)
  }

  /** From 1.33 on nobody waits for nothing: the next of the back-off queue is taken where no other pod is active. */
  popFromBackOff(): void {
    const [next] = this.#backOff.slice().sort(byWindow)
    if (next === undefined) return
    this.#backOff = this.#backOff.filter(each => each !== next)
    this.#active.add(next)
  }
}

/** Back-offs that end within the same second count as equal: then the priority decides. */
const byWindow = (a: QueuedPod, b: QueuedPod): number =>
  Math.floor(a.readyAt / WINDOW_MS) - Math.floor(b.readyAt / WINDOW_MS) || b.priority - a.priority
