/**
 * A process may run and not answer. Nobody sees it but its probes: readiness keeps requests away from it, liveness has it restarted.
 */

import { atMost, eventually, fails, liveness, never, not, readiness, request, runs, serves } from 'podwright'
import { spec } from 'podwright/vitest'

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
}
const app = { app: 'web' }
/** From a minute after its start on it takes connections and says nothing. */
const hanging = serves({ hangsAfter: '1m' })
const oneSecond = { client: { timeout: '1s' } } as const

spec('without a readiness probe requests go on to a process that does not answer', s =>
  s
    // seed 000: "without a readiness probe requests are still sent to the pod"
    .apply(service)
    .pod('web', pod => pod.labels(app).container('app', runs(), hanging))
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '10/s', oneSecond)
    .horizon('5m')
    .expect(({ web }) => [
      request('web').dropped('timed out').noSoonerThan('1m').within('65s'),
      web.endpoint('web').ready().at('4m'),
    ]),
)

spec('a readiness probe that fails takes a process that does not answer out of its Service', s =>
  s
    .describe('After failureThreshold failures, three of them ten seconds apart where nothing else is said.')
    // seed 000: "Readiness Probe … removes the Pod from the Service"
    .apply(service)
    .pod('web', pod => pod.labels(app).container('app', runs(), hanging, readiness(fails().from('1m'))))
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/web', '10/s', oneSecond)
    .horizon('10m')
    .expect(({ web }) => [
      not(web.endpoint('web').ready()).at('2m'),
      // Half of ten requests a second, for the thirty seconds and a little more.
      atMost(200, request('web').dropped()),
    ]),
)

spec('a process that does not answer is restarted for its liveness probe, and answers again', s =>
  s
    // seed 003: "LivenessProbe: no lasting failure of traffic when the application fails"
    .apply(service)
    .pod('web', pod => pod.labels(app).container('app', runs(), hanging, liveness(fails().from('1m'))))
    .traffic('service/web', '10/s', oneSecond)
    .horizon('125s')
    .expect(({ web }) => [
      eventually(request('web').dropped('timed out')),
      never(request('web').dropped()).after(
        web.container('app').probe('liveness').succeeded().when(web.container('app').restartCount(1)),
      ),
    ]),
)
