import { PodwrightError } from '../../errors/index.js'
import type { Occurrence } from '../clause.js'
import { ClauseWords } from './clause-words.js'
import { occurrenceOf, type WithOccurrence } from './what-of.js'

/** Things that happen one after the other. */
export class InOrderWords extends ClauseWords {
  readonly #occurrences: readonly Occurrence[]

  constructor(occurrences: readonly Occurrence[]) {
    super({ kind: 'inOrder', occurrences })
    this.#occurrences = occurrences
  }

  /** No two of them at the same instant. */
  strictly(): ClauseWords {
    return new ClauseWords({ kind: 'inOrder', occurrences: this.#occurrences, isStrict: true })
  }
}

/**
 * Expects the first of each to happen in this order; all of them have to.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { inOrder, pod } from 'podwright'
 *
 * const web = pod('web')
 * const start = inOrder(web.created(), web.scheduled().becomes(), web.container('app').started()).strictly()
 * assert.equal(start.clause.kind, 'inOrder')
 * ```
 */
export function inOrder(...occurrences: readonly [WithOccurrence, WithOccurrence, ...WithOccurrence[]]): InOrderWords {
  if (occurrences.length < 2) {
    throw new PodwrightError({
      code: 'USAGE',
      where: 'inOrder',
      problem: `expected two occurrences or more, got ${occurrences.length}`,
    })
  }
  return new InOrderWords(occurrences.map(each => occurrenceOf(each, 'inOrder')))
}
