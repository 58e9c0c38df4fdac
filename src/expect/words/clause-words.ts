import { PodwrightError } from '../../errors/index.js'
import { type Clause, isLevel, type Scope } from '../clause.js'
import { levelOf, occurrenceOf, type WithLevel, type WithOccurrence } from './what-of.js'

/**
 * An expectation: what the fluent words make and `expect` takes a list of. `clause` is its plain data; the methods narrow it
 * to a part of the run.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { never, pod } from 'podwright'
 *
 * const web = pod('web')
 * const quiet = never(web.event('BackOff')).after(web.condition('Ready').becomes())
 * assert.equal(quiet.clause.kind, 'scoped')
 * ```
 */
export class ClauseWords {
  /** The expectation as plain data. */
  readonly clause: Clause
  /** Made where the words were written; V8 renders it only when somebody reads it. */
  readonly #written = new Error('written here')

  constructor(clause: Clause) {
    this.clause = clause
  }

  /** The call stack at which these words were written, so that a failure can point at the user's line. */
  get stack(): string {
    return this.#written.stack ?? ''
  }

  /** The expectation about what comes from the first such row on. */
  after(what: WithOccurrence): ClauseWords {
    return this.#within({ kind: 'after', what: occurrenceOf(what, 'after') })
  }

  /** The expectation about what comes before the first such row; a run without one leaves it vacuous. */
  before(what: WithOccurrence): ClauseWords {
    return this.#within({ kind: 'before', what: occurrenceOf(what, 'before') })
  }

  /** The expectation about each part from a `from` to the next `to`, or to the end. */
  between(from: WithOccurrence, to: WithOccurrence): ClauseWords {
    return this.#within({ kind: 'between', from: occurrenceOf(from, 'between'), to: occurrenceOf(to, 'between') })
  }

  /** The expectation about each stretch of time during which the level holds. */
  while(level: WithLevel): ClauseWords {
    return this.#within({ kind: 'while', level: levelOf(level, 'while') })
  }

  /**
   * The expectation about the state that is left when nothing more can happen; nothing happens there, so only levels make sense.
   *
   * @throws PodwrightError `USAGE` for something that is expected to happen.
   */
  afterQuiescence(): ClauseWords {
    const { clause } = this
    if (clause.kind === 'eventually' && !isLevel(clause.what)) {
      throw new PodwrightError({
        code: 'USAGE',
        where: 'afterQuiescence',
        problem: `expected something that lasts, got "${clause.what.kind}", which happens: after quiescence nothing does`,
        hint: "say what is so then: not(web.exists()), web.phase('Succeeded')",
      })
    }
    return this.#within({ kind: 'afterQuiescence' })
  }

  /** The expectation, which then holds, too, where what it is about never happened. */
  orVacuous(): ClauseWords {
    return new ClauseWords({ kind: 'orVacuous', clause: this.clause })
  }

  #within(scope: Scope): ClauseWords {
    return new ClauseWords({ kind: 'scoped', scope, clause: this.clause })
  }
}
