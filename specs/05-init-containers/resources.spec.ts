/**
 * The scheduler counts for a pod what it needs at its worst: the sum of its app containers, or its largest init container,
 * whichever is more. Init containers come one after the other, so they are not added up.
 */

import { exits, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const cpu = (quantity: string) => ({ resources: { requests: { cpu: quantity } } })

spec('a pod needs the larger of its init containers and the sum of its app containers, not both', s =>
  s
    // seed 004: "the resource requests … for an init container are handled differently"
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod =>
      pod
        .init('migrate', exits(0).after('5s'), cpu('2'))
        .init('seed', exits(0).after('5s'), cpu('2'))
        .container('app', runs(), cpu('1'))
        .container('log', runs(), cpu('1')),
    )
    .expect(({ web }) => [web.scheduledOn('small').immediately(), web.phases('Pending', 'Running')]),
)

spec('a pod whose init container fits no node is not scheduled, however small its app containers are', s =>
  s
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod => pod.init('migrate', exits(0).after('5s'), cpu('3')).container('app', runs(), cpu('100m')))
    .expect(({ web }) => [web.conditions({ PodScheduled: ['False'] }), web.phases('Pending')]),
)

spec('what an init container requested stays taken on the node after it is done', s =>
  s
    .describe(
      'Some tutorials say that an init container that is done takes no resources. It uses none, but its request counts.',
    )
    // seed 000: "when it is done it is deleted, and takes no resources of the cluster"
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod => pod.init('migrate', exits(0).after('5s'), cpu('2')).container('app', runs(), cpu('100m')))
    .at('1m')
    .apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'late' },
      spec: { containers: [{ name: 'app', image: 'app:1', resources: { requests: { cpu: '1' } } }] },
    })
    .expect(({ web, pod }) => [
      web.init('migrate').terminated('Completed').within('10s'),
      pod('late').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('1m'),
    ]),
)
