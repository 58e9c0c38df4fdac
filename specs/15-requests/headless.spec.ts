/**
 * A headless Service (clusterIP: None) has no address of its own: DNS answers its name with the addresses of its ready pods, and
 * kube-proxy has no part in it. Clients keep what they looked up.
 */

import { eventually, never, preStop, readyAfter, request, runs, serves, takes } from 'podwright'
import { spec } from 'podwright/vitest'

const headless = (fields: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'db' },
  spec: { clusterIP: 'None', selector: { app: 'db' }, ports: [{ port: 5432 }], ...fields },
})
const app = { app: 'db' }
const lost = request('db').dropped()

spec('a client of a headless Service goes on to an address that it has looked up, after the pod is gone', s =>
  s
    .describe('A preStop hook of some seconds does not help: the answer of DNS is kept for 30 seconds.')
    // ES-6
    .apply(headless())
    .pod('old', pod => pod.labels(app).container('app', runs(), preStop(takes('5s'))))
    .pod('other', pod => pod.labels(app).container('app', runs()))
    .traffic('service/db', '50/s', { from: '10s' })
    .at('20s')
    .delete('pod/old')
    .horizon('2m')
    .expect(({ old }) => [never(lost).before(old.deleted()), eventually(lost).after(old.gone())]),
)

spec('the name of a headless Service leads to pods that are ready, and to no others', s =>
  s
    // ES-6
    .apply(headless())
    .pod('ready', pod => pod.labels(app).container('app', runs()))
    .pod('late', pod => pod.labels(app).container('app', runs(), readyAfter('1h'), serves({ listensAfter: '1h' })))
    .traffic('service/db', '50/s', { from: '10s' })
    .horizon('1m')
    .expect(({ late }) => [
      late.container('app').running().at('10s'),
      never(late.ready()),
      request('db').ok(),
      never(lost),
    ]),
)

spec('publishNotReadyAddresses: the name leads to pods that are not ready, too', s =>
  s
    .describe('Databases that have to find one another before they are ready want that.')
    // ES-6
    .apply(headless({ publishNotReadyAddresses: true }))
    .pod('late', pod => pod.labels(app).container('app', runs(), readyAfter('1h')))
    .traffic('service/db', '50/s', { from: '10s' })
    .horizon('1m')
    .expect(({ late }) => [never(late.ready()), request('db').ok(), never(lost)]),
)
