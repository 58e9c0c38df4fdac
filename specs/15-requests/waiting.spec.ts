/**
 * Kubernetes starts pods in no order of its own: who needs another Service waits for it. An init container that asks until somebody
 * answers is the usual way.
 */

import { never, readyAfter, runs, waitsFor } from 'podwright'
import { spec } from 'podwright/vitest'

const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 5432 }] },
})

spec('an init container that waits for a Service holds back the app until somebody is ready there', s =>
  s
    .apply(service('db'))
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs(), readyAfter('20s')))
    .pod('web', pod => pod.init('wait', waitsFor('service/db').every('2s')).container('app', runs()))
    .expect(({ db, web }) => [
      db.ready().becomes().precedes(web.container('app').started()),
      web.container('app').started().within('40s'),
    ]),
)

spec('a pod whose init container waits for a Service that nobody creates stays Pending', s =>
  s
    .pod('web', pod => pod.init('wait', waitsFor('service/db').every('2s')).container('app', runs()))
    .horizon('1h')
    .expect(({ web }) => [web.phases('Pending'), web.init('wait').states('waiting PodInitializing', 'running')]),
)

spec('a Service that is created later ends the wait', s =>
  s
    // seed 004: "now create the first service: the first container is completed"
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()))
    .pod('web', pod => pod.init('wait', waitsFor('service/db').every('2s')).container('app', runs()))
    .at('1m')
    .apply(service('db'))
    .expect(({ web }) => [
      web.init('wait').running().at('59s'),
      web.init('wait').exited(0).noSoonerThan('60s').within('64s'),
      web.phases('Pending', 'Running'),
    ]),
)

spec('of two init containers that wait, the second does not begin before the first has found its Service', s =>
  s
    // seed 004: two init containers, myservice and mydb
    .pod('service', pod => pod.labels({ app: 'myservice' }).container('app', runs()))
    .pod('db', pod => pod.labels({ app: 'mydb' }).container('app', runs()))
    .pod('web', pod =>
      pod
        .init('init-myservice', waitsFor('service/myservice').every('2s'))
        .init('init-mydb', waitsFor('service/mydb').every('2s'))
        .container('app', runs()),
    )
    .at('1m')
    .apply(service('mydb'))
    .at('2m')
    .apply(service('myservice'))
    .expect(({ web }) => [
      web.init('init-mydb').started().noSoonerThan('2m').within('130s'),
      web.phases('Pending', 'Running'),
    ]),
)

spec('a Service without a ready pod does not end the wait of a process that wants an answer', s =>
  s
    .describe('Its name resolves, but nobody is behind its address: who only looks up the name goes on too early.')
    .apply(service('db'))
    .pod('web', pod => pod.init('wait', waitsFor('service/db').every('2s')).container('app', runs()))
    .horizon('10m')
    .expect(({ web }) => [web.init('wait').running().at('9m'), never(web.container('app').started())]),
)

spec('a pod that waited once does not wait again when its Service goes away', s =>
  s
    .describe('Init containers run before the app containers, not beside them.')
    .apply(service('db'))
    .pod('db', pod => pod.labels({ app: 'db' }).container('db', runs()))
    .pod('web', pod => pod.init('wait', waitsFor('service/db').every('2s')).container('app', runs()))
    .at('1m')
    .delete('pod/db')
    .expect(({ db, web }) => [
      db.gone().within('2m'),
      web.ready().afterQuiescence(),
      never(web.container('app').exited()),
    ]),
)
