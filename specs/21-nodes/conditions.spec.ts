/**
 * A node says of itself whether it is ready, and the node controller says it where the node is not heard of. Each condition that is bad
 * becomes a taint: NoSchedule at once, NoExecute at the next look.
 */

import { node, not, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

const two = [{ name: 'a' }, { name: 'b' }]
const a = node('a')

spec('a node whose kubelet is silent has the condition Ready Unknown, not False', s =>
  s
    // N-3
    .nodes(two)
    .faults(node('a').goesSilent().at('1m'))
    .horizon('5m')
    .expect(() => [
      a.condition('Ready', 'Unknown', 'NodeStatusUnknown').becomes().noSoonerThan('100s').within('2m'),
      a.conditions({ Ready: ['True', 'Unknown'] }),
    ]),
)

spec('a node that is Unknown is tainted unreachable: NoSchedule at once, NoExecute five seconds later', s =>
  s
    // TA-1, TA-2
    .nodes(two)
    .faults(node('a').goesSilent().at('1m'))
    .horizon('5m')
    .expect(() => [
      whenever(a.condition('Ready', 'Unknown').becomes())
        .then(a.tainted('node.kubernetes.io/unreachable=:NoSchedule'))
        .within('1s'),
      whenever(a.condition('Ready', 'Unknown').becomes())
        .then(a.tainted('node.kubernetes.io/unreachable=:NoExecute').becomes())
        .noSoonerThan('4s')
        .within('6s'),
    ]),
)

spec('a node that is heard of again loses the taints of its silence', s =>
  s
    // N-6, TA-2
    .nodes(two)
    .faults(node('a').goesSilent().at('1m').for('4m'))
    .horizon('10m')
    .expect(() => [
      a.tainted('node.kubernetes.io/unreachable').at('299s'),
      a.ready().becomes().noSoonerThan('5m').within('302s'),
      not(a.tainted()).at('320s'),
    ]),
)

spec('a node that shuts down gracefully says Ready False by itself', s =>
  s
    .describe('And is tainted not-ready for it.')
    // R-752, TA-1
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec({ nodeName: 'a' }))
    .at('1m')
    .shutDown('a', { grace: '30s', criticalPods: '10s' })
    .horizon('90s')
    .expect(() => [
      a.condition('Ready', 'False', { message: 'node is shutting down' }).within('61s'),
      a.tainted('node.kubernetes.io/not-ready').within('70s'),
    ]),
)

spec('a cordoned node is unschedulable and tainted so, and as ready as before', s =>
  s
    // ND-2, TA-1
    .nodes(two)
    .at('1m')
    .cordon('a')
    .expect(() => [
      a.unschedulable().at('1m'),
      a.tainted('node.kubernetes.io/unschedulable=:NoSchedule').within('61s'),
      a.conditions({ Ready: ['True'] }),
    ]),
)

spec('a node that is short of memory is tainted for it', s =>
  s
    // TA-1
    .nodes([{ name: 'a', memory: '1Gi' }])
    .at('1m')
    .exhaust('a', 'memory')
    .horizon('5m')
    .expect(() => [
      a.condition('MemoryPressure').within('75s'),
      a.tainted('node.kubernetes.io/memory-pressure=:NoSchedule').within('76s'),
    ]),
)
