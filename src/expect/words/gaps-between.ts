import { PodwrightError } from '../../errors/index.js'
import { readSpan, type Span } from '../../time/index.js'
import type { Tolerance } from './bounded-words.js'
import { ClauseWords } from './clause-words.js'
import { occurrenceOf, type WithOccurrence } from './what-of.js'

/** How far off gaps may be. */
export interface GapTolerance extends Tolerance {
  /** How much longer each may be; default: the tolerance. Without a tolerance none may be shorter. */
  readonly late?: Span | undefined
}

/** Two ends that wait for how far apart they are. */
export interface GapWords {
  /** The first gaps are these, each to the millisecond; more gaps than are named may be anything. */
  are(...gaps: readonly [Span, ...Span[]]): ClauseWords
  /** The first gaps are these, each as near as `tolerance` says, or at most as much longer as `late` says. */
  are(...gapsAndTolerance: readonly [Span, ...Span[], GapTolerance]): ClauseWords
}

/**
 * Expects the times from each `from` to the next `to` after it.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { gapsBetween, pod } from 'podwright'
 *
 * const app = pod('web').container('app')
 * const backOff = gapsBetween(app.exited(), app.started()).are('10s', '20s', '40s', { late: '15s' })
 * assert.deepEqual(backOff.clause.kind === 'gaps' && backOff.clause.are, [10_000, 20_000, 40_000])
 * ```
 */
export function gapsBetween(from: WithOccurrence, to: WithOccurrence): GapWords {
  const ends = { from: occurrenceOf(from, 'gapsBetween'), to: occurrenceOf(to, 'gapsBetween') }
  return {
    are(...said: readonly (Span | GapTolerance)[]) {
      const gaps = said.filter(each => typeof each !== 'object')
      const { tolerance, late } = said.find(each => typeof each === 'object') ?? {}
      if (gaps.length === 0) {
        throw new PodwrightError({ code: 'USAGE', where: 'are', problem: 'expected at least one gap, got none' })
      }
      return new ClauseWords({
        kind: 'gaps',
        ...ends,
        are: gaps.map(gap => readSpan(gap, 'are')),
        ...(tolerance === undefined ? {} : { toleranceMs: readSpan(tolerance, 'tolerance') }),
        ...(late === undefined ? {} : { lateMs: readSpan(late, 'late') }),
      })
    },
  }
}
