export {
  type FilterArgs,
  type FilterInput,
  nodeAffinity,
  nodeResourcesFit,
  type Refusal,
  taintToleration,
} from './filters.js'
export { nodeAffinityPreFilter, type PreFilterResult } from './pre-filter.js'
export { Scheduler } from './scheduler.js'
