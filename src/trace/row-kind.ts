/**
 * What a row can say. Rows have five payload columns of integers: `object` (whom it concerns) and `a`, `b`, `c`,
 * whose meaning depends on the kind, and `cause` (the number of the row that made it happen, −1 for none).
 *
 * Two clocks, never mixed (vocabulary.md §4): `api` rows are what the API server's store says from then on;
 * `runtime` rows are what the container runtime and its processes did.
 */
export type Clock = 'api' | 'runtime' | 'run'

/** How the integer of a column is to be read; `statusAndReason` has a status in the low two bits and the reason's symbol above them. */
export type ColumnType = 'int' | 'symbol' | 'statusAndReason'

/** The meaning of one kind of row. */
export interface RowKindInfo {
  readonly name: string
  readonly clock: Clock
  /** Names of the columns a, b, c, as JSON Lines spells them. */
  readonly columns: readonly string[]
  readonly types: readonly ColumnType[]
  /** Rows that only count repetitions stay out of the digest. */
  readonly isDigested: boolean
}

const kind = (
  name: string,
  clock: Clock,
  columns: Readonly<Record<string, ColumnType>>,
  isDigested = true,
): RowKindInfo => ({
  name,
  clock,
  columns: Object.keys(columns),
  types: Object.values(columns),
  isDigested,
})

/** Numbers of the row kinds; `ROW_KINDS[ROW.phase]` says what the columns mean. */
export const ROW = {
  step: 0,
  created: 1,
  bound: 2,
  specChanged: 3,
  deletionRequested: 4,
  removed: 5,
  phase: 6,
  condition: 7,
  conditionRemoved: 8,
  startTime: 9,
  podIP: 10,
  containerWaiting: 11,
  containerRunning: 12,
  containerTerminated: 13,
  containerLastTerminated: 14,
  containerRestarts: 15,
  containerReady: 16,
  containerStarted: 17,
  qosClass: 18,
  nominatedNode: 19,
  statusReplaced: 20,
  event: 21,
  sandboxCreate: 22,
  sandboxReady: 23,
  sandboxFailed: 24,
  sandboxStop: 25,
  sandboxDied: 26,
  pullStart: 27,
  pullEnd: 28,
  containerCreate: 29,
  containerStart: 30,
  containerStartFailed: 31,
  containerStop: 32,
  signal: 33,
  exit: 34,
  hookStart: 35,
  hookEnd: 36,
  probe: 37,
  probeRepeated: 38,
  endpoints: 39,
  nodeCondition: 40,
  refused: 41,
  observedGeneration: 42,
  ownerStatus: 43,
  ownerRevision: 44,
  nodeChanged: 45,
  ownerText: 46,
  proxyRules: 47,
  requestsAnswered: 48,
  requestFailed: 49,
  requestRetried: 50,
  requestsUnderWay: 51,
} as const

/** The number of a row kind. */
export type RowKind = (typeof ROW)[keyof typeof ROW]

