import { run } from '../cluster/index.js'
import type { Trace } from '../trace/index.js'
import { observe } from './observe.js'
import type { Observed, Recording } from './recording.js'
import { planOfRecording } from './recording-plan.js'

/** What the model did with a recording's manifests and script: as a trace, and in the recorder's words. */
export interface Replay {
  readonly trace: Trace
  readonly observed: Observed
}

/** Runs a recording through the engine: with canonical choices, or with a seed's. */
export function replay(recording: Recording, seed?: number): Replay {
  const trace = run(planOfRecording(recording), { seed })
  return { trace, observed: observe(trace, recording) }
}
