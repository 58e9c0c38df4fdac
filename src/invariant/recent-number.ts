import type { Milliseconds } from '../time/index.js'

/** So many values are remembered: what is older than the margin of every law is asked for by nobody. */
const MOST = 32

/** A number that controllers read some moments after it was written: what it is, and what it has been of late. */
export class RecentNumber {
  /** The latest comes last. */
  #values: { readonly value: number; readonly since: Milliseconds }[]

  constructor(value: number, since: Milliseconds) {
    this.#values = [{ value, since }]
  }

  get value(): number {
    return this.#values[this.#values.length - 1].value
  }

  /** When it became what it is. */
  get since(): Milliseconds {
    return this.#values[this.#values.length - 1].since
  }

  /** What it was before; undefined: nothing else. */
  get before(): number | undefined {
    return this.#values.at(-2)?.value
  }

  set(value: number, since: Milliseconds): void {
    this.#values.push({ value, since })
    if (this.#values.length > MOST) this.#values = this.#values.slice(-MOST / 2)
  }

  /** The greatest value that it had at some time from then on. */
  most(from: Milliseconds): number {
    return Math.max(...this.#sinceThen(from))
  }

  /** The least value that it had at some time from then on. */
  least(from: Milliseconds): number {
    return Math.min(...this.#sinceThen(from))
  }

  /** Whether it was this at some time from then on. */
  was(value: number, from: Milliseconds): boolean {
    return this.#sinceThen(from).includes(value)
  }

  #sinceThen(from: Milliseconds): number[] {
    const found: number[] = []
    for (let i = this.#values.length - 1; i >= 0; i--) {
      found.push(this.#values[i].value)
      if (this.#values[i].since < from) break
    }
    return found
  }
}
