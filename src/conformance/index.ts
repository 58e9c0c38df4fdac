export { readRecording } from './read-recording.js'
export type { Observed, ObservedCall, ObservedEvent, ObservedPod, Recording } from './recording.js'
export { type Replay, replay } from './replay.js'
