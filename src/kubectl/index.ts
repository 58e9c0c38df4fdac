export { parseApiTime } from './api-time.js'
export { describePod } from './describe-pod.js'
export { getEvents } from './get-events.js'
export { type GetPodsOptions, getPods, type WatchPodsOptions, watchPods } from './get-pods.js'
export type { QueryScope } from './object-query.js'
export { objectsToJson, objectsToYaml } from './objects.js'
export { type PrintedPod, printPod } from './print-pod.js'
export { findResource, isResourceWord, resourcesNamed } from './resources.js'
export {
  type RolloutLine,
  type RolloutOptions,
  rolloutHistory,
  rolloutObstacle,
  rolloutStatus,
  watchRollout,
} from './rollout.js'
export { type RolloutStatus, statusOfRollout } from './rollout-status.js'
export { Table } from './table.js'
export {
  type EventsOptions,
  type GetOptions,
  kubectlDescribe,
  kubectlEvents,
  kubectlGet,
  listObjects,
  type ViewOptions,
  watchObjects,
} from './view.js'
export { visible } from './visible.js'
export { type WaitOptions, type WaitResult, waitFor } from './wait-for.js'
export { toYaml } from './yaml.js'
