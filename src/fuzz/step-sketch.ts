import fc from 'fast-check'
import type { Milliseconds } from '../time/index.js'
import { weighted } from './rarity.js'
import { time } from './times.js'

/** What a step does; whom it concerns is an index, taken modulo how many there are. */
export interface StepSketch {
  /** An instant, or how long after the moment. */
  readonly at: Milliseconds
  readonly moment: StepTrigger
  readonly action: StepWord
  readonly subject: number
  readonly container: number
  readonly graceSeconds: number | undefined
  readonly isTrue: boolean
}

/** The steps that a scenario can be given. */
export type StepWord =
  | 'delete'
  | 'evict'
  | 'restartKubelet'
  | 'cordon'
  | 'uncordon'
  | 'setImage'
  | 'setLabels'
  | 'setGate'
  | 'setDeadline'
  | 'openGate'
  | 'debug'

/** What a step waits for instead of an instant: where two things meet, kubelets go wrong. */
export type StepTrigger = 'none' | 'pull' | 'start' | 'signal' | 'exit' | 'ready' | 'deletion'

/** Draws a step within the horizon. */
export const step = (horizon: Milliseconds): fc.Arbitrary<StepSketch> =>
  fc.record({
    at: time(horizon),
    moment: weighted({ none: 12, pull: 1, start: 1, signal: 1, exit: 1, ready: 1, deletion: 1 }),
    action: weighted({
      delete: 5,
      evict: 3,
      restartKubelet: 2,
      cordon: 1,
      uncordon: 1,
      setImage: 2,
      setLabels: 1,
      setGate: 3,
      setDeadline: 1,
      openGate: 1,
      debug: 1,
    }),
    subject: fc.nat({ max: 2 }),
    container: fc.nat({ max: 4 }),
    graceSeconds: fc.option(fc.constantFrom(0, 1, 3, 10, 30, 60), { nil: undefined, freq: 2 }),
    isTrue: fc.boolean(),
  })
