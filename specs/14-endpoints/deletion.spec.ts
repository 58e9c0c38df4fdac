/**
 * When a pod is deleted two things begin at the same moment, and neither waits for the other: the kubelet stops the containers, and
 * the pod ceases to be a ready endpoint. It is listed as terminating until it is gone.
 */

import { fails, never, not, onTerm, runs, stopsAfter, takes } from 'podwright'
import { spec } from 'podwright/vitest'

const front = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'front' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
}
const app = { app: 'web' }

spec('a pod that is being deleted and still passes its readiness probe is serving and terminating', s =>
  s
    .describe(
      'Some tutorials say that it is removed. It is listed on, but no longer as ready: a proxy without any ready endpoint may use it.',
    )
    .apply(front)
    .pod('web', pod => pod.labels(app).container('app', runs(), onTerm(stopsAfter('20s'))))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.endpoint('front').serving().and(web.endpoint('front').terminating()).at('70s'),
      not(web.endpoint('front').ready()).at('70s'),
      not(web.endpoint('front').terminating()).afterQuiescence(),
    ]),
)

spec('a pod that is being deleted and is not Ready is terminating, but not serving', s =>
  s
    .apply(front)
    .pod('web', pod => pod.labels(app).container('app', runs(), onTerm(stopsAfter('20s')), { readiness: fails() }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [web.endpoint('front').terminating().at('70s'), never(web.endpoint('front').serving())]),
)

spec('a terminating pod is serving no longer when its containers have stopped', s =>
  s
    .apply(front)
    .pod('web', pod => pod.labels(app).container('app', runs(), onTerm(stopsAfter('20s'))))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [web.container('app').exited(0).at('80s'), not(web.endpoint('front').serving()).at('81s')]),
)

spec('a preStop hook that waits lets the endpoint go before the process is asked to stop', s =>
  s
    .describe(
      'This is what a preStop hook that sleeps is for: traffic has found another way by the time SIGTERM comes.',
    )
    .apply(front)
    .pod('web', pod => pod.labels(app).container('app', runs(), { preStop: takes('10s') }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      not(web.endpoint('front').ready()).at('1m'),
      web.container('app').signalled('SIGTERM').at('70s'),
      web.container('app').alive().at('69s'),
    ]),
)

spec('a pod that is killed for its deadline is no ready endpoint either', s =>
  s
    .describe('It is Failed and not deleted: the endpoint goes because the pod is not Ready any more.')
    .apply(front)
    .pod('web', pod =>
      pod
        .labels(app)
        .container('app', runs(), onTerm(stopsAfter('4s')))
        .spec({ activeDeadlineSeconds: 30 }),
    )
    .expect(({ web }) => [
      web.endpoint('front').ready().at('29s'),
      not(web.endpoint('front').ready()).at('31s'),
      never(web.endpoint('front').terminating()),
    ]),
)
