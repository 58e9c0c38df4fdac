import fc from 'fast-check'
import type { BehaviourTarget } from '../../src/scenario/behaviour-rule.js'
import { LAW_NAMES } from '../../src/scenario/law-names.js'
import { plainData } from '../../src/scenario/plain-data.js'
import { type ApiRequestWords, readRequest } from '../../src/scenario/request-words.js'
import type { ScenarioDocument } from '../../src/scenario/scenario-document.js'
import type { StatedMetric } from '../../src/scenario/stated-metric.js'
import type { StatedStep, StepAction, StepMoment } from '../../src/scenario/stated-step.js'
import { arbitraryClause, arbitraryOccurrence } from '../expect/arbitrary-clauses.js'
import { arbitraryBehaviour } from './arbitrary-behaviours.js'

const name = fc.constantFrom('web', 'app', 'a-b', '0', 'shop')
const text = fc.oneof(
  fc.constantFrom(
    'yes',
    'n',
    '0x1f',
    '1_000',
    '12:30:00',
    '1e3',
    '~',
    '=',
    '<<',
    '---',
    '- a',
    'a: b',
    ' a',
    'a\nb\n',
    '#',
  ),
  fc.string({ minLength: 1, unit: 'binary' }),
)
const key = text.filter(each => each !== '__proto__')
const duration = fc.integer({ min: 0, max: 100_000_000 })
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined })
const some = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { maxLength: 2 })

const json: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value
/** −0 is 0 to JSON. */
const mapping = fc
  .dictionary(key, json, { maxKeys: 4, noNullPrototype: true })
  .map(each => JSON.parse(JSON.stringify(each)) as object)

const target: fc.Arbitrary<BehaviourTarget> = fc.oneof(
  fc.record({ container: maybe(name) }),
  fc.record({ name, container: maybe(name) }),
  fc.record({ kind: fc.constantFrom('Pod', 'Deployment', 'CronJob'), name: maybe(name), container: maybe(name) }),
  fc.record({ namespace: name, kind: fc.constantFrom('Pod', 'Job'), name, container: maybe(name) }),
  fc.record({ namespace: name, name, container: maybe(name) }),
  fc.record({
    labels: fc.dictionary(key, text, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    container: maybe(name),
  }),
)

const metric: fc.Arbitrary<StatedMetric> = fc
  .record({
    of: maybe(fc.constantFrom('deployment/web', 'shop/statefulset/db', 'ingress/main')),
    name: text,
    container: maybe(text),
    first: fc.nat(10_000_000),
    later: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 100_000_000 }), fc.nat()), {
      maxLength: 3,
      selector: ([from]) => from,
    }),
    isShared: maybe(fc.constant(true as const)),
    isLinear: fc.boolean(),
  })
  .map(({ of, name: metricName, container, first, later, isShared, isLinear }) => ({
    of,
    name: metricName,
    ...(of === undefined ? {} : { container, isShared }),
    points: [[0, first], ...later.sort(([a], [b]) => a - b)].map(([from, value]) => ({ from, value })),
    ...(isLinear && later.length > 0 ? { isLinear: true as const } : {}),
  }))

