import { OccurrenceWords } from './occurrence-words.js'

/** A step: what may be said of it. */
export interface SteppedWords {
  /** It is carried out, whether or not the API server refuses it. */
  done(): OccurrenceWords
  /** The API server refuses it; with a message that holds these words, or with any. */
  refused(message?: string): OccurrenceWords
}

/**
 * Speaks of a step by its number, from 1 on, as the timeline counts: in order of time. What a reaction does is spoken of by its
 * pod: `pod('web').refused()`.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { runs, scenario, step } from 'podwright'
 *
 * const run = scenario('an immutable field', s =>
 *   s
 *     .pod('web', pod => pod.container('app', runs()))
 *     .at('10s')
 *     .patch('pod/web', { spec: { nodeName: 'elsewhere' } })
 *     .expect(() => [step(1).refused('pod updates may not change fields').at('10s')]),
 * ).run()
 * assert.equal(run.isPassed, true)
 * ```
 */
export const step = (number: number): SteppedWords => ({
  done: () => new OccurrenceWords({ kind: 'stepDone', step: number }),
  refused: message =>
    new OccurrenceWords({ kind: 'stepRefused', step: number, ...(message === undefined ? {} : { message }) }),
})
