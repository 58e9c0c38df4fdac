/**
 * A ReplicaSet has as many pods with its labels as it is asked for: it adopts those that nobody owns, makes what is missing, and deletes
 * what is too much. The pods here exist before it, so that they have names.
 */

import { fails, never, readiness, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const replicaSet = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
  },
})
const app = { app: 'web' }

spec('a ReplicaSet adopts a pod with its labels that nobody owns, and makes one less', s =>
  s
    .describe('From then on the pod is its own: it goes with it.')
    // C-6
    .pod('bare', pod => pod.labels(app).container('app', runs()))
    .at('1m')
    .apply(replicaSet(1))
    .at('2m')
    .delete('replicaset/web')
    .expect(({ bare }) => [bare.deleted().noSoonerThan('2m').within('122s')]),
)

spec('a bare pod with the labels of a ReplicaSet that has enough is deleted', s =>
  s
    .describe('Which of them goes is decided as for any scaling down: here the one that is not Ready yet.')
    // C-6, RS-1, RS-2
    .apply(replicaSet(1))
    .at('1m')
    .pod('bare', pod => pod.labels(app).container('app', runs()))
    .expect(({ bare }) => [bare.deleted().within('62s')]),
)

spec('a pod that loses its label is released: its ReplicaSet makes another, and leaves it alone', s =>
  s
    .describe('This is how to keep a broken pod for a closer look.')
    // C-6
    .pod('broken', pod => pod.labels(app).container('app', runs()))
    .at('1m')
    .apply(replicaSet(1))
    .at('2m')
    .patch('pod/broken', { metadata: { labels: { app: 'debug' } } })
    .at('3m')
    .delete('replicaset/web')
    .expect(({ broken }) => [never(broken.deleted()), broken.ready().afterQuiescence()]),
)

spec('a ReplicaSet that is scaled down deletes pods that are not Ready first', s =>
  s
    // RS-2 (3)
    .pod('ready', pod => pod.labels(app).container('app', runs()))
    .pod('broken', pod => pod.labels(app).container('app', runs(), readiness(fails())))
    .at('1m')
    .apply(replicaSet(2))
    .at('2m')
    .scale('replicaset/web', 1)
    .horizon('5m')
    .expect(({ ready, broken }) => [broken.deleted().within('122s'), never(ready.deleted())]),
)

spec('of pods that are Ready a ReplicaSet deletes those first that have been so for a shorter time', s =>
  s
    // RS-2 (6): compared by powers of two, here 10 s and 10 minutes.
    .pod('old', pod => pod.labels(app).container('app', runs()))
    .at('10m')
    .pod('young', pod => pod.labels(app).container('app', runs()))
    .at('601s')
    .apply(replicaSet(2))
    .at('610s')
    .scale('replicaset/web', 1)
    .horizon('15m')
    .expect(({ old, young }) => [young.deleted().within('612s'), never(old.deleted())]),
)

spec('the annotation pod-deletion-cost says which pods of the same kind go first', s =>
  s
    // RS-2 (4): before the time that they have been Ready
    .pod('old', pod =>
      pod.labels(app).annotations({ 'controller.kubernetes.io/pod-deletion-cost': '-100' }).container('app', runs()),
    )
    .at('10m')
    .pod('young', pod => pod.labels(app).container('app', runs()))
    .at('601s')
    .apply(replicaSet(2))
    .at('610s')
    .scale('replicaset/web', 1)
    .horizon('15m')
    .expect(({ old, young }) => [old.deleted().within('612s'), never(young.deleted())]),
)

spec('pods on the node that has more of them go first', s =>
  s
    // RS-2 (5)
    .nodes([{ name: 'a' }, { name: 'b' }])
    .pod('one', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('two', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('alone', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'b' }))
    .at('1m')
    .apply(replicaSet(3))
    .at('2m')
    .scale('replicaset/web', 2)
    .horizon('5m')
    .expect(({ one, two, alone }) => [one.deleted().or(two.deleted()).within('122s'), never(alone.deleted())]),
)