const moment: fc.Arbitrary<StepMoment> = fc.oneof(
  fc.record({ at: duration, isLast: maybe(fc.constant(true as const)) }),
  fc.record({ when: arbitraryOccurrence, after: maybe(duration) }),
)
const kind = <const Action extends string>(...actions: Action[]) => fc.constantFrom(...actions)
const word = fc.constantFrom('jane', 'shop', '0', 'true', 'a: b')
const asked = { as: maybe(word), groups: maybe(fc.array(word, { maxLength: 2 })), namespace: maybe(word) }
const words: fc.Arbitrary<ApiRequestWords> = fc.oneof(
  fc.record({ scale: kind('deployment/web', 'shop/sts/db'), replicas: fc.nat(9), as: asked.as }),
  fc.record({
    patch: kind('pod/web', 'cm/settings'),
    with: fc.oneof(mapping, fc.array(mapping, { maxLength: 2 })),
    type: maybe(kind('strategic', 'merge', 'json', 'apply')),
    fieldManager: maybe(word),
    force: maybe(fc.boolean()),
    ...asked,
  }),
  fc.record({
    delete: kind('ns/shop', 'pod/web'),
    uid: maybe(word),
    propagation: maybe(kind('Orphan', 'Foreground')),
    ...asked,
  }),
  fc.record({
    deleteAll: kind('pods', 'deployments'),
    selector: maybe(fc.constant({ matchLabels: { app: 'web' } })),
    ...asked,
  }),
  fc.record({
    create: fc.record({ kind: kind('ConfigMap', 'Pod'), metadata: fc.record({ name: text, namespace: maybe(word) }) }),
    as: asked.as,
  }),
)
const action: fc.Arbitrary<StepAction> = fc.oneof(
  fc.record({ action: kind('delete'), subject: text, gracePeriodSeconds: maybe(fc.nat(10_000)) }),
  fc.record({
    action: kind(
      'evict',
      'restartKubelet',
      'cordon',
      'uncordon',
      'killKubelet',
      'startKubelet',
      'cutNetwork',
      'restoreNetwork',
    ),
    subject: text,
  }),
  fc.record({ action: kind('scale'), subject: text, replicas: fc.nat(10_000) }),
  fc.record({ action: kind('rolloutRestart', 'rolloutPause', 'rolloutResume'), subject: text }),
  fc.record({ action: kind('rolloutUndo'), subject: text, toRevision: maybe(fc.integer({ min: 1, max: 99 })) }),
  fc.record({ action: kind('applyFile'), path: text }),
  fc.record({ action: kind('reboot'), subject: text, downFor: duration }),
  fc.record({
    action: kind('exhaust'),
    subject: text,
    resource: fc.constantFrom('memory', 'nodefs', 'pid'),
    left: maybe(fc.constantFrom('50Mi', '0', '5%', '12.5%', '1000')),
  }),
  fc.record({ action: kind('relieve'), subject: text, resource: fc.constantFrom('memory', 'nodefs', 'pid') }),
  fc.record({
    action: kind('shutDown'),
    subject: text,
    grace: maybe(fc.constantFrom(30_000, 60_000)),
    downFor: maybe(duration),
  }),
  fc.record({
    action: kind('shutDown'),
    subject: text,
    byPodPriority: fc.array(
      fc.record({ priority: fc.integer({ min: -10, max: 2_000_000_000 }), seconds: fc.nat(100) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  }),
  fc.record({
    action: kind('taint'),
    subject: text,
    taints: fc.array(fc.constantFrom('a=b:NoExecute', 'a:NoSchedule', 'a:NoSchedule-', 'a-'), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    action: kind('label'),
    subject: text,
    labels: fc.dictionary(key, fc.option(text), { maxKeys: 3, noNullPrototype: true }),
  }),
  fc.record({
    action: kind('patch'),
    subject: text,
    patchType: kind('strategic', 'merge', 'json'),
    patch: fc.oneof(mapping, fc.array(mapping, { maxLength: 2 })),
    subresource: maybe(kind('status')),
  }),
  fc.record({ action: kind('setImage'), subject: text, container: text, image: text }),
  fc.record({ action: kind('apply'), object: mapping }),
  fc.record({ action: kind('request'), request: words.map(readRequest) }),
)
const step = fc.tuple(moment, action).map(([when, what]) => ({ ...when, ...what }) as StatedStep)

const quantity = fc.constantFrom('4', '500m', '4000m', '8Gi', '1.5')
const node = fc.record(
  {
    name: text,
    cpu: quantity,
    memory: quantity,
    pods: fc.nat(100),
    labels: fc.dictionary(key, text, { maxKeys: 2, noNullPrototype: true }),
    taints: some(fc.record({ key: text, value: maybe(text), effect: kind('NoSchedule', 'NoExecute') })),
    allocatable: fc.dictionary(key, quantity, { maxKeys: 2, noNullPrototype: true }),
    unschedulable: fc.boolean(),
  },
  { requiredKeys: ['name'] },
)

/** Scenarios that say everything that can be said, with names and texts of every spelling. */
export const arbitraryDocument: fc.Arbitrary<ScenarioDocument> = fc
  .record({
    name: maybe(text),
    description: maybe(fc.oneof(text, fc.constant(''))),
    kubernetes: maybe(fc.constantFrom('1.31', '1.32', '1.33')),
    nodes: maybe(fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.array(node, { minLength: 1, maxLength: 2 }))),
    horizon: maybe(fc.integer({ min: 1, max: 100_000_000 })),
    manifests: some(text),
    objects: some(mapping.filter(each => Object.keys(each).length > 0)),
    behaviours: some(fc.record({ target, behaviour: arbitraryBehaviour })),
    steps: some(step),
    metrics: maybe(some(metric)),
    expect: some(arbitraryClause),
    laws: maybe(fc.record({ off: some(fc.constantFrom(...LAW_NAMES)) })),
  })
  .map(document => plainData<ScenarioDocument>(document))
