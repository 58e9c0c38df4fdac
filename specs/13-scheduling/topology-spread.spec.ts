/**
 * Topology spread constraints say how evenly pods have to be spread over zones, nodes, or whatever a label of nodes tells apart. A
 * pod counts the others in each domain: where it would go there may be at most `maxSkew` more than where there are fewest.
 */

import { never, type PodFields, runs, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

type Constraint = NonNullable<PodFields['topologySpreadConstraints']>[number]

const app = { app: 'web' }
const spread = (fields: Partial<Constraint> = {}): PodFields => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: app },
      ...fields,
    },
  ],
})
const half = { resources: { requests: { cpu: '32' } } }
const zones = [
  { name: 'a', labels: { zone: 'north' } },
  { name: 'b', labels: { zone: 'south' } },
]

/** The pod that a spec is about: it comes later than those that it counts. */
const web = (fields: PodFields, labels: Readonly<Record<string, string>> = app) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels },
  spec: { containers: [{ name: 'app', image: 'app:1' }], ...fields },
})

spec('DoNotSchedule: a pod goes where there are fewest of its kind, although that node is fuller', s =>
  s
    // PTS-4
    .nodes(zones)
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('db', pod => pod.container('db', runs(), half).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread()))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('DoNotSchedule: a pod stays Pending where only the fuller zone has room', s =>
  s
    // PTS-4: the zone counts although nothing fits there any more.
    .nodes([zones[0], { ...zones[1], pods: 1 }])
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('db', pod => pod.container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread()))
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      never(pod('web').scheduled()),
    ]),
)

spec('ScheduleAnyway: a pod goes to the fuller zone where only that has room', s =>
  s
    .nodes([zones[0], { ...zones[1], pods: 1 }])
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('db', pod => pod.container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread({ whenUnsatisfiable: 'ScheduleAnyway' })))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)

spec('ScheduleAnyway: where there is room, a pod is drawn to where there are fewest, although that node is fuller', s =>
  s
    // PTS-7
    .nodes(zones)
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('db', pod => pod.container('db', runs(), half).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread({ whenUnsatisfiable: 'ScheduleAnyway' })))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('maxSkew: with 2 a zone may have two more of them than another', s =>
  s
    // PTS-4
    .nodes([zones[0], { ...zones[1], pods: 1 }])
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('db', pod => pod.container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread({ maxSkew: 2 })))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)

spec('a pod does not go to a node without the label that topologyKey names', s =>
  s
    // F-11
    .nodes([{ name: 'a' }, zones[1]])
    .pod('db', pod => pod.container('db', runs(), half).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread()))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('only pods that labelSelector matches are counted', s =>
  s
    // PTS-2
    .nodes([zones[0], { ...zones[1], pods: 1 }])
    .pod('log', pod => pod.labels({ app: 'log' }).container('log', runs()).spec({ nodeName: 'a' }))
    .pod('db', pod => pod.container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread()))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)

spec('pods of other namespaces are not counted', s =>
  s
    // PTS-2
    .nodes([zones[0], { ...zones[1], pods: 1 }])
    .pod('one', pod => pod.namespace('shop').labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('db', pod => pod.container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread()))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)

spec('a pod that its own selector does not match is not counted itself', s =>
  s
    .describe(
      'So it may go where there is one more already, and the next one, too: a slip of labels undoes the constraint.',
    )
    // PTS-4
    .nodes([zones[0], { ...zones[1], pods: 1 }])
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('db', pod => pod.container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread(), { app: 'wbe' }))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)

spec('a pod that is being deleted is no longer counted', s =>
  s
    // PTS-2, in contrast to anti-affinity (IPA-6)
    .nodes([zones[0], { ...zones[1], pods: 1 }])
    .pod('one', pod =>
      pod
        .labels(app)
        .container('app', runs().onTerm(stopsAfter('20s')))
        .spec({ nodeName: 'a' }),
    )
    .pod('db', pod => pod.container('db', runs()).spec({ nodeName: 'b' }))
    .at('1m')
    .delete('pod/one')
    .at('61s')
    .apply(web(spread()))
    .expect(({ one, pod }) => [pod('web').scheduledOn('a').becomes().at('61s'), one.exists().for('61s')]),
)

