import fc from 'fast-check'
import type { Milliseconds } from '../time/index.js'
import { weighted } from './rarity.js'
import { time } from './times.js'

/** What is done to a workload, its pods or a node; whom it concerns is an index, taken modulo how many there are. */
export interface WorkloadStepSketch {
  readonly at: Milliseconds
  readonly action: WorkloadStepWord
  readonly subject: number
  readonly node: number
  /** Of whatever the step has a number. */
  readonly value: number
  readonly propagation: 'Background' | 'Foreground' | 'Orphan'
}

/** The steps that a scenario of workloads can be given. */
export type WorkloadStepWord =
  | 'scale'
  | 'setImage'
  | 'restart'
  | 'undo'
  | 'pause'
  | 'resume'
  | 'change'
  | 'deletePods'
  | 'deletePod'
  | 'evictPod'
  | 'deleteWorkload'
  | 'urgentPod'
  | 'drain'
  | 'cordon'
  | 'uncordon'
  | 'taint'
  | 'untaint'
  | 'label'
  | 'killKubelet'
  | 'startKubelet'
  | 'restartKubelet'
  | 'cutNetwork'
  | 'restoreNetwork'
  | 'reboot'
  | 'shutDown'
  | 'exhaust'
  | 'relieve'
  | 'deleteNode'

/** Draws a step within the horizon. */
export const workloadStep = (horizon: Milliseconds): fc.Arbitrary<WorkloadStepSketch> =>
  fc.record({
    at: fc.oneof(
      time(horizon),
      fc.integer({ min: 0, max: horizon / 1000 }).map(seconds => seconds * 1000),
    ),
    action: weighted({
      ...{ scale: 6, setImage: 8, restart: 2, undo: 3, pause: 2, resume: 2, change: 5 },
      ...{ deletePods: 2, deletePod: 2, evictPod: 3, deleteWorkload: 2, urgentPod: 4 },
      ...{ drain: 5, cordon: 1, uncordon: 2, taint: 2, untaint: 1, label: 1 },
      ...{ killKubelet: 1, startKubelet: 1, restartKubelet: 1, cutNetwork: 1, restoreNetwork: 1 },
      ...{ reboot: 1, shutDown: 1, exhaust: 1, relieve: 1, deleteNode: 1 },
    }),
    subject: fc.nat({ max: 1 }),
    node: fc.nat({ max: 2 }),
    value: fc.nat({ max: 5 }),
    propagation: fc.constantFrom('Background', 'Foreground', 'Orphan'),
  })
