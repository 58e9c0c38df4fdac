import {
  type Bound,
  type Clause,
  type Comparison,
  type ConditionStatus,
  type HookName,
  type Level,
  OBJECT_NUMBERS,
  type Occurrence,
  POD_PHASES,
  type ProbeResult,
  type ProbeType,
  QOS_CLASSES,
  REQUEST_RACES,
  type Scope,
  type SignalName,
  TAINT_EFFECTS,
} from '../expect/index.js'

/** What a field of a clause holds. */
export type FieldWord =
  | 'pod'
  | 'node'
  | 'object'
  | 'service'
  | 'text'
  | 'image'
  | 'count'
  | 'counts'
  | 'step'
  | 'exitCode'
  | 'flag'
  | 'duration'
  | 'durations'
  | 'container'
  | 'containerName'
  | 'level'
  | 'levels'
  | 'occurrence'
  | 'occurrences'
  | 'what'
  | 'clause'
  | 'clauses'
  | 'bound'
  | 'scope'
  | 'states'

/** A field: a kind of value, one of some words, or a list of some words. */
export type FieldShape = FieldWord | readonly string[] | { readonly listOf: readonly string[] }

/** The fields of one kind beside `kind`; a name that ends with `?` may be absent. */
export type Shape = Readonly<Record<string, FieldShape>>

/** The shapes of a union, by kind. */
export type Shapes<Kind extends string = string> = Readonly<Record<Kind, Shape>>

const STATUSES: readonly ConditionStatus[] = ['True', 'False', 'Unknown']
const PROBES: readonly ProbeType[] = ['liveness', 'readiness', 'startup']
const RESULTS: readonly ProbeResult[] = ['success', 'failure', 'hang', 'error']
const HOOKS: readonly HookName[] = ['postStart', 'preStop']
const SIGNALS: readonly SignalName[] = ['SIGTERM', 'SIGKILL']
const COMPARISONS = ['exactly', 'atLeast', 'atMost']
const NUMBER_COMPARISONS: readonly Comparison[] = ['exactly', 'atLeast', 'atMost', 'fewerThan', 'moreThan']

/** The levels of the vocabulary as a file may say them. */
export const LEVEL_SHAPES: Shapes<Level['kind']> = {
  phase: { pod: 'pod', phase: POD_PHASES },
  condition: { pod: 'pod', type: 'text', status: STATUSES, 'reason?': 'text', 'message?': 'text' },
  exists: { pod: 'pod' },
  terminating: { pod: 'pod' },
  scheduled: { pod: 'pod', 'node?': 'node' },
  nominated: { pod: 'pod', 'node?': 'node' },
  qosClass: { pod: 'pod', qosClass: QOS_CLASSES },
  podIP: { pod: 'pod', 'ip?': 'text' },
  running: { container: 'container' },
  ready: { container: 'container' },
  startedUp: { container: 'container' },
  waiting: { container: 'container', 'reason?': 'text' },
  terminated: { container: 'container', 'reason?': 'text', 'exitCode?': 'exitCode' },
  restartCount: { container: 'container', is: COMPARISONS, count: 'count' },
  endpoint: { service: 'service', pod: 'pod', condition: ['ready', 'serving', 'terminating'] },
  alive: { container: 'container' },
  objectExists: { object: 'object' },
  objectTerminating: { object: 'object' },
  objectCondition: { object: 'object', type: 'text', status: STATUSES, 'reason?': 'text', 'message?': 'text' },
  objectCount: { object: 'object', field: OBJECT_NUMBERS, is: NUMBER_COMPARISONS, count: 'count' },
  complete: { object: 'object' },
  unschedulable: { node: 'node' },
  tainted: { node: 'node', 'key?': 'text', 'value?': 'text', 'effect?': TAINT_EFFECTS },
  not: { level: 'level' },
  and: { levels: 'levels' },
  or: { levels: 'levels' },
  once: { what: 'what' },
  since: { level: 'level', what: 'what' },
}

