/**
 * A pod can ask to run near other pods, or away from them: pod affinity and anti-affinity. Which pods are meant is said by a selector
 * of labels, and what "near" means by `topologyKey`: two nodes with the same value of that label are the same place. What is required
 * has to be met, what is preferred only weighs.
 */

import { never, type PodFields, runs } from 'podwright'
import { spec } from 'podwright/vitest'

type Affinity = NonNullable<PodFields['affinity']>
type Rules = NonNullable<Affinity['podAffinity']>
type Term = NonNullable<Rules['requiredDuringSchedulingIgnoredDuringExecution']>[number]

const near = (app: string, term: Partial<Term> = {}): Term => ({
  topologyKey: 'kubernetes.io/hostname',
  labelSelector: { matchLabels: { app } },
  ...term,
})
const required = (...terms: Term[]): Rules => ({ requiredDuringSchedulingIgnoredDuringExecution: terms })
const preferred = (podAffinityTerm: Term, weight = 100): Rules => ({
  preferredDuringSchedulingIgnoredDuringExecution: [{ weight, podAffinityTerm }],
})

/** The pod that a spec is about: it comes later than those that it shall be with, or away from. */
const web = (affinity: Affinity, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: { affinity, containers: [{ name: 'app', image: 'app:1' }], ...spec },
})

const half = { resources: { requests: { cpu: '32' } } }
const whole = { resources: { requests: { cpu: '64' } } }
const zones = [
  { name: 'a', labels: { zone: 'north' } },
  { name: 'b', labels: { zone: 'south' } },
  { name: 'c', labels: { zone: 'south' } },
]

spec('pod affinity: a pod goes to the node where a pod with these labels runs', s =>
  s
    // seed 003: "gathering pods"; IPA-3
    .nodes([{ name: 'a' }, { name: 'b' }])
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web({ podAffinity: required(near('db')) }))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('topologyKey: with the label of a zone, any node of the same zone is near enough', s =>
  s
    // seed 003: topologyKey; IPA-3
    .nodes(zones)
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs(), whole).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(
      web(
        { podAffinity: required(near('db', { topologyKey: 'zone' })) },
        { containers: [{ name: 'app', image: 'app:1', ...half }] },
      ),
    )
    .expect(({ pod }) => [pod('web').scheduledOn('c').becomes().at('10s')]),
)

spec('pod affinity: a node without the label that topologyKey names is near to nothing', s =>
  s
    // IPA-3: even beside the pod itself
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()))
    .at('10s')
    .apply(web({ podAffinity: required(near('db', { topologyKey: 'zone' })) }))
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      never(pod('web').scheduled()),
    ]),
)

spec('pod affinity: a pod stays Pending until there is a pod that it wants to be with', s =>
  s
    // the pod that comes wakes the one that waits.
    .nodes(2)
    .pod('front', pod => pod.container('app', runs()).spec({ affinity: { podAffinity: required(near('web')) } }))
    .at('1m')
    .apply(web({}, { nodeSelector: { 'kubernetes.io/hostname': 'node-2' } }))
    .expect(({ front }) => [
      front.condition('PodScheduled', 'False', 'Unschedulable').immediately(),
      front.scheduledOn('node-2').becomes().at('1m'),
    ]),
)

spec('pod affinity: the first of the pods that want to be together may begin anywhere', s =>
  s
    .describe('A pod whose affinity is met by its own labels need not wait for another one, or none would ever start.')
    // IPA-3, the exception
    .pod('first', pod =>
      pod
        .labels({ app: 'web' })
        .container('app', runs())
        .spec({ affinity: { podAffinity: required(near('web')) } }),
    )
    .expect(({ first }) => [first.scheduledOn('node-1').immediately(), first.phases('Pending', 'Running')]),
)

spec('pod affinity: with several required terms, one and the same pod has to match all of them', s =>
  s
    // IPA-3
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()))
    .pod('blue', pod => pod.labels({ colour: 'blue' }).container('blue', runs()))
    .at('10s')
    .apply(
      web({
        podAffinity: required(near('db'), near('', { labelSelector: { matchLabels: { colour: 'blue' } } })),
      }),
    )
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      never(pod('web').scheduled()),
    ]),
)