/** Meanings of the row kinds, by number. */
export const ROW_KINDS: readonly RowKindInfo[] = [
  // a step of the plan is carried out; what: one line of text
  kind('step', 'run', { step: 'int', what: 'symbol' }),
  // manifest: index into the header's objects; node: that to which it is bound from the beginning, empty: none
  kind('created', 'api', { manifest: 'int', node: 'symbol' }),
  kind('bound', 'api', { node: 'symbol' }),
  // manifest: index into the header's objects, where the new version was appended; what: one line of text
  kind('specChanged', 'api', { manifest: 'int', what: 'symbol' }),
  // deadline: deletionTimestamp in whole seconds since t = 0
  kind('deletionRequested', 'api', { graceSeconds: 'int', deadline: 'int' }),
  kind('removed', 'api', {}),
  kind('phase', 'api', { phase: 'symbol', reason: 'symbol', message: 'symbol' }),
  // status: 0 False, 1 True, 2 Unknown; lastTransitionTime moves with the status only
  kind('condition', 'api', { type: 'symbol', statusAndReason: 'statusAndReason', message: 'symbol' }),
  kind('conditionRemoved', 'api', { type: 'symbol' }),
  kind('startTime', 'api', { seconds: 'int' }),
  kind('podIP', 'api', { ip: 'symbol' }),
  kind('containerWaiting', 'api', { reason: 'symbol', message: 'symbol' }),
  // startedAt: whole seconds since t = 0
  kind('containerRunning', 'api', { instance: 'int', startedAt: 'int' }),
  // instanceAndExit: exit code in the low eight bits, instance + 1 above them (0: no instance is known)
  kind('containerTerminated', 'api', { instanceAndExit: 'int', reason: 'symbol', message: 'symbol' }),
  // the same columns; reason 0 takes the last state away
  kind('containerLastTerminated', 'api', { instanceAndExit: 'int', reason: 'symbol', message: 'symbol' }),
  kind('containerRestarts', 'api', { count: 'int' }),
  kind('containerReady', 'api', { ready: 'int' }),
  kind('containerStarted', 'api', { started: 'int' }),
  kind('qosClass', 'api', { qosClass: 'symbol' }),
  kind('nominatedNode', 'api', { node: 'symbol' }),
  // a rejection by the kubelet replaces the whole status: conditions and container statuses vanish
  kind('statusReplaced', 'api', {}),
  // typeAndCount: 1 for a Warning in the lowest bit, the source's number (EVENT_SOURCES) in the next three and from bit 24 on, the
  // count between
  kind('event', 'api', { reason: 'symbol', typeAndCount: 'int', message: 'symbol' }),
  kind('sandboxCreate', 'runtime', { attempt: 'int' }),
  kind('sandboxReady', 'runtime', { attempt: 'int', ip: 'symbol' }),
  kind('sandboxFailed', 'runtime', { attempt: 'int', error: 'symbol' }),
  kind('sandboxStop', 'runtime', { attempt: 'int' }),
  kind('sandboxDied', 'runtime', { attempt: 'int' }),
  kind('pullStart', 'runtime', { image: 'symbol' }),
  kind('pullEnd', 'runtime', { image: 'symbol', error: 'symbol' }),
  // instance: number of the CreateContainer call of this container in this pod, from 0; attempt: what becomes restartCount
  kind('containerCreate', 'runtime', { instance: 'int', attempt: 'int', image: 'symbol' }),
  kind('containerStart', 'runtime', { instance: 'int', run: 'int' }),
  kind('containerStartFailed', 'runtime', { instance: 'int', run: 'int', error: 'symbol' }),
  kind('containerStop', 'runtime', { instance: 'int', timeoutSeconds: 'int' }),
  kind('signal', 'runtime', { instance: 'int', signal: 'int' }),
  kind('exit', 'runtime', { instance: 'int', exitCode: 'int', reason: 'symbol' }),
  // hook: 0 postStart, 1 preStop; handler: 0 exec, 1 httpGet, 2 sleep, 3 tcpSocket
  kind('hookStart', 'runtime', { instance: 'int', hook: 'int', handler: 'int' }),
  // exitCode: 0 success; of an exec hook the command's, 137 where the container went first, 126 where it had gone before; 1 for other
  // handlers' failures
  kind('hookEnd', 'runtime', { instance: 'int', hook: 'int', exitCode: 'int' }),
  // type: 0 liveness, 1 readiness, 2 startup in the low two bits, handler (0 exec, 1 httpGet, 2 tcpSocket, 3 grpc) above them
  // resultAndDuration: 0 success, 1 failure, 2 no answer in time, 3 error in the low two bits, the call's duration in ms above them;
  // the row stands at the END of the call
  kind('probe', 'runtime', { instance: 'int', typeAndHandler: 'int', resultAndDuration: 'int' }),
  // how often the answer of the last probe row of this type was repeated until the next other one
  kind('probeRepeated', 'runtime', { instance: 'int', type: 'int', times: 'int' }, false),
  // addresses: `10.244.0.5 ready serving, 10.244.0.6 serving terminating`; empty: none
  kind('endpoints', 'api', { addresses: 'symbol' }),
  kind('nodeCondition', 'api', { type: 'symbol', statusAndReason: 'statusAndReason', message: 'symbol' }),
  // the API server refused a request; code: the HTTP status, 0 where the step does not tell it
  kind('refused', 'api', { message: 'symbol', code: 'int' }),
  // the generation of the pod that its kubelet's status is about; only where pods have one (from 1.34)
  kind('observedGeneration', 'api', { generation: 'int' }),
  // a number of a workload object: of its status by the API's name (`readyReplicas`), or `spec.replicas`, `metadata.generation`,
  // `metadata.annotations.KEY`
  kind('ownerStatus', 'api', { field: 'symbol', value: 'int' }),
  // the annotation deployment.kubernetes.io/revision of a Deployment or ReplicaSet; the field `revision` of a ControllerRevision
  kind('ownerRevision', 'api', { revision: 'int' }),
  // field: taints, labels or unschedulable; value: `key=value:Effect key:Effect`, `key=value key=`, `true` or empty
  kind('nodeChanged', 'api', { field: 'symbol', value: 'symbol' }),
  // a text of a workload object's status by the API's name (`completedIndexes`); lists are joined with commas; empty: none
  kind('ownerText', 'api', { field: 'symbol', text: 'symbol' }),
  // where a client's connections to a Service go from now on; node: whose rules, empty: those of a client beside the nodes
  kind('proxyRules', 'run', { node: 'symbol', addresses: 'symbol' }),
  // requests to a Service that a pod has answered since the last such row; lastAgo: how long before this row the last answer was, in ms
  kind('requestsAnswered', 'run', { count: 'int', pod: 'symbol', lastAgo: 'int' }),
  // failure: its number among REQUEST_FAILURES; pod: where it was sent, empty: nowhere; staleFor: how long that pod has not been a
  // ready endpoint any more, in ms, −1: it is one
  kind('requestFailed', 'run', { failure: 'int', pod: 'symbol', staleFor: 'int' }),
  // the same columns; the client sends the request again
  kind('requestRetried', 'run', { failure: 'int', pod: 'symbol', staleFor: 'int' }),
  // requests that were neither answered nor given up when the run ended
  kind('requestsUnderWay', 'run', { count: 'int' }),
]

