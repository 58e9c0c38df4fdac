import fc from 'fast-check'
import type { Bound, Clause, ContainerName, Level, Occurrence, Scope } from '../../src/expect/clause.js'
import { POD_PHASES, QOS_CLASSES, REQUEST_RACES } from '../../src/expect/clause.js'

/** Names as people give them, the language's own words, and what no name should be. */
const word = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('web', 'app', 'migrate', 'shop/web', 'deployment/web', 'registry:5000/a:1') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('is', 'it', 'init', 'pod', 'until', 'exit', 'of', 'sandbox', '*', '@each', '='),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', 'a b', 'a/', '/', 'x:', '"', '\\', 'é', '\u202e', '\n', '± 1s', '(', ';', ':a'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
)
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined })

/** Any whole number of milliseconds up to an hour and a bit. */
const duration = fc.oneof(
  fc.integer({ min: 0, max: 120 }).map(seconds => seconds * 1000),
  fc.nat(4_000_000),
)

const container: fc.Arbitrary<ContainerName> = fc.record(
  { pod: word, container: word },
  { requiredKeys: ['container'] },
)
const status = fc.constantFrom('True' as const, 'False' as const, 'Unknown' as const)
const phase = fc.constantFrom(...POD_PHASES)
const comparison = fc.constantFrom('exactly' as const, 'atLeast' as const, 'atMost' as const)
const kinds = <Kind extends string>(...all: readonly Kind[]): fc.Arbitrary<Kind> => fc.constantFrom(...all)
/** Fewer than two are what programs make. */
const list = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> => fc.array(item, { maxLength: 3 })

/** Objects are called by kind and name; of the name anything may be expected but a slash. */
const objectOf = (...objectKinds: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('', 'shop/'),
      fc.constantFrom(...objectKinds),
      word.map(name => name.replace(/\//g, '') || 'x'),
    )
    .map(([namespace, kind, name]) => `${namespace}${kind}/${name}`)
const anyObject = objectOf('deployment', 'deploy', 'Job', 'statefulsets', 'hpa', 'node', 'pdb', 'cronjob')
const counted = fc.oneof(
  fc.record({
    object: objectOf('deployment'),
    field: fc.constantFrom('availableReplicas', 'spec.replicas', 'replicas'),
  }),
  fc.record({ object: objectOf('job', 'Job'), field: fc.constantFrom('active', 'failed', 'terminating') }),
  fc.record({ object: objectOf('daemonset', 'ds'), field: fc.constantFrom('numberReady', 'desiredNumberScheduled') }),
  fc.record({
    object: objectOf('pdb'),
    field: fc.constantFrom('currentHealthy', 'desiredHealthy', 'disruptionsAllowed'),
  }),
  fc.record({ object: objectOf('cj'), field: fc.constant('active') }),
)
const nodeName = word.map(name => name.replace(/\//g, '') || 'x')

const { level, occurrence } = fc.letrec<{ level: Level; occurrence: Occurrence; what: Level | Occurrence }>(tie => ({
  what: fc.oneof(tie('level'), tie('occurrence')),
  level: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: kinds('phase'), pod: word, phase }),
    fc.record({ kind: kinds('condition'), pod: word, type: word, status, reason: maybe(word), message: maybe(word) }),
    fc.record({ kind: kinds('exists', 'terminating'), pod: word }),
    fc.record({ kind: kinds('qosClass'), pod: word, qosClass: fc.constantFrom(...QOS_CLASSES) }),
    fc.record({ kind: kinds('podIP'), pod: word, ip: maybe(word) }),
    fc.record({ kind: kinds('scheduled', 'nominated'), pod: word, node: maybe(word) }),
    fc.record({ kind: kinds('running', 'ready', 'startedUp', 'alive'), container }),
    fc.record({ kind: kinds('waiting'), container, reason: maybe(word) }),
    fc.record({ kind: kinds('terminated'), container, reason: maybe(word), exitCode: maybe(fc.nat(255)) }),
    fc.record({ kind: kinds('restartCount'), container, is: comparison, count: fc.nat(12) }),
    fc.record({
      kind: kinds('endpoint'),
      service: word,
      pod: word,
      condition: kinds('ready', 'serving', 'terminating'),
    }),
    fc.record({ kind: kinds('objectExists', 'objectTerminating'), object: anyObject }),
    fc.record({
      kind: kinds('objectCondition'),
      object: anyObject,
      type: fc.oneof(word, fc.constantFrom('Available', 'Complete', 'Failed', 'Ready')),
      status,
      reason: maybe(word),
      message: maybe(word),
    }),
    fc
      .record({
        counted,
        is: kinds('exactly', 'atLeast', 'atMost', 'fewerThan', 'moreThan'),
        count: fc.nat(12),
      })
      .map(({ counted: { object, field }, is, count }): Level => ({ kind: 'objectCount', object, field, is, count })),
    fc.record({ kind: kinds('complete'), object: objectOf('deployment', 'statefulset', 'ds') }),
    fc.record({ kind: kinds('unschedulable'), node: nodeName }),
    fc.record({
      kind: kinds('tainted'),
      node: nodeName,
      key: maybe(word),
      value: maybe(word),
      effect: maybe(kinds('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
    }),
    fc.record({ kind: kinds('not'), level: tie('level') }),
    fc.record({ kind: kinds('and', 'or'), levels: list(tie('level')) }),
    fc.record({ kind: kinds('once'), what: tie('what') }),
    fc.record({ kind: kinds('since'), level: tie('level'), what: tie('what') }),
  ),
  occurrence: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: kinds('started'), container }),
    fc.record({ kind: kinds('exited'), container, code: maybe(fc.nat(255)) }),
    fc.record({ kind: kinds('signalled'), container, signal: kinds('SIGTERM', 'SIGKILL') }),
    fc.record({
      kind: kinds('probed'),
      container,
      probe: kinds('liveness', 'readiness', 'startup'),
      result: maybe(kinds('success', 'failure', 'hang', 'error')),
    }),
    fc.record({
      kind: kinds('hookStarted', 'hookEnded', 'hookFailed'),
      container,
      hook: kinds('postStart', 'preStop'),
    }),
    fc.record({ kind: kinds('pullStarted', 'pulled', 'pullFailed'), pod: word, image: maybe(word) }),
    fc.record({ kind: kinds('sandboxCreated', 'sandboxDied', 'created', 'gone', 'deleted'), pod: word }),
    fc.record({ kind: kinds('stepDone'), step: fc.integer({ min: 1, max: 99 }) }),
    fc.record({ kind: kinds('objectCreated', 'objectDeleted', 'objectGone'), object: anyObject }),
    fc.record({ kind: kinds('objectEvent'), object: anyObject, reason: word }),
    fc.record({ kind: kinds('objectRefused'), object: anyObject, message: maybe(word) }),
    fc.record({ kind: kinds('refused'), pod: word, message: maybe(word) }),
    fc.record({ kind: kinds('stepRefused'), step: fc.integer({ min: 1, max: 99 }), message: maybe(word) }),
    fc.record({ kind: kinds('requestFailed'), service: word, race: maybe(fc.constantFrom(...REQUEST_RACES)) }),
    fc.record({ kind: kinds('requestAnswered'), service: word }),
    fc.record({ kind: kinds('event'), pod: word, reason: word, container: maybe(word) }),
    fc.record({ kind: kinds('event'), reason: word, container: word }),
    fc.record({ kind: kinds('becomes'), level: tie('level') }),
    fc.record({ kind: kinds('anyOf'), occurrences: list(tie('occurrence')) }),
    fc.record({ kind: kinds('when'), occurrence: tie('occurrence'), level: tie('level') }),
  ),
}))

