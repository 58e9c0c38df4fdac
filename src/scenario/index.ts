export type { ApiRequest, DeletePreconditions, PropagationPolicy } from './api-request.js'
export {
  type ContainerBehaviour,
  DEFAULT_BEHAVIOUR,
  type HookBehaviour,
  type ImageBehaviour,
  type ProbeBehaviour,
  type ProbeSpan,
  type ProcessBehaviour,
  type ResourceUse,
  RUNS,
  type SandboxBehaviour,
  type ServeBehaviour,
  type Usage,
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
  type DrainWords,
  type FindPod,
  type InitContainerFields,
  ManifestReference,
  type MetricFields,
  type MetricValue,
  MomentWords,
  manifest,
  type PatchWords,
  PodBuilder,
  type PodFields,
  type PodHandles,
  type ProbeAnswers,
  ReactionWords,
  type RebootWords,
  ScenarioBuilder,
  StepWords,
  scenarioBuilder,
  type TrafficFields,
  type UndoWords,
  type Whom,
} from './builder/index.js'
export { type DaemonPlacement, daemonTolerations, placementOn } from './daemon-nodes.js'
export { describeBehaviour, formatBehaviourRule } from './describe-behaviour.js'
export { documentPlaces } from './document-places.js'
export type { KnownLaw } from './law-names.js'
export { formatMetric, parseMetric } from './metric-text.js'
export { readTaintWord, unknownTaint } from './node-words.js'
export { completeNode, createNode, createNodes, HEALTHY, MOST_NODES } from './nodes.js'
export {
  type Assumption,
  DEFAULT_TIMING,
  type DrainFlags,
  type MetricPoint,
  type NodeResource,
  type Plan,
  type PlanBehaviours,
  type PlanClient,
  type PlanMetric,
  type PlanPod,
  type PlanTraffic,
  type PlanWorkload,
  type Reaction,
  type ReactionStep,
  type RolloutVerb,
  type ShutdownPods,
  type Step,
  type Timing,
  type ZoneOffset,
} from './plan.js'
export type { PlacedMetric } from './plan-metrics.js'
export type { PlanObject } from './plan-pods.js'
export { planRoster } from './plan-roster.js'
export type { PlacedTraffic } from './plan-traffic.js'
export { generatedName, NAME_SUFFIXES, orderedText, suffixNumber, suffixOf, templateHash } from './pod-names.js'
export { parseScenarioDocument, printScenario } from './print-scenario.js'
export type { NodeWords } from './read-node-words.js'
export type { ApiRequestWords } from './request-words.js'
export { BehaviourResolver, type ScriptedContainer, scriptedContainers } from './resolve-behaviour.js'
export { rolloutRefusal } from './rollout-plan.js'
export { EMPTY_DOCUMENT, type ScenarioDocument, type StatedRule } from './scenario-document.js'
export {
  type LawName,
  type Place,
  parseScenario,
  type Scenario,
  type ScenarioExpectation,
  type ScenarioPlaces,
  type ScenarioStep,
  scenarioOf,
} from './scenario-file.js'
export { type InputText, splitScenarios } from './split-scenarios.js'
export type { StatedMetric } from './stated-metric.js'
export type { StatedShutdown, StatedStep, StepAction, StepMoment } from './stated-step.js'
export type { StatedClient, StatedTraffic } from './stated-traffic.js'
export { parseCommand, parseStep } from './step-text.js'
export { formatTraffic, parseTraffic } from './traffic-text.js'
export {
  BehaviourWords,
  behaves,
  crashes,
  EndingWords,
  exits,
  fails,
  failsToStart,
  type GrowthWords,
  HookWords,
  hangs,
  ImageWords,
  ignores,
  image,
  isOOMKilled,
  liveness,
  NodeFault,
  type NodeFaults,
  node,
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
  type ShutdownWords,
  StartsWords,
  SucceedingProbe,
  sandbox,
  serves,
  startup,
  stopsAfter,
  succeeds,
  type TermWords,
  TroubledProbe,
  takes,
  type UsageWords,
  uses,
  WaitingWords,
  waitsFor,
} from './words/index.js'
