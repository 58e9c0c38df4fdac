import type { Milliseconds } from '../../time/index.js'
import type { Ending, Verdict } from '../verdict.js'
import { Finding } from './finding.js'
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
  /** Whether it wants to be told of deadlines that have passed. */
  readonly hasDeadlines: boolean
  /** What it has found in the present part. */
  readonly finding = new Finding()

  constructor(signals: readonly Signal[], hasDeadlines = false) {
    const isRead = (signal: Signal): signal is LevelSignal => signal instanceof LevelSignal
    this.reads = [...new Set(signals.filter(isRead))]
    this.hears = [...new Set(signals.filter((signal): signal is OccurrenceSignal => !isRead(signal)))]
    this.hasDeadlines = hasDeadlines
  }

  /** A part begins: at the row, or where the levels of an instant are settled whose last row it is. */
  open(_time: Milliseconds, row: number): void {
    this.finding.begin(row)
  }

  happened(_time: Milliseconds, _row: number): void {}

  settled(_time: Milliseconds, _row: number): void {}

  /** All instants before `time` are over. */
  passed(_time: Milliseconds): void {}

  /** The part is over, and with it every instant before `time`; but for `scopeEnd` that instant, too. `row` is the latest. */
  abstract close(time: Milliseconds, row: number, ending: Ending): Verdict
}
