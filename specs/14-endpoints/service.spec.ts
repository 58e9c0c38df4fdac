/**
 * The EndpointSlices of a Service list the addresses of the pods that its selector matches, and say of each whether traffic may go
 * there: ready, serving, terminating. A pod is ready there when its condition Ready is True and it is not being deleted.
 */

import { always, crashes, exits, fails, never, not, runs, succeeds, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

const service = (name: string, fields: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...fields },
})
const front = service('front')
const app = { app: 'web' }

spec('a pod that a Service selects is ready in its endpoints when it is Ready', s =>
  s
    // seeds 003 and 004: "should be added to the load balancing pools of all matching Services"; ES-2
    .apply(front)
    .pod('web', pod => pod.labels(app).container('app', runs(), { readiness: succeeds().from('15s') }))
    .horizon('2m')
    .expect(({ web }) => [
      whenever(web.ready().becomes()).then(web.endpoint('front').ready()).immediately(),
      never(web.endpoint('front').ready()).before(web.ready().becomes()),
    ]),
)

spec('a pod without the labels that the selector asks for is no endpoint, however Ready it is', s =>
  s
    .apply(front)
    .pod('web', pod => pod.labels({ app: 'other' }).container('app', runs()))
    .expect(({ web }) => [web.ready(), never(web.endpoint('front').serving())]),
)

spec('a Service selects pods of its own namespace only', s =>
  s
    .apply(front)
    .pod('near', pod => pod.labels(app).container('app', runs()))
    .pod('far', pod => pod.namespace('shop').labels(app).container('app', runs()))
    .expect(({ near, far }) => [
      near.endpoint('default/front').serving(),
      far.ready(),
      never(far.endpoint('default/front').serving()),
    ]),
)

spec('readiness that depends on a gate takes the pod out of the Service, too', s =>
  s
    //
    .apply(front)
    .pod('web', pod =>
      pod
        .labels(app)
        .container('app', runs())
        .spec({ readinessGates: [{ conditionType: 'example.com/load-balancer' }] }),
    )
    .expect(({ web }) => [web.condition('ContainersReady'), never(web.endpoint('front').ready())]),
)

spec('a container that crashes takes its pod out of the Service until it is ready again', s =>
  s
    .apply(front)
    .pod('web', pod => pod.labels(app).container('app', crashes().after('20s'), runs()))
    .expect(({ web }) => [
      always(not(web.endpoint('front').ready())).while(web.container('app').terminated('Error')),
      web.endpoint('front').ready().at('5s'),
      web.endpoint('front').ready().afterQuiescence(),
    ]),
)

spec('between the crash of a process and the next look of the kubelet its pod is still an endpoint', s =>
  s
    .describe(
      'Nobody tells the Service that a process is gone until the kubelet has seen it: requests fail for up to a second.',
    )
    // the kubelet lists the runtime once a second.
    .apply(front)
    .pod('web', pod => pod.labels(app).container('app', crashes().after('20s'), runs()))
    .expect(({ web }) => [
      whenever(web.container('app').exited(1)).then(web.endpoint('front').ready()).immediately(),
      whenever(web.container('app').exited(1))
        .then(not(web.endpoint('front').ready()))
        .within('1s'),
    ]),
)

spec('a pod that has Succeeded is no endpoint', s =>
  s
    // ES-1
    .apply(front)
    .pod('job', pod => pod.labels(app).container('app', exits(0).after('20s')).restartPolicy('Never'))
    .expect(({ job }) => [
      job.endpoint('front').ready().at('10s'),
      not(job.endpoint('front').serving().or(job.endpoint('front').ready())).afterQuiescence(),
    ]),
)

spec('a pod whose label is taken away leaves the Service and runs on', s =>
  s
    .apply(front)
    .pod('web', pod => pod.labels(app).container('app', runs()))
    .at('1m')
    .patch('pod/web', { metadata: { labels: { app: 'debug' } } })
    .expect(({ web }) => [
      web.endpoint('front').ready().at('59s'),
      not(web.endpoint('front').serving()).at('1m'),
      web.ready().afterQuiescence(),
    ]),
)

spec('a Service with publishNotReadyAddresses sends traffic to pods that are not Ready', s =>
  s
    .apply(service('front', { publishNotReadyAddresses: true }))
    .pod('web', pod => pod.labels(app).container('app', runs(), { readiness: fails() }))
    .horizon('1m')
    .expect(({ web }) => [
      web.conditions({ Ready: ['False'] }),
      web.endpoint('front').ready().at('30s'),
      never(web.endpoint('front').serving()),
    ]),
)

spec('one pod can be an endpoint of several Services', s =>
  s
    .apply(front, service('metrics'))
    .pod('web', pod => pod.labels(app).container('app', runs()))
    .expect(({ web }) => [
      web.endpoint('front').ready().afterQuiescence(),
      web.endpoint('metrics').ready().afterQuiescence(),
    ]),
)
