/**
 * The scheduler watches for pods that have no node, chooses one for each, and binds it: that is all it does. The kubelet of that node
 * then starts the containers. A pod is scheduled once in its life.
 */

import { crashes, inOrder, never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const cpu = (quantity: string) => ({ resources: { requests: { cpu: quantity } } })

spec('a pod is bound to a node before the kubelet of that node does anything about it', s =>
  s
    // seeds 001 and 002: the scheduler writes the node into the pod, and the kubelet finds it there.
    .pod('web', pod => pod.container('app', runs()))
    .expect(({ web }) => [
      inOrder(
        web.created(),
        web.scheduled().becomes(),
        web.sandboxCreated(),
        web.pulled(),
        web.container('app').started(),
      ),
    ]),
)

spec(
  'the scheduler and the kubelet do not ask from time to time: a pod is scheduled, and its sandbox made, as soon as it is created',
  s =>
    s
      .describe(
        'Some tutorials say that the scheduler asks for new pods every five seconds, and the kubelet for bound ones from time to time. Both watch.',
      )
      // seed 001: "the scheduler always asks the API server whether there is a workload to deploy (every 5 s)";
      // seed 002: "by asking the API server periodically"
      .pod('first', pod => pod.container('app', runs()))
      .at('61.3s')
      .apply({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web' },
        spec: { containers: [{ name: 'app', image: 'app:1' }] },
      })
      .expect(({ pod }) => [
        pod('web').created().at('61.3s'),
        pod('web').scheduled().becomes().at('61.3s'),
        pod('web').sandboxCreated().at('61.3s', { tolerance: '200ms' }),
      ]),
)

spec('all containers of a pod run on one node: a pod that is larger than each of two nodes fits on none', s =>
  s
    .describe(
      'The containers of a pod are co-located and co-scheduled; they are not spread, although both nodes have room for one.',
    )
    // seeds 001, 002 and 004
    .nodes([
      { name: 'a', cpu: '2' },
      { name: 'b', cpu: '2' },
    ])
    .pod('web', pod => pod.container('app', runs(), cpu('1500m')).container('log', runs(), cpu('1500m')))
    .expect(({ web }) => [web.phases('Pending'), never(web.scheduled())]),
)

spec('pods that do not fit beside one another go to different nodes', s =>
  s
    .nodes([
      { name: 'a', cpu: '2' },
      { name: 'b', cpu: '2' },
    ])
    .pod('first', pod => pod.container('app', runs(), cpu('1500m')))
    .pod('second', pod => pod.container('app', runs(), cpu('1500m')))
    .expect(({ first, second }) => [
      first.scheduledOn('a').or(second.scheduledOn('a')),
      first.scheduledOn('b').or(second.scheduledOn('b')),
      first.phases('Pending', 'Running'),
      second.phases('Pending', 'Running'),
    ]),
)

spec(
  'a pod that is created again under its name is another one: it is scheduled anew, and starts with no restarts',
  s =>
    s
      .describe('A pod has a UID of its own, and is never moved to another node; what looks like that is a new pod.')
      // seed 004: "created, assigned a unique ID, and scheduled"
      .nodes(2)
      .pod('web', pod =>
        pod
          .container('app', crashes().after('5s'), runs())
          .spec({ nodeSelector: { 'kubernetes.io/hostname': 'node-1' } }),
      )
      .at('1m')
      .delete('pod/web')
      .at('2m')
      .apply({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web' },
        spec: { nodeSelector: { 'kubernetes.io/hostname': 'node-2' }, containers: [{ name: 'app', image: 'app:1' }] },
      })
      .expect(({ web }) => [
        web.scheduledOn('node-1').immediately(),
        web.container('app').restartCount(1).at('1m'),
        web.scheduledOn('node-2').becomes().at('2m'),
        web.container('app').restartCount(0).at('2m'),
      ]),
)

spec('the scheduler does not look at a pod whose manifest names the node', s =>
  s
    // seed 003: nodeName
    .nodes(2)
    .pod('web', pod => pod.container('app', runs()).spec({ nodeName: 'node-2' }))
    .expect(({ web }) => [
      web.scheduledOn('node-2').holds(),
      never(web.event('Scheduled')),
      web.phases('Pending', 'Running'),
    ]),
)
