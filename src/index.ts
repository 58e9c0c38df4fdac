/**
 * Test what your Pods do over time, without a cluster.
 *
 * `simulate` runs manifests and answers a trace; everything else reads traces.
 *
 * @packageDocumentation
 */

export { type DigestResult, planDigest, Runner, type RunOptions, run, Simulation, start } from './cluster/index.js'
export { type ErrorCode, type ErrorDetails, formatOrigin, type Origin, PodwrightError } from './errors/index.js'
export {
  describePod,
  type GetPodsOptions,
  getEvents,
  getPods,
  objectsToJson,
  objectsToYaml,
  type WatchPodsOptions,
  watchPods,
} from './kubectl/index.js'
export type { Event, KubernetesObject, Node, Pod, PodStatus } from './model/index.js'
export { type Paint, type Palette, PLAIN_PALETTE, type TimelineOptions, timeline, whyReport } from './report/index.js'
export {
  type Assumption,
  type BehaviourRule,
  type BehaviourTarget,
  type ContainerBehaviour,
  createNode,
  createNodes,
  describeBehaviour,
  formatBehaviourRule,
  type HookBehaviour,
  type ImageBehaviour,
  type NodeWords,
  type Plan,
  type PlanPod,
  type ProbeBehaviour,
  type ProbeSpan,
  type ProcessBehaviour,
  parseBehaviour,
  parseBehaviourRule,
  type SandboxBehaviour,
  type StatedBehaviour,
  type StatedImage,
  type StatedProcess,
  type StatedSandbox,
  type Step,
  type TargetKind,
  type Timing,
} from './scenario/index.js'
export { type PlanWords, planManifests, type SimulateOptions, simulate } from './spec/index.js'
export { type DurationText, formatDuration, type Milliseconds, parseDuration } from './time/index.js'
export {
  type CausalLink,
  ClusterState,
  causalChain,
  changesOf,
  type Divergence,
  type DivergingSide,
  decodeTrace,
  encodeTrace,
  eventsAt,
  type FieldChange,
  findObject,
  findRow,
  firstDivergence,
  nodeAt,
  type ObservedField,
  type Outcome,
  podAt,
  ROW,
  type Row,
  type RowKind,
  type RowListener,
  type RowStore,
  type SymbolTable,
  stateAt,
  type Trace,
  type TraceHeader,
  type TraceManifest,
  type TraceObject,
} from './trace/index.js'
