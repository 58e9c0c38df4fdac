import type { Milliseconds } from '../../time/index.js'
import type { Ending, Verdict } from '../verdict.js'
import { Monitor, VACUOUS } from './monitor.js'
import { RowLog } from './row-log.js'
import type { LevelSignal, OccurrenceSignal, Signal } from './signal.js'
import { combinedParts } from './verdict-order.js'

/** Watches a clause over the parts of a scope, one after another. */
abstract class ScopeMonitor extends Monitor {
  protected readonly clause: Monitor
  protected isInside = false
  /** Over the parts that are closed. */
  protected verdict: Verdict = VACUOUS

  constructor(clause: Monitor, signals: readonly Signal[]) {
    super([...signals, ...clause.hears, ...clause.reads], clause.hasDeadlines)
    this.clause = clause
  }

  override open(_time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.isInside = false
    this.verdict = VACUOUS
  }

  override settled(time: Milliseconds, row: number): void {
    if (!this.isInside) return
    this.clause.settled(time, row)
    this.look()
  }

  override passed(time: Milliseconds): void {
    if (!this.isInside) return
    this.clause.passed(time)
    this.look()
  }

  override close(time: Milliseconds, row: number, ending: Ending): Verdict {
    if (this.isInside) this.closePart(time, row, ending)
    return this.verdict
  }

  protected openPart(time: Milliseconds, row: number): void {
    this.isInside = true
    this.clause.open(time, row)
    this.look()
  }

  protected closePart(time: Milliseconds, row: number, ending: Ending): void {
    this.isInside = false
    this.verdict = combinedParts(this.verdict, this.clause.close(time, row, ending))
    if (this.verdict.kind === 'violated') this.#setViolated()
  }

  /** Sees whether the present part has decided all. */
  protected look(): void {
    if (this.clause.finding.isViolated) this.#setViolated()
  }

  #setViolated(): void {
    this.finding.isViolated = true
    this.finding.isDecided = true
  }
}

/** From the first such row to the end. */
export class AfterMonitor extends ScopeMonitor {
  readonly #what: OccurrenceSignal

  constructor(what: OccurrenceSignal, clause: Monitor) {
    super(clause, [what])
    this.#what = what
  }

  override happened(time: Milliseconds, row: number): void {
    if (!this.isInside && this.#what.lastRow === row) this.openPart(time, row)
    if (!this.isInside) return
    this.clause.happened(time, row)
    this.look()
  }

  protected override look(): void {
    super.look()
    if (this.clause.finding.isDecided) this.finding.isDecided = true
  }
}

/** Up to, and without, the first such row; without one all was in vain. */
export class BeforeMonitor extends ScopeMonitor {
  readonly #what: OccurrenceSignal

  constructor(what: OccurrenceSignal, clause: Monitor) {
    super(clause, [what])
    this.#what = what
  }

  override open(time: Milliseconds, row: number): void {
    super.open(time, row)
    this.openPart(time, row)
  }

  override happened(time: Milliseconds, row: number): void {
    if (!this.isInside) return
    if (this.#what.lastRow === row) {
      this.closePart(time, row, 'scopeEnd')
      this.finding.isDecided = true
    } else this.clause.happened(time, row)
  }

  override close(): Verdict {
    return this.isInside ? VACUOUS : this.verdict
  }

  /** Whatever the clause says counts only when the row comes. */
  protected override look(): void {}
}

/** From each `from` to, and without, the next `to`. */
export class BetweenMonitor extends ScopeMonitor {
  readonly #from: OccurrenceSignal
  readonly #to: OccurrenceSignal

  constructor(from: OccurrenceSignal, to: OccurrenceSignal, clause: Monitor) {
    super(clause, [from, to])
    this.#from = from
    this.#to = to
  }

  override happened(time: Milliseconds, row: number): void {
    if (this.isInside && this.#to.lastRow === row) this.closePart(time, row, 'scopeEnd')
    if (!this.isInside && this.#from.lastRow === row) this.openPart(time, row)
    if (!this.isInside) return
    this.clause.happened(time, row)
    this.look()
  }
}

/**
 * Each stretch of instants during which the level holds. Whether an instant belongs to one is known when it is over: what
 * happens in it is noted down until then.
 */
export class WhileMonitor extends ScopeMonitor {
  readonly #level: LevelSignal
  readonly #log: RowLog

  constructor(level: LevelSignal, clause: Monitor) {
    super(clause, [level])
    this.#level = level
    this.#log = new RowLog(clause.hears)
  }

  override open(time: Milliseconds, row: number): void {
    super.open(time, row)
    this.#log.clear()
  }

  override happened(time: Milliseconds, row: number): void {
    this.#log.note(time, row)
  }

  override settled(time: Milliseconds, row: number): void {
    if (this.#level.isTrue) {
      if (!this.isInside) this.openPart(time, row)
      this.#log.replay(this.clause)
      super.settled(time, row)
    } else {
      if (this.isInside) this.closePart(time, row, 'scopeEnd')
      this.#log.clear()
    }
  }

  override close(time: Milliseconds, row: number, ending: Ending): Verdict {
    // A scope around this one may end in mid-instant: its rows are still of this stretch.
    if (this.isInside) this.#log.replay(this.clause)
    return super.close(time, row, ending)
  }
}

/** What is left when nothing more can happen. */
export class QuiescenceMonitor extends ScopeMonitor {
  constructor(clause: Monitor) {
    super(clause, [])
  }

  override close(time: Milliseconds, row: number, ending: Ending): Verdict {
    if (ending === 'horizon') return { kind: 'open', trigger: this.finding.openingRow }
    if (ending === 'scopeEnd') return VACUOUS
    this.clause.open(time, row)
    this.clause.settled(time, row)
    return this.clause.close(time, row, ending)
  }
}
