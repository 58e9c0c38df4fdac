export {
  type BudgetedPod,
  disruptionsAllowed,
  type FindObject,
} from './disruptions-allowed.js'
export {
  type Amounts,
  amountsOf,
  effectiveAmounts,
  type RequestingContainer,
  type RequestingSpec,
  type RequestOptions,
  toResources,
} from './effective-requests.js'
export { ANY_ADDRESS, hasPortConflict, type IgnoredResources, NodeUse, type Shortage, shortages } from './fit.js'
export { matchesNodeAffinity, namedNodes } from './node-affinity.js'
export { firstUntoleratedTaint, toleratesTaint } from './taints.js'
export {
  findVolume,
  isFullyBound,
  isInTopologies,
  isKeptFor,
  isReachable,
  type KnownClaim,
  type KnownVolume,
  NO_PROVISIONER,
  STORAGE_ANNOTATION,
  volumeMismatch,
} from './volumes.js'
