/**
 * When there is no room for a pod, pods of lower priority may have to go: that is preemption. The scheduler looks for a node where
 * that would help, picks as few and as unimportant victims as will do, and deletes them; the pod is scheduled when they are gone.
 */

import { exactly, never, type PodFields, runs, stopsAfter, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

const priorityClass = (name: string, value: number, fields: object = {}) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  ...fields,
})
const low: PodFields = { priorityClassName: 'low' }
const middle: PodFields = { priorityClassName: 'middle' }
const classes = [priorityClass('low', 10), priorityClass('middle', 100), priorityClass('high', 1000)]

const cpu = (quantity: string) => ({ resources: { requests: { cpu: quantity } } })
const node = { name: 'a', cpu: '4' }
const two = [node, { name: 'b', cpu: '4' }]

/** The pod that preempts, or would: it comes when the nodes are full. */
const urgent = (quantity: string, fields: PodFields = {}, name = 'urgent') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    priorityClassName: 'high',
    containers: [{ name: 'app', image: 'app:1', ...cpu(quantity) }],
    ...fields,
  },
})

/** Demands that one of these pods stays: there is only one. */
const budget = (app: string) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: app },
  spec: { minAvailable: 1, selector: { matchLabels: { app } } },
})

spec('a pod of lower priority has to go where a pod of higher priority finds no room', s =>
  s
    .describe('Its condition DisruptionTarget says so, and an Event Preempted.')
    // P-5
    .apply(...classes)
    .nodes([node])
    .pod('batch', pod => pod.container('job', runs(), cpu('3')).spec(low))
    .at('10s')
    .apply(urgent('3'))
    .expect(({ batch, pod }) => [
      batch.condition('DisruptionTarget', 'True', 'PreemptionByScheduler').becomes().at('10s'),
      batch.event('Preempted').at('10s'),
      batch.deleted().at('10s'),
      pod('urgent').phase('Running').afterQuiescence(),
    ]),
)

spec('a pod that is preempted is deleted for good: it is not moved to another node', s =>
  s
    .describe('If it belongs to a Deployment or a Job, that will make another one.')
    // P-5, 2.13
    .apply(...classes)
    .nodes(two)
    .pod('batch', pod => pod.container('job', runs(), cpu('3')).spec({ ...low, nodeName: 'a' }))
    .at('10s')
    .apply(urgent('3', { nodeSelector: { 'kubernetes.io/hostname': 'a' } }))
    .expect(({ batch }) => [exactly(1, batch.created()), batch.gone(), never(batch.scheduledOn('b'))]),
)

spec('a victim has its own grace period, and the preemptor is scheduled only when its containers have stopped', s =>
  s
    .describe('So preemption takes as long as the slowest victim takes to stop.')
    // P-5, P-6; what the kubelet reports after the exit, up to a relist later, ends the wait.
    .apply(...classes)
    .nodes([node])
    .pod('batch', pod =>
      pod
        .container('job', runs().onTerm(stopsAfter('20s')), cpu('3'))
        .grace('30s')
        .spec(low),
    )
    .at('10s')
    .apply(urgent('3'))
    .expect(({ batch, pod }) => [
      batch.container('job').signalled('SIGTERM').within('11s'),
      never(batch.container('job').killed()),
      batch.container('job').exited(0).precedes(pod('urgent').scheduled().becomes()),
      whenever(batch.container('job').exited()).then(pod('urgent').scheduled().becomes()).within('3s'),
    ]),
)

spec('a pod that preempts is called Unschedulable first: its attempt failed', s =>
  s
    // P-6
    .apply(...classes)
    .nodes([node])
    .pod('batch', pod => pod.container('job', runs(), cpu('3')).spec(low))
    .at('10s')
    .apply(urgent('3'))
    .expect(({ pod }) => [
      pod('urgent').conditions({ PodScheduled: ['False', 'True'] }),
      pod('urgent').event('FailedScheduling').at('10s'),
    ]),
)

spec('no pod is preempted for another one of the same priority', s =>
  s
    // P-3: strictly lower
    .apply(...classes)
    .nodes([node])
    .pod('batch', pod => pod.container('job', runs(), cpu('3')).spec({ priorityClassName: 'high' }))
    .at('10s')
    .apply(urgent('3'))
    .expect(({ batch, pod }) => [never(batch.deleted()), never(pod('urgent').scheduled())]),
)

