export { KILLS_PER_POD } from './container-killer.js'
export { Kubelet } from './kubelet.js'
export type { KubeletPod } from './kubelet-pod.js'
export type { ProbeWorker } from './probe-worker.js'
