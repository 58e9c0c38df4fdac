import type { Milliseconds } from '../../time/index.js'
import type { Ending, Verdict } from '../verdict.js'
import { HOLDS, Monitor, VACUOUS } from './monitor.js'
import type { OccurrenceSignal } from './signal.js'

/** No `second` before the first `first`: `precedes`, and `notBefore`, which holds, too, where no `second` comes at all. */
export class PrecedenceMonitor extends Monitor {
  readonly #first: OccurrenceSignal
  readonly #second: OccurrenceSignal
  readonly #withoutSecond: Verdict
  #hasFirst = false

  constructor(first: OccurrenceSignal, second: OccurrenceSignal, isAbsenceFine: boolean) {
    super([first, second])
    this.#first = first
    this.#second = second
    this.#withoutSecond = isAbsenceFine ? HOLDS : VACUOUS
  }

  override open(_time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.#hasFirst = false
  }

  override happened(time: Milliseconds, row: number): void {
    if (this.finding.isDecided) return
    if (this.#first.lastRow === row) {
      this.#hasFirst = true
      // What need not come has nothing left to do wrong.
      if (this.#withoutSecond === HOLDS) this.finding.isDecided = true
    }
    if (this.#second.lastRow !== row) return
    if (this.#hasFirst) this.finding.isDecided = true
    else this.finding.violate(time, row)
  }

  override close(): Verdict {
    if (this.finding.isViolated) return this.finding.violation()
    return this.finding.isDecided ? HOLDS : this.#withoutSecond
  }
}

/** The first of each come in this order, at different rows; strictly: at different instants. */
export class InOrderMonitor extends Monitor {
  readonly #occurrences: readonly OccurrenceSignal[]
  readonly #isStrict: boolean
  #come = 0
  #latest: Milliseconds = 0

  constructor(occurrences: readonly OccurrenceSignal[], isStrict: boolean) {
    super(occurrences)
    this.#occurrences = occurrences
    this.#isStrict = isStrict
  }

  override open(_time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.#come = 0
  }

  override happened(time: Milliseconds, row: number): void {
    if (this.finding.isDecided) return
    const occurrences = this.#occurrences
    const next = this.#come
    for (let i = next; i < occurrences.length; i++) {
      if (occurrences[i].lastRow !== row) continue
      const isTooEarly = i > next || (this.#isStrict && next > 0 && time === this.#latest)
      if (isTooEarly) {
        this.finding.violate(time, row)
        return
      }
      this.#come++
      this.#latest = time
    }
    if (this.#come === occurrences.length) this.finding.isDecided = true
  }

  override close(time: Milliseconds, _row: number, ending: Ending): Verdict {
    if (this.finding.isViolated) return this.finding.violation()
    if (this.#come === 0) return VACUOUS
    return this.#come === this.#occurrences.length ? HOLDS : this.finding.missing(time, ending)
  }
}

/** The first gaps, and by how much each may be shorter and longer. */
export interface GapLengths {
  readonly are: readonly Milliseconds[]
  readonly toleranceMs: Milliseconds
  readonly lateMs: Milliseconds
}

/** From each `from` to the next `to`: the first gaps are these. */
export class GapsMonitor extends Monitor {
  readonly #from: OccurrenceSignal
  readonly #to: OccurrenceSignal
  readonly #gaps: GapLengths
  #count = 0
  #isWaiting = false
  #since: Milliseconds = 0
  #sinceRow = -1

  constructor(from: OccurrenceSignal, to: OccurrenceSignal, gaps: GapLengths) {
    super([from, to])
    this.#from = from
    this.#to = to
    this.#gaps = gaps
  }

  override open(_time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.#count = 0
    this.#isWaiting = false
    this.#sinceRow = -1
  }

  override happened(time: Milliseconds, row: number): void {
    if (this.finding.isDecided) return
    if (this.#isWaiting && this.#to.lastRow === row) {
      const { are, toleranceMs, lateMs } = this.#gaps
      const excess = time - this.#since - are[this.#count]
      if (excess < -toleranceMs || excess > lateMs) {
        this.finding.violate(time, row, this.#sinceRow)
        return
      }
      this.#count++
      this.#isWaiting = false
    }
    if (!this.#isWaiting && this.#from.lastRow === row) {
      this.#isWaiting = true
      this.#since = time
      this.#sinceRow = row
    }
    if (this.#sinceRow >= 0 && this.#count === this.#gaps.are.length) this.finding.isDecided = true
  }

  override close(time: Milliseconds, _row: number, ending: Ending): Verdict {
    if (this.finding.isViolated) return this.finding.violation()
    if (this.#sinceRow < 0) return VACUOUS
    return this.#count === this.#gaps.are.length ? HOLDS : this.finding.missing(time, ending)
  }
}
