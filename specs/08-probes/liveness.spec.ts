/**
 * The liveness probe tells whether a container is still any good. When it fails often enough in a row, the kubelet stops the
 * container, and the restart policy says what comes then.
 */

import {
  always,
  exactly,
  exits,
  fails,
  hangs,
  ignores,
  inOrder,
  never,
  not,
  runs,
  stopsAfter,
  succeeds,
  whenever,
} from 'podwright'
import { spec } from 'podwright/vitest'

spec('a container that fails its liveness probe is killed and restarted', s =>
  s
    // seeds 000 and 004
    .pod('web', pod => pod.container('app', runs(), { liveness: [fails().from('20s'), succeeds()] }))
    .expect(({ web }) => [
      inOrder(
        web.container('app').probe('liveness').failed(),
        web.container('app').signalled('SIGTERM'),
        web.container('app').exited(0),
      ),
      exactly(2, web.container('app').started()),
    ]),
)

spec('without a liveness probe a process that hangs runs on for ever', s =>
  s
    .describe(
      'Only an exit is seen; a process that does no good, and does not exit, is healthy as far as Kubernetes knows.',
    )
    // seed 000: "the container is still running while the process in it is long dead"; seed 004: "the default state is Success"
    .pod('web', pod => pod.container('app', runs(), { readiness: hangs().from('1m') }))
    .horizon('30m')
    .expect(({ web }) => [
      whenever(web.container('app').probe('readiness').hung()).then(not(web.ready())).within('21s'),
      never(web.container('app').exited()),
      web.phases('Pending', 'Running'),
    ]),
)

spec('by default a container is killed when its liveness probe fails for the third time, ten seconds apart', s =>
  s
    // periodSeconds 10, failureThreshold 3.
    .pod('web', pod => pod.container('app', runs(), { liveness: fails() }))
    .horizon('35s')
    .expect(({ web }) => [
      whenever(web.container('app').probe('liveness').failed())
        .then(web.container('app').signalled('SIGTERM'))
        .at('20s'),
    ]),
)

spec('failureThreshold and periodSeconds say how long a container may fail its liveness probe', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs(), {
        liveness: fails().from('1m'),
        livenessProbe: { periodSeconds: 3, failureThreshold: 5 },
      }),
    )
    .horizon('80s')
    .expect(({ web }) => [
      whenever(web.container('app').probe('liveness').failed())
        .then(web.container('app').signalled('SIGTERM'))
        .at('12s'),
    ]),
)

spec('a liveness probe that succeeds again before the threshold starts the count anew', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs(), { liveness: fails().between('15s', '35s').and(fails().between('45s', '65s')) }),
    )
    .expect(({ web }) => [
      exactly(2, web.container('app').probe('liveness').failed()),
      never(web.container('app').exited()),
    ]),
)

spec('an Unhealthy event tells of each failure of a probe, also below the threshold', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs(), { liveness: fails().between('15s', '35s') }))
    .expect(({ web }) => [
      exactly(2, web.container('app').event('Unhealthy')),
      whenever(web.container('app').probe('liveness').failed())
        .then(web.container('app').event('Unhealthy'))
        .immediately(),
    ]),
)

spec('a liveness probe that begins before the application is up restarts the container again and again', s =>
  s
    // seed 000: an application that takes 20 s to start, without initialDelaySeconds
    .pod('web', pod =>
      pod.container('app', runs(), {
        liveness: succeeds().from('20s'),
        livenessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 5 },
      }),
    )
    .horizon('5m')
    .expect(({ web }) => [
      never(web.container('app').probe('liveness').succeeded()),
      web.container('app').restartCount().atLeast(4),
      web.container('app').waiting('CrashLoopBackOff'),
    ]),
)

spec('initialDelaySeconds leaves an application that starts slowly the time that it needs', s =>
  s
    // seed 000: DELAY_STARTUP 20, initialDelaySeconds 30
    .pod('web', pod =>
      pod.container('app', runs(), {
        liveness: succeeds().from('20s'),
        livenessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 5, initialDelaySeconds: 30 },
      }),
    )
    .expect(({ web }) => [
      web.container('app').probe('liveness').answered().after('30s'),
      never(web.container('app').probe('liveness').failed()),
      never(web.container('app').exited()),
    ]),
)

spec('a container that fails its liveness probe has its grace period to stop', s =>
  s
    //
    .pod('web', pod =>
      pod.container('app', runs().onTerm(ignores()), { liveness: [fails().from('20s'), succeeds()] }).grace('12s'),
    )
    .expect(({ web }) => [
      whenever(web.container('app').signalled('SIGTERM')).then(web.container('app').killed()).at('12s'),
    ]),
)

