/**
 * A container that keeps exiting is restarted ever more slowly: at once, then after 10 s, 20 s, 40 s and so on, and at last every
 * five minutes. While it waits it is shown with CrashLoopBackOff.
 */

import { crashes, exactly, exits, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

const crashing = (times: number) => Array.from({ length: times }, () => crashes().after('2s'))

spec('the first restart comes at once', s =>
  s
    // it makes the entry of 10 s that the next one has to wait for.
    .pod('web', pod => pod.container('app', crashes().after('2s'), runs()))
    .expect(({ web }) => [
      whenever(web.container('app').exited(1)).then(web.container('app').started()).within('1s'),
      web.container('app').states('waiting ContainerCreating', 'running', 'terminated Error', 'running'),
    ]),
)

spec.each([
  { restarts: 1, wait: 10 },
  { restarts: 2, wait: 20 },
  { restarts: 3, wait: 40 },
  { restarts: 4, wait: 80 },
  { restarts: 5, wait: 160 },
])(
  ({ restarts, wait }) =>
    `after ${restarts} ${restarts === 1 ? 'restart' : 'restarts'} the next one waits ${wait} seconds`,
  ({ restarts, wait }) =>
    s =>
      s
        .describe('The kubelet comes back to the container every 10 to 15 seconds: the wait is rounded up by as much.')
        // seed 003: "10 s, 20 s, 40 s, …"; R-404
        .pod('web', pod => pod.container('app', ...crashing(restarts + 1), runs()))
        .expect(({ web }) => [
          whenever(web.container('app').exited(1).when(web.container('app').restartCount(restarts)))
            .then(web.container('app').started())
            .noSoonerThan(wait * 1000)
            .within((wait + 16) * 1000),
        ]),
)

spec('no restart waits longer than five minutes', s =>
  s
    // seed 003: "an exponential back-off that is limited to five minutes"
    .pod('web', pod => pod.container('app', ...crashing(10), runs()))
    .horizon('1h')
    .expect(({ web }) => [
      exactly(11, web.container('app').started()),
      whenever(web.container('app').exited(1).when(web.container('app').restartCount().atLeast(6)))
        .then(web.container('app').started())
        .noSoonerThan('5m')
        .within('5m16s'),
    ]),
)

spec(
  'CrashLoopBackOff is shown ten seconds or more after the exit, when the kubelet has come back to the container',
  s =>
    s
      .describe('Until then the status says Terminated, which kubectl prints as Error.')
      // the refusal is noted at once, and written with the next status.
      .pod('web', pod => pod.container('app', ...crashing(3), runs()))
      .expect(({ web }) => [
        whenever(web.container('app').exited(1).when(web.container('app').restartCount().atLeast(1)))
          .then(web.container('app').waiting('CrashLoopBackOff'))
          .noSoonerThan('10s')
          .within('17s'),
      ]),
)

spec('a container that exits with 0 again and again is in back-off like one that crashes', s =>
  s
    //
    .pod('web', pod => pod.container('app', exits(0).after('2s'), exits(0).after('2s'), runs()))
    .expect(({ web }) => [
      web
        .container('app')
        .states(
          'waiting ContainerCreating',
          'running',
          'terminated Completed',
          'running',
          'terminated Completed',
          'waiting CrashLoopBackOff',
          'running',
        ),
    ]),
)

spec('a container that has run for ten minutes without a problem is restarted at once again', s =>
  s
    // seed 003: "executed for 10 minutes without any problems, the kubelet resets the restart backoff timer"; R-405
    .pod('web', pod => pod.container('app', ...crashing(2), crashes().after('11m'), crashes().after('2s'), runs()))
    .horizon('20m')
    .expect(({ web }) => [
      whenever(web.container('app').exited(1).when(web.container('app').restartCount(2)))
        .then(web.container('app').started())
        .within('2s'),
      whenever(web.container('app').exited(1).when(web.container('app').restartCount(3)))
        .then(web.container('app').started())
        .noSoonerThan('10s')
        .within('26s'),
    ]),
)

spec('a container that has run for nine minutes is still in its back-off', s =>
  s
    .pod('web', pod => pod.container('app', ...crashing(2), crashes().after('9m'), runs()))
    .horizon('20m')
    .expect(({ web }) => [
      whenever(web.container('app').exited(1).when(web.container('app').restartCount(2)))
        .then(web.container('app').started())
        .noSoonerThan('20s')
        .within('36s'),
    ]),
)

spec('a new image ends the back-off of its container', s =>
  s
    // the back-off is kept under the container's name and image.
    .pod('web', pod => pod.container('app', ...crashing(3), runs()))
    .at('25s')
    .setImage('pod/web', 'app', 'app:2')
    .expect(({ web }) => [
      // The fourth start would have to wait for 20 s from the exit at 21.3 s on.
      web.pulled('app:2').noSoonerThan('25s').within('27s'),
      whenever(web.pulled('app:2')).then(web.container('app').started()).immediately(),
      web.container('app').restartCount(3).afterQuiescence(),
    ]),
)

spec('a restart of the kubelet forgets the back-off of its containers', s =>
  s
    .describe('The back-off is kept in memory only.')
    .pod('web', pod => pod.container('app', ...crashing(4), runs()))
    // Without it, the fourth restart would wait for 40 s.
    .when(({ web }) => web.container('app').exited(1).when(web.container('app').restartCount(3)))
    .after('5s')
    .restartKubelet('node-1')
    .expect(({ web }) => [
      whenever(web.container('app').exited(1).when(web.container('app').restartCount(3)))
        .then(web.container('app').started())
        .within('8s'),
      web.container('app').running().afterQuiescence(),
    ]),
)
