import type { Milliseconds } from '../../time/index.js'
import type { Ending, Verdict } from '../verdict.js'
import { HOLDS, Monitor, VACUOUS } from './monitor.js'
import { LevelSignal, type Signal } from './signal.js'

/** The level holds at every instant: `always`, and `never` of a level, which is always its contrary. */
export class AlwaysMonitor extends Monitor {
  readonly #level: LevelSignal

  constructor(level: LevelSignal) {
    super([level])
    this.#level = level
  }

  override settled(time: Milliseconds, row: number): void {
    if (!this.finding.isDecided && !this.#level.isTrue) this.finding.violate(time, row)
  }

  override close(): Verdict {
    return this.finding.isViolated ? this.finding.violation() : HOLDS
  }
}

/** Whenever the level becomes so it stays so in [t, t + `span`]. */
export class StaysMonitor extends Monitor {
  readonly #level: LevelSignal
  readonly #span: Milliseconds
  #wasTrue = false
  #hasBeenTrue = false
  #since: Milliseconds = 0
  #sinceRow = -1

  constructor(level: LevelSignal, span: Milliseconds) {
    super([level])
    this.#level = level
    this.#span = span
  }

  override open(_time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.#wasTrue = false
    this.#hasBeenTrue = false
  }

  override settled(time: Milliseconds, row: number): void {
    if (this.finding.isDecided) return
    const { isTrue } = this.#level
    if (isTrue && !this.#wasTrue) {
      this.#hasBeenTrue = true
      this.#since = time
      this.#sinceRow = row
    } else if (!isTrue && this.#wasTrue && time <= this.#since + this.#span)
      this.finding.violate(time, row, this.#sinceRow)
    this.#wasTrue = isTrue
  }

  override close(time: Milliseconds, _row: number, ending: Ending): Verdict {
    if (this.finding.isViolated) return this.finding.violation()
    const until = this.#since + this.#span
    if (this.#wasTrue && ending === 'horizon' && time < until)
      return { kind: 'open', decidedBy: until, trigger: this.#sinceRow }
    return this.#hasBeenTrue ? HOLDS : VACUOUS
  }
}

/** The level holds at every instant before the first `until`, which weakly need not come. */
export class UntilMonitor extends Monitor {
  readonly #level: LevelSignal
  readonly #until: Signal
  readonly #isWeak: boolean

  constructor(level: LevelSignal, until: Signal, isWeak: boolean) {
    super([level, until])
    this.#level = level
    this.#until = until
    this.#isWeak = isWeak
  }

  override happened(_time: Milliseconds, row: number): void {
    const until = this.#until
    if (!(until instanceof LevelSignal) && until.lastRow === row) this.finding.isDecided = true
  }

  override settled(time: Milliseconds, row: number): void {
    if (this.finding.isDecided) return
    if (this.#until instanceof LevelSignal && this.#until.isTrue) this.finding.isDecided = true
    else if (!this.#level.isTrue) this.finding.violate(time, row)
  }

  override close(time: Milliseconds, _row: number, ending: Ending): Verdict {
    if (this.finding.isViolated) return this.finding.violation()
    return this.finding.isDecided || this.#isWeak ? HOLDS : this.finding.missing(time, ending)
  }
}
