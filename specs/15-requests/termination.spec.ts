/**
 * A pod that is deleted leaves its Services and is told to stop at the same moment, and neither waits for the other. Each node's
 * kube-proxy hears of it a little later: what is sent until then still goes to the pod. Whether such a request is lost is decided
 * by the process, and by a preStop hook that lets it wait.
 */

import {
  atMost,
  eventually,
  ignores,
  never,
  onTerm,
  preStop,
  request,
  runs,
  serves,
  stopsAfter,
  takes,
} from 'podwright'
import { spec } from 'podwright/vitest'

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
}
const app = { app: 'web' }
const lost = request('web').dropped()

spec('requests go on to a pod that is being deleted until kube-proxy has heard of it', s =>
  s
    .describe('The process has stopped after 100 ms; what it is sent in the rest of that second is refused.')
    // TR-1, KP-4: kube-proxy writes its rules at most once a second; at 50 requests a second no more than 50 meet the old ones.
    .apply(service)
    .pod('old', pod => pod.labels(app).container('app', runs()))
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s')
    .at('20s')
    .delete('pod/old')
    .horizon('1m')
    .expect(({ old }) => [
      never(lost).before(old.deleted()),
      eventually(request('web').dropped('refused')).after(old.deleted()),
      atMost(50, lost),
    ]),
)

spec('a preStop hook that sleeps longer than kube-proxy takes loses no request', s =>
  s
    // TR-1: the sleep lets the rules of every node change before the process is asked to stop.
    .apply(service)
    .pod('old', pod => pod.labels(app).container('app', runs(), preStop(takes('5s'))))
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s')
    .at('20s')
    .delete('pod/old')
    .horizon('1m')
    .expect(({ old }) => [old.container('app').signalled('SIGTERM').at('25s'), request('web').ok(), never(lost)]),
)

spec('a process that listens on for a while after SIGTERM needs no preStop hook', s =>
  s
    .apply(service)
    .pod('old', pod =>
      pod.labels(app).container('app', runs(), onTerm(stopsAfter('5s')), serves({ keepsListening: true })),
    )
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s')
    .at('20s')
    .delete('pod/old')
    .horizon('1m')
    .expect(({ old }) => [old.container('app').signalled('SIGTERM').at('20s'), request('web').ok(), never(lost)]),
)

spec('a process that closes its listener at SIGTERM loses requests, however long it takes to stop', s =>
  s
    .describe('Many servers do that: they finish what is under way, and take nothing new.')
    // TR-1: B is when the listener closes.
    .apply(service)
    .pod('old', pod => pod.labels(app).container('app', runs(), onTerm(stopsAfter('20s'))))
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '50/s')
    .at('20s')
    .delete('pod/old')
    .horizon('1m')
    .expect(({ old }) => [
      eventually(request('web').dropped('refused').when(old.container('app').alive())),
      old.container('app').exited(0).at('40s'),
    ]),
)

spec('what is under way when SIGTERM comes is answered by a process that ends in order', s =>
  s
    .apply(service)
    .pod('old', pod => pod.labels(app).container('app', runs(), preStop(takes('5s')), serves({ latency: '3s' })))
    .traffic('service/web', '50/s', { until: '20s' })
    .at('20s')
    .delete('pod/old')
    .horizon('1m')
    .expect(({ old }) => [old.gone().within('30s'), request('web').ok(), never(lost)]),
)

spec('what is under way when the process exits is reset where it does not wait for that', s =>
  s
    .apply(service)
    .pod('old', pod => pod.labels(app).container('app', runs(), serves({ latency: '3s', dropsInFlightOnExit: true })))
    .traffic('service/web', '50/s', { until: '20s' })
    .at('20s')
    .delete('pod/old')
    .horizon('1m')
    .expect(() => [request('web').dropped('reset').within('21s')]),
)

spec('what is under way when the grace period is over is reset by SIGKILL', s =>
  s
    // TR-2: the grace period counts from the deletion, and takes in the preStop hook.
    .apply(service)
    .pod('old', pod =>
      pod
        .labels(app)
        .container('app', runs(), onTerm(ignores()), serves({ latency: '4s' }))
        .grace('5s'),
    )
    .traffic('service/web', '50/s', { until: '22s' })
    .at('20s')
    .delete('pod/old')
    .horizon('1m')
    .expect(({ old }) => [
      never(lost).before(old.container('app').killed('SIGKILL')),
      request('web').dropped('reset').within('26s'),
    ]),
)

spec('where no endpoint is ready, requests go to those that are terminating and still serve', s =>
  s
    .describe('Since 1.26. The last pod of a Service is better than none.')
    // KP-1
    .apply(service)
    .pod('last', pod =>
      pod.labels(app).container('app', runs(), onTerm(stopsAfter('20s')), serves({ keepsListening: true })),
    )
    .traffic('service/web', '50/s', { until: '50s' })
    .at('20s')
    .delete('pod/last')
    .horizon('1m')
    .expect(({ last }) => [
      never(last.endpoint('web').ready()).after(last.deleted()),
      never(lost).while(last.container('app').alive()),
      eventually(request('web').dropped('no endpoint')).after(last.gone()),
    ]),
)
