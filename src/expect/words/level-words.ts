import type { Level } from '../clause.js'
import { BoundedLevelWords } from './bounded-level-words.js'
import { ClauseWords } from './clause-words.js'
import { OccurrenceWords } from './occurrence-words.js'
import { levelOf, type WithLevel, type WithOccurrence, whatOf } from './what-of.js'

/**
 * Something that is so for a while. `level` is its plain data.
 *
 * By itself in a list of expectations it means that it is so at some time, eventually or, with a bound, then;
 * `.holds()` by itself means that it is so all the time, and `.becomes()` that it turns so.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod } from 'podwright'
 *
 * const running = pod('web').phase('Running')
 * assert.deepEqual(running.level, { kind: 'phase', pod: 'web', phase: 'Running' })
 * assert.equal(running.clause.kind, 'eventually')
 * assert.equal(running.holds().clause.kind, 'always')
 * assert.equal(running.becomes().occurrence.kind, 'becomes')
 * assert.equal(running.until(pod('web').deleted()).clause.kind, 'until')
 * ```
 */
export class LevelWords extends BoundedLevelWords {
  /** What is so, as plain data. */
  readonly level: Level

  constructor(level: Level) {
    super(bound => ({ kind: 'eventually', what: level, ...(bound === undefined ? {} : { bound }) }))
    this.level = level
  }

  /** The row at which it turns from not so to so. */
  becomes(): OccurrenceWords {
    return new OccurrenceWords({ kind: 'becomes', level: this.level })
  }

  /** The same level; by itself in a list of expectations: it is so at every instant of the run, or of the scope. */
  holds(): HoldingWords {
    return new HoldingWords(this.level)
  }

  /** Both are so. */
  and(other: WithLevel): LevelWords {
    return this.#joined('and', other)
  }

  /** At least one of both is so. */
  or(other: WithLevel): LevelWords {
    return this.#joined('or', other)
  }

  /** It is so at every instant before the first `what`, and that comes. */
  until(what: WithLevel | WithOccurrence): ClauseWords {
    return this.holds().until(what)
  }

  /** It is so at every instant before the first `what`, which need not come. */
  unless(what: WithLevel | WithOccurrence): ClauseWords {
    return this.holds().unless(what)
  }

  #joined(kind: 'and' | 'or', other: WithLevel): LevelWords {
    const levels = [this.level, levelOf(other, kind)]
    return new LevelWords({ kind, levels: levels.flatMap(each => (each.kind === kind ? each.levels : [each])) })
  }
}

/** A level as something that holds: by itself in a list of expectations, at every instant. */
export class HoldingWords extends ClauseWords {
  /** What is so, as plain data. */
  readonly level: Level

  constructor(level: Level) {
    super({ kind: 'always', level })
    this.level = level
  }

  /** It holds at every instant before the first `what`, and that comes. */
  until(what: WithLevel | WithOccurrence): ClauseWords {
    return new ClauseWords({ kind: 'until', level: this.level, until: whatOf(what, 'until') })
  }

  /** It holds at every instant before the first `what`, which need not come. */
  unless(what: WithLevel | WithOccurrence): ClauseWords {
    return new ClauseWords({ kind: 'until', level: this.level, until: whatOf(what, 'unless'), isWeak: true })
  }
}
