import { choiceLabel } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { type Environment, OP } from '../contract/index.js'

/** A key of the queue and what is known of it. */
interface Entry {
  readonly key: number
  readonly slot: number
  /** How often the key was taken. */
  syncs: number
  isQueued: boolean
  /** Row that first asked for the pending sync. */
  cause: number
  /** When a delay that is pending is over; Infinity: none is. */
  deadline: Milliseconds
  /** The kernel's entry of the pending delay. */
  timer: number
  delayCause: number
  failures: number
  /** How long the next failure waits. */
  retryMs: Milliseconds
}

/** How long a key waits after its first failed sync, and at most. */
export interface Retries {
  readonly first: Milliseconds
  readonly longest: Milliseconds
}

/** A key that is to be worked on, and why. */
export interface QueuedKey {
  readonly key: number
  readonly cause: number
}

/** Keys of one queue, and the argument of its delays: the controller's number goes above them. */
const SLOTS = 0x10_0000

/**
 * The rate-limited work queue of a controller with its one worker: each key once, first come, first served.
 *
 * client-go: util/workqueue, v1.26 and later (C-1; C-9: one deadline per key, the earliest).
 */
export class WorkQueue {
  readonly #environment: Environment
  readonly #controller: number
  readonly #retries: Retries
  #entries = new Map<number, Entry>()
  #slots: Entry[] = []
  #keys: Entry[] = []
  #next = 0
  #isScheduled = false
  /** Until when the worker is busy with the requests of the sync before. */
  #busyUntil: Milliseconds = 0

  /** `controller` is the number by which the kernel's entries name the controller. */
  constructor(environment: Environment, controller: number, retries: Retries = DEFAULT_RETRIES) {
    this.#environment = environment
    this.#controller = controller
    this.#retries = retries
  }

  reset(): void {
    this.#entries = new Map()
    this.#slots = []
    this.#keys = []
    this.#next = 0
    this.#isScheduled = false
    this.#busyUntil = 0
  }

  /** Takes apart the argument of a `controllerDelay` entry. */
  static delayOf(argument: number): { readonly controller: number; readonly slot: number } {
    return { controller: Math.floor(argument / SLOTS), slot: argument % SLOTS }
  }

  add(key: number, cause: number): void {
    this.#queue(this.#entryOf(key), cause)
  }

  /** C-9: a later deadline is dropped, an earlier one takes the place of that which stands. */
  addAfter(key: number, delay: Milliseconds, cause: number): void {
    const entry = this.#entryOf(key)
    if (delay <= 0) {
      this.#queue(entry, cause)
      return
    }
    const { kernel } = this.#environment
    const deadline = kernel.now + delay
    if (deadline >= entry.deadline) return
    if (entry.deadline !== Number.POSITIVE_INFINITY) kernel.cancel(entry.timer)
    entry.deadline = deadline
    entry.delayCause = cause
    entry.timer = kernel.schedule(deadline, OP.controllerDelay, this.#controller * SLOTS + entry.slot, cause)
  }

  /** Takes a pending delay back: the caller knows that its sync would find nothing to do. */
  dropDelay(key: number): void {
    const entry = this.#entryOf(key)
    if (entry.deadline === Number.POSITIVE_INFINITY) return
    this.#environment.kernel.cancel(entry.timer)
    entry.deadline = Number.POSITIVE_INFINITY
  }

  /** After a failed sync: 5 ms unless the queue says otherwise, doubled with each failure (C-1). */
  addRateLimited(key: number, cause: number): void {
    const entry = this.#entryOf(key)
    const delay = entry.retryMs
    entry.failures++
    entry.retryMs = Math.min(2 * delay, this.#retries.longest)
    this.addAfter(key, delay, cause)
  }

  /** A sync went well: the next failure begins anew. */
  forget(key: number): void {
    const entry = this.#entryOf(key)
    entry.failures = 0
    entry.retryMs = this.#retries.first
  }

  /** How often the key failed in a row. */
  failures(key: number): number {
    return this.#entryOf(key).failures
  }

  /** A delay is over. */
  due(slot: number): void {
    const entry = this.#slots[slot]
    entry.deadline = Number.POSITIVE_INFINITY
    this.#queue(entry, entry.delayCause)
  }

  /** The next key; the worker is free again after it. */
  take(): QueuedKey | undefined {
    this.#isScheduled = false
    const entry = this.#keys[this.#next++]
    if (entry === undefined) return undefined
    if (this.#next === this.#keys.length) {
      this.#keys = []
      this.#next = 0
    }
    entry.isQueued = false
    entry.syncs++
    const { kernel, timing } = this.#environment
    // A sync waits for the answers to its requests: the next one seldom misses what it wrote.
    if (timing.watch > 0) this.#busyUntil = kernel.now + timing.watch + 1
    this.#schedule(entry.cause)
    return { key: entry.key, cause: entry.cause }
  }

  #entryOf(key: number): Entry {
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      const slot = this.#slots.length
      const deadline = Number.POSITIVE_INFINITY
      entry = {
        key,
        slot,
        syncs: 0,
        isQueued: false,
        cause: -1,
        deadline,
        timer: 0,
        delayCause: -1,
        failures: 0,
        retryMs: this.#retries.first,
      }
      this.#slots.push(entry)
      this.#entries.set(key, entry)
    }
    return entry
  }

  #queue(entry: Entry, cause: number): void {
    if (entry.isQueued) {
      this.#environment.trace.noteAlsoCausedBy(entry.cause, cause)
      return
    }
    entry.isQueued = true
    entry.cause = cause
    this.#keys.push(entry)
    this.#schedule(cause)
  }

  #schedule(cause: number): void {
    if (this.#isScheduled || this.#keys.length === 0) return
    this.#isScheduled = true
    const { kernel, timing, choices } = this.#environment
    const { key, syncs } = this.#keys[this.#next]
    const latency = choices.draw(CONTROLLER_LATENCY, key, syncs, MOST_LATENCY_MS, timing.controllerSync ?? 0)
    kernel.schedule(Math.max(kernel.now + latency, this.#busyUntil), OP.controllerSync, this.#controller, cause)
  }
}

const CONTROLLER_LATENCY = choiceLabel('controller-latency', 'the plan’s timing: 0 ms')
/** In the recordings half of the syncs follow their trigger within 14 ms, of which 4 ms are the watch. */
const MOST_LATENCY_MS = 10

const DEFAULT_RETRIES: Retries = { first: 5, longest: 1_000_000 }
