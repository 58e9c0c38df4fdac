import type { Milliseconds } from '../../time/index.js'
import type { Ending, Verdict } from '../verdict.js'
import { HOLDS, Monitor } from './monitor.js'
import { combined } from './verdict-order.js'

/** All of the clauses. */
export class AllOfMonitor extends Monitor {
  readonly #clauses: readonly Monitor[]

  constructor(clauses: readonly Monitor[]) {
    super(
      clauses.flatMap(({ hears, reads }) => [...hears, ...reads]),
      clauses.some(({ hasDeadlines }) => hasDeadlines),
    )
    this.#clauses = clauses
  }

  override open(time: Milliseconds, row: number): void {
    this.finding.begin(row)
    for (const clause of this.#clauses) clause.open(time, row)
    this.#look()
  }

  override happened(time: Milliseconds, row: number): void {
    for (const clause of this.#clauses) clause.happened(time, row)
    this.#look()
  }

  override settled(time: Milliseconds, row: number): void {
    for (const clause of this.#clauses) clause.settled(time, row)
    this.#look()
  }

  override passed(time: Milliseconds): void {
    for (const clause of this.#clauses) clause.passed(time)
    this.#look()
  }

  override close(time: Milliseconds, row: number, ending: Ending): Verdict {
    let verdict = HOLDS
    for (const clause of this.#clauses) verdict = combined(verdict, clause.close(time, row, ending))
    return verdict
  }

  /** One violated clause decides; but another may yet prove violated at the same instant, by an earlier row. */
  #look(): void {
    let isDecided = true
    for (const clause of this.#clauses) {
      if (clause.finding.isViolated) this.finding.isViolated = true
      if (!clause.finding.isDecided) isDecided = false
    }
    this.finding.isDecided = isDecided || this.finding.isViolated
  }
}

/** The clause, or nothing that it could be about. */
export class OrVacuousMonitor extends Monitor {
  readonly #clause: Monitor

  constructor(clause: Monitor) {
    super([...clause.hears, ...clause.reads], clause.hasDeadlines)
    this.#clause = clause
  }

  override open(time: Milliseconds, row: number): void {
    this.finding.begin(row)
    this.#clause.open(time, row)
    this.#look()
  }

  override happened(time: Milliseconds, row: number): void {
    this.#clause.happened(time, row)
    this.#look()
  }

  override settled(time: Milliseconds, row: number): void {
    this.#clause.settled(time, row)
    this.#look()
  }

  override passed(time: Milliseconds): void {
    this.#clause.passed(time)
    this.#look()
  }

  override close(time: Milliseconds, row: number, ending: Ending): Verdict {
    const verdict = this.#clause.close(time, row, ending)
    return verdict.kind === 'vacuous' ? HOLDS : verdict
  }

  #look(): void {
    this.finding.isDecided = this.#clause.finding.isDecided
    this.finding.isViolated = this.#clause.finding.isViolated
  }
}
