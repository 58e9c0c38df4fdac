/**
 * The restart of a kubelet is not that of its node: containers run on without it. After a reboot they are gone, and the kubelet starts
 * them again in pods that stay the same objects.
 */

import { exactly, exits, never, readyAfter, runs } from 'podwright'
import { spec } from 'podwright/vitest'

spec('the containers of a node run on while its kubelet is restarted', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .restartKubelet('node-1')
    .horizon('5m')
    .expect(({ web }) => [
      exactly(1, web.container('app').started()),
      web.container('app').restartCount(0).holds(),
      web.container('app').alive().afterQuiescence(),
    ]),
)

spec('before Kubernetes 1.35 a restart of the kubelet makes pods with a readiness probe not Ready for a moment', s =>
  s
    .describe('The probe begins anew, and counts as failed until it has answered.')
    //
    .pod('web', pod => pod.container('app', runs(), readyAfter('5s')))
    .at('1m')
    .restartKubelet('node-1')
    .horizon('5m')
    .expect(({ web }) => [web.conditions({ Ready: ['False', 'True', 'False', 'True'] })]),
)

spec('from Kubernetes 1.35 on a restart of the kubelet leaves pods Ready', s =>
  s
    //
    .kubernetes('1.35')
    .pod('web', pod => pod.container('app', runs(), readyAfter('5s')))
    .at('1m')
    .restartKubelet('node-1')
    .horizon('5m')
    .expect(({ web }) => [web.conditions({ Ready: ['False', 'True'] })]),
)

spec('after a reboot the containers of a pod are started again, and counted as restarts', s =>
  s
    .describe('The pod is the same object on the same node.')
    //
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .reboot('node-1', { downFor: '30s' })
    .horizon('5m')
    .expect(({ web }) => [
      exactly(1, web.created()),
      exactly(2, web.container('app').started()),
      web.container('app').restartCount(1).afterQuiescence(),
      web.ready().afterQuiescence(),
    ]),
)

spec('after a reboot the init containers of a pod run again', s =>
  s
    //
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()))
    .at('1m')
    .reboot('node-1')
    .horizon('5m')
    .expect(({ web }) => [
      exactly(2, web.init('migrate').exited(0)),
      exactly(2, web.container('app').started()),
      never(web.container('app').started()).between(web.init('migrate').started(), web.init('migrate').exited(0)),
    ]),
)

spec('a reboot makes a pod with restartPolicy Never Failed', s =>
  s
    .pod('web', pod => pod.container('app', runs()).restartPolicy('Never'))
    .at('1m')
    .reboot('node-1')
    .horizon('5m')
    .expect(({ web }) => [web.phases('Pending', 'Running', 'Failed'), exactly(1, web.container('app').started())]),
)

spec('a reboot that is over before the node is called unreachable makes no pod move', s =>
  s
    // N-2, N-3
    .nodes(2)
    .pod('web', pod => pod.container('app', runs()).spec({ nodeName: 'node-1' }))
    .at('1m')
    .reboot('node-1', { downFor: '20s' })
    .horizon('20m')
    .expect(({ web }) => [
      never(web.event('NodeNotReady')),
      never(web.deleted()),
      web.ready().afterQuiescence(),
      web.container('app').restartCount(1).afterQuiescence(),
    ]),
)
