export {
  changesOf,
  type FieldChange,
  type ObservedField,
} from './changes-of.js'
export { ClusterState } from './cluster-state.js'
export { decodeTrace } from './decode.js'
export { encodeTrace } from './encode.js'
export { findObject } from './find-object.js'
export { findRow } from './find-row.js'
export { type Divergence, type DivergingSide, firstDivergence } from './first-divergence.js'
export { changedNode, formatLabels, formatTaints } from './node-state.js'
export { eventsAt, nodeAt, objectAt, podAt, stateAt } from './object-at.js'
export { ownerUidOf } from './owner-state.js'
export {
  packInstanceAndExit,
  packResultAndDuration,
  packStatusAndReason,
  packTypeAndCount,
  packTypeAndHandler,
  unpackInstanceAndExit,
  unpackResultAndDuration,
  unpackStatusAndReason,
  unpackTypeAndCount,
  unpackTypeAndHandler,
} from './packed-columns.js'
export { type Retention, type RowListener, TraceRecorder } from './recorder.js'
export { type LosingPod, type LostRequests, requestsOf, type ServiceRequests } from './requests-of.js'
export {
  type Clock,
  CONDITION_STATUS,
  type ColumnType,
  EVENT_SOURCES,
  HOOK_HANDLERS,
  HOOKS,
  PROBE_HANDLERS,
  PROBE_RESULTS,
  PROBE_TYPES,
  REQUEST_FAILURES,
  type RequestRace,
  ROW,
  ROW_KINDS,
  type RowKind,
  type RowKindInfo,
} from './row-kind.js'
export { type Row, RowStore } from './row-store.js'
export type { EndpointSubset, Endpoints } from './service-endpoints.js'
export { signalName } from './signal-name.js'
export { StoreView } from './store-view.js'
export { type MessageTemplate, SymbolTable } from './symbol-table.js'
export {
  type Outcome,
  TRACE_VERSION,
  type Trace,
  type TraceHeader,
  type TraceManifest,
  type TraceObject,
} from './trace.js'
export { type OwnerChange, walkOwners } from './walk-owners.js'
export { type PodChange, walkPods } from './walk-pods.js'
export { type CausalLink, causalChain } from './why.js'
