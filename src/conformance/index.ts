export { observe } from './observe.js'
export type { Observed, ObservedCall, ObservedEvent, ObservedPod, Recording } from './recording.js'
export { planOfRecording, RECORDER_TIMING } from './recording-plan.js'
