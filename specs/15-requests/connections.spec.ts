/**
 * kube-proxy chooses an endpoint for each new connection, not for each request. A client that keeps its connections stays with the pods
 * that it has.
 */

import { fails, never, not, preStop, readiness, request, runs, serves, takes } from 'podwright'
import { spec } from 'podwright/vitest'

const service = (fields: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...fields },
})
const app = { app: 'web' }
const lost = request('web').dropped()
const hour = { listensAfter: '1h' } as const

spec('a client that sends a refused request again loses none', s =>
  s
    .describe('The next attempt is a new connection, which may lead to another pod.')
    .apply(service())
    .pod('old', pod => pod.labels(app).container('app', runs()))
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s', { client: { retries: 10 } })
    .at('20s')
    .delete('pod/old')
    .horizon('1m')
    .expect(({ old }) => [old.gone().within('30s'), request('web').ok(), never(lost)]),
)

spec('a connection that is kept goes on to a pod that has left the Service', s =>
  s
    .describe('The pod hangs half a minute after it stopped being ready, and requests still come.')
    // KP-5: established connections keep their backend until they are closed.
    .apply(service())
    .pod('web', pod =>
      pod.labels(app).container('app', runs(), readiness(fails().from('20s')), serves({ hangsAfter: '1m' })),
    )
    .traffic('service/web', '50/s', { client: { keepAlive: true } })
    .horizon('2m')
    .expect(({ web }) => [
      not(web.endpoint('web').ready()).becomes().within('45s'),
      never(lost).before(web.container('app').probe('readiness').failed()),
      request('web').dropped('timed out').noSoonerThan('1m'),
    ]),
)

spec('a client that opens a connection for each request loses none to a pod that has left the Service', s =>
  s
    .apply(service())
    .pod('web', pod =>
      pod.labels(app).container('app', runs(), readiness(fails().from('20s')), serves({ hangsAfter: '1m' })),
    )
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s')
    .horizon('2m')
    .expect(({ web }) => [not(web.endpoint('web').ready()).becomes().within('45s'), request('web').ok(), never(lost)]),
)

spec('with sessionAffinity ClientIP a client stays with the pod that it was led to first', s =>
  s
    .describe('The second pod refuses everything, and this client never notices.')
    // KP-5
    .apply(service({ sessionAffinity: 'ClientIP' }))
    .pod('first', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s', { from: '10s' })
    .at('20s')
    .pod('second', pod => pod.labels(app).container('app', runs(), serves(hour)))
    .horizon('1m')
    .expect(({ second }) => [second.endpoint('web').ready().within('30s'), request('web').ok(), never(lost)]),
)

spec('without session affinity new connections are spread over all endpoints', s =>
  s
    .apply(service())
    .pod('first', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s', { from: '10s' })
    .at('20s')
    .pod('second', pod => pod.labels(app).container('app', runs(), serves(hour)))
    .horizon('1m')
    .expect(({ second }) => [
      never(lost).before(second.endpoint('web').ready().becomes()),
      request('web').dropped('refused').within('30s'),
    ]),
)

spec('session affinity ends with the pod: the client is led to another one', s =>
  s
    .apply(service({ sessionAffinity: 'ClientIP' }))
    .pod('first', pod => pod.labels(app).container('app', runs(), preStop(takes('5s'))))
    .traffic('service/web', '50/s', { from: '10s' })
    .at('20s')
    .pod('second', pod => pod.labels(app).container('app', runs()))
    .at('30s')
    .delete('pod/first')
    .horizon('1m')
    .expect(({ first }) => [first.gone().within('40s'), request('web').ok(), never(lost)]),
)

spec('internalTrafficPolicy Local: a client whose node has no endpoint reaches none, although there are others', s =>
  s
    .describe(
      'Its packets are dropped, not refused: it waits for the answer as long as it waits for any, here five seconds.',
    )
    // KP-2, KP-3
    .nodes([{ name: 'a' }, { name: 'b' }])
    .apply(service({ internalTrafficPolicy: 'Local' }))
    .pod('web', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .traffic('service/web', '50/s', { from: '10s', client: { node: 'b' } })
    .horizon('1m')
    .expect(({ web }) => [
      web.endpoint('web').ready().at('10s'),
      request('web').dropped('no endpoint').at('15s', { tolerance: '20ms' }),
      never(request('web').ok()),
    ]),
)

spec('internalTrafficPolicy Local: a client on the node of an endpoint reaches that one alone', s =>
  s
    // KP-2
    .nodes([{ name: 'a' }, { name: 'b' }])
    .apply(service({ internalTrafficPolicy: 'Local' }))
    .pod('near', pod => pod.labels(app).container('app', runs()).spec({ nodeName: 'a' }))
    .pod('far', pod => pod.labels(app).container('app', runs(), serves(hour)).spec({ nodeName: 'b' }))
    .traffic('service/web', '50/s', { from: '10s', client: { node: 'a' } })
    .horizon('1m')
    .expect(({ far }) => [far.endpoint('web').ready().at('10s'), request('web').ok(), never(lost)]),
)

spec('requests to a pod whose node cannot be reached time out', s =>
  s
    .describe('The kubelet is heard of as before, so the pod stays Ready and an endpoint.')
    .nodes([{ name: 'a' }])
    .apply(service())
    .pod('web', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s', { client: { timeout: '2s' } })
    .at('20s')
    .cutNetwork('a')
    .horizon('1m')
    .expect(({ web }) => [
      request('web').dropped('timed out').at('22s', { tolerance: '20ms' }),
      web.endpoint('web').ready().afterQuiescence(),
    ]),
)
