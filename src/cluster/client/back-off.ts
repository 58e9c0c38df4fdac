import type { Milliseconds } from '../../time/index.js'

interface BackOffEntry {
  duration: Milliseconds
  lastUpdate: Milliseconds
}

/**
 * Exponential back-off per key. client-go: util/flowcontrol/backoff.go, v1.32.
 *
 * An entry expires when the event lies more than twice the longest back-off, or `expiry`, after its last update.
 */
export class BackOff {
  readonly #initial: Milliseconds
  readonly #longest: Milliseconds
  readonly #expiry: Milliseconds
  #entries = new Map<number, BackOffEntry>()

  constructor(initial: Milliseconds, longest: Milliseconds, expiry: Milliseconds) {
    this.#initial = initial
    this.#longest = longest
    this.#expiry = expiry
  }

  clear(): void {
    if (this.#entries.size > 0) this.#entries = new Map()
  }

  /** The back-off that stands for a key; 0: none. */
  durationOf(key: number): Milliseconds {
    return this.#entries.get(key)?.duration ?? 0
  }

  /** When a back-off that counts from its last update ends. */
  endOf(key: number): Milliseconds {
    const entry = this.#entries.get(key)
    return entry === undefined ? 0 : entry.lastUpdate + entry.duration
  }

  /** Whether `now` still lies within the back-off that counts from `eventTime`. */
  isInBackOffSince(key: number, eventTime: Milliseconds, now: Milliseconds): boolean {
    const entry = this.#live(key, now)
    if (entry === undefined || eventTime - entry.lastUpdate > this.#expiry) return false
    return now - eventTime < entry.duration
  }

  /** Whether `now` still lies within the back-off that counts from the last update. */
  isInBackOffSinceUpdate(key: number, now: Milliseconds): boolean {
    const entry = this.#live(key, now)
    if (entry === undefined || now - entry.lastUpdate > this.#expiry) return false
    return now - entry.lastUpdate < entry.duration
  }

  /** Doubles the back-off, or begins it when there is none or it expired. */
  next(key: number, eventTime: Milliseconds, now: Milliseconds): void {
    const entry = this.#live(key, now)
    if (entry === undefined) {
      this.#entries.set(key, { duration: this.#initial, lastUpdate: now })
      return
    }
    entry.duration =
      eventTime - entry.lastUpdate > this.#expiry ? this.#initial : Math.min(2 * entry.duration, this.#longest)
    entry.lastUpdate = now
  }

  /** Housekeeping collects an entry once its last update is older than the expiry; looking at the age when asked does the same. */
  #live(key: number, now: Milliseconds): BackOffEntry | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || now - entry.lastUpdate <= this.#expiry) return entry
    this.#entries.delete(key)
    return undefined
  }
}