spec('preemptionPolicy Never: a pod of high priority waits for room without taking it from others', s =>
  s
    // P-1
    .apply(...classes, priorityClass('patient', 1000, { preemptionPolicy: 'Never' }))
    .nodes([node])
    .pod('batch', pod => pod.container('job', runs(), cpu('3')).spec(low))
    .at('10s')
    .apply(urgent('3', { priorityClassName: 'patient' }))
    .at('1m')
    .delete('pod/batch')
    .expect(({ batch, pod }) => [
      pod('urgent').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      batch.deleted().at('1m'),
      pod('urgent').phase('Running').afterQuiescence(),
    ]),
)

spec('no more pods are preempted than have to go', s =>
  s
    // P-3: reprieve
    .apply(...classes)
    .nodes([node])
    .pod('one', pod => pod.container('job', runs(), cpu('2')).spec(low))
    .pod('two', pod => pod.container('job', runs(), cpu('2')).spec(low))
    .at('1m')
    .apply(urgent('2'))
    .expect(({ one, two }) => [
      one.deleted().or(two.deleted()).at('1m'),
      one.phase('Running').or(two.phase('Running')).afterQuiescence(),
    ]),
)

spec('of the pods on a node those with the lowest priority have to go', s =>
  s
    // P-3: the more important ones are reprieved first; between equals it would be the one that started earlier.
    .apply(...classes)
    .nodes([node])
    .pod('batch', pod => pod.container('job', runs(), cpu('2')).spec(low))
    .at('1m')
    .apply(urgent('2', middle, 'important'))
    .at('2m')
    .apply(urgent('2'))
    .expect(({ batch, pod }) => [never(pod('important').deleted()), batch.deleted().at('2m')]),
)

spec('no pod is preempted where that would not make enough room', s =>
  s
    // P-3
    .apply(...classes)
    .nodes([node])
    .pod('peer', pod => pod.container('app', runs(), cpu('3')).spec({ priorityClassName: 'high' }))
    .pod('batch', pod => pod.container('job', runs(), cpu('1')).spec(low))
    .at('10s')
    .apply(urgent('2'))
    .expect(({ batch, pod }) => [never(batch.deleted()), never(pod('urgent').scheduled())]),
)

spec('no pod is preempted on a node where the pod could not go anyway', s =>
  s
    .describe('The node does not have the label that the pod asks for: nobody’s going helps.')
    // P-2: UnschedulableAndUnresolvable
    .apply(...classes)
    .nodes([node])
    .pod('batch', pod => pod.container('job', runs(), cpu('3')).spec(low))
    .at('10s')
    .apply(urgent('3', { nodeSelector: { disk: 'ssd' } }))
    .expect(({ batch, pod }) => [never(batch.deleted()), never(pod('urgent').scheduled())]),
)

spec('pods are preempted for a port of the host, too', s =>
  s
    // F-5 is a reason that preemption can resolve
    .apply(...classes)
    .pod('old', pod => pod.container('app', runs(), { ports: [{ containerPort: 80, hostPort: 80 }] }).spec(low))
    .at('10s')
    .apply(
      urgent('1', {
        containers: [{ name: 'app', image: 'app:1', ports: [{ containerPort: 80, hostPort: 80 }] }],
      } as object),
    )
    .expect(({ old, pod }) => [old.deleted().at('10s'), pod('urgent').phase('Running').afterQuiescence()]),
)

spec('only pods on the node itself are preempted: one in the same zone that keeps the pod away stays', s =>
  s
    .describe('Kubernetes does not preempt across nodes.')
    // P-3: only pods of the node are taken away on trial
    .apply(...classes)
    .nodes([
      { name: 'a', labels: { zone: 'north' } },
      { name: 'b', labels: { zone: 'north' } },
    ])
    .pod('db', pod =>
      pod
        .labels({ app: 'db' })
        .container('db', runs())
        .spec({ ...low, nodeName: 'b' }),
    )
    .at('10s')
    .apply(
      urgent('1', {
        nodeSelector: { 'kubernetes.io/hostname': 'a' },
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'db' } } },
            ],
          },
        },
      }),
    )
    .expect(({ db, pod }) => [never(db.deleted()), never(pod('urgent').scheduled())]),
)

spec('a PodDisruptionBudget turns preemption to other pods, even of higher priority', s =>
  s
    // P-3: those whose going would violate a budget are reprieved first
    .apply(...classes, budget('db'))
    .nodes([node])
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs(), cpu('2')).spec(low))
    .pod('web', pod => pod.container('app', runs(), cpu('2')).spec(middle))
    .at('1m')
    .apply(urgent('2'))
    .expect(({ db, web }) => [never(db.deleted()), web.deleted().at('1m')]),
)

