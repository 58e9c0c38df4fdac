import { PodwrightError } from '../../errors/index.js'
import type { Comparison, ObjectName } from '../object-clause.js'
import { ClauseWords } from './clause-words.js'
import { wholeNumber } from './count-words.js'
import { LevelWords } from './level-words.js'

/** A number of an object's status; it waits for what it is compared with. */
export class ObjectCountWords {
  readonly #object: ObjectName
  readonly #field: string

  /** @internal */
  constructor(object: ObjectName, field: string) {
    this.#object = object
    this.#field = field
  }

  /** It is this number. */
  is(count: number): LevelWords {
    return this.#compared('exactly', count)
  }

  /** It is this number or more. */
  atLeast(count: number): LevelWords {
    return this.#compared('atLeast', count)
  }

  /** It is this number or less. */
  atMost(count: number): LevelWords {
    return this.#compared('atMost', count)
  }

  /** It is less than this number. */
  fewerThan(count: number): LevelWords {
    return this.#compared('fewerThan', count)
  }

  /** It is more than this number. */
  moreThan(count: number): LevelWords {
    return this.#compared('moreThan', count)
  }

  /** The numbers that it goes through, these and no others, in this order; it begins with that of the object's creation. */
  goesThrough(...counts: readonly [number, ...number[]]): ClauseWords {
    if (counts.length === 0) {
      throw new PodwrightError({
        code: 'USAGE',
        where: 'goesThrough',
        problem: 'expected at least one number, got none',
      })
    }
    for (const count of counts) wholeNumber(count, 'goesThrough')
    return new ClauseWords({ kind: 'objectCounts', object: this.#object, field: this.#field, counts })
  }

  #compared(is: Comparison, count: number): LevelWords {
    const field = this.#field
    return new LevelWords({ kind: 'objectCount', object: this.#object, field, is, count: wholeNumber(count, field) })
  }
}
