export {
  type Amounts,
  amountsOf,
  effectiveAmounts,
  type RequestingContainer,
  type RequestingSpec,
  toResources,
} from './effective-requests.js'
export { ANY_ADDRESS, hasPortConflict, NodeUse, type Shortage, shortages } from './fit.js'
export { matchesNodeAffinity } from './node-affinity.js'
export { firstUntoleratedTaint, toleratesTaint } from './taints.js'
