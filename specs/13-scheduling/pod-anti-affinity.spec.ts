/**
 * Pod anti-affinity keeps pods apart: two replicas on different nodes, or in different zones. Unlike affinity it is mutual: the pod
 * that is there keeps away whom it would not have gone to.
 */

import { never, type PodFields, runs, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

type Rules = NonNullable<NonNullable<PodFields['affinity']>['podAntiAffinity']>
type Term = NonNullable<Rules['requiredDuringSchedulingIgnoredDuringExecution']>[number]

const away = (app: string, topologyKey = 'kubernetes.io/hostname'): Term => ({
  topologyKey,
  labelSelector: { matchLabels: { app } },
})
const required = (term: Term): PodFields => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
})
const preferred = (podAffinityTerm: Term): PodFields => ({
  affinity: {
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] },
  },
})

/** The pod that a spec is about: it comes later than those that it shall be away from. */
const web = (fields: PodFields) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: { containers: [{ name: 'app', image: 'app:1' }], ...fields },
})

const half = { resources: { requests: { cpu: '32' } } }

spec('pod anti-affinity: a pod does not go to a node where a pod with these labels runs', s =>
  s
    // seed 003: "spreading pods"; IPA-4. The other node is the fuller one.
    .nodes([{ name: 'a' }, { name: 'b' }])
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()).spec({ nodeName: 'a' }))
    .pod('log', pod => pod.container('log', runs(), half).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(required(away('db'))))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec(
  'pod anti-affinity: of replicas that avoid one another each has a node to itself, and one too many stays Pending',
  s =>
    s
      // IPA-4
      .nodes(2)
      .pod('one', pod =>
        pod
          .labels({ app: 'web' })
          .container('app', runs())
          .spec(required(away('web'))),
      )
      .pod('two', pod =>
        pod
          .labels({ app: 'web' })
          .container('app', runs())
          .spec(required(away('web'))),
      )
      .at('10s')
      .apply(web(required(away('web'))))
      .expect(({ one, two, pod }) => [
        one.scheduledOn('node-1').or(two.scheduledOn('node-1')).immediately(),
        one.scheduledOn('node-2').or(two.scheduledOn('node-2')).immediately(),
        pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
        never(pod('web').scheduled()),
      ]),
)

spec('topologyKey: with the label of a zone, an empty node of the same zone is too near', s =>
  s
    // seed 003: topologyKey; IPA-4
    .nodes([
      { name: 'a', labels: { zone: 'north' } },
      { name: 'b', labels: { zone: 'north' } },
    ])
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()).spec({ nodeName: 'a' }))
    .at('10s')
    .apply(web(required(away('db', 'zone'))))
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      never(pod('web').scheduled()),
    ]),
)

spec('pod anti-affinity: a node without the label that topologyKey names is far enough, even with the pod on it', s =>
  s
    // IPA-4
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()))
    .at('10s')
    .apply(web(required(away('db', 'zone'))))
    .expect(({ pod }) => [pod('web').scheduledOn('node-1').becomes().at('10s')]),
)

spec('pod anti-affinity is mutual: a pod that says nothing is kept away by one that is there', s =>
  s
    // IPA-5
    .pod('db', pod => pod.container('db', runs()).spec(required(away('web'))))
    .at('10s')
    .apply(web({}))
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      never(pod('web').scheduled()),
    ]),
)

spec('a pod that is being deleted still keeps others away, until its containers have stopped', s =>
  s
    // IPA-6, and the wake-up of Q-12
    .pod('old', pod => pod.labels({ app: 'web' }).container('old', runs().onTerm(stopsAfter('20s'))))
    .at('1m')
    .delete('pod/old')
    .at('61s')
    .apply(web(required(away('web'))))
    .expect(({ old, pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('61s'),
      old.container('old').exited(0).precedes(pod('web').scheduled().becomes()),
      pod('web').phase('Running').afterQuiescence(),
    ]),
)

spec('preferred anti-affinity: a pod goes to another node, although that is fuller', s =>
  s
    // IPA-7
    .nodes([{ name: 'a' }, { name: 'b' }])
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()).spec({ nodeName: 'a' }))
    .pod('log', pod => pod.container('log', runs(), half).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(preferred(away('db'))))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('preferred anti-affinity: pods share a node where there is no other', s =>
  s
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()))
    .at('10s')
    .apply(web(preferred(away('db'))))
    .expect(({ pod }) => [pod('web').scheduledOn('node-1').becomes().at('10s')]),
)
