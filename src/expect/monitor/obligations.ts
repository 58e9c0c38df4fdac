import type { Milliseconds } from '../../time/index.js'

/** Triggers that wait for their answer, in order: when and at which row. Its memory is kept from run to run. */
export class Obligations {
  readonly #times: Milliseconds[] = []
  readonly #rows: number[] = []
  #first = 0
  #end = 0

  get isEmpty(): boolean {
    return this.#first === this.#end
  }

  /** When the first was set off. */
  get time(): Milliseconds {
    return this.#times[this.#first]
  }

  /** The row that set the first off. */
  get row(): number {
    return this.#rows[this.#first]
  }

  /** Adds one; what answers the first trigger of an instant answers the later ones, so one stands for all. */
  add(time: Milliseconds, row: number): void {
    if (this.#first === this.#end) {
      this.#first = 0
      this.#end = 0
    } else if (this.#times[this.#end - 1] === time) return
    this.#times[this.#end] = time
    this.#rows[this.#end] = row
    this.#end++
  }

  dropFirst(): void {
    this.#first++
  }

  clear(): void {
    this.#first = 0
    this.#end = 0
  }
}
