export type { Whom } from './behaviour-target-words.js'
export type { ContainerFields, InitContainerFields, ProbeAnswers } from './container-fields.js'
export { ManifestReference, manifest } from './manifest.js'
export type { MetricFields, MetricValue } from './metric-fields.js'
export { PodBuilder, type PodFields } from './pod-builder.js'
export type { FindPod, PodHandles } from './pod-handles.js'
export { MomentWords, ScenarioBuilder, scenarioBuilder } from './scenario-builder.js'
export {
  type DeleteWords,
  type DrainWords,
  type PatchWords,
  ReactionWords,
  type RebootWords,
  StepWords,
  type UndoWords,
} from './step-words.js'
export type { ClientFields, TrafficFields } from './traffic-fields.js'