// seed 003: podAffinity with matchExpressions, a key, an operator and values.
type Selector = NonNullable<Term['labelSelector']>
spec.each<NonNullable<Selector['matchExpressions']>[number] & { readonly node: 'a' | 'b' }>([
  { key: 'type', operator: 'In', values: ['sql', 'graph'], node: 'b' },
  { key: 'type', operator: 'NotIn', values: ['cache'], node: 'b' },
  { key: 'disk', operator: 'Exists', node: 'b' },
  { key: 'disk', operator: 'DoesNotExist', node: 'a' },
])(
  ({ key, operator, values = [] }) => `pod affinity: ${[key, operator, ...values].join(' ')}`,
  ({ node, ...requirement }) =>
    s =>
      s
        .nodes([{ name: 'a' }, { name: 'b' }])
        .pod('memory', pod => pod.labels({ type: 'cache' }).container('memory', runs()).spec({ nodeName: 'a' }))
        .pod('db', pod => pod.labels({ type: 'sql', disk: 'ssd' }).container('db', runs()).spec({ nodeName: 'b' }))
        .at('10s')
        .apply(web({ podAffinity: required(near('', { labelSelector: { matchExpressions: [requirement] } })) }))
        .expect(({ pod }) => [pod('web').scheduledOn(node).becomes().at('10s')]),
)

spec('pod affinity: only pods of its own namespace are meant, where no other is named', s =>
  s
    // IPA-1
    .pod('db', pod => pod.namespace('shop').labels({ app: 'db' }).container('db', runs()))
    .at('10s')
    .apply(web({ podAffinity: required(near('db')) }))
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      never(pod('web').scheduled()),
    ]),
)

spec('pod affinity: `namespaces` names those whose pods are meant', s =>
  s
    // IPA-1
    .nodes(2)
    .pod('db', pod => pod.namespace('shop').labels({ app: 'db' }).container('db', runs()).spec({ nodeName: 'node-2' }))
    .at('10s')
    .apply(web({ podAffinity: required(near('db', { namespaces: ['shop'] })) }))
    .expect(({ pod }) => [pod('web').scheduledOn('node-2').becomes().at('10s')]),
)

spec(
  'pod affinity is asked for when a pod is scheduled: a pod that has its node stays, whatever becomes of the other',
  s =>
    s
      .describe('That is what `IgnoredDuringExecution` means: nothing moves or stops a running pod for its affinity.')
      .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()))
      .at('10s')
      .apply(web({ podAffinity: required(near('db')) }))
      .at('1m')
      .delete('pod/db')
      .expect(({ db, pod }) => [db.gone(), never(pod('web').deleted()), pod('web').phases('Pending', 'Running')]),
)

spec('pod affinity is not mutual: the pod that another one has to be with may itself go elsewhere', s =>
  s
    // IPA-5
    .nodes(2)
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()).spec({ nodeName: 'node-1' }))
    .pod('front', pod =>
      pod.container('front', runs()).spec({ nodeName: 'node-1', affinity: { podAffinity: required(near('web')) } }),
    )
    .at('10s')
    .apply(web({}, { nodeSelector: { 'kubernetes.io/hostname': 'node-2' } }))
    .expect(({ pod }) => [pod('web').scheduledOn('node-2').becomes().at('10s')]),
)

spec('a pod is drawn to those that require to be near it', s =>
  s
    // IPA-5, IPA-7: hardPodAffinityWeight; without it the emptier node would win.
    .nodes([{ name: 'a' }, { name: 'b' }])
    .pod('front', pod =>
      pod.container('front', runs(), half).spec({ nodeName: 'b', affinity: { podAffinity: required(near('web')) } }),
    )
    .at('10s')
    .apply(web({}))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('preferred pod affinity draws a pod to the others, although another node is emptier', s =>
  s
    // IPA-7
    .nodes([{ name: 'a' }, { name: 'b' }])
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs(), half).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web({ podAffinity: preferred(near('db')) }))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('preferred pod affinity: a pod goes elsewhere where the preferred node has no room', s =>
  s
    .nodes([{ name: 'a' }, { name: 'b', pods: 1 }])
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web({ podAffinity: preferred(near('db')) }))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)
