/**
 * A DaemonSet has a pod on each node where it may run: each that its node selector or affinity allows, and whose taints it tolerates.
 * It tolerates by itself the taints by which Kubernetes says that a node is not well.
 */

import { never, node } from 'podwright'
import { spec } from 'podwright/vitest'

const daemonSet = (podSpec: object = {}, fields: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'log' },
  spec: {
    selector: { matchLabels: { app: 'log' } },
    template: {
      metadata: { labels: { app: 'log' } },
      spec: { containers: [{ name: 'log', image: 'log:1' }], ...podSpec },
    },
    ...fields,
  },
})
const dedicated = { key: 'dedicated', value: 'db', effect: 'NoSchedule' } as const

spec('a DaemonSet runs on the nodes that its nodeSelector names, and on no others', s =>
  s
    // DS-1
    .nodes([{ name: 'a' }, { name: 'b', labels: { disk: 'ssd' } }])
    .apply(daemonSet({ nodeSelector: { disk: 'ssd' } }))
    .expect(({ pod }) => [
      pod('daemonset/log').scheduledOn('b').within('1s'),
      pod('daemonset/log').ready().afterQuiescence(),
    ]),
)

spec('a node that loses the label of the nodeSelector loses the pod of the DaemonSet', s =>
  s
    // DS-1, DS-4
    .nodes([{ name: 'a', labels: { disk: 'ssd' } }])
    .apply(daemonSet({ nodeSelector: { disk: 'ssd' } }))
    .at('1m')
    .label('a', { disk: null })
    .expect(({ pod }) => [pod('daemonset/log').deleted().noSoonerThan('1m').within('62s')]),
)

spec('a DaemonSet does not run on a node with a taint that it does not tolerate', s =>
  s
    // DS-1
    .nodes([{ name: 'a', taints: [dedicated] }, { name: 'b' }])
    .apply(daemonSet())
    .expect(({ pod }) => [pod('daemonset/log').scheduledOn('b').within('1s')]),
)

spec('a taint NoSchedule that comes later leaves the pod of a DaemonSet where it is', s =>
  s
    // DS-1: should continue to run
    .nodes([{ name: 'a' }])
    .apply(daemonSet())
    .at('1m')
    .taint('a', 'dedicated=db:NoSchedule')
    .expect(({ pod }) => [
      node('a').tainted('dedicated=db:NoSchedule').at('2m'),
      never(pod('daemonset/log').deleted()),
      pod('daemonset/log').ready().at('2m'),
    ]),
)

spec('a taint NoExecute that comes later takes the pod of a DaemonSet away', s =>
  s
    // DS-1
    .nodes([{ name: 'a' }])
    .apply(daemonSet())
    .at('1m')
    .taint('a', 'dedicated=db:NoExecute')
    .expect(({ pod }) => [pod('daemonset/log').deleted().noSoonerThan('1m').within('62s')]),
)

spec('a DaemonSet runs on nodes that are cordoned, too', s =>
  s
    // DS-1, DS-2: node.kubernetes.io/unschedulable is tolerated
    .nodes([{ name: 'a' }])
    .at('5s')
    .cordon('a')
    .at('10s')
    .apply(daemonSet())
    .expect(({ pod }) => [
      pod('daemonset/log').scheduledOn('a').within('1s'),
      pod('daemonset/log').ready().afterQuiescence(),
    ]),
)

spec('the pods of a DaemonSet stay on a node that is silent, for ever', s =>
  s
    // DS-2: not-ready and unreachable are tolerated without a time
    .nodes(2)
    .apply(daemonSet())
    .faults(node('node-1').goesSilent().at('1m'))
    .horizon('1h')
    .expect(({ pod }) => [
      node('node-1').condition('Ready', 'Unknown').at('59m'),
      never(pod('daemonset/log').deleted()),
      pod('daemonset/log').phase('Running').at('59m'),
    ]),
)

spec('a DaemonSet does not look at what a node has left: a pod that does not fit waits for that node', s =>
  s
    // DS-1, DS-3
    .nodes([{ name: 'a', cpu: '1' }, { name: 'b' }])
    .apply(
      daemonSet({
        containers: [{ name: 'log', image: 'log:1', resources: { requests: { cpu: '2' } } }],
        nodeSelector: { 'kubernetes.io/hostname': 'a' },
      }),
    )
    .horizon('10m')
    .expect(({ pod }) => [pod('daemonset/log').condition('PodScheduled', 'False', 'Unschedulable').at('9m')]),
)
