/**
 * The postStart hook of a container runs right after its process has started, beside it and in no order with it. The kubelet
 * waits for the hook before it does anything else for the pod, and kills the container if the hook fails.
 */

import {
  always,
  crashes,
  exactly,
  fails,
  failsToStart,
  inOrder,
  never,
  no,
  not,
  runs,
  stopsAfter,
  takes,
  whenever,
} from 'podwright'
import { spec } from 'podwright/vitest'

spec('the postStart hook runs right after the process has started, and beside it', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs(), { postStart: takes('10s') }))
    .expect(({ web }) => [
      whenever(web.container('app').started()).then(web.container('app').hook('postStart').started()).immediately(),
      always(web.container('app').alive()).between(
        web.container('app').hook('postStart').started(),
        web.container('app').hook('postStart').ended(),
      ),
    ]),
)

spec('a postStart hook that takes long holds back the containers that come after', s =>
  s
    // seed 000: "careful: if a post-start hook blocks, the next containers may not be created"
    .pod('web', pod => pod.container('app', runs(), { postStart: takes('10s') }).container('log', runs()))
    .expect(({ web }) => [
      no(web.container('log').started()).before(web.container('app').hook('postStart').ended()),
      whenever(web.container('app').hook('postStart').ended()).then(web.container('log').started()).within('1s'),
    ]),
)

spec('the postStart hook of a container runs again at each of its starts', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('10s'), runs(), { postStart: takes('1s') }))
    .expect(({ web }) => [
      exactly(2, web.container('app').started()),
      exactly(2, web.container('app').hook('postStart').ended()),
    ]),
)

spec('a process that cannot be started has no postStart hook', s =>
  s
    .pod('web', pod => pod.container('app', failsToStart(), { postStart: takes('1s') }).restartPolicy('Never'))
    .expect(({ web }) => [
      web.container('app').terminated('StartError'),
      never(web.container('app').hook('postStart').started()),
    ]),
)

spec('a container whose postStart hook fails is killed, and restarted by its restart policy', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs(), { postStart: fails(1) }))
    .horizon('1m')
    .expect(({ web }) => [
      whenever(web.container('app').hook('postStart').failed())
        .then(web.container('app').signalled('SIGTERM'))
        .immediately(),
      web.container('app').waiting('PostStartHookError'),
      web.container('app').waiting('CrashLoopBackOff'),
      never(web.container('app').ready()),
    ]),
)

spec('a container that is killed for its postStart hook has the whole grace period, and its preStop hook', s =>
  s
    .pod('web', pod =>
      pod
        .container('app', runs().onTerm(stopsAfter('5s')), { postStart: fails(1), preStop: takes('3s') })
        .restartPolicy('Never'),
    )
    .expect(({ web }) => [
      inOrder(
        web.container('app').hook('postStart').failed(),
        web.container('app').hook('preStop').started(),
        web.container('app').signalled('SIGTERM'),
        web.container('app').exited(0),
      ),
      never(web.container('app').killed()),
    ]),
)

spec('a failed postStart hook does not make its pod Failed: what the process exits with counts', s =>
  s
    // Recordings of v1.32, surprise 7.
    .pod('job', pod => pod.container('app', runs(), { postStart: fails(1) }).restartPolicy('Never'))
    .expect(({ job }) => [
      job.event('FailedPostStartHook'),
      job.container('app').exited(0),
      job.phases('Pending', 'Succeeded'),
    ]),
)

spec('a container whose postStart hook fails does not keep the next one from starting', s =>
  s
    // only as long as the hook runs, and the container is being killed.
    .pod('web', pod =>
      pod.container('app', runs().onTerm(stopsAfter('5s')), { postStart: fails(1) }).container('log', runs()),
    )
    .horizon('20s')
    .expect(({ web }) => [web.container('app').exited(0).precedes(web.container('log').started())]),
)

spec('an httpGet postStart hook that is answered with an error has succeeded', s =>
  s
    .describe('Any answer will do, be it 500; only one that does not come is a failure.')
    // R-508; recordings of v1.32, surprise 1.
    .pod('web', pod =>
      pod.container('app', runs(), {
        postStart: fails(1),
        lifecycle: { postStart: { httpGet: { path: '/warm-up', port: 80 } } },
      }),
    )
    .expect(({ web }) => [
      web.container('app').hook('postStart').ended(),
      never(web.container('app').hook('postStart').failed()),
      web.container('app').ready(),
    ]),
)

spec('an httpGet postStart hook that nobody answers fails', s =>
  s
    .pod('web', pod =>
      pod.container('app', crashes().after('50ms'), runs(), {
        postStart: takes('100ms'),
        lifecycle: { postStart: { httpGet: { path: '/warm-up', port: 80 } } },
      }),
    )
    .expect(({ web }) => [
      web.container('app').hook('postStart').failed().at('550ms'),
      web.container('app').waiting('PostStartHookError'),
    ]),
)

spec('a tcpSocket hook is accepted, and always fails', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs(), { lifecycle: { postStart: { tcpSocket: { port: 80 } } } }))
    .horizon('1m')
    .expect(({ web }) => [
      whenever(web.container('app').started()).then(web.container('app').hook('postStart').failed()).immediately(),
    ]),
)

spec('a postStart hook ends with its process, and has failed', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('5s'), runs(), { postStart: takes('20s') }))
    .expect(({ web }) => [
      whenever(web.container('app').exited(1)).then(web.container('app').hook('postStart').failed()).immediately(),
      web.event('FailedPostStartHook'),
    ]),
)

spec('no probe is asked while the postStart hook runs', s =>
  s
    // the container's status does not yet say that it runs. Recordings of v1.32, surprise 13.
    .pod('web', pod =>
      pod.container('app', runs(), {
        postStart: takes('1m'),
        liveness: fails(),
        livenessProbe: { periodSeconds: 5, failureThreshold: 1 },
      }),
    )
    .horizon('90s')
    .expect(({ web }) => [
      no(web.container('app').probe('liveness').answered()).before(web.container('app').hook('postStart').ended()),
      web.container('app').probe('liveness').failed().after('1m'),
    ]),
)

spec('a pod that is deleted while a postStart hook runs waits for the hook', s =>
  s
    .describe(
      'And starts the containers that come after, just to stop them: deletion begins when the pod has been set up.',
    )
    // R-705; recordings of v1.32, surprise 5.
    .pod('web', pod =>
      pod
        .container('app', runs(), { postStart: takes('1m') })
        .container('log', runs())
        .grace('5s'),
    )
    .at('10s')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').hook('postStart').ended().precedes(web.container('app').signalled('SIGTERM')),
      web.container('log').started().precedes(web.container('log').signalled('SIGTERM')),
      not(web.exists()).afterQuiescence(),
    ]),
)
