export { computePodActions } from './compute-pod-actions.js'
export {
  containersReadyCondition,
  initializedCondition,
  readyCondition,
  readyToStartContainersCondition,
} from './conditions.js'
export { KILLS_PER_POD, terminationGraceSeconds } from './container-killer.js'
export type { StarvedResource } from './eviction/thresholds.js'
export { Kubelet } from './kubelet.js'
export { KubeletPod } from './kubelet-pod.js'
export type { ShutdownGroup } from './node-shutdown.js'
export { getPhase } from './phase.js'
export { ProbeManager } from './probe-manager.js'
export { type ProbedPod, type ProbeWorker, RESULT } from './probe-worker.js'
export { StatusGenerator } from './status-generation.js'
