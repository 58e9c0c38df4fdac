import { run } from '../cluster/index.js'
import { finish, hashText, mix } from '../hash/index.js'
import type { Milliseconds } from '../time/index.js'
import type { Trace } from '../trace/index.js'
import { observe } from './observe.js'
import type { Observed, Recording } from './recording.js'
import { planOfRecording } from './recording-plan.js'

/** What the model did with a recording's manifests and script: as a trace, and in the recorder's words. */
export interface Replay {
  readonly trace: Trace
  readonly observed: Observed
}

/**
 * Runs a recording through the engine: with canonical choices, or with a seed's. Where in its second the recorder's clock stood
 * is not recorded: a seed draws that, too.
 */
export function replay(recording: Recording, seed?: number): Replay {
  const plan = planOfRecording(recording)
  const clockOffset = seed === undefined ? plan.timing.clockOffset : clockOffsetOf(recording, seed)
  const trace = run({ ...plan, timing: { ...plan.timing, clockOffset } }, { seed })
  return { trace, observed: observe(trace, recording) }
}

const clockOffsetOf = ({ name }: Recording, seed: number): Milliseconds =>
  Math.floor((finish(mix(hashText(name), seed)) / 0x1_0000_0000) * 1000)
