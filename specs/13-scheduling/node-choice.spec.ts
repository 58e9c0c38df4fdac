/**
 * A pod can say on which nodes it may run: by labels that it wants (nodeSelector, node affinity), and nodes can say which pods they
 * want not: by taints, unless the pod tolerates them.
 */

import { type ContainerFields, never, type PodFields, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const zones = [
  { name: 'a', labels: { zone: 'north', cores: '4' } },
  { name: 'b', labels: { zone: 'south', cores: '16', gpu: 'yes' } },
] as const

type NodeAffinity = NonNullable<NonNullable<PodFields['affinity']>['nodeAffinity']>
type Term = NonNullable<NodeAffinity['requiredDuringSchedulingIgnoredDuringExecution']>['nodeSelectorTerms'][number]
type Requirement = NonNullable<Term['matchExpressions']>[number]

const wants = (...terms: Term[]): PodFields => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
})

spec('nodeSelector: a pod goes to a node that has all of these labels', s =>
  s
    // seed 003; NA-1
    .nodes(zones)
    .pod('web', pod => pod.container('app', runs()).spec({ nodeSelector: { zone: 'south', gpu: 'yes' } }))
    .expect(({ web }) => [web.scheduledOn('b').immediately()]),
)

spec('nodeSelector: no node will do that has one of the labels but not the other', s =>
  s
    .nodes(zones)
    .pod('web', pod => pod.container('app', runs()).spec({ nodeSelector: { zone: 'north', gpu: 'yes' } }))
    .expect(({ web }) => [web.condition('PodScheduled', 'False', 'Unschedulable').holds(), web.phases('Pending')]),
)

// seed 003 lists these operators; NA-2.
spec.each<Requirement & { readonly node: 'a' | 'b' }>([
  { key: 'zone', operator: 'In', values: ['south', 'west'], node: 'b' },
  { key: 'zone', operator: 'NotIn', values: ['south'], node: 'a' },
  { key: 'gpu', operator: 'Exists', node: 'b' },
  { key: 'gpu', operator: 'DoesNotExist', node: 'a' },
  { key: 'cores', operator: 'Gt', values: ['8'], node: 'b' },
  { key: 'cores', operator: 'Lt', values: ['8'], node: 'a' },
])(
  ({ key, operator, values = [] }) => `node affinity: ${[key, operator, ...values].join(' ')}`,
  ({ node, ...requirement }) =>
    s =>
      s
        .nodes(zones)
        .pod('web', pod => pod.container('app', runs()).spec(wants({ matchExpressions: [requirement] })))
        .expect(({ web }) => [web.scheduledOn(node).immediately()]),
)

spec('node affinity: NotIn also matches a node that does not have the label at all', s =>
  s
    .nodes(zones)
    .pod('web', pod =>
      pod
        .container('app', runs())
        .spec(wants({ matchExpressions: [{ key: 'gpu', operator: 'NotIn', values: ['yes'] }] })),
    )
    .expect(({ web }) => [web.scheduledOn('a').immediately()]),
)

spec('node affinity: one of several terms has to match, and all expressions of that term', s =>
  s
    .nodes(zones)
    .pod('web', pod =>
      pod.container('app', runs()).spec(
        wants(
          {
            matchExpressions: [
              { key: 'zone', operator: 'In', values: ['north'] },
              { key: 'gpu', operator: 'Exists' },
            ],
          },
          { matchExpressions: [{ key: 'zone', operator: 'In', values: ['south'] }] },
        ),
      ),
    )
    .expect(({ web }) => [web.scheduledOn('b').immediately()]),
)

spec('a pod is not scheduled on a node with a taint that it does not tolerate', s =>
  s
    // seed 003: "a pod has to state a toleration to be placed on a node with a taint"
    .nodes([{ name: 'a', taints: [{ key: 'team', value: 'data', effect: 'NoSchedule' }] }, { name: 'b' }])
    .pod('web', pod => pod.container('app', runs()))
    .expect(({ web }) => [web.scheduledOn('b').immediately()]),
)

spec('a toleration lets a pod onto a tainted node', s =>
  s
    .nodes([{ name: 'a', taints: [{ key: 'team', value: 'data', effect: 'NoSchedule' }] }])
    .pod('web', pod =>
      pod
        .container('app', runs())
        .spec({ tolerations: [{ key: 'team', operator: 'Equal', value: 'data', effect: 'NoSchedule' }] }),
    )
    .expect(({ web }) => [web.scheduledOn('a').immediately(), web.phases('Pending', 'Running')]),
)

spec('a toleration does not draw a pod to the tainted node: it only allows it', s =>
  s
    // R-4, and the score of NodeResourcesFit: the emptier node wins.
    .nodes([{ name: 'a', cpu: '2', taints: [{ key: 'team', value: 'data', effect: 'NoSchedule' }] }, { name: 'b' }])
    .pod('web', pod =>
      pod
        .container('app', runs(), { resources: { requests: { cpu: '1' } } })
        .spec({ tolerations: [{ key: 'team', operator: 'Exists' }] }),
    )
    .expect(({ web }) => [web.scheduledOn('b').immediately()]),
)

spec('a toleration with another value than the taint does not tolerate it', s =>
  s
    // T-1: Equal compares the value, Exists does not
    .nodes([{ name: 'a', taints: [{ key: 'team', value: 'data', effect: 'NoSchedule' }] }])
    .pod('web', pod =>
      pod
        .container('app', runs())
        .spec({ tolerations: [{ key: 'team', operator: 'Equal', value: 'web', effect: 'NoSchedule' }] }),
    )
    .expect(({ web }) => [never(web.scheduled()), web.phases('Pending')]),
)

spec('every taint of a node has to be tolerated', s =>
  s
    .nodes([
      {
        name: 'a',
        taints: [
          { key: 'team', value: 'data', effect: 'NoSchedule' },
          { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
        ],
      },
    ])
    .pod('web', pod => pod.container('app', runs()).spec({ tolerations: [{ key: 'team', operator: 'Exists' }] }))
    .expect(({ web }) => [never(web.scheduled()), web.phases('Pending')]),
)

const port: ContainerFields = { ports: [{ containerPort: 8080, hostPort: 80 }] }

spec('two pods that want the same port of their host cannot share a node', s =>
  s
    // F-5
    .nodes(2)
    .pod('first', pod => pod.container('app', runs(), port))
    .pod('second', pod => pod.container('app', runs(), port))
    .expect(({ first, second }) => [
      first.scheduledOn('node-1').or(second.scheduledOn('node-1')),
      first.scheduledOn('node-2').or(second.scheduledOn('node-2')),
      first.phases('Pending', 'Running'),
      second.phases('Pending', 'Running'),
    ]),
)

spec('containerPort by itself takes no port of the host: a node can have any number of such pods', s =>
  s
    .pod('first', pod => pod.container('app', runs(), { ports: [{ containerPort: 80 }] }))
    .pod('second', pod => pod.container('app', runs(), { ports: [{ containerPort: 80 }] }))
    .expect(({ first, second }) => [first.phases('Pending', 'Running'), second.phases('Pending', 'Running')]),
)
