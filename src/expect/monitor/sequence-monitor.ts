import type { Milliseconds } from '../../time/index.js'
import { CONDITION_STATUS, type SymbolTable } from '../../trace/index.js'
import type { ConditionStatus, PodPhase, StateWord } from '../clause.js'
import type { Ending, Verdict } from '../verdict.js'
import { type FollowedValue, RESTARTS, STATE_NUMBERS } from './followed-values.js'
import { HOLDS, Monitor, VACUOUS } from './monitor.js'

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

/** A state without a reason is that state with any. */
export function expectedState(word: StateWord, symbols: SymbolTable): ExpectedValue {
  const space = word.indexOf(' ')
  const state = STATE_NUMBERS[(space < 0 ? word : word.slice(0, space)) as keyof typeof STATE_NUMBERS]
  if (space < 0) return { value: state, mask: 3 }
  return { value: state | (symbols.intern(word.slice(space + 1)) << 2), mask: EVERY_BIT }
}

/** The distinct consecutive values that an object goes through are these: `phases`, `conditions`, `states`. */
export class SequenceMonitor extends Monitor {
  readonly #followed: FollowedValue
  readonly #expected: readonly ExpectedValue[]
  #reached = 0
  #latest = 0

  constructor(followed: FollowedValue, expected: readonly ExpectedValue[]) {
    super([followed])
    this.#followed = followed
    this.#expected = expected
  }

  override open(time: Milliseconds, row: number): void {
    super.open(time, row)
    this.#reached = 0
    this.#latest = 0
    this.#follow(time, row)
  }

  override happened(time: Milliseconds, row: number): void {
    // What the opening row says, and those before it in a stretch of a level, is the value that the part begins with.
    if (this.isDecided || row <= this.openingRow || this.#followed.lastRow !== row) return
    this.#follow(time, row)
  }

  override close(time: Milliseconds, _row: number, ending: Ending): Verdict {
    if (this.isViolated) return this.violation()
    if (this.#latest === 0) return VACUOUS
    return this.#reached === this.#expected.length ? HOLDS : this.missing(time, ending)
  }

  #follow(time: Milliseconds, row: number): void {
    const { value } = this.#followed
    if (value === 0 || value === this.#latest) return
    this.#latest = value
    if (this.#reached > 0 && this.#isExpected(this.#reached - 1, value)) return
    if (this.#reached < this.#expected.length && this.#isExpected(this.#reached, value)) this.#reached++
    else this.violate(time, row)
  }

  #isExpected(index: number, value: number): boolean {
    const expected = this.#expected[index]
    return (value & expected.mask) === expected.value
  }
}

/** A container's restartCount never falls. */
export class MonotonicMonitor extends Monitor {
  readonly #restarts: FollowedValue
  #isKnown = false

  constructor(restarts: FollowedValue) {
    super([restarts])
    this.#restarts = restarts
  }

  override open(time: Milliseconds, row: number): void {
    super.open(time, row)
    this.#isKnown = this.#restarts.value !== RESTARTS.unknown
  }

  override happened(time: Milliseconds, row: number): void {
    if (this.isDecided || this.#restarts.lastRow !== row) return
    if (this.#restarts.value !== RESTARTS.unknown) this.#isKnown = true
    if (this.#restarts.value === RESTARTS.fell) this.violate(time, row)
  }

  override close(): Verdict {
    if (this.isViolated) return this.violation()
    return this.#isKnown ? HOLDS : VACUOUS
  }
}