spec('a liveness probe can have a grace period of its own', s =>
  s
    .pod('web', pod =>
      pod
        .container('app', runs().onTerm(ignores()), {
          liveness: [fails().from('20s'), succeeds()],
          livenessProbe: { terminationGracePeriodSeconds: 5 },
        })
        .grace('1m'),
    )
    .expect(({ web }) => [
      whenever(web.container('app').signalled('SIGTERM')).then(web.container('app').killed()).at('5s'),
    ]),
)

spec('a container that is being killed for its liveness probe is not asked any more', s =>
  s
    // the worker rests until the container is another one.
    .pod('job', pod =>
      pod
        .container('app', runs().onTerm(stopsAfter('25s')), { liveness: fails(), livenessProbe: { periodSeconds: 5 } })
        .restartPolicy('Never'),
    )
    .expect(({ job }) => [job.container('app').exited(0), exactly(3, job.container('app').event('Unhealthy'))]),
)

spec('a container that is being killed for its liveness probe is Ready all the while', s =>
  s
    .describe('The kubelet has no time for its status: the readiness of the pod is as it was before.')
    // R-141; recordings of v1.32, surprise 13.
    .pod('web', pod =>
      pod.container('app', runs().onTerm(stopsAfter('8s')), { liveness: [fails().from('20s'), succeeds()] }),
    )
    .expect(({ web }) => [
      web.container('app').exited(0),
      web.conditions({ Ready: ['False', 'True'] }),
      always(web.container('app').ready()).between(
        web.container('app').signalled('SIGTERM'),
        web.container('app').exited(0),
      ),
    ]),
)

spec.each([
  { policy: 'Never', starts: 1 },
  { policy: 'OnFailure', starts: 2 },
  { policy: 'Always', starts: 2 },
] as const)(
  ({ policy, starts }) =>
    `with restartPolicy ${policy} a container that fails its liveness probe is ${starts === 1 ? 'not ' : ''}restarted`,
  ({ policy, starts }) =>
    s =>
      s
        // seeds 000 and 004: "the container is subjected to its restart policy"
        .pod('job', pod =>
          pod
            .container('app', runs().onTerm(stopsAfter('1s', 143)), { liveness: [fails().from('20s'), succeeds()] })
            .restartPolicy(policy),
        )
        .expect(({ job }) => [job.container('app').exited(143), exactly(starts, job.container('app').started())]),
)

spec('a container that exits with 0 when it is killed for its liveness probe leaves its pod Succeeded', s =>
  s
    // what counts is the exit code, not the probe.
    .pod('job', pod => pod.container('app', runs(), { liveness: fails() }).restartPolicy('Never'))
    .expect(({ job }) => [job.container('app').exited(0), job.phases('Pending', 'Running', 'Succeeded')]),
)

spec(
  'with restartPolicy OnFailure a container killed for its liveness probe is restarted twice, then its pod has Succeeded',
  s =>
    s
      .describe(
        'A kill and the restart after it are one; only the third restart waits for its back-off, and then the exit code 0 is seen.',
      )
      // R-407; recordings of v1.32, surprise 6.
      .pod('job', pod =>
        pod
          .container('app', runs(), { liveness: fails(), livenessProbe: { periodSeconds: 2, failureThreshold: 1 } })
          .restartPolicy('OnFailure'),
      )
      .expect(({ job }) => [
        exactly(3, job.container('app').started()),
        exactly(3, job.container('app').exited(0)),
        job.phases('Pending', 'Running', 'Succeeded'),
      ]),
)

spec('the liveness probe does not wait for the readiness probe', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs(), { readiness: fails(), liveness: fails(), livenessProbe: { periodSeconds: 5 } }),
    )
    .horizon('18s')
    .expect(({ web }) => [never(web.container('app').ready()), web.container('app').signalled('SIGTERM')]),
)

spec('a container that has ended is not asked any more', s =>
  s
    //
    .pod('job', pod =>
      pod
        .container('app', exits(0).after('25s'), { liveness: succeeds() })
        .container('log', runs())
        .restartPolicy('Never'),
    )
    .horizon('2m')
    .expect(({ job }) => [
      job.container('app').probe('liveness').succeeded(),
      never(job.container('app').probe('liveness').answered()).after(job.container('app').exited(0)),
    ]),
)
