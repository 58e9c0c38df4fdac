/** Operations of the kernel's entries: which component does what. The argument's meaning stands beside each. */
export const OP = {
  /** A step of the plan; argument: its index. */
  step: 0,
  /** A watcher has notifications; argument: the watcher's number. */
  watch: 1,
  /** The controllers have notifications of workload objects; argument: unused. */
  watchObjects: 5,
  /** A workload of the plan is created; argument: its index. */
  createWorkload: 6,
  /** The scheduler takes a pod from its queue; argument: unused. */
  schedule: 2,
  /** A binding is written; argument: pod. */
  bind: 3,
  /** The scheduler's queues are flushed; argument: unused. */
  flushSchedulerQueues: 4,

  /** PLEG lists the runtime's containers; argument: node. */
  relist: 10,
  /** PLEG inspects what the list showed as changed; argument: node. */
  inspect: 11,
  /** The kubelet's work queue is polled; argument: node. */
  syncTick: 12,
  /** A pod worker's blocking step is over; argument: pod. */
  workerStep: 13,
  /** A StopContainer is over; argument: pod · 64 + number of the kill. */
  killStop: 15,
  /** A preStop hook is over; argument: as above. */
  killHook: 25,
  /** The time for a preStop hook or for a sidecar's turn is over; argument: as above. */
  killTimeout: 16,
  /** A prober's tick; argument: number of the probe worker. */
  probeTick: 17,
  /** A probe's call is over; argument: number of the probe worker. */
  probeEnd: 18,
  /** The status manager sends what changed; argument: node. */
  statusBatch: 19,
  /** An active deadline may have passed; argument: pod. */
  deadline: 20,
  /** A volume's mount is tried again; argument: pod. */
  volumeRetry: 23,
  /** A kubelet's last DELETE of a pod that has ended reaches the store; argument: pod. */
  lastDelete: 26,
  /** A pod whose deletion has no grace left is removed; argument: pod. */
  removal: 27,
  /** A kubelet that was restarted takes up its pods; argument: node. */
  kubeletUp: 24,

  /** The runtime: a sandbox is up; argument: pod. */
  sandboxUp: 30,
  /** A sandbox dies; argument: pod. */
  sandboxDeath: 31,
  /** A process exits by itself or from SIGTERM; argument: number of the process. */
  processExit: 32,
  /** SIGKILL is due; argument: number of the process. */
  processKill: 33,
  /** A hook's or probe's call ends; argument: number of the call. */
  callEnd: 34,
  /** A pull ends; argument: number of the pull. */
  pullEnd: 35,

  /** The EndpointSlice controller works; argument: service. */
  endpoints: 40,

  /** A controller takes a key from its work queue; argument: number of the controller. */
  controllerSync: 41,
  /** A key's delay is over; argument: number of the controller · 2^20 + number of the key. */
  controllerDelay: 42,
} as const
