import type { Milliseconds } from '../../time/index.js'
import type { Ending, Verdict } from '../verdict.js'

/** What a monitor has found so far in a part of a run. */
export class Finding {
  /** Whether nothing that is still to come in this part can change the kind of its verdict. */
  isDecided = false
  isViolated = false
  /** The row that opened the part; −1: the beginning of the run. */
  openingRow = -1
  #time: Milliseconds = 0
  #row = -1
  #trigger = -1

  /** A part begins. */
  begin(openingRow: number): void {
    this.isDecided = false
    this.isViolated = false
    this.openingRow = openingRow
  }

  violate(time: Milliseconds, row: number, trigger: number = this.openingRow): void {
    this.isDecided = true
    this.isViolated = true
    this.#time = time
    this.#row = row
    this.#trigger = trigger
  }

  /** The verdict on what was violated. */
  violation(): Verdict {
    return { kind: 'violated', time: this.#time, row: this.#row, trigger: this.#trigger }
  }

  /** The verdict on what has not come until the end: the horizon may have cut it off. */
  missing(time: Milliseconds, ending: Ending, trigger: number = this.openingRow): Verdict {
    return ending === 'horizon' ? { kind: 'open', trigger } : { kind: 'violated', time, row: trigger, trigger }
  }
}
