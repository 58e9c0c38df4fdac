export { type Admitted, admitPod } from './api-server/index.js'
export { EventRecorder } from './client/index.js'
export { compilePod } from './compile-pod.js'
export {
  ANSWER,
  type Condition,
  type ContainerSpec,
  type ContainerState,
  type ContainerStatus,
  condition,
  containerStatus,
  createSymbols,
  type Environment,
  isTerminalPhase,
  type PodStatus,
  type PodVersion,
  PROBE,
  podStatus,
  RUNTIME_STATE,
  type RuntimePod,
  running,
  STATE,
  TRUTH,
  terminated,
  WORD,
  waiting,
} from './contract/index.js'
// The decisions that the engine runs on, so that upstream's own tables of cases are answered by them and not by copies.
export {
  computePodActions,
  containersReadyCondition,
  getPhase,
  initializedCondition,
  KubeletPod,
  type ProbedPod,
  ProbeManager,
  RESULT,
  readyCondition,
  readyToStartContainersCondition,
  StatusGenerator,
  terminationGraceSeconds,
} from './kubelet/index.js'
export { identify } from './pod-identity.js'
export {
  amountsOf,
  effectiveAmounts,
  type IgnoredResources,
  type RequestOptions,
  shortages,
  toResources,
} from './predicates/index.js'
export { compileNode } from './prepared-plan.js'
export { type DigestResult, planDigest, Runner, type RunOptions, run, Simulation, start } from './run.js'
export type { RunContext } from './run-context.js'
export {
  type ClusterChange,
  createDefaultPlugins,
  createNodeAffinity,
  createNodeResourcesFit,
  createTaintToleration,
  type Decision,
  decide,
  Framework,
  isWorthRequeuing,
  listedStorage,
  type NodeAffinityArgs,
  NodeInfo,
  type ObjectLister,
  PlacedPod,
  type Plugin,
  type PluginName,
  type PodFilter,
  podAdded,
  podDeleted,
  podInfoOf,
  type Refusal,
  SchedulerCache,
} from './scheduler/index.js'
