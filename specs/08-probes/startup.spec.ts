/**
 * The startup probe tells whether the application within a container has started. Until then the other probes are held back, so
 * that a slow start does not need a patient liveness probe.
 */

import { atLeast, exactly, fails, never, no, not, runs, succeeds, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec.each(['liveness', 'readiness'] as const)(
  type => `the ${type} probe is not asked before the startup probe has succeeded`,
  type => s =>
    s
      // seed 004: "all other probes are disabled if a startup probe is provided, until it succeeds"; R-607
      .pod('web', pod =>
        pod.container('app', runs(), {
          startup: succeeds().from('22s'),
          [type]: succeeds().from('22s'),
          [`${type}Probe`]: { periodSeconds: 1, failureThreshold: 1 },
        }),
      )
      .expect(({ web }) => [
        web.container('app').probe(type).answered(),
        no(web.container('app').probe(type).answered()).before(web.container('app').probe('startup').succeeded()),
      ]),
)

spec('a container is started, in its status, when its startup probe has succeeded', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { startup: succeeds().from('22s') }))
    .expect(({ web }) => [
      web.container('app').running().within('1s'),
      not(web.container('app').startedUp()).until(web.container('app').probe('startup').succeeded()),
      whenever(web.container('app').probe('startup').succeeded()).then(web.container('app').startedUp()).immediately(),
    ]),
)

spec('a container without a startup probe is started as soon as it is seen running', s =>
  s
    // seed 004: "the default state is Success"
    .pod('web', pod => pod.container('app', runs(), { readiness: fails() }))
    .horizon('1m')
    .expect(({ web }) => [
      whenever(web.container('app').running().becomes()).then(web.container('app').startedUp()).immediately(),
    ]),
)

spec('a container whose startup probe has not succeeded is not ready, even without a readiness probe', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs(), { startup: succeeds().from('22s') }))
    .expect(({ web }) => [
      not(web.container('app').ready()).until(web.container('app').probe('startup').succeeded()),
      web.container('app').ready().afterQuiescence(),
    ]),
)

spec(
  'a container that fails its startup probe failureThreshold times is killed, and restarted by its restart policy',
  s =>
    s
      // seed 004
      .pod('web', pod =>
        pod.container('app', runs(), {
          startup: [fails(), succeeds()],
          startupProbe: { periodSeconds: 5, failureThreshold: 4 },
        }),
      )
      .expect(({ web }) => [
        whenever(web.container('app').probe('startup').failed())
          .then(web.container('app').signalled('SIGTERM'))
          .at('15s'),
        exactly(2, web.container('app').started()),
        web.ready().afterQuiescence(),
      ]),
)

spec('a startup probe that has succeeded is not asked again', s =>
  s
    // the worker rests until the container is another one.
    .pod('web', pod => pod.container('app', runs(), { startup: fails().from('15s') }))
    .horizon('10m')
    .expect(({ web }) => [
      exactly(1, web.container('app').probe('startup').answered()),
      never(web.container('app').exited()),
    ]),
)

spec('after a restart the startup probe is asked again', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs(), {
        startup: succeeds().from('12s'),
        liveness: [fails().from('1m'), succeeds()],
      }),
    )
    .expect(({ web }) => [
      exactly(2, web.container('app').started()),
      exactly(2, web.container('app').probe('startup').succeeded()),
    ]),
)

spec('a startup probe gives a slow application more time than its liveness probe would', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs(), {
        startup: succeeds().from('2m'),
        startupProbe: { failureThreshold: 30 },
        liveness: succeeds().from('2m'),
        livenessProbe: { periodSeconds: 1, failureThreshold: 1 },
      }),
    )
    .expect(({ web }) => [
      atLeast(1, web.container('app').probe('liveness').succeeded()),
      never(web.container('app').exited()),
    ]),
)
