import { type Environment, OP } from '../../contract/index.js'
import type { SchedulingQueue } from './scheduling-queue.js'

/**
 * The queue's two ticks: pods whose back-off is over, and pods that nothing has helped for too long.
 *
 * Ticks that would find nobody are not queued. kube-scheduler: pkg/scheduler/backend/queue/scheduling_queue.go Run, v1.32.
 */
export class QueueTicks {
  readonly #environment: Environment
  readonly #queue: SchedulingQueue
  #isFlushQueued = false
  /** The entry that looks for overdue pods; −1: none is queued. */
  #timeoutEntry = -1

  constructor(environment: Environment, queue: SchedulingQueue) {
    this.#environment = environment
    this.#queue = queue
  }

  reset(): void {
    this.#isFlushQueued = false
    this.#timeoutEntry = -1
  }

  /** */
  queueFlush(cause: number): void {
    if (this.#isFlushQueued || !this.#queue.hasBackOff) return
    this.#isFlushQueued = true
    const { kernel } = this.#environment
    kernel.schedule((Math.floor(kernel.now / FLUSH_MS) + 1) * FLUSH_MS, OP.flushSchedulerQueues, 0, cause)
  }

  flush(): void {
    this.#isFlushQueued = false
    this.#queue.flushBackOff(this.#environment.kernel.now)
  }

  /** looked at every 30 s. */
  queueTimeout(cause: number): void {
    if (this.#timeoutEntry >= 0 || !this.#queue.hasUnschedulable) return
    const { nextTimeout } = this.#queue
    if (nextTimeout === Number.POSITIVE_INFINITY) return
    const tick = (Math.floor(nextTimeout / TIMEOUT_TICK_MS) + 1) * TIMEOUT_TICK_MS
    this.#timeoutEntry = this.#environment.kernel.schedule(tick, OP.flushUnschedulable, 0, cause)
  }

  flushUnschedulable(): void {
    this.#timeoutEntry = -1
    this.#queue.moveOverdue(this.#environment.kernel.now)
  }

  /** Where nobody is parked any more, the cluster need not wait for the tick to be quiet. */
  cancelIdle(): void {
    if (this.#timeoutEntry < 0 || this.#queue.hasUnschedulable) return
    this.#environment.kernel.cancel(this.#timeoutEntry)
    this.#timeoutEntry = -1
  }
}

const FLUSH_MS = 1000
const TIMEOUT_TICK_MS = 30_000
