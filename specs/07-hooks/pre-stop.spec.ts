/**
 * The preStop hook of a container runs before its process is told to stop, whenever it is Kubernetes that stops it. The time
 * that it takes is part of the grace period.
 */

import { crashes, exits, fails, ignores, isOOMKilled, never, runs, succeeds, takes, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('the preStop hook has ended before the process gets SIGTERM', s =>
  s
    // R-503; seed 000's "when the container is shut down".
    .pod('web', pod => pod.container('app', runs(), { preStop: takes('4s') }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      whenever(web.deleted()).then(web.container('app').hook('preStop').started()).immediately(),
      whenever(web.container('app').hook('preStop').ended())
        .then(web.container('app').signalled('SIGTERM'))
        .immediately(),
      web.container('app').signalled('SIGTERM').at('64s'),
    ]),
)

spec('the process goes on with its work while the preStop hook runs', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { preStop: takes('20s') }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web
        .container('app')
        .alive()
        .and(web.container('app').ready())
        .until(web.container('app').signalled('SIGTERM'))
        .after(web.deleted()),
    ]),
)

spec('the time that the preStop hook takes is taken from the grace period', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs().onTerm(ignores()), { preStop: takes('4s') }).grace('10s'))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      whenever(web.container('app').signalled('SIGTERM')).then(web.container('app').killed()).at('6s'),
      whenever(web.deleted()).then(web.container('app').killed()).at('10s'),
    ]),
)

spec('a preStop hook that fails does not stop the termination', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { preStop: fails(1) }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.event('FailedPreStopHook'),
      whenever(web.container('app').hook('preStop').failed())
        .then(web.container('app').signalled('SIGTERM'))
        .immediately(),
      web.container('app').exited(0),
    ]),
)

spec('a preStop hook that sleeps needs no program in the image', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs(), { lifecycle: { preStop: { sleep: { seconds: 5 } } } }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [whenever(web.deleted()).then(web.container('app').signalled('SIGTERM')).at('5s')]),
)

spec.each([
  { how: 'completes', process: exits(0) },
  { how: 'crashes', process: crashes() },
  { how: 'is killed for its memory', process: isOOMKilled() },
])(
  ({ how }) => `the preStop hook does not run when the process ${how} by itself`,
  ({ process }) =>
    s =>
      s
        .describe('Some tutorials say that it runs when the container shuts down. It runs when Kubernetes stops it.')
        // seed 000: "trigger an action when the container starts or shuts down"; R-506
        .pod('web', pod => pod.container('app', process.after('10s'), runs(), { preStop: takes('4s') }))
        .expect(({ web }) => [web.container('app').exited(), never(web.container('app').hook('preStop').started())]),
)

spec('the preStop hook runs before a container is restarted for its liveness probe', s =>
  s
    //
    .pod('web', pod =>
      pod.container('app', runs(), { preStop: takes('4s'), liveness: [fails().from('20s'), succeeds()] }),
    )
    .expect(({ web }) => [
      web.container('app').probe('liveness').failed().precedes(web.container('app').hook('preStop').started()),
      whenever(web.container('app').hook('preStop').started()).then(web.container('app').signalled('SIGTERM')).at('4s'),
    ]),
)

spec('the preStop hook runs before a container is restarted for a new image', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { preStop: takes('4s') }))
    .at('1m')
    .setImage('pod/web', 'app', 'app:2')
    .expect(({ web }) => [
      web.container('app').hook('preStop').started().at('1m'),
      web.container('app').signalled('SIGTERM').at('64s'),
    ]),
)

spec('the preStop hook runs when a pod is evicted', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { preStop: takes('4s') }))
    .at('1m')
    .evict('pod/web')
    .expect(({ web }) => [
      whenever(web.evicted()).then(web.container('app').hook('preStop').started()).immediately(),
      web.container('app').signalled('SIGTERM').at('64s'),
    ]),
)

spec('a preStop command ends with its process, and nothing is waited for any longer', s =>
  s
    .pod('web', pod => pod.container('app', exits(0).after('65s'), { preStop: takes('20s') }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      whenever(web.container('app').exited(0)).then(web.container('app').hook('preStop').failed()).immediately(),
      whenever(web.container('app').exited(0)).then(web.gone()).within('1s'),
      never(web.container('app').signalled('SIGTERM')),
    ]),
)

spec('a preStop hook that sleeps does not end with its process: the pod waits for it', s =>
  s
    // it is the kubelet that sleeps.
    .pod('web', pod =>
      pod.container('app', exits(0).after('65s'), { lifecycle: { preStop: { sleep: { seconds: 20 } } } }),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').exited(0).within('66s'),
      web.container('app').hook('preStop').ended().at('80s'),
      web.gone().at('80s', { tolerance: '1s' }),
    ]),
)

spec('each container has a preStop hook of its own, and they run side by side', s =>
  s
    //
    .pod('web', pod =>
      pod.container('app', runs(), { preStop: takes('4s') }).container('log', runs(), { preStop: takes('8s') }),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').hook('preStop').started().at('60s'),
      web.container('log').hook('preStop').started().at('60s'),
      web.container('app').signalled('SIGTERM').at('64s'),
      web.container('log').signalled('SIGTERM').at('68s'),
    ]),
)
