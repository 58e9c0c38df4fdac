export {
  alreadyExistsError,
  checkPreconditions,
  conflictError,
  forbiddenError,
  modifiedError,
  notFoundError,
} from './api-errors.js'
export { type ClaimUse, claimsOf, isClaimOfPod } from './claims.js'
export { apiSeconds, type Environment } from './environment.js'
export type { ServerWatcher, WaitEnd } from './network.js'
export type { NodeReporter } from './node-reporter.js'
export {
  ApiError,
  type DaemonSetCounts,
  type DeleteOptions,
  type DeploymentCounts,
  finalizersOf,
  isOwnerKind,
  type JobCounts,
  type ObjectClient,
  type ObjectVersion,
  type ObjectWatcher,
  type OwnerCondition,
  type OwnerCounts,
  type OwnerObject,
  ownersOf,
  type ReplicaSetCounts,
  type StatefulSetCounts,
  type StatusWrite,
  specOf,
} from './objects.js'
export { OP } from './operations.js'
export { ownerReferenceTo } from './owner-reference-to.js'
export type { PodControl, PodShape } from './pod-control.js'
export type {
  NamespaceCleaner,
  NamespaceContent,
  ObjectOf,
  ResourceClient,
  ResourceVersion,
  ResourceWatcher,
} from './resources.js'
export {
  ANSWER,
  type ContainerRuntime,
  HOOK_RESULT,
  NO_RUNTIME_POD,
  newestExitedOf,
  newestOf,
  type ProbeAnswer,
  RUNTIME_STATE,
  type RuntimeContainer,
  type RuntimePod,
  type RuntimeSandbox,
} from './runtime.js'
export {
  type ContainerRole,
  type ContainerSpec,
  HANDLER,
  HOOK,
  HOOK_HANDLER,
  type HookSpec,
  type HostPort,
  type PodIdentity,
  type PodSpec,
  PROBE,
  type ProbeSpec,
  type Reference,
  type Resources,
  type RestartRule,
  type VolumeSpec,
} from './spec.js'
export {
  type Condition,
  type ContainerState,
  type ContainerStatus,
  condition,
  containerStatus,
  EMPTY_STATUSES,
  findCondition,
  isSamePodStatus,
  isSameState,
  isTerminalPhase,
  type PodStatus,
  podStatus,
  running,
  STATE,
  TRUTH,
  terminated,
  WAITING_CREATING,
  WAITING_EMPTY,
  WAITING_INITIALIZING,
  waiting,
  withConditions,
} from './status.js'
export {
  CHANGE,
  isDeleting,
  type NodeBefore,
  type NodeClient,
  type NodeConditionWords,
  type NodeRecord,
  type NodeWatcher,
  type PodVersion,
  type PodWatcher,
  type StoreClient,
} from './store.js'
export { type ContainerUsage, exceedsAt, type UsageLine, usedAt } from './usage.js'
export { createSymbols, WORD } from './words.js'
