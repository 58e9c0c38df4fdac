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
export { describeBehaviour, formatBehaviourRule } from './describe-behaviour.js'
export { completeNode, createNode, createNodes, MOST_NODES, type NodeWords } from './nodes.js'
export { type Assumption, DEFAULT_TIMING, type Plan, type PlanPod, type Step, type Timing } from './plan.js'
export type { PlanObject } from './plan-pods.js'
export { parseScenario, type Scenario } from './scenario-file.js'
export { type InputText, splitScenarios } from './split-scenarios.js'
