import fc from 'fast-check'
import type { Milliseconds } from '../time/index.js'

/**
 * Times of a scenario. Half of them are whole seconds, so that things often fall on one instant; a few are long enough to outlast
 * a back-off.
 */
export const time = (longest: Milliseconds): fc.Arbitrary<Milliseconds> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: Math.min(30, longest / 1000) }).map(seconds => seconds * 1000) },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: Math.min(12_000, longest) }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: longest }) },
  )
