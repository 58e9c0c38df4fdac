/**
 * A readiness gate names a condition of the pod that somebody else writes, a load balancer for instance. The pod is Ready only when
 * its containers are ready and every such condition is True.
 */

import { fails, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const GATE = 'example.com/load-balancer'
const gated = { readinessGates: [{ conditionType: GATE }] }
const gate = (status: 'True' | 'False') => ({ status: { conditions: [{ type: GATE, status }] } })

spec('a pod is no longer Ready when the condition of its readiness gate becomes False', s =>
  s
    .describe('Its containers stay ready and run on: nothing is restarted.')
    .pod('web', pod => pod.container('app', runs()).spec(gated))
    .at('1m')
    .patch('pod/web', gate('True'), { subresource: 'status' })
    .at('2m')
    .patch('pod/web', gate('False'), { subresource: 'status' })
    .expect(({ web }) => [
      web.conditions({ ContainersReady: ['False', 'True'], Ready: ['False', 'True', 'False'] }),
      web.container('app').restartCount(0).afterQuiescence(),
    ]),
)

spec('a gate that is open does not make up for a container that is not ready', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { readiness: fails() }).spec(gated))
    .at('1m')
    .patch('pod/web', gate('True'), { subresource: 'status' })
    .expect(({ web }) => [
      web.condition(GATE).becomes().at('1m'),
      web.conditions({ ContainersReady: ['False'], Ready: ['False'] }),
    ]),
)

spec('every readiness gate has to be True', s =>
  s
    //
    .pod('web', pod =>
      pod
        .container('app', runs())
        .spec({ readinessGates: [{ conditionType: GATE }, { conditionType: 'example.com/dns' }] }),
    )
    .at('1m')
    .patch('pod/web', gate('True'), { subresource: 'status' })
    .expect(({ web }) => [
      web.condition(GATE).becomes().at('1m'),
      web.condition('Ready', 'False', 'ReadinessGatesNotReady').afterQuiescence(),
      web.conditions({ Ready: ['False'] }),
    ]),
)

spec('a gated pod is Running: gates are about traffic, not about the phase', s =>
  s.pod('web', pod => pod.container('app', runs()).spec(gated)).expect(({ web }) => [web.phases('Pending', 'Running')]),
)
