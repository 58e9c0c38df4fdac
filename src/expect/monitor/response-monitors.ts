import type { Milliseconds } from '../../time/index.js'
import type { Ending, Verdict } from '../verdict.js'
import { type Clock, HOLDS, Monitor, VACUOUS } from './monitor.js'
import { Obligations } from './obligations.js'
import { LevelSignal, OccurrenceSignal, type Signal } from './signal.js'

/** Who sets obligations off, and what answers them. */
export interface Question {
  /** Absent: the beginning of the part, once. */
  readonly trigger?: OccurrenceSignal | undefined
  readonly answer: Signal
}

/** Each trigger sets off an obligation that an answer, or the lack of one, decides. */
abstract class ResponseMonitor extends Monitor {
  protected readonly obligations = new Obligations()
  readonly #clock: Clock
  readonly #trigger: OccurrenceSignal | undefined
  readonly #answer: OccurrenceSignal | undefined
  readonly #answeringLevel: LevelSignal | undefined
  #wasTriggered = false

  constructor({ trigger, answer }: Question, clock: Clock) {
    super(trigger === undefined ? [answer] : [trigger, answer], true)
    this.#clock = clock
    this.#trigger = trigger
    this.#answer = answer instanceof OccurrenceSignal ? answer : undefined
    this.#answeringLevel = answer instanceof LevelSignal ? answer : undefined
  }

