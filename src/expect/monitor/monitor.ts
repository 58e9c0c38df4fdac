import type { Milliseconds } from '../../time/index.js'
import type { Ending, Verdict } from '../verdict.js'
import { LevelSignal, type OccurrenceSignal, type Signal } from './signal.js'

/** What a monitor needs to know of the run. */
export interface Clock {
  /** No deadline passes before this instant is over. */
  nextDeadline: Milliseconds
}

export const HOLDS: Verdict = { kind: 'holds' }
export const VACUOUS: Verdict = { kind: 'vacuous' }

/**
 * Watches one clause over one part of a run at a time. The part is opened, fed in the order of time, and closed:
 * `happened` at each row at which a signal of `hears` may have happened, `settled` when an instant is over in which a signal of
 * `reads` may have changed, `passed` when a deadline has.
 */
export abstract class Monitor {
  readonly hears: readonly OccurrenceSignal[]
  readonly reads: readonly LevelSignal[]
  /** Whether nothing that is still to come in this part can change the kind of its verdict. */
  isDecided = false
  isViolated = false
  protected openedAt: Milliseconds = 0
  /** The row that opened the part; −1: the beginning of the run. */
  protected openingRow = -1
  #violatedAt: Milliseconds = 0
  #row = -1
  #trigger = -1

  constructor(signals: readonly Signal[]) {
    const isRead = (signal: Signal): signal is LevelSignal => signal instanceof LevelSignal
    this.reads = [...new Set(signals.filter(isRead))]
    this.hears = [...new Set(signals.filter((signal): signal is OccurrenceSignal => !isRead(signal)))]
  }

  /** A part begins: at the row, or where the levels of an instant are settled whose last row it is. */
  open(time: Milliseconds, row: number): void {
    this.isDecided = false
    this.isViolated = false
    this.openedAt = time
    this.openingRow = row
  }

  happened(_time: Milliseconds, _row: number): void {}

  settled(_time: Milliseconds, _row: number): void {}

  /** All instants before `time` are over. */
  passed(_time: Milliseconds): void {}

  /** The part is over, and with it every instant before `time`; but for `scopeEnd` that instant, too. `row` is the latest. */
  abstract close(time: Milliseconds, row: number, ending: Ending): Verdict

  protected violate(time: Milliseconds, row: number, trigger: number = this.openingRow): void {
    this.isDecided = true
    this.isViolated = true
    this.#violatedAt = time
    this.#row = row
    this.#trigger = trigger
  }

  protected violation(): Verdict {
    return { kind: 'violated', time: this.#violatedAt, row: this.#row, trigger: this.#trigger }
  }

  /** What has not come in time for the end: the horizon may have cut it off. */
  protected missing(time: Milliseconds, ending: Ending, trigger: number = this.openingRow): Verdict {
    return ending === 'horizon' ? { kind: 'open', trigger } : { kind: 'violated', time, row: trigger, trigger }
  }
}
