export { type Admission, admitPod } from './admission.js'
export {
  type ActionSpec,
  computePodActions,
  type ContainerToKill,
  isInitContainerFailed,
  type KillReason,
  type PodActions,
  type ProbeResults,
} from './compute-pod-actions.js'
export { type ConditionSpec, containersReadyCondition, initializedCondition, type KnownStatuses, readyCondition, readyToStartContainersCondition } from './conditions.js'
export { KILLS_PER_POD, terminationGraceSeconds } from './container-killer.js'
export { Kubelet } from './kubelet.js'
export type { KubeletPod } from './kubelet-pod.js'
export { getPhase, type PhaseSpec } from './phase.js'
export type { ProbeWorker } from './probe-worker.js'
export { shouldContainerBeRestarted } from './restart-decision.js'
