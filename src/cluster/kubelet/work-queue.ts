import { choiceLabel } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { type Environment, OP } from '../contract/index.js'
import type { KubeletPod } from './kubelet-pod.js'

const SYNC_TICK = choiceLabel('sync-tick', 'the plan’s timing: 300 ms past the second')
const TICK_MS = 1000

/**
 * The kubelet's work queue: one time per pod at which it is synced again, looked at once a second.
 *
 * kubelet: pkg/kubelet/util/queue/work_queue.go, kubelet.go syncLoop's syncTicker, v1.32.
 */
export class WorkQueue {
  readonly #environment: Environment
  readonly #node: number
  readonly #nodePath: number
  #tickPhase: Milliseconds = 0
  #pods: KubeletPod[] = []
  #queuedFor: Milliseconds = Number.POSITIVE_INFINITY
  #entry = 0

  constructor(environment: Environment, node: number, nodePath: number) {
    this.#environment = environment
    this.#node = node
    this.#nodePath = nodePath
  }

  /** `start`: how often the kubelet was started before. */
  reset(start: number): void {
    const { choices, timing } = this.#environment
    this.#environment.kernel.cancel(this.#entry)
    this.#tickPhase = choices.draw(SYNC_TICK, this.#nodePath, start, TICK_MS, timing.syncTickPhase)
    this.#pods = []
    this.#queuedFor = Number.POSITIVE_INFINITY
    this.#entry = 0
  }

  /** Sets the pod's time; the last call wins. −1 takes it away. */
  enqueue(pod: KubeletPod, at: Milliseconds, cause: number): void {
    const wasQueued = pod.queuedAt >= 0
    pod.queuedAt = at
    pod.queueCause = cause
    if (at < 0) {
      if (wasQueued) this.#remove(pod)
      return
    }
    if (!wasQueued) {
      pod.queueSlot = this.#pods.length
      this.#pods.push(pod)
    }
    this.#schedule(at, cause)
  }

  /** A queue without pods needs no tick. */
  #remove(pod: KubeletPod): void {
    const last = this.#pods.pop()
    if (last !== undefined && last !== pod) {
      this.#pods[pod.queueSlot] = last
      last.queueSlot = pod.queueSlot
    }
    if (this.#pods.length > 0) return
    this.#environment.kernel.cancel(this.#entry)
    this.#queuedFor = Number.POSITIVE_INFINITY
    this.#entry = 0
  }

  /** The first tick strictly after an instant. */
  tickAfter(instant: Milliseconds): Milliseconds {
    return this.#tickPhase + (Math.floor((instant - this.#tickPhase) / TICK_MS) + 1) * TICK_MS
  }

  #schedule(at: Milliseconds, cause: number): void {
    const tick = this.tickAfter(at)
    if (tick >= this.#queuedFor) return
    this.#queuedFor = tick
    this.#environment.kernel.cancel(this.#entry)
    this.#entry = this.#environment.kernel.schedule(tick, OP.syncTick, this.#node, cause)
  }

  /** Takes the pods whose time has come. */
  takeDue(cause: number): KubeletPod[] {
    const { now } = this.#environment.kernel
    this.#entry = 0
    const due: KubeletPod[] = []
    const rest: KubeletPod[] = []
    let nearest = Number.POSITIVE_INFINITY
    for (const pod of this.#pods) {
      if (pod.queuedAt < 0) continue
      if (pod.queuedAt < now) {
        pod.queuedAt = -1
        due.push(pod)
      } else {
        pod.queueSlot = rest.length
        rest.push(pod)
        if (pod.queuedAt < nearest) nearest = pod.queuedAt
      }
    }
    this.#pods = rest
    this.#queuedFor = Number.POSITIVE_INFINITY
    if (nearest !== Number.POSITIVE_INFINITY) this.#schedule(nearest, cause)
    return due
  }
}
