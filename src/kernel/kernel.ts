import type { Milliseconds } from '../time/index.js'
import { EntryQueue } from './queue.js'

/** Why the loop stopped. */
export type StopReason =
  /** Nothing is left to do. */
  | 'quiescent'
  /** The next entry lies beyond the given instant. */
  | 'horizon'
  /** The limit on entries was reached: something keeps the cluster busy without end. */
  | 'entryLimit'
  /** Somebody asked for a pause. */
  | 'paused'

/** Takes one entry: a number of an operation, its argument, and the row that caused it. */
export type Dispatch = (operation: number, argument: number, cause: number) => void

/** Decides ties: among entries of one instant and one priority the smaller draw in [0, 65536) goes first. */
export interface TieBreaker {
  draw(operation: number, argument: number, time: Milliseconds): number
  /** The entry stood beside another of its instant, or was taken back at it: its draw decided something. */
  decided(operation: number, argument: number, time: Milliseconds): void
}

/** Work of one instant is done in phases; a lower number goes first. What is `last` comes after all else of its instant, untied. */
export const PRIORITY = { world: 0, normal: 1, late: 2, last: 3 } as const

/**
 * Virtual time and the loop over entries. It knows nothing of Kubernetes.
 *
 * Entries run by (time, priority, draw, sequence). Time is a whole number of milliseconds and moves only here.
 */
export class Kernel {
  now: Milliseconds = 0
  /** Entries taken since the last reset. */
  entries = 0
  readonly #queue = new EntryQueue()
  #sequence = 0
  #isPauseWanted = false
  #tieBreaker: TieBreaker | undefined
  /** By priority: the last instant at which an entry of it ran. */
  readonly #lastTimes = new Float64Array(Object.keys(PRIORITY).length)

  reset(tieBreaker: TieBreaker | undefined): void {
    this.now = 0
    this.entries = 0
    this.#sequence = 0
    this.#isPauseWanted = false
    this.#tieBreaker = tieBreaker
    this.#lastTimes.fill(-1)
    this.#queue.clear()
  }

  /** Number of pending entries. */
  get pending(): number {
    return this.#queue.length - this.#queue.cancelled
  }

  /** When the next entry is due; Infinity when none is. */
  get nextAt(): Milliseconds {
    return this.#queue.earliest
  }

  /** Name of the entry in hand, as `schedule` answered it. */
  get entry(): number {
    return this.#queue.handle
  }

  /** Queues an entry; an instant in the past means now. The answer names the entry, so that its owner can tell it from a later one. */
  schedule(
    at: Milliseconds,
    operation: number,
    argument: number,
    cause: number,
    priority: number = PRIORITY.normal,
  ): number {
    const time = at > this.now ? at : this.now
    const sequence = ++this.#sequence
    const tieBreaker = priority === PRIORITY.last ? undefined : this.#tieBreaker
    const draw = tieBreaker === undefined ? 0 : tieBreaker.draw(operation, argument, time)
    return this.#queue.push(
      time,
      (priority * 65_536 + draw) * SEQUENCE_SPACE + sequence,
      sequence,
      operation,
      argument,
      cause,
    )
  }

  /** Takes back an entry that is still pending: it will not run, and does not keep the run from being quiescent. */
  cancel(entry: number): void {
    const queue = this.#queue
    // Taken back at its own instant: it could have run, had its draw been smaller than that of the entry in hand.
    if (this.#tieBreaker !== undefined && queue.timeOf(entry) === this.now) {
      this.#tieBreaker.decided(queue.operationOf(entry), queue.argumentOf(entry), this.now)
    }
    queue.cancel(entry)
  }

  /** Lets time pass in which nothing happens. */
  advance(to: Milliseconds): void {
    if (to > this.now && to <= this.nextAt) this.now = to
  }

  /** Asks the loop to return after the entry in hand. */
  pause(): void {
    this.#isPauseWanted = true
  }

  /**
   * An entry is tied when one of its instant and priority ran before it, or is the next. What ran in between does not matter: work
   * of a priority sets off work of an earlier one at the same instant.
   */
  #noteTie(tieBreaker: TieBreaker): void {
    const queue = this.#queue
    const phase = Math.floor(queue.order / PRIORITY_SPACE)
    if (phase === PRIORITY.last) return
    const isLikeLast = this.#lastTimes[phase] === queue.time
    this.#lastTimes[phase] = queue.time
    const isLikeNext = queue.earliest === queue.time && Math.floor(queue.earliestOrder / PRIORITY_SPACE) === phase
    if (isLikeLast || isLikeNext) tieBreaker.decided(queue.operation, queue.argument, queue.time)
  }

  /** Takes entries up to and including the instant `until`, at most `entryLimit` of them. */
  run(until: Milliseconds, entryLimit: number, dispatch: Dispatch): StopReason {
    const queue = this.#queue
    this.#isPauseWanted = false
    let left = entryLimit
    while (queue.length > queue.cancelled) {
      if (queue.earliest > until) {
        if (until > this.now) this.now = until
        return 'horizon'
      }
      if (left-- <= 0) return 'entryLimit'
      if (!queue.pop()) continue
      this.now = queue.time
      this.entries++
      if (this.#tieBreaker !== undefined) this.#noteTie(this.#tieBreaker)
      dispatch(queue.operation, queue.argument, queue.cause)
      if (this.#isPauseWanted) return 'paused'
    }
    return 'quiescent'
  }
}

/** Orders of one priority span this much: all draws and sequence numbers. */
const PRIORITY_SPACE = 65_536 * 0x2_0000_0000

/** Sequence numbers take the low 33 bits of an order; 8 billion entries are far beyond any entry limit. */
const SEQUENCE_SPACE = 0x2_0000_0000