const bound: fc.Arbitrary<Bound> = fc.oneof(
  fc.record({ kind: kinds('within', 'noSoonerThan', 'after', 'for'), ms: duration }),
  fc.record({ kind: kinds('at'), ms: duration, toleranceMs: maybe(duration) }),
  fc.constant({ kind: 'immediately' as const }),
)
const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.record({ kind: kinds('after', 'before'), what: occurrence }),
  fc.record({ kind: kinds('between'), from: occurrence, to: occurrence }),
  fc.record({ kind: kinds('while'), level }),
  fc.constant({ kind: 'afterQuiescence' as const }),
)
const what = fc.oneof(level, occurrence)
const state = fc.oneof(
  kinds('running', 'waiting', 'terminated'),
  fc.tuple(kinds('waiting', 'terminated'), word).map(([kind, reason]) => `${kind} ${reason}` as const),
)

const { clause } = fc.letrec<{ clause: Clause }>(tie => ({
  clause: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: kinds('always'), level }),
    fc.record({ kind: kinds('never'), what }),
    fc.record({ kind: kinds('stays'), level, ms: duration }),
    fc.record({ kind: kinds('count'), is: comparison, count: fc.nat(12), what: occurrence }),
    fc.record({ kind: kinds('monotonic'), container }),
    fc.record({ kind: kinds('eventually'), what, bound: maybe(bound) }),
    // biome-ignore lint/suspicious/noThenProperty: that is what the clause calls it
    fc.record({ kind: kinds('response'), trigger: occurrence, then: what, bound: maybe(bound) }),
    fc.record({ kind: kinds('precedes'), first: occurrence, second: occurrence }),
    fc.record({ kind: kinds('notBefore'), what: occurrence, before: occurrence }),
    fc.record({ kind: kinds('inOrder'), occurrences: list(occurrence), isStrict: maybe(fc.constant(true)) }),
    fc.record({ kind: kinds('phases'), pod: word, phases: list(phase) }),
    fc.record({ kind: kinds('conditions'), pod: word, type: word, statuses: list(status) }),
    fc.record({ kind: kinds('objectConditions'), object: anyObject, type: word, statuses: list(status) }),
    fc
      .record({ counted, counts: list(fc.nat(9)) })
      .map(({ counted: { object, field }, counts }): Clause => ({ kind: 'objectCounts', object, field, counts })),
    fc.record({ kind: kinds('states'), container, states: list(state) }),
    fc.record({
      kind: kinds('gaps'),
      from: occurrence,
      to: occurrence,
      are: list(duration),
      toleranceMs: maybe(duration),
      lateMs: maybe(duration),
    }),
    fc.record({ kind: kinds('until'), level, until: what, isWeak: maybe(fc.constant(true)) }),
    fc.record({ kind: kinds('scoped'), scope, clause: tie('clause') }),
    fc.record({
      kind: kinds('eachContainer'),
      pod: word,
      role: maybe(kinds('container', 'init', 'sidecar')),
      clause: tie('clause'),
    }),
    fc.record({ kind: kinds('allOf'), clauses: list(tie('clause')) }),
    fc.record({ kind: kinds('orVacuous'), clause: tie('clause') }),
  ),
}))

/** Clauses of every kind, with names of every spelling. */
export const arbitraryClause: fc.Arbitrary<Clause> = clause
export const arbitraryLevel: fc.Arbitrary<Level> = level
export const arbitraryOccurrence: fc.Arbitrary<Occurrence> = occurrence
