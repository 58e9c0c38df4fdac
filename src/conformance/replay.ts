import { run } from '../cluster/index.js'
import { observe } from './observe.js'
import type { Observed, Recording } from './recording.js'
import { planOfRecording } from './recording-plan.js'

/** What the model did with a recording's manifests and script, in the recorder's words. */
export interface Replay {
  readonly name: string
  readonly observed: Observed
}

/** Runs a recording through the engine: with canonical choices, or with a seed's. */
export function replay(recording: Recording, seed?: number): Replay {
  return { name: recording.name, observed: observe(run(planOfRecording(recording), { seed }), recording) }
}
