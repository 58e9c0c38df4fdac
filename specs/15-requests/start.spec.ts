/**
 * A pod gets requests from the moment at which it is Ready, as far as Kubernetes knows. Without a readiness probe that is when its
 * containers run, whether anybody listens or not.
 */

import { crashes, eventually, never, readyAfter, request, runs, serves } from 'podwright'
import { spec } from 'podwright/vitest'

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
}
const app = { app: 'web' }
const lost = request('web').dropped()

spec('a pod without a readiness probe gets requests before its process listens', s =>
  s
    // TR-3
    .apply(service)
    .pod('web', pod => pod.labels(app).container('app', runs(), serves({ listensAfter: '10s' })))
    .traffic('service/web', '50/s')
    .horizon('1m')
    .expect(({ web }) => [web.ready().within('3s'), request('web').dropped('refused').within('5s')]),
)

spec('a readiness probe that succeeds only when the process listens keeps requests away until then', s =>
  s
    // seed 003: "ReadinessProbe: no traffic fails at the moment when the application starts"; TR-3
    .apply(service)
    .pod('web', pod => pod.labels(app).container('app', runs(), readyAfter('30s'), serves({ listensAfter: '30s' })))
    .traffic('service/web', '50/s')
    .horizon('1m')
    .expect(({ web }) => [web.ready().becomes().noSoonerThan('30s').within('42s'), request('web').ok(), never(lost)]),
)

spec('requests to a Service without a ready endpoint are refused at once', s =>
  s
    // KP-3
    .apply(service)
    .pod('web', pod => pod.labels(app).container('app', runs(), readyAfter('30s')))
    .traffic('service/web', '50/s', { from: '10s' })
    .horizon('1m')
    .expect(({ web }) => [
      request('web').dropped('no endpoint').at('29s', { tolerance: '20ms' }),
      web.container('app').alive().at('10s'),
      never(request('web').dropped('refused')),
      request('web').ok(),
    ]),
)

spec('a process that crashes loses requests until the kubelet and kube-proxy know of it', s =>
  s
    .describe('The kubelet looks once a second, kube-proxy writes once a second: nobody is told of the crash itself.')
    // R-126, KP-4
    .apply(service)
    .pod('web', pod => pod.labels(app).container('app', crashes().after('20s'), runs()))
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s')
    .horizon('1m')
    .expect(({ web }) => [
      never(lost).before(web.container('app').exited(1)),
      eventually(request('web').dropped('refused').when(web.endpoint('web').ready())),
    ]),
)
