/**
 * The priority of a pod is a number that its PriorityClass gives it; without a class it is 0. Among the pods that wait, the one with
 * the highest priority is looked at first.
 */

import { never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const priorityClass = (name: string, value: number, fields: object = {}) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  ...fields,
})

/** A pod that takes a whole node. */
const whole = { resources: { requests: { cpu: '64' } } }
const pod = (name: string, priorityClassName?: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { priorityClassName, containers: [{ name: 'app', image: 'app:1', ...whole }] },
})

spec('of two pods that wait for the same room, the one with the higher priority gets it', s =>
  s
    //
    .apply(priorityClass('low', 10), priorityClass('high', 1000), priorityClass('highest', 2000))
    .pod('full', each => each.container('app', runs(), whole).spec({ priorityClassName: 'highest' }))
    .at('10s')
    .apply(pod('first', 'low'))
    .at('20s')
    .apply(pod('second', 'high'))
    .at('1m')
    .delete('pod/full', { grace: '0s' })
    .expect(({ pod }) => [
      pod('first')
        .condition('PodScheduled', 'False', 'Unschedulable')
        .holds()
        .after(pod('first').event('FailedScheduling')),
      pod('second').scheduled().becomes().at('1m'),
    ]),
)

spec('of two pods of the same priority, the one that has waited longer gets the room', s =>
  s
    .describe('What counts is the time of the last attempt, not that of the creation.')
    //
    .pod('full', each => each.container('app', runs(), whole))
    .at('10s')
    .apply(pod('second'))
    .at('20s')
    .apply(pod('first'))
    .at('1m')
    .delete('pod/full', { grace: '0s' })
    .expect(({ pod }) => [pod('second').scheduled().becomes().at('1m'), pod('first').phases('Pending')]),
)

spec('a pod for which there is no node does not hold up those behind it, whatever its priority', s =>
  s
    //
    .apply(priorityClass('high', 1000))
    .pod('large', each =>
      each.container('app', runs(), { resources: { requests: { cpu: '65' } } }).spec({ priorityClassName: 'high' }),
    )
    .pod('small', each => each.container('app', runs()))
    .expect(({ large, small }) => [large.phases('Pending'), small.scheduled().immediately()]),
)

spec('a pod without a class gets the one with globalDefault', s =>
  s
    // ADM-5: so it may preempt one of lower priority.
    .apply(priorityClass('low', 10), priorityClass('usual', 50, { globalDefault: true }))
    .pod('full', each => each.container('app', runs(), whole).spec({ priorityClassName: 'low' }))
    .at('10s')
    .apply(pod('web'))
    .expect(({ full, pod }) => [full.deleted().at('10s'), pod('web').phase('Running').afterQuiescence()]),
)

spec('a pod without any class has the priority 0, and so a higher one than a negative class', s =>
  s
    // ADM-5
    .apply(priorityClass('batch', -10))
    .pod('full', each => each.container('app', runs(), whole).spec({ priorityClassName: 'batch' }))
    .at('10s')
    .apply(pod('web'))
    .expect(({ full, pod }) => [full.deleted().at('10s'), pod('web').phase('Running').afterQuiescence()]),
)

spec('system-node-critical is always there, and above system-cluster-critical', s =>
  s
    // ADM-5
    .pod('full', each =>
      each
        .namespace('kube-system')
        .container('app', runs(), whole)
        .spec({ priorityClassName: 'system-cluster-critical' }),
    )
    .at('10s')
    .apply({ ...pod('proxy', 'system-node-critical'), metadata: { name: 'proxy', namespace: 'kube-system' } })
    .expect(({ full, pod }) => [full.deleted().at('10s'), pod('kube-system/proxy').phase('Running').afterQuiescence()]),
)

spec('a pod with a PriorityClass that does not exist is refused', s =>
  s
    // ADM-5: 403, no PriorityClass with name gone was found
    .pod('web', each => each.container('app', runs()).spec({ priorityClassName: 'gone' }))
    .expect(({ web }) => [web.refused().immediately(), never(web.created())]),
)

spec('the number of a priority is not for the pod to say: another one than its class has is refused', s =>
  s
    // ADM-5: 403, the integer value of priority (11) must not be provided in pod spec
    .apply(priorityClass('low', 10))
    .pod('web', each => each.container('app', runs()).spec({ priorityClassName: 'low', priority: 11 }))
    .expect(({ web }) => [web.refused().immediately(), never(web.created())]),
)