  override open(time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.obligations.clear()
    this.#wasTriggered = false
    if (this.#trigger === undefined) this.#oblige(time, row)
  }

  override happened(time: Milliseconds, row: number): void {
    if (this.finding.isDecided) return
    if (this.#trigger !== undefined && this.#trigger.lastRow === row) this.#oblige(time, row)
    if (this.#answer !== undefined && this.#answer.lastRow === row) this.#answered(time, row)
  }

  override settled(time: Milliseconds, row: number): void {
    if (this.finding.isDecided || this.#answeringLevel === undefined) return
    this.levelIs(this.#answeringLevel.isTrue, time)
    if (this.#answeringLevel.isTrue) this.#answered(time, row)
    this.restIfDone()
  }

  override close(time: Milliseconds, _row: number, ending: Ending): Verdict {
    if (this.finding.isViolated) return this.finding.violation()
    if (!this.#wasTriggered) return VACUOUS
    return this.obligations.isEmpty ? HOLDS : this.unanswered(time, ending)
  }

  /** An obligation has just been added. */
  protected abstract obliged(time: Milliseconds): void
  /** The answer is there, and some obligations are. */
  protected abstract answered(time: Milliseconds, row: number): void
  /** What becomes, at the end, of the obligations that are left. */
  protected abstract unanswered(end: Milliseconds, ending: Ending): Verdict
  /** The answering level has this value from an instant on, before it is told as an answer. */
  protected levelIs(_isTrue: boolean, _time: Milliseconds): void {}

  /** Without a trigger there is but one obligation: once it is met, all is said. */
  protected restIfDone(): void {
    if (this.#trigger === undefined && this.obligations.isEmpty) this.finding.isDecided = true
  }

  /** Asks to be told when this instant is over. */
  protected expect(deadline: Milliseconds): void {
    if (deadline < this.#clock.nextDeadline) this.#clock.nextDeadline = deadline
  }

  #oblige(time: Milliseconds, row: number): void {
    this.#wasTriggered = true
    this.obligations.add(time, row)
    this.obliged(time)
  }

  #answered(time: Milliseconds, row: number): void {
    if (this.obligations.isEmpty) return
    this.answered(time, row)
    this.restIfDone()
  }
}

/**
 * The answer must come in [t + `earliest`, t + `latest`]: `within`, `immediately`, `at`, and, without a latest, any time. A level
 * answers at every instant at which it is so, and in between.
 */
export class DueMonitor extends ResponseMonitor {
  readonly #earliest: Milliseconds
  readonly #latest: Milliseconds
  #isLevelTrue = false

  constructor(question: Question, clock: Clock, earliest: Milliseconds, latest: Milliseconds) {
    super(question, clock)
    this.#earliest = earliest
    this.#latest = latest
  }

  override open(time: Milliseconds, row: number): void {
    this.#isLevelTrue = false
    super.open(time, row)
  }

  override passed(time: Milliseconds): void {
    if (this.finding.isDecided) return
    if (this.#isLevelTrue) this.#meet(time - 1)
    const { obligations } = this
    if (!obligations.isEmpty) {
      const deadline = obligations.time + this.#latest
      if (deadline < time) this.finding.violate(deadline, obligations.row, obligations.row)
      else this.expect(deadline)
    } else this.restIfDone()
  }

  protected override obliged(time: Milliseconds): void {
    this.expect(time + this.#latest)
  }

  protected override answered(time: Milliseconds): void {
    this.#meet(time)
  }

  protected override levelIs(isTrue: boolean, time: Milliseconds): void {
    if (this.#isLevelTrue) this.#meet(time - 1)
    this.#isLevelTrue = isTrue
  }

  protected override unanswered(end: Milliseconds, ending: Ending): Verdict {
    const { obligations } = this
    // A level that is so stays so: up to the end of the scope, up to the horizon, or for ever.
    if (this.#isLevelTrue) this.#meet(LAST_TRUE[ending](end))
    if (obligations.isEmpty) return HOLDS
    const { row } = obligations
    const deadline = obligations.time + this.#latest
    if (deadline === Number.POSITIVE_INFINITY) return this.finding.missing(end, ending, row)
    if (deadline > end && ending === 'horizon') return { kind: 'open', decidedBy: deadline, trigger: row }
    const time = ending === 'scopeEnd' ? Math.min(deadline, end) : deadline
    return { kind: 'violated', time, row, trigger: row }
  }

  /** What answers at this instant, or has answered up to it, meets each obligation whose time had come. */
  #meet(time: Milliseconds): void {
    const { obligations } = this
    while (!obligations.isEmpty && obligations.time + this.#earliest <= time) obligations.dropFirst()
  }
}

/** Up to when a level is known to be so that is so when a part ends. */
const LAST_TRUE: Readonly<Record<Ending, (end: Milliseconds) => Milliseconds>> = {
  scopeEnd: end => end - 1,
  horizon: end => end,
  quiescent: () => Number.POSITIVE_INFINITY,
}

/**
 * No answer may come in [t, t + `span`]: `noSoonerThan`, and `for`, whose answer is that the level is not so. Where the answer
 * must come at last (`after`), an obligation is only met by it.
 */
export class SparedMonitor extends ResponseMonitor {
  readonly #span: Milliseconds
  readonly #mustCome: boolean

  constructor(question: Question, clock: Clock, span: Milliseconds, mustCome: boolean) {
    super(question, clock)
    this.#span = span
    this.#mustCome = mustCome
  }

  override passed(time: Milliseconds): void {
    if (this.finding.isDecided || this.#mustCome) return
    this.#spare(time)
    if (this.obligations.isEmpty) this.restIfDone()
    else this.expect(this.obligations.time + this.#span)
  }

  protected override obliged(time: Milliseconds): void {
    if (!this.#mustCome) this.expect(time + this.#span)
  }

  protected override answered(time: Milliseconds, row: number): void {
    this.#spare(time)
    if (!this.obligations.isEmpty) this.finding.violate(time, row, this.obligations.row)
  }

  protected override unanswered(end: Milliseconds, ending: Ending): Verdict {
    const { obligations } = this
    if (this.#mustCome) return this.finding.missing(end, ending, obligations.row)
    this.#spare(end + 1)
    if (ending !== 'horizon' || obligations.isEmpty) return HOLDS
    return { kind: 'open', decidedBy: obligations.time + this.#span, trigger: obligations.row }
  }

  /** Obligations that ended before `time` were kept. */
  #spare(time: Milliseconds): void {
    const { obligations } = this
    while (!obligations.isEmpty && obligations.time + this.#span < time) obligations.dropFirst()
  }
}