spec('minDomains: as long as there are fewer zones, the fewest count as none', s =>
  s
    // PTS-3
    .nodes([zones[0]])
    .pod('one', pod => pod.labels(app).container('app', runs()))
    .at('10s')
    .apply(web(spread({ minDomains: 2 })))
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      never(pod('web').scheduled()),
    ]),
)

spec('without minDomains, all pods may be in the only zone that there is', s =>
  s
    // PTS-1
    .nodes([zones[0]])
    .pod('one', pod => pod.labels(app).container('app', runs()))
    .at('10s')
    .apply(web(spread()))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)

spec('nodeAffinityPolicy: zones that the nodeSelector of the pod rules out do not count', s =>
  s
    // PTS-1: Honor is the default
    .nodes(zones)
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .at('10s')
    .apply(web({ ...spread(), nodeSelector: { zone: 'north' } }))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)

const tainted = [zones[0], { ...zones[1], taints: [{ key: 'team', value: 'data', effect: 'NoSchedule' as const }] }]

spec('nodeTaintsPolicy: zones whose taints the pod does not tolerate count by default, and keep it Pending', s =>
  s
    // PTS-1: Ignore is the default
    .nodes(tainted)
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .at('10s')
    .apply(web(spread()))
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      never(pod('web').scheduled()),
    ]),
)

spec('nodeTaintsPolicy: with Honor they do not count', s =>
  s
    // PTS-2
    .nodes(tainted)
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .at('10s')
    .apply(web(spread({ nodeTaintsPolicy: 'Honor' })))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)

spec('matchLabelKeys: only pods with the same value of that label are counted, those of one revision', s =>
  s
    // PTS-5
    .nodes([zones[0], { ...zones[1], pods: 1 }])
    .pod('one', pod =>
      pod
        .labels({ ...app, revision: '1' })
        .container('app', runs())
        .spec({ nodeName: 'a' }),
    )
    .pod('db', pod => pod.container('db', runs()).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web(spread({ matchLabelKeys: ['revision'] }), { ...app, revision: '2' }))
    .expect(({ pod }) => [pod('web').scheduledOn('a').becomes().at('10s')]),
)

spec('spread is not kept up: when pods go, those that are left stay where they are', s =>
  s
    // 2.13
    .nodes(zones)
    .pod('one', pod =>
      pod
        .labels(app)
        .container('app', runs())
        .spec({ nodeName: 'a', ...spread() }),
    )
    .pod('two', pod =>
      pod
        .labels(app)
        .container('app', runs())
        .spec({ nodeName: 'b', ...spread() }),
    )
    .at('10s')
    .apply(web({ ...spread(), nodeSelector: { zone: 'north' } }))
    .at('1m')
    .delete('pod/two')
    .expect(({ one, two, pod }) => [
      two.gone(),
      one.scheduledOn('a').afterQuiescence(),
      pod('web').scheduledOn('a').afterQuiescence(),
    ]),
)

spec('a pod that waits for a more even spread is scheduled when a pod of the fuller zone goes', s =>
  s
    //
    .nodes(tainted)
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .at('10s')
    .apply(web(spread()))
    .at('1m')
    .delete('pod/one', { grace: '0s' })
    .expect(({ pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      pod('web').scheduledOn('a').becomes().at('1m'),
    ]),
)

spec('pods of a Service are spread over nodes without being told: the cluster has soft constraints by default', s =>
  s
    // PTS-6; without the Service the emptier node would win, as node-preference says.
    .nodes([{ name: 'a' }, { name: 'b' }])
    .apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front' },
      spec: { selector: app, ports: [{ port: 80 }] },
    })
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('db', pod => pod.container('db', runs(), half).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web({}))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)
