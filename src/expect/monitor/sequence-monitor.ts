import type { Milliseconds } from '../../time/index.js'
import { CONDITION_STATUS, type SymbolTable } from '../../trace/index.js'
import type { ConditionStatus, PodPhase, StateWord } from '../clause.js'
import type { Ending, Verdict } from '../verdict.js'
import { RESTARTS, STATE_NUMBERS } from './followed-values.js'
import { HOLDS, Monitor, VACUOUS } from './monitor.js'
import type { OccurrenceSignal } from './signal.js'

/** An expected value: those that agree with it in the bits of the mask. */
export interface ExpectedValue {
  readonly value: number
  readonly mask: number
}

const EVERY_BIT = -1

export const expectedPhase = (phase: PodPhase, symbols: SymbolTable): ExpectedValue => ({
  value: symbols.intern(phase),
  mask: EVERY_BIT,
})

export const expectedStatus = (status: ConditionStatus): ExpectedValue => ({
  value: CONDITION_STATUS.indexOf(status) + 1,
  mask: EVERY_BIT,
})

export const expectedCount = (count: number): ExpectedValue => ({ value: count + 1, mask: EVERY_BIT })

/** A state without a reason is that state with any. */
export function expectedState(word: StateWord, symbols: SymbolTable): ExpectedValue {
  const space = word.indexOf(' ')
  const state = STATE_NUMBERS[(space < 0 ? word : word.slice(0, space)) as keyof typeof STATE_NUMBERS]
  if (space < 0) return { value: state, mask: 3 }
  return { value: state | (symbols.intern(word.slice(space + 1)) << 2), mask: EVERY_BIT }
}

/** The distinct consecutive values that an object goes through are these: `phases`, `conditions`, `states`. */
export class SequenceMonitor extends Monitor {
  readonly #followed: OccurrenceSignal
  readonly #expected: readonly ExpectedValue[]
  #reached = 0
  #latest = 0

  constructor(followed: OccurrenceSignal, expected: readonly ExpectedValue[]) {
    super([followed])
    this.#followed = followed
    this.#expected = expected
  }

  override open(time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.#reached = 0
    this.#latest = 0
    this.#follow(time, row)
  }

  override happened(time: Milliseconds, row: number): void {
    // What the opening row says, and those before it in a stretch of a level, is the value that the part begins with.
    if (this.finding.isDecided || row <= this.finding.openingRow || this.#followed.lastRow !== row) return
    this.#follow(time, row)
  }

  override close(time: Milliseconds, _row: number, ending: Ending): Verdict {
    if (this.finding.isViolated) return this.finding.violation()
    if (this.#latest === 0) return VACUOUS
    return this.#reached === this.#expected.length ? HOLDS : this.finding.missing(time, ending)
  }

  #follow(time: Milliseconds, row: number): void {
    const { value } = this.#followed
    if (value === 0 || value === this.#latest) return
    this.#latest = value
    if (this.#reached > 0 && this.#isExpected(this.#reached - 1, value)) return
    if (this.#reached < this.#expected.length && this.#isExpected(this.#reached, value)) this.#reached++
    else this.finding.violate(time, row)
  }

  #isExpected(index: number, value: number): boolean {
    const expected = this.#expected[index]
    return (value & expected.mask) === expected.value
  }
}

/** A container's restartCount never falls. */
export class MonotonicMonitor extends Monitor {
  readonly #restarts: OccurrenceSignal
  #isKnown = false

  constructor(restarts: OccurrenceSignal) {
    super([restarts])
    this.#restarts = restarts
  }

  override open(_time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.#isKnown = this.#restarts.value !== RESTARTS.unknown
  }

  override happened(time: Milliseconds, row: number): void {
    if (this.finding.isDecided || this.#restarts.lastRow !== row) return
    if (this.#restarts.value !== RESTARTS.unknown) this.#isKnown = true
    if (this.#restarts.value === RESTARTS.fell) this.finding.violate(time, row)
  }

  override close(): Verdict {
    if (this.finding.isViolated) return this.finding.violation()
    return this.#isKnown ? HOLDS : VACUOUS
  }
}
