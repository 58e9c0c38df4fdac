/** Operations of the kernel's entries: which component does what. The argument's meaning stands beside each. */
export const OP = {
  /** A step of the plan; argument: its index. */
  step: 0,
  /** A watcher has notifications; argument: the watcher's number. */
  watch: 1,
  /** The controllers have notifications of workload objects; argument: unused. */
  watchObjects: 7,
  /** A workload of the plan is created; argument: its index. */
  createWorkload: 6,
  /** The scheduler takes a pod from its queue; argument: unused. */
  schedule: 2,
  /** A binding is written; argument: pod. */
  bind: 3,
  /** The scheduler's queues are flushed; argument: unused. */
  flushSchedulerQueues: 4,
  /** The scheduler looks for pods that were unschedulable for long; argument: unused. */
  flushUnschedulable: 5,

  /** The scheduler hears of a claim, volume or class; argument: unused. */
  watchStorage: 8,
  /** The scheduler looks whether the claims of a pod are bound; argument: pod. */
  bindVolumes: 9,

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
  /** The controllers of nodes hear of a change; argument: node. */
  nodeWatch: 50,
  /** A tick of the node lifecycle controller; argument: unused. */
  nodeMonitor: 51,
  /** The node lifecycle controller hands out NoExecute taints; argument: number of the zone. */
  nodeTainting: 52,
  /** A kubelet that came up posts its node's status; argument: node. */
  nodeStatus: 53,
  /** The taint eviction controller looks at a pod that is new on a node; argument: pod. */
  taintedPod: 54,
  /** A pod's time on a tainted node is over; argument: pod. */
  taintEviction: 55,
  /** A tick of the pod garbage collector; argument: unused. */
  podGc: 56,
  /** A machine is up again after a reboot; argument: node. */
  nodeBooted: 57,
  /** A drain tries again to evict a pod; argument: pod. */
  drainRetry: 58,
  /** A drain gives up; argument: unused, its step is the cause. */
  drainTimeout: 62,
  /** A kubelet's eviction manager looks at its node, or goes on with an eviction; argument: node. */
  eviction: 59,
  /** The time of a group of pods of a node that shuts down is over; argument: node. */
  shutdownGroup: 60,
  /** A machine that has shut down goes off; argument: node. */
  nodeOff: 61,
  /** A kube-proxy programs its rules, or a client looks a name up again; argument: number of the router. */
  routes: 43,
  /** A request is sent; argument: number of the stream. */
  request: 44,
  /** A client has waited for an answer long enough; argument: number of the waiting request. */
  requestTimeout: 45,
  /** A process opens its listener, or hangs from now on; argument: number of the server. */
  serverTurn: 46,
  /** A stream of requests is over; argument: number of the stream. */
  trafficEnd: 47,
} as const
