export {
  type ContainerBehaviour,
  DEFAULT_BEHAVIOUR,
  type HookBehaviour,
  type ImageBehaviour,
  type ProbeBehaviour,
  type ProbeSpan,
  type ProcessBehaviour,
  RUNS,
  type SandboxBehaviour,
  type ServeBehaviour,
  type WaitBehaviour,
} from './behaviour.js'
export type {
  BehaviourRule,
  BehaviourTarget,
  StatedBehaviour,
  StatedImage,
  StatedProcess,
  StatedSandbox,
  TargetKind,
} from './behaviour-rule.js'
export { parseBehaviour, parseBehaviourRule } from './behaviour-text.js'
export { buildPlan, type PlanOptions } from './build-plan.js'
export {
  type ClientFields,
  type ContainerFields,
  type DeleteWords,
  type FindPod,
  type InitContainerFields,
  ManifestReference,
  manifest,
  type PatchWords,
  PodBuilder,
  type PodFields,
  type PodHandles,
  type ProbeAnswers,
  ReactionWords,
  ScenarioBuilder,
  StepWords,
  scenarioBuilder,
  type TrafficFields,
  type Whom,
} from './builder/index.js'
export { describeBehaviour, formatBehaviourRule } from './describe-behaviour.js'
export { documentPlaces } from './document-places.js'
export { completeNode, createNode, createNodes, MOST_NODES } from './nodes.js'
export {
  type Assumption,
  DEFAULT_TIMING,
  type Plan,
  type PlanClient,
  type PlanPod,
  type PlanTraffic,
  type Reaction,
  type ReactionStep,
  type Step,
  type Timing,
} from './plan.js'
export type { PlanObject } from './plan-pods.js'
export { planRoster } from './plan-roster.js'
export type { PlacedTraffic } from './plan-traffic.js'
export { parseScenarioDocument, printScenario } from './print-scenario.js'
export type { NodeWords } from './read-node-words.js'
export { EMPTY_DOCUMENT, type ScenarioDocument, type StatedRule } from './scenario-document.js'
export {
  type LawName,
  type Place,
  parseScenario,
  type Scenario,
  type ScenarioExpectation,
  type ScenarioPlaces,
  scenarioOf,
} from './scenario-file.js'
export { type InputText, splitScenarios } from './split-scenarios.js'
export type { StatedStep, StepAction, StepMoment } from './stated-step.js'
export type { StatedClient, StatedTraffic } from './stated-traffic.js'
export { formatTraffic, parseTraffic } from './traffic-text.js'
export {
  BehaviourWords,
  behaves,
  crashes,
  EndingWords,
  exits,
  fails,
  failsToStart,
  HookWords,
  hangs,
  ImageWords,
  ignores,
  image,
  isOOMKilled,
  liveness,
  onTerm,
  ProbeWords,
  ProcessWords,
  postStart,
  preStop,
  readiness,
  readyAfter,
  runs,
  SandboxWords,
  type ServeFields,
  SucceedingProbe,
  sandbox,
  serves,
  startup,
  stopsAfter,
  succeeds,
  type TermWords,
  TroubledProbe,
  takes,
  WaitingWords,
  waitsFor,
} from './words/index.js'