/** The occurrences of the vocabulary as a file may say them. */
export const OCCURRENCE_SHAPES: Shapes<Occurrence['kind']> = {
  started: { container: 'container' },
  exited: { container: 'container', 'code?': 'exitCode' },
  signalled: { container: 'container', signal: SIGNALS },
  probed: { container: 'container', probe: PROBES, 'result?': RESULTS },
  hookStarted: { container: 'container', hook: HOOKS },
  hookEnded: { container: 'container', hook: HOOKS },
  hookFailed: { container: 'container', hook: HOOKS },
  pullStarted: { pod: 'pod', 'image?': 'image' },
  pulled: { pod: 'pod', 'image?': 'image' },
  pullFailed: { pod: 'pod', 'image?': 'image' },
  sandboxCreated: { pod: 'pod' },
  sandboxDied: { pod: 'pod' },
  created: { pod: 'pod' },
  gone: { pod: 'pod' },
  deleted: { pod: 'pod' },
  event: { 'pod?': 'pod', reason: 'text', 'container?': 'containerName' },
  refused: { pod: 'pod', 'message?': 'text' },
  stepRefused: { step: 'step', 'message?': 'text' },
  stepDone: { step: 'step' },
  objectCreated: { object: 'object' },
  objectDeleted: { object: 'object' },
  objectGone: { object: 'object' },
  objectEvent: { object: 'object', reason: 'text' },
  objectRefused: { object: 'object', 'message?': 'text' },
  requestFailed: { service: 'service', 'race?': REQUEST_RACES },
  requestAnswered: { service: 'service' },
  becomes: { level: 'level' },
  anyOf: { occurrences: 'occurrences' },
  when: { occurrence: 'occurrence', level: 'level' },
}

/** The bounds of the vocabulary as a file may say them. */
export const BOUND_SHAPES: Shapes<Bound['kind']> = {
  within: { ms: 'duration' },
  at: { ms: 'duration', 'toleranceMs?': 'duration' },
  noSoonerThan: { ms: 'duration' },
  after: { ms: 'duration' },
  for: { ms: 'duration' },
  immediately: {},
}

/** The scopes of the vocabulary as a file may say them. */
export const SCOPE_SHAPES: Shapes<Scope['kind']> = {
  after: { what: 'occurrence' },
  before: { what: 'occurrence' },
  between: { from: 'occurrence', to: 'occurrence' },
  while: { level: 'level' },
  afterQuiescence: {},
}

/** The clauses of the vocabulary as a file may say them. */
export const CLAUSE_SHAPES: Shapes<Clause['kind']> = {
  always: { level: 'level' },
  never: { what: 'what' },
  stays: { level: 'level', ms: 'duration' },
  count: { is: COMPARISONS, count: 'count', what: 'occurrence' },
  monotonic: { container: 'container' },
  eventually: { what: 'what', 'bound?': 'bound' },
  // biome-ignore lint/suspicious/noThenProperty: a clause has this field; nobody awaits a table.
  response: { trigger: 'occurrence', then: 'what', 'bound?': 'bound' },
  precedes: { first: 'occurrence', second: 'occurrence' },
  notBefore: { what: 'occurrence', before: 'occurrence' },
  inOrder: { occurrences: 'occurrences', 'isStrict?': 'flag' },
  phases: { pod: 'pod', phases: { listOf: POD_PHASES } },
  conditions: { pod: 'pod', type: 'text', statuses: { listOf: STATUSES } },
  states: { container: 'container', states: 'states' },
  objectConditions: { object: 'object', type: 'text', statuses: { listOf: STATUSES } },
  objectCounts: { object: 'object', field: OBJECT_NUMBERS, counts: 'counts' },
  gaps: { from: 'occurrence', to: 'occurrence', are: 'durations', 'toleranceMs?': 'duration', 'lateMs?': 'duration' },
  until: { level: 'level', until: 'what', 'isWeak?': 'flag' },
  scoped: { scope: 'scope', clause: 'clause' },
  eachContainer: { pod: 'pod', 'role?': ['container', 'init', 'sidecar'], clause: 'clause' },
  allOf: { clauses: 'clauses' },
  orVacuous: { clause: 'clause' },
}

/** A state of a container as `states` lists it. */
export const STATE_WORD = /^(running|(waiting|terminated)( [A-Za-z][A-Za-z0-9]*)?)$/

/** More than any count that a run can come to. */
export const MOST_COUNT = 1_000_000
