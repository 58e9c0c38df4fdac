/**
 * Who gets a pod's place when its node is lost depends on who made it: a ReplicaSet makes another as soon as the old one is being
 * deleted, a StatefulSet only when it is gone. Forced deletion, the taint out-of-service and the deletion of the Node make it gone.
 */

import { exactly, node, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const template = {
  metadata: { labels: { app: 'db' } },
  spec: {
    containers: [{ name: 'app', image: 'app:1' }],
    tolerations: [
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 20 },
    ],
  },
}
const statefulSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db' },
  spec: { serviceName: 'db', replicas: 1, selector: { matchLabels: { app: 'db' } }, template },
}
/** The emptier node, so that the first pod goes there. */
const nodes = [{ name: 'a' }, { name: 'b', cpu: '1' }]
const silent = node('a').goesSilent().at('1m')

spec('a StatefulSet does not replace a pod on a silent node: there may be only one of its name', s =>
  s
    .describe('The pod stays Terminating, and the set stays one short, until somebody knows that it does not run.')
    // SS-10, TE-5
    .nodes(nodes)
    .apply(statefulSet)
    .faults(silent)
    .horizon('1h')
    .expect(({ pod }) => [
      pod('db-0').deleted().within('150s'),
      pod('db-0').terminating().afterQuiescence(),
      pod('db-0').scheduledOn('a').afterQuiescence(),
      exactly(1, pod('db-0').created()),
    ]),
)

spec('forced deletion lets a StatefulSet make its pod elsewhere', s =>
  s
    .describe('Who does that says that the old one does not run. Here it does, until its node is heard of.')
    // DEL-6, SS-10
    .nodes(nodes)
    .apply(statefulSet)
    .faults(silent)
    .at('10m')
    .delete('pod/db-0', { grace: '0s' })
    .horizon('20m')
    .expect(({ pod }) => [
      pod('db-0').gone().at('10m'),
      pod('db-0').scheduledOn('b').within('11m'),
      exactly(2, pod('db-0').created()),
    ]),
)

spec('the taint out-of-service has the pods of a silent node removed at once', s =>
  s
    .describe('It says that the machine is off, and is set by hand.')
    // GC-2: the collector looks every 20 seconds.
    .nodes(nodes)
    .apply(statefulSet)
    .faults(silent)
    .at('10m')
    .taint('a', 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute')
    .horizon('20m')
    .expect(({ pod }) => [
      pod('db-0').gone().noSoonerThan('10m').within('621s'),
      pod('db-0').scheduledOn('b').within('11m'),
    ]),
)

spec('the pods of a Node that is deleted are removed 40 to 60 seconds later', s =>
  s
    // GC-3: quarantine 40 s, then the next tick of 20 s; DisruptionTarget and phase Failed in one write.
    .nodes(nodes)
    .pod('web', pod => pod.container('app', runs()).spec({ nodeName: 'a' }))
    .faults(node('a').goesSilent().at('1m'))
    .at('65s')
    .delete('node/a')
    .horizon('10m')
    .expect(({ web }) => [
      web.phases('Pending', 'Running', 'Failed'),
      web.condition('DisruptionTarget', 'True', 'DeletionByPodGC').becomes().within('130s'),
      web.gone().noSoonerThan('105s').within('130s'),
    ]),
)

spec('the pods of a Node that is deleted stay as they are at first', s =>
  s
    .describe('Deleting the Node object stops nothing.')
    // ND-1
    .nodes(nodes)
    .pod('web', pod => pod.container('app', runs()).spec({ nodeName: 'a' }))
    .at('1m')
    .delete('node/a')
    .horizon('10m')
    .expect(({ web }) => [
      web.ready().and(web.container('app').alive()).at('95s'),
      web.deleted().noSoonerThan('100s').within('130s'),
    ]),
)
