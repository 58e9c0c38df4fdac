/**
 * A kubelet with shutdownGracePeriod ends its pods before the machine goes off: those that are not critical first, then the critical
 * ones. By default there is no such period, and the machine just goes.
 */

import { ignores, inOrder, never, not, onTerm, runs, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const graceful = { grace: '30s', criticalPods: '10s' } as const
const critical = { priorityClassName: 'system-node-critical', nodeName: 'a' }
const onA = { nodeName: 'a' }
const two = [{ name: 'a' }, { name: 'b' }]

spec('a graceful shutdown of a node makes its pods Failed', s =>
  s
    .describe('They are not moved: who has no controller is not made again.')
    //
    .nodes(two)
    .pod('web', pod => pod.container('app', runs(), onTerm(stopsAfter('2s', 143))).spec(onA))
    .at('1m')
    .shutDown('a', { ...graceful, downFor: '2m' })
    .horizon('10m')
    .expect(({ web }) => [
      web.container('app').signalled('SIGTERM').at('1m'),
      web.phases('Pending', 'Running', 'Failed'),
      web.condition('DisruptionTarget', 'True', 'TerminationByKubelet').within('65s'),
      web.exists().afterQuiescence(),
    ]),
)

spec('critical pods are ended last', s =>
  s
    // the group of the others has shutdownGracePeriod − shutdownGracePeriodCriticalPods, here 20 s.
    .nodes(two)
    .pod('log', pod => pod.container('app', runs(), onTerm(stopsAfter('1s', 143))).spec(critical))
    .pod('web', pod => pod.container('app', runs(), onTerm(stopsAfter('8s', 143))).spec(onA))
    .at('1m')
    .shutDown('a', graceful)
    .horizon('10m')
    .expect(({ log, web }) => [
      inOrder(
        web.container('app').signalled('SIGTERM'),
        web.container('app').exited(143),
        log.container('app').signalled('SIGTERM'),
      ),
    ]),
)

spec('a node that shuts down waits no longer for a pod than its period allows, whatever the pod asks for', s =>
  s
    //
    .nodes(two)
    .pod('web', pod => pod.container('app', runs(), onTerm(ignores())).grace('5m').spec(onA))
    .at('1m')
    .shutDown('a', graceful)
    .horizon('10m')
    .expect(({ web }) => [web.container('app').killed('SIGKILL').at('80s')]),
)

spec('a pod that comes while its node shuts down is rejected', s =>
  s
    //
    .nodes(two)
    .pod('web', pod => pod.container('app', runs(), onTerm(stopsAfter('15s', 143))).spec(onA))
    .at('1m')
    .shutDown('a', graceful)
    .at('65s')
    .pod('late', pod => pod.container('app', runs()).spec(onA))
    .horizon('10m')
    .expect(({ late }) => [
      late.event('NodeShutdown').within('70s'),
      late.phases('Pending', 'Failed'),
      never(late.container('app').started()),
    ]),
)

spec('without a shutdown grace the pods of a machine that goes off get no signal, and are thought to run', s =>
  s
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(onA))
    .at('1m')
    .shutDown('a')
    .horizon('5m')
    .expect(({ web }) => [
      never(web.container('app').signalled('SIGTERM')),
      not(web.container('app').alive()).at('61s'),
      web.container('app').running().at('5m'),
      web.phases('Pending', 'Running'),
    ]),
)

spec('a pod whose containers all exit with 0 at a graceful shutdown has Succeeded', s =>
  s
    .describe('Kubernetes decided to keep it so: the exit codes say more than the reason for asking.')
    //
    .nodes(two)
    .pod('web', pod => pod.container('app', runs(), onTerm(stopsAfter('2s', 0))).spec(onA))
    .at('1m')
    .shutDown('a', graceful)
    .horizon('10m')
    .expect(({ web }) => [web.phases('Pending', 'Running', 'Succeeded')]),
)