/** Status of a condition as rows number it. */
export const CONDITION_STATUS = ['False', 'True', 'Unknown'] as const

/** Who writes Events, as rows number them: the event's `source.component`. */
export const EVENT_SOURCES = [
  'kubelet',
  'default-scheduler',
  'taint-eviction-controller',
  'controllermanager',
  'replicaset-controller',
  'replication-controller',
  'deployment-controller',
  'node-controller',
  'job-controller',
  'statefulset-controller',
  'daemonset-controller',
  'cronjob-controller',
  'horizontal-pod-autoscaler',
  'persistentvolume-controller',
  'external-provisioner',
  'ephemeral_volume',
] as const

/** The kinds of probes, as rows number them. */
export const PROBE_TYPES = ['liveness', 'readiness', 'startup'] as const

/** How a probe or hook asks, as rows number it for probes. */
export const PROBE_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const

/** Answers of a probe, as rows number them. */
export const PROBE_RESULTS = ['success', 'failure', 'hang', 'error'] as const

/** The lifecycle hooks, as rows number them. */
export const HOOKS = ['postStart', 'preStop'] as const

/** How a hook acts, as rows number it. */
export const HOOK_HANDLERS = ['exec', 'httpGet', 'sleep', 'tcpSocket'] as const

/** Which race a request lost. */
export type RequestRace = 'refused' | 'reset' | 'timed out' | 'no endpoint'

/** How a request fails, as rows number it: the race that it loses, and what the other side was doing. */
export const REQUEST_FAILURES: readonly { readonly race: RequestRace; readonly why: string }[] = [
  { race: 'refused', why: 'its container does not run yet' },
  { race: 'refused', why: 'its process does not listen yet' },
  { race: 'refused', why: 'its process has closed its listener' },
  { race: 'refused', why: 'its process has exited' },
  { race: 'reset', why: 'its process exited before the answer' },
  { race: 'timed out', why: 'its node does not answer' },
  { race: 'timed out', why: 'its process does not answer any more' },
  { race: 'timed out', why: 'its process answers too slowly' },
  { race: 'no endpoint', why: 'the rules name none' },
  { race: 'no endpoint', why: "the rules name none on the client's node" },
]

/** The kinds of row by name, for reading JSON Lines and for `--why`. */
export const rowKindNamed = (name: string): RowKind | undefined => {
  const index = ROW_KINDS.findIndex(info => info.name === name)
  return index < 0 ? undefined : (index as RowKind)
}
