import type { Milliseconds } from '../../time/index.js'
import type { Monitor } from './monitor.js'
import type { OccurrenceSignal } from './signal.js'

/** What happened in an instant, kept until it is known whether a monitor is to hear of it. Its memory is kept from run to run. */
export class RowLog {
  readonly #heard: readonly OccurrenceSignal[]
  /** Values of the signals at the first noted row: what they were before, or what that row's own notes say. */
  readonly #valuesBefore: number[]
  readonly #times: Milliseconds[] = []
  readonly #rows: number[] = []
  /** Of each note: which signal it is about, as an index, and the value that it got. */
  readonly #indexes: number[] = []
  readonly #values: number[] = []
  #length = 0

  constructor(heard: readonly OccurrenceSignal[]) {
    this.#heard = heard
    this.#valuesBefore = heard.map(() => 0)
  }

  /** Forgets what was noted. */
  clear(): void {
    this.#length = 0
  }

  /** Notes which of the signals happen at a row. */
  note(time: Milliseconds, row: number): void {
    if (this.#length === 0) for (let i = 0; i < this.#heard.length; i++) this.#valuesBefore[i] = this.#heard[i].value
    for (let i = 0; i < this.#heard.length; i++) {
      const { lastRow, value } = this.#heard[i]
      if (lastRow !== row) continue
      this.#times[this.#length] = time
      this.#rows[this.#length] = row
      this.#indexes[this.#length] = i
      this.#values[this.#length] = value
      this.#length++
    }
  }

  /** Lets a monitor hear what was noted, each row with the signals as they were then; and forgets it. */
  replay(monitor: Monitor): void {
    const length = this.#length
    if (length > 0) for (let i = 0; i < this.#heard.length; i++) this.#heard[i].value = this.#valuesBefore[i]
    let i = 0
    while (i < length) {
      const row = this.#rows[i]
      const time = this.#times[i]
      for (; i < length && this.#rows[i] === row; i++) {
        const signal = this.#heard[this.#indexes[i]]
        signal.lastRow = row
        signal.value = this.#values[i]
      }
      monitor.happened(time, row)
    }
    this.clear()
  }
}
