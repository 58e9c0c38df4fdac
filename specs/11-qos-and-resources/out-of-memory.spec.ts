/**
 * A container that uses more memory than its limit is killed by the kernel. Kubernetes sees a process that ended with exit code 137,
 * calls it OOMKilled, and goes on by the restart policy: the other containers, and the pod, are not touched.
 */

import { exactly, exits, isOOMKilled, never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const limited = { resources: { limits: { memory: '64Mi' } } }

spec('137 alone does not tell a kill for memory from another one: the reason does', s =>
  s
    .pod('web', pod =>
      pod.container('app', isOOMKilled().after('5s')).container('log', exits(137).after('5s')).restartPolicy('Never'),
    )
    .expect(({ web }) => [
      web.container('app').terminated({ reason: 'OOMKilled', exitCode: 137 }).afterQuiescence(),
      web.container('log').terminated({ reason: 'Error', exitCode: 137 }).afterQuiescence(),
    ]),
)

spec('a container that was killed for its memory is restarted like any other', s =>
  s
    .describe('The kernel kills the container, not the pod: it is restarted in place, and the pod is not evicted.')
    .pod('web', pod => pod.container('app', isOOMKilled().after('20s'), runs(), limited))
    .expect(({ web }) => [
      exactly(2, web.container('app').started()),
      web.container('app').restartCount(1).afterQuiescence(),
      web.phases('Pending', 'Running'),
      never(web.evicted()),
    ]),
)

spec('a container that is killed for its memory gets no SIGTERM, and no preStop hook runs', s =>
  s
    .pod('web', pod =>
      pod
        .container('app', isOOMKilled().after('20s'), {
          ...limited,
          lifecycle: { preStop: { exec: { command: ['drain'] } } },
        })
        .restartPolicy('Never'),
    )
    .expect(({ web }) => [
      web.container('app').exited(137),
      never(web.container('app').signalled('SIGTERM')),
      never(web.container('app').hook('preStop').started()),
    ]),
)

spec('the other containers of the pod do not notice', s =>
  s
    .pod('web', pod => pod.container('app', isOOMKilled().after('20s'), runs(), limited).container('log', runs()))
    .expect(({ web }) => [
      exactly(1, web.container('log').started()),
      never(web.container('log').exited()),
      exactly(2, web.container('app').started()),
    ]),
)
