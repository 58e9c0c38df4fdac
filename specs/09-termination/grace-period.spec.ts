/**
 * A container that is told to stop gets SIGTERM, and SIGKILL when the grace period is over. The period begins when the deletion
 * is asked for, and the preStop hook is part of it.
 */

import { exactly, ignores, never, runs, stopsAfter, takes, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('the process gets SIGTERM when its pod is deleted', s =>
  s
    // seed 002: "the process in the pod is sent the TERM signal"
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [whenever(web.deleted()).then(web.container('app').signalled('SIGTERM')).immediately()]),
)

spec(
  'a process that does not stop is killed with SIGKILL when the grace period is over, by default after 30 seconds',
  s =>
    s
      // seed 002
      .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
      .at('1m')
      .delete('pod/web')
      .expect(({ web }) => [whenever(web.deleted()).then(web.container('app').killed()).at('30s')]),
)

spec('terminationGracePeriodSeconds says how long a pod has to stop', s =>
  s
    // seed 000
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())).grace('90s'))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [whenever(web.deleted()).then(web.container('app').killed()).at('90s')]),
)

spec('the grace period of the deletion wins over that of the pod', s =>
  s
    // kubectl delete --grace-period
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())).grace('90s'))
    .at('1m')
    .delete('pod/web', { grace: '10s' })
    .expect(({ web }) => [whenever(web.deleted()).then(web.container('app').killed()).at('10s')]),
)

spec('a process that stops by itself within the grace period is not killed, and is not waited for any longer', s =>
  s
    .describe('Some documents read as if every process were killed, and the pod stayed for the whole grace period.')
    // seed 002: "after the grace time all processes in the pod are killed by SIGKILL"
    .pod('web', pod => pod.container('app', runs().onTerm(stopsAfter('3s'))))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').exited(0).at('63s'),
      web.gone().at('63s', { tolerance: '1s' }),
      never(web.container('app').killed()),
    ]),
)

spec('all containers of a pod are told to stop at the same time, and each has the whole grace period', s =>
  s
    //
    .pod('web', pod =>
      pod.container('app', runs().onTerm(stopsAfter('25s'))).container('log', runs().onTerm(ignores())),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.eachContainer(each => each.signalled('SIGTERM').at('1m')),
      web.container('app').exited(0).at('85s'),
      web.container('log').killed().at('90s'),
    ]),
)

spec('a preStop hook that still runs when the grace period is over leaves the process two seconds more', s =>
  s
    // seed 002: "called again with the grace time extended by 2 seconds"
    .pod('web', pod => pod.container('app', runs().onTerm(ignores()), { preStop: takes('1m') }).grace('10s'))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      whenever(web.deleted()).then(web.container('app').signalled('SIGTERM')).at('10s'),
      whenever(web.deleted()).then(web.container('app').killed()).at('12s'),
    ]),
)

spec('a process that stops within these two seconds has stopped in order', s =>
  s
    .describe(
      'Some tutorials say that at the end of the grace period the container is killed, whether its preStop hook is done or not. It gets SIGTERM then.',
    )
    // seed 000: "at the end of terminationGracePeriodSeconds the container is killed, whether preStop has finished or not"
    .pod('web', pod => pod.container('app', runs().onTerm(stopsAfter('1500ms')), { preStop: takes('1m') }).grace('10s'))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      whenever(web.deleted()).then(web.container('app').exited(0)).at('11500ms'),
      never(web.container('app').killed()),
    ]),
)

spec('a preStop hook that leaves less than two seconds of the grace period is given two', s =>
  s
    // Recordings of v1.32, surprise 4.
    .pod('web', pod => pod.container('app', runs().onTerm(ignores()), { preStop: takes('4s') }).grace('5s'))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [whenever(web.deleted()).then(web.container('app').killed()).at('6s')]),
)

spec.each([
  { code: 0, reason: 'Completed', phase: 'Succeeded', how: 'that ends well on SIGTERM', term: stopsAfter('1s', 0) },
  { code: 143, reason: 'Error', phase: 'Failed', how: 'that SIGTERM ends, not handled,', term: stopsAfter('1s', 143) },
  { code: 137, reason: 'Error', phase: 'Failed', how: 'that is killed', term: ignores() },
] as const)(
  ({ code, how, phase }) => `a process ${how} has the exit code ${code}, and leaves its pod ${phase}`,
  ({ code, reason, phase, term }) =>
    s =>
      s
        //
        .pod('web', pod => pod.container('app', runs().onTerm(term)).grace('10s'))
        .at('1m')
        .delete('pod/web')
        .expect(({ web }) => [
          web.container('app').terminated({ reason, exitCode: code }),
          web.phases('Pending', 'Running', phase),
        ]),
)

spec('an eviction is a deletion with the grace period of the pod', s =>
  s
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())).grace('20s'))
    .at('1m')
    .evict('pod/web')
    .expect(({ web }) => [
      web.deleted().at('1m'),
      web.container('app').signalled('SIGTERM').at('1m'),
      web.container('app').killed().at('80s'),
    ]),
)

spec('a process that exits on SIGTERM is not restarted, whatever its exit code', s =>
  s
    //
    .pod('web', pod =>
      pod.container('app', runs().onTerm(stopsAfter('1s', 1))).container('log', runs().onTerm(stopsAfter('25s'))),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').exited(1).precedes(web.container('log').exited(0)),
      exactly(1, web.container('app').started()),
    ]),
)
