/**
 * A node whose kubelet is not heard of any more may be dead, or merely cut off: nobody can tell. Its pods are as they were, except that
 * they are no longer Ready, until the time is over that they tolerate such a node.
 */

import { eventually, never, node, not, type PodFields, request, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

const onA = { nodeName: 'a' }
const two = [{ name: 'a' }, { name: 'b' }]
const silent = node('a').goesSilent().at('1m')
const unreachable = (fields: object): PodFields => ({
  ...onA,
  tolerations: [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', ...fields }],
})

spec('the pods of a node are not Ready any more 50 seconds after its kubelet was heard of last', s =>
  s
    .describe('The kubelet renews its lease every 10 seconds, and the node controller looks every 5.')
    // N-2, N-3, N-5: at a tick in (t + 50 s, t + 60 s] of the last renewal t, which lies in the 10 s before the silence.
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(onA))
    .faults(silent)
    .horizon('3m')
    .expect(({ web }) => [
      web.ready().at('99s'),
      whenever(web.event('NodeNotReady')).then(web.condition('Ready', 'False')).immediately(),
      web.event('NodeNotReady').noSoonerThan('100s').within('2m'),
    ]),
)

spec('before Kubernetes 1.32 the pods of a silent node are not Ready any more after 40 seconds', s =>
  s
    // N-2
    .kubernetes('1.31')
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(onA))
    .faults(silent)
    .horizon('3m')
    .expect(({ web }) => [web.event('NodeNotReady').noSoonerThan('90s').within('110s')]),
)

spec('the phase of a pod whose node cannot be reached stays what it was', s =>
  s
    .describe(
      'Some tutorials say that it becomes Unknown. That phase is deprecated, and nobody sets it: what the API server shows is what the kubelet said last.',
    )
    // seeds 000, 003 and 004: "the phase is Unknown when the node cannot be reached"; N-5, TE-6
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(onA))
    .pod('next', pod => pod.init('migrate', runs()).container('app', runs()).spec(onA))
    .faults(silent)
    .horizon('1h')
    .expect(({ web, next }) => [
      web.phases('Pending', 'Running'),
      next.phases('Pending'),
      web.deleted().noSoonerThan('6m').within('8m'),
    ]),
)

spec('the containers of a node that is cut off run on', s =>
  s
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(onA))
    .faults(silent)
    .horizon('1h')
    .expect(({ web }) => [
      web.terminating().afterQuiescence(),
      web.container('app').alive().afterQuiescence(),
      never(web.container('app').signalled('SIGTERM')),
    ]),
)

spec('pods are deleted from a node that is silent after the five minutes that they tolerate by default', s =>
  s
    .describe(
      'A minute until the node is called unreachable, five seconds until its taint NoExecute, and five minutes.',
    )
    // seed 004: "If a Node dies, the Pods scheduled to that node are scheduled for deletion after a timeout period"; ADM-6, TE-5
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(onA))
    .faults(silent)
    .horizon('10m')
    .expect(({ web }) => [
      web.event('TaintManagerEviction').noSoonerThan('405s').within('430s'),
      whenever(web.event('TaintManagerEviction')).then(web.deleted()).within('1s'),
      web.condition('DisruptionTarget', 'True', 'DeletionByTaintManager').within('430s'),
    ]),
)

spec('tolerationSeconds says how long a pod stays on a node that is silent', s =>
  s
    // TE-2
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(unreachable({ tolerationSeconds: 20 })))
    .faults(silent)
    .horizon('10m')
    .expect(({ web }) => [web.deleted().noSoonerThan('125s').within('150s')]),
)

spec('a pod that tolerates an unreachable node without tolerationSeconds is never deleted for it', s =>
  s
    .describe('So are the pods of DaemonSets.')
    // TE-2, DS-2
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(unreachable({})))
    .faults(silent)
    .horizon('1h')
    .expect(({ web }) => [web.condition('Ready', 'False').afterQuiescence(), never(web.deleted())]),
)

spec('a pod that is deleted from a silent node stays Terminating until the node is heard of', s =>
  s
    .describe('Only the kubelet of that node can say that the containers have stopped.')
    // TE-5
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(onA))
    .faults(silent.for('20m'))
    .horizon('1h')
    .expect(({ web }) => [
      web.terminating().at('21m'),
      web.container('app').signalled('SIGTERM').noSoonerThan('21m'),
      web.gone().within('22m'),
    ]),
)

spec('a node that is back before the time is over keeps its pods', s =>
  s
    // TE-3
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(onA))
    .faults(silent.for('4m'))
    .horizon('20m')
    .expect(({ web }) => [
      web.conditions({ Ready: ['False', 'True', 'False', 'True'] }),
      web.container('app').restartCount(0).holds(),
      never(web.deleted()),
    ]),
)

spec('when all nodes are silent no pod is deleted: the controller believes itself cut off', s =>
  s
    // TA-4
    .nodes(two)
    .pod('web', pod => pod.container('app', runs()).spec(onA))
    .faults(silent, node('b').goesSilent().at('1m'))
    .horizon('1h')
    .expect(({ web }) => [web.condition('Ready', 'False').afterQuiescence(), never(web.deleted())]),
)

spec('a silent node gets no new pods once it is called unreachable', s =>
  s
    .describe('Until then it does, and they wait there.')
    // TA-1
    .nodes([{ name: 'a' }, { name: 'b', cpu: '1' }])
    .faults(silent)
    .at('90s')
    .pod('early', pod => pod.container('app', runs()))
    .at('3m')
    .pod('late', pod => pod.container('app', runs()))
    .horizon('5m')
    .expect(({ early, late }) => [
      early.scheduledOn('a').at('90s'),
      early.phase('Pending').at('5m'),
      late.scheduledOn('b').at('3m'),
      late.phases('Pending', 'Running'),
    ]),
)

spec('requests to the pods of a silent node time out until it is called unreachable', s =>
  s
    .describe('Until then nobody has taken them out of their Services.')
    .nodes(two)
    .apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    })
    .pod('far', pod => pod.labels({ app: 'web' }).container('app', runs()).spec(onA))
    .pod('near', pod => pod.labels({ app: 'web' }).container('app', runs()).spec({ nodeName: 'b' }))
    .traffic('service/web', '10/s', { client: { timeout: '1s' } })
    .faults(silent)
    .horizon('3m')
    .expect(({ far }) => [
      eventually(request('web').dropped('timed out').when(far.endpoint('web').ready())),
      request('web').dropped('timed out').at('99s', { tolerance: '200ms' }),
      not(far.endpoint('web').ready()).becomes().within('2m'),
    ]),
)
