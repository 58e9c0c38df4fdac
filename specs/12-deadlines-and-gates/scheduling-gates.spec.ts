/**
 * A scheduling gate holds a pod back from the scheduler until somebody takes the gate away: a quota controller, for instance.
 */

import { never, no, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const gates = (...names: string[]) => ({ schedulingGates: names.map(name => ({ name })) })

spec('the scheduler does not look at a pod that has scheduling gates', s =>
  s
    .describe('The pod is not called Unschedulable: no node was looked for, so there is no Event either.')
    //
    .pod('web', pod => pod.container('app', runs()).spec(gates('example.com/quota')))
    .expect(({ web }) => [
      web.condition('PodScheduled', 'False', 'SchedulingGated').holds(),
      never(web.event('FailedScheduling')),
      web.phases('Pending'),
    ]),
)

spec('a pod is scheduled when its last scheduling gate has been taken away', s =>
  s
    .pod('web', pod => pod.container('app', runs()).spec(gates('example.com/quota', 'example.com/network')))
    .at('1m')
    .patch('pod/web', [{ op: 'remove', path: '/spec/schedulingGates/0' }])
    .at('2m')
    .patch('pod/web', [{ op: 'remove', path: '/spec/schedulingGates/0' }])
    .expect(({ web }) => [
      web.scheduled().becomes().at('2m'),
      no(web.container('app').started()).before(web.scheduled().becomes()),
      web.phases('Pending', 'Running'),
    ]),
)
