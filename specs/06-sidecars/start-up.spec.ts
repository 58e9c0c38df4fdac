/**
 * A sidecar is an init container with `restartPolicy: Always`: it starts in the order of the init containers, but what comes
 * after it waits only until it has started, not until it has ended. It then runs for as long as the app containers do.
 */

import {
  always,
  eventually,
  exits,
  fails,
  image,
  inOrder,
  never,
  no,
  runs,
  stopsAfter,
  succeeds,
  whenever,
} from 'podwright'
import { spec } from 'podwright/vitest'

spec('a sidecar starts before the app containers, and runs on beside them', s =>
  s
    .pod('web', pod => pod.sidecar('proxy', runs()).container('app', runs()))
    .expect(({ web }) => [
      web.sidecar('proxy').started().precedes(web.container('app').started()),
      never(web.sidecar('proxy').exited()),
    ]),
)

spec('the init container after a sidecar runs beside it', s =>
  s
    .describe(
      'A plain init container has to run to completion before the next one starts; a sidecar has only to start.',
    )
    // seed 004: "init containers always run to completion": of the plain ones (T-D1).
    .pod('web', pod => pod.sidecar('proxy', runs()).init('migrate', exits(0).after('10s')).container('app', runs()))
    .expect(({ web }) => [
      web.sidecar('proxy').started().precedes(web.init('migrate').started()),
      always(web.sidecar('proxy').alive()).between(web.init('migrate').started(), web.init('migrate').exited(0)),
    ]),
)

spec('a sidecar waits for the init containers that stand before it', s =>
  s
    .pod('web', pod => pod.init('migrate', exits(0).after('10s')).sidecar('proxy', runs()).container('app', runs()))
    .expect(({ web }) => [
      inOrder(web.init('migrate').exited(0), web.sidecar('proxy').started(), web.container('app').started()).strictly(),
    ]),
)

spec('what comes after a sidecar waits for its startup probe', s =>
  s
    // R-213; seed 004 says that init containers support no probes: the plain ones do not, sidecars do.
    .pod('web', pod => pod.sidecar('proxy', runs(), { startup: succeeds().from('15s') }).container('app', runs()))
    .expect(({ web }) => [
      web.sidecar('proxy').probe('startup').succeeded().precedes(web.container('app').started()),
      web.container('app').started().after('15s'),
    ]),
)

spec('what comes after a sidecar does not wait for its readiness probe', s =>
  s
    .pod('web', pod => pod.sidecar('proxy', runs(), { readiness: succeeds().from('30s') }).container('app', runs()))
    .expect(({ web }) => [
      web.container('app').started().within('2s'),
      web.sidecar('proxy').ready().becomes().after('30s'),
    ]),
)

spec('a sidecar that is not ready keeps its pod from being Ready', s =>
  s
    // sidecars count, plain init containers do not.
    .pod('web', pod => pod.sidecar('proxy', runs(), { readiness: fails() }).container('app', runs()))
    .expect(({ web }) => [
      eventually(web.container('app').ready()),
      web.conditions({ ContainersReady: ['False'], Ready: ['False'] }),
    ]),
)

spec('a pod whose sidecar runs is Initialized before its app container has started', s =>
  s
    // a sidecar has to be started, not to be over.
    .pod('web', pod => pod.sidecar('proxy', runs()).container('app', runs()))
    .image(image('app:1').pullsIn('30s'))
    .expect(({ web }) => [
      web.conditions({ Initialized: ['False', 'True'] }),
      web.condition('Initialized').becomes().precedes(web.container('app').started()),
    ]),
)

spec('a sidecar whose image cannot be pulled keeps the app containers from starting', s =>
  s
    // T-D2
    .pod('web', pod => pod.sidecar('proxy', runs()).container('app', runs()))
    .image(image('proxy:1').doesNotExist())
    .horizon('5m')
    .expect(({ web }) => [
      eventually(web.sidecar('proxy').waiting('ImagePullBackOff')),
      never(web.container('app').started()),
      web.phases('Pending'),
    ]),
)

spec('a sidecar whose postStart hook takes long holds back what comes after it', s =>
  s
    .pod('web', pod =>
      pod.sidecar('proxy', runs(), { lifecycle: { postStart: { sleep: { seconds: 10 } } } }).container('app', runs()),
    )
    .expect(({ web }) => [
      no(web.container('app').started()).before(web.sidecar('proxy').hook('postStart').ended()),
      web.container('app').started().after('10s'),
    ]),
)

spec('a support container that is a plain container has no order: all of them start, and are stopped, at once', s =>
  s
    .describe(
      'Some tutorials call any second container of a pod a sidecar. Only an init container with restartPolicy Always starts before the app, and stops after it.',
    )
    // seed 001: main container and support container, both under `containers`
    .pod('web', pod =>
      pod
        .container('app', runs().onTerm(stopsAfter('5s')))
        .container('log', runs(), { readiness: succeeds().from('20s') }),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').started().precedes(web.container('log').ready().becomes()),
      whenever(web.deleted()).then(web.container('log').signalled('SIGTERM')).immediately(),
      web.container('log').exited(0).precedes(web.container('app').exited(0)),
    ]),
)
