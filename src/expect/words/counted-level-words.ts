import type { Level } from '../clause.js'
import type { ClauseWords } from './clause-words.js'
import { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'

/**
 * A word that means two things: by itself that something is so, and compared with a number how many there are.
 * `deployment('web').available()` is its condition, `.available().atLeast(3)` its replicas.
 */
export class CountedLevelWords extends LevelWords {
  readonly #counts: ObjectCountWords

  /** @internal */
  constructor(level: Level, counts: ObjectCountWords) {
    super(level)
    this.#counts = counts
  }

  /** There are so many. */
  is(count: number): LevelWords {
    return this.#counts.is(count)
  }

  /** There are so many or more. */
  atLeast(count: number): LevelWords {
    return this.#counts.atLeast(count)
  }

  /** There are so many or fewer. */
  atMost(count: number): LevelWords {
    return this.#counts.atMost(count)
  }

  /** There are fewer. */
  fewerThan(count: number): LevelWords {
    return this.#counts.fewerThan(count)
  }

  /** There are more. */
  moreThan(count: number): LevelWords {
    return this.#counts.moreThan(count)
  }

  /** The numbers that there are, these and no others, in this order. */
  goesThrough(...counts: readonly [number, ...number[]]): ClauseWords {
    return this.#counts.goesThrough(...counts)
  }
}
