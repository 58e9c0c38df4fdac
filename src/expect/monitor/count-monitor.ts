import type { Milliseconds } from '../../time/index.js'
import type { Ending, Verdict } from '../verdict.js'
import { HOLDS, Monitor } from './monitor.js'
import type { OccurrenceSignal } from './signal.js'

/** It happens at least and at most so often; `never` is at most 0 times. */
export class CountMonitor extends Monitor {
  readonly #what: OccurrenceSignal
  readonly #least: number
  readonly #most: number
  #count = 0

  constructor(what: OccurrenceSignal, least: number, most: number) {
    super([what])
    this.#what = what
    this.#least = least
    this.#most = most
  }

  override open(_time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.#count = 0
    this.#restIfEnough()
  }

  override happened(time: Milliseconds, row: number): void {
    if (this.finding.isDecided || this.#what.lastRow !== row) return
    if (++this.#count > this.#most) this.finding.violate(time, row)
    else this.#restIfEnough()
  }

  override close(time: Milliseconds, _row: number, ending: Ending): Verdict {
    if (this.finding.isViolated) return this.finding.violation()
    return this.#count >= this.#least ? HOLDS : this.finding.missing(time, ending)
  }

  #restIfEnough(): void {
    if (this.#count >= this.#least && this.#most === Number.POSITIVE_INFINITY) this.finding.isDecided = true
  }
}
