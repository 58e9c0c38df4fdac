import type { Occurrence } from '../clause.js'
import { BoundedWords } from './bounded-words.js'
import { ClauseWords } from './clause-words.js'
import { levelOf, occurrenceOf, type WithLevel, type WithOccurrence } from './what-of.js'

/**
 * Something that happens: a row of the trace. `occurrence` is its plain data.
 *
 * By itself in a list of expectations it means that it happens, eventually or, with a bound, then.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod } from 'podwright'
 *
 * const app = pod('web').container('app')
 * assert.deepEqual(app.exited(1).occurrence, {
 *   kind: 'exited',
 *   container: { pod: 'web', container: 'app' },
 *   code: 1,
 * })
 * assert.equal(app.killed().at('90s').clause.kind, 'eventually')
 * assert.equal(app.exited().precedes(app.started()).clause.kind, 'precedes')
 * ```
 */
export class OccurrenceWords extends BoundedWords {
  /** What happens, as plain data. */
  readonly occurrence: Occurrence

  constructor(occurrence: Occurrence) {
    super(bound => ({ kind: 'eventually', what: occurrence, ...(bound === undefined ? {} : { bound }) }))
    this.occurrence = occurrence
  }

  /** No `second` comes before the first of these; where no `second` comes at all, that is vacuous. */
  precedes(second: WithOccurrence): ClauseWords {
    return new ClauseWords({
      kind: 'precedes',
      first: this.occurrence,
      second: occurrenceOf(second, 'precedes'),
    })
  }

  /** Only such of these as come where the level holds right after their row. */
  when(level: WithLevel): OccurrenceWords {
    return new OccurrenceWords({ kind: 'when', occurrence: this.occurrence, level: levelOf(level, 'when') })
  }

  /** Either of the two. */
  or(other: WithOccurrence): OccurrenceWords {
    const occurrences = [this.occurrence, occurrenceOf(other, 'or')]
    return new OccurrenceWords({
      kind: 'anyOf',
      occurrences: occurrences.flatMap(each => (each.kind === 'anyOf' ? each.occurrences : [each])),
    })
  }
}