spec('a PodDisruptionBudget turns preemption to another node', s =>
  s
    // P-4 (1): fewest violations
    .apply(...classes, budget('db'))
    .nodes(two)
    .pod('db', pod =>
      pod
        .labels({ app: 'db' })
        .container('db', runs(), cpu('3'))
        .spec({ ...low, nodeName: 'a' }),
    )
    .pod('web', pod => pod.container('app', runs(), cpu('3')).spec({ ...middle, nodeName: 'b' }))
    .at('1m')
    .apply(urgent('3'))
    .expect(({ db, web }) => [never(db.deleted()), web.deleted().at('1m')]),
)

spec('a PodDisruptionBudget does not keep a pod from being preempted where there is no other', s =>
  s
    .describe('The scheduler honours budgets as far as it can; an eviction by kubectl drain would be refused.')
    // P-5
    .apply(...classes, budget('db'))
    .nodes([node])
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs(), cpu('3')).spec(low))
    .at('1m')
    .apply(urgent('3'))
    .expect(({ db, pod }) => [db.deleted().at('1m'), pod('urgent').phase('Running').afterQuiescence()]),
)

spec('of several nodes the one is chosen whose most important victim matters least', s =>
  s
    // P-4 (2), although there are more victims
    .apply(...classes)
    .nodes(two)
    .pod('web', pod => pod.container('app', runs(), cpu('4')).spec({ ...middle, nodeName: 'a' }))
    .pod('one', pod => pod.container('job', runs(), cpu('2')).spec({ ...low, nodeName: 'b' }))
    .pod('two', pod => pod.container('job', runs(), cpu('2')).spec({ ...low, nodeName: 'b' }))
    .at('10s')
    .apply(urgent('4'))
    .expect(({ web, one, two, pod }) => [
      never(web.deleted()),
      one.deleted().at('10s'),
      two.deleted().at('10s'),
      pod('urgent').scheduledOn('b').afterQuiescence(),
    ]),
)

spec('of nodes whose victims matter equally the one with the fewest is chosen', s =>
  s
    // P-4 (3): smallest sum, in which each victim counts by its priority plus 2^31
    .apply(...classes)
    .nodes(two)
    .pod('one', pod => pod.container('job', runs(), cpu('2')).spec({ ...low, nodeName: 'a' }))
    .pod('two', pod => pod.container('job', runs(), cpu('2')).spec({ ...low, nodeName: 'a' }))
    .pod('three', pod => pod.container('job', runs(), cpu('4')).spec({ ...low, nodeName: 'b' }))
    .at('10s')
    .apply(urgent('4'))
    .expect(({ one, two, three }) => [never(one.deleted()), never(two.deleted()), three.deleted().at('10s')]),
)

spec('of nodes whose victims are equal in number and priority the one is chosen whose victim started last', s =>
  s
    // P-4 (5)
    .apply(...classes)
    .nodes(two)
    .pod('old', pod => pod.container('job', runs(), cpu('4')).spec({ ...low, nodeName: 'a' }))
    .at('1m')
    .apply(urgent('4', { ...low, nodeName: 'b' }, 'young'))
    .at('2m')
    .apply(urgent('4'))
    .expect(({ old, pod }) => [never(old.deleted()), pod('young').deleted().at('2m')]),
)

spec('the room that was made is kept: a pod of lower priority that comes in between does not get it', s =>
  s
    .describe('Meanwhile `status.nominatedNodeName` tells for whom it is kept.')
    // P-6, CY-3: while the victim stops there is one cpu left, which the preemptor needs besides.
    .apply(...classes)
    .nodes([node])
    .pod('batch', pod => pod.container('job', runs().onTerm(stopsAfter('20s')), cpu('3')).spec(low))
    .at('10s')
    .apply(urgent('4'))
    .at('20s')
    .apply(urgent('1', middle, 'late'))
    .expect(({ pod }) => [
      pod('late').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('20s'),
      pod('late').phases('Pending'),
      pod('urgent').phase('Running').afterQuiescence(),
    ]),
)

spec('the room that was made is not kept from a pod of still higher priority', s =>
  s
    // P-6, CY-3
    .apply(...classes, priorityClass('highest', 2000))
    .nodes([node])
    .pod('batch', pod => pod.container('job', runs().onTerm(stopsAfter('20s')), cpu('3')).spec(low))
    .at('10s')
    .apply(urgent('4'))
    .at('20s')
    .apply(urgent('1', { priorityClassName: 'highest' }, 'late'))
    .expect(({ pod }) => [pod('late').scheduled().becomes().at('20s'), pod('urgent').phases('Pending')]),
)
