/**
 * A StatefulSet makes its pods one after the other under names of their own, `web-0`, `web-1` and so on, and takes them away in reverse.
 * A pod that is replaced keeps its name; there is never more than one of a name.
 */

import { exactly, fails, never, onTerm, readiness, readyAfter, statefulSet, stopsAfter, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

const three = (fields: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web' },
  spec: {
    serviceName: 'web',
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [{ name: 'app', image: 'app:1', readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }],
      },
    },
    ...fields,
  },
})

spec('the pods of a StatefulSet are made in order, each when the one before is Ready', s =>
  s
    // SS-3
    .apply(three())
    .behave('statefulset/web/app', readyAfter('10s'))
    .expect(({ pod }) => [
      whenever(pod('web-0').ready().becomes()).then(pod('web-1').created()).within('1s'),
      pod('web-0').ready().becomes().precedes(pod('web-1').created()),
      pod('web-1').ready().becomes().precedes(pod('web-2').created()),
      pod('web-2').ready().afterQuiescence(),
    ]),
)

spec('a pod that does not become Ready holds up all those after it', s =>
  s
    // SS-3
    .apply(three())
    .behave('web-1/app', readiness(fails()))
    .horizon('1h')
    .expect(({ pod }) => [pod('web-1').container('app').running().at('59m'), never(pod('web-2').created())]),
)

spec('podManagementPolicy Parallel makes all pods at once', s =>
  s
    // SS-3
    .apply(three({ podManagementPolicy: 'Parallel' }))
    .behave('statefulset/web/app', readyAfter('10s'))
    .expect(({ pod }) => [
      pod('web-2').created().within('1s'),
      pod('web-0').ready().becomes().noSoonerThan('10s').within('13s'),
    ]),
)

spec('with minReadySeconds the next pod waits until the one before has been Ready for so long', s =>
  s
    .describe('Up to twice as long: the controller looks again every minReadySeconds, whenever that falls.')
    // SS-3; API-17: times have whole seconds, so it may be a second less. C-9: of several times to look the earliest counts.
    .apply(three({ minReadySeconds: 30 }))
    .expect(({ pod }) => [
      whenever(pod('web-0').ready().becomes()).then(pod('web-1').created()).noSoonerThan('29s').within('61s'),
    ]),
)

spec('a StatefulSet that is scaled down takes the pod with the highest ordinal away first', s =>
  s
    .describe('And the next one only when that is gone.')
    // SS-4
    .apply(three())
    .behave('statefulset/web/app', onTerm(stopsAfter('10s')))
    .at('1m')
    .scale('statefulset/web', 1)
    .expect(({ pod }) => [
      pod('web-2').deleted().within('61s'),
      pod('web-2').gone().precedes(pod('web-1').deleted()),
      pod('web-1').gone().within('90s'),
      pod('web-0').ready().afterQuiescence(),
    ]),
)

spec('a pod that is not Ready holds up scaling down, too', s =>
  s
    // SS-4
    .apply(three())
    .behave('web-0/app', readiness(fails().from('30s')))
    .at('2m')
    .scale('statefulset/web', 1)
    .horizon('1h')
    .expect(({ pod }) => [
      statefulSet('web').desired(1).at('59m'),
      pod('web-2').ready().at('59m'),
      never(pod('web-2').deleted()),
    ]),
)

spec('podManagementPolicy Parallel takes pods away at once', s =>
  s
    // SS-4
    .apply(three({ podManagementPolicy: 'Parallel' }))
    .behave('statefulset/web/app', onTerm(stopsAfter('10s')))
    .at('1m')
    .scale('statefulset/web', 1)
    .expect(({ pod }) => [pod('web-2').deleted().within('61s'), pod('web-1').deleted().within('61s')]),
)

spec('a pod of a StatefulSet that is deleted is made again under its name, when it is gone', s =>
  s
    // SS-1, SS-3
    .apply(three())
    .behave('statefulset/web/app', onTerm(stopsAfter('10s')))
    .at('1m')
    .delete('pod/web-1')
    .expect(({ pod }) => [
      exactly(2, pod('web-1').created()),
      pod('web-1').gone().noSoonerThan('70s').within('72s'),
      whenever(pod('web-1').gone()).then(pod('web-1').created()).within('1s'),
    ]),
)

spec('spec.ordinals.start says with which number the names begin', s =>
  s
    // SS-1
    .apply(three({ replicas: 2, ordinals: { start: 5 } }))
    .expect(({ pod }) => [
      pod('web-5').ready().becomes().precedes(pod('web-6').created()),
      pod('web-6').ready().afterQuiescence(),
    ]),
)

spec('who deletes a StatefulSet deletes its pods all at once, in no order', s =>
  s
    .describe('Scale it down to 0 first where the order matters.')
    // DEL-10
    .apply(three())
    .behave('statefulset/web/app', onTerm(stopsAfter('10s')))
    .at('1m')
    .delete('statefulset/web')
    .expect(({ pod }) => [
      whenever(pod('web-2').deleted()).then(pod('web-0').terminating()).within('1s'),
      pod('web-0').deleted().within('61s'),
      pod('web-1').deleted().within('61s'),
    ]),
)
