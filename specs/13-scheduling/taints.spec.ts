/**
 * A taint keeps pods off its node unless they tolerate it. Its effect says how: NoSchedule and NoExecute keep new pods away,
 * PreferNoSchedule only makes the node the worse choice. A toleration names a key, a value and an effect, or leaves them open.
 */

import { never, type PodFields, runs } from 'podwright'
import { spec } from 'podwright/vitest'

type Toleration = NonNullable<PodFields['tolerations']>[number]

const team = { key: 'team', value: 'data' }
const half = { resources: { requests: { cpu: '32' } } }
const dislike = (key: string) => ({ key, effect: 'PreferNoSchedule' as const })

/** The pod that a spec is about, where it has to come later than others. */
const web = (fields: PodFields = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'app', image: 'app:1' }], ...fields },
})

spec('PreferNoSchedule: a pod that does not tolerate it goes to another node, although that is fuller', s =>
  s
    // seed 003: PreferNoSchedule; T-2, S-2
    .nodes([{ name: 'a', taints: [dislike('old')] }, { name: 'b' }])
    .pod('db', pod => pod.container('db', runs(), half).spec({ nodeName: 'b' }))
    .at('10s')
    .apply(web())
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('PreferNoSchedule: a pod goes to the tainted node where there is no other', s =>
  s
    // seed 003: "a pod has to state a toleration to be placed on a node with a taint": not with this effect; T-2
    .nodes([{ name: 'a', taints: [dislike('old')] }])
    .pod('web', pod => pod.container('app', runs()))
    .expect(({ web }) => [web.scheduledOn('a').immediately(), web.phases('Pending', 'Running')]),
)

spec('PreferNoSchedule: the node with fewer taints that are not tolerated is the better one', s =>
  s
    // S-2
    .nodes([
      { name: 'a', taints: [dislike('old'), dislike('slow')] },
      { name: 'b', taints: [dislike('old')] },
    ])
    .pod('web', pod => pod.container('app', runs()))
    .expect(({ web }) => [web.scheduledOn('b').immediately()]),
)

spec('PreferNoSchedule: to a pod that tolerates the taint the node is like any other', s =>
  s
    // S-2: the emptier node wins
    .nodes([{ name: 'a' }, { name: 'b', taints: [dislike('old')] }])
    .pod('db', pod => pod.container('db', runs(), half).spec({ nodeName: 'a' }))
    .at('10s')
    .apply(web({ tolerations: [{ key: 'old', operator: 'Exists', effect: 'PreferNoSchedule' }] }))
    .expect(({ pod }) => [pod('web').scheduledOn('b').becomes().at('10s')]),
)

spec('NoExecute keeps new pods away, too', s =>
  s
    // seed 003: NoExecute; T-2
    .nodes([{ name: 'a', taints: [{ ...team, effect: 'NoExecute' }] }, { name: 'b' }])
    .pod('web', pod => pod.container('app', runs()))
    .expect(({ web }) => [web.scheduledOn('b').immediately()]),
)

// seed 003: key, operator, value and effect of a toleration; T-1.
spec.each<readonly [what: string, toleration: Toleration, isTolerated: boolean]>([
  ['for the effect NoSchedule does not tolerate NoExecute', { ...team, effect: 'NoSchedule' }, false],
  ['without an effect tolerates every effect', team, true],
  ['without an operator compares the value', { key: 'team', value: 'web' }, false],
  ['with Exists tolerates every value', { key: 'team', operator: 'Exists' }, true],
  ['with Exists and without a key tolerates every taint', { operator: 'Exists' }, true],
  ['for another key tolerates nothing here', { key: 'gpu', operator: 'Exists' }, false],
])(
  ([what]) => `a toleration ${what}`,
  ([, toleration, isTolerated]) =>
    s =>
      s
        .nodes([{ name: 'a', taints: [{ ...team, effect: 'NoExecute' }] }])
        .pod('web', pod => pod.container('app', runs()).spec({ tolerations: [toleration] }))
        .expect(({ web }) => [
          isTolerated
            ? web.scheduledOn('a').immediately()
            : web.condition('PodScheduled', 'False', 'Unschedulable').immediately(),
          isTolerated ? web.phases('Pending', 'Running') : web.phases('Pending'),
        ]),
)

spec('cordoning is like a taint: a pod that tolerates node.kubernetes.io/unschedulable goes to a cordoned node', s =>
  s
    .describe('The pods of a DaemonSet do that.')
    // F-1
    .at('5s')
    .cordon('node-1')
    .at('10s')
    .apply(
      web({ tolerations: [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' }] }),
    )
    .expect(({ pod }) => [pod('web').scheduledOn('node-1').becomes().at('10s')]),
)

spec('tolerations may be added to a pod that waits, and it is scheduled then', s =>
  s
    .describe('Tolerations are among the few things that may be changed about a pod, and only by adding.')
    //
    .nodes([{ name: 'a', taints: [{ ...team, effect: 'NoSchedule' }] }])
    .pod('web', pod => pod.container('app', runs()).spec({ tolerations: [{ key: 'gpu', operator: 'Exists' }] }))
    .at('1m')
    .patch('pod/web', [{ op: 'add', path: '/spec/tolerations/-', value: { key: 'team', operator: 'Exists' } }])
    .expect(({ web }) => [
      never(web.refused()),
      web.condition('PodScheduled', 'False', 'Unschedulable').immediately(),
      web.scheduled().becomes().at('1m'),
    ]),
)
