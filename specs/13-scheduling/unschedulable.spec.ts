/**
 * A pod for which there is no node stays Pending. Its condition PodScheduled and the Event FailedScheduling say why; it is tried again
 * when something changes that may help.
 */

import { exactly, exits, never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

spec('an Event FailedScheduling says why a pod stays Pending', s =>
  s
    // MSG-3, MSG-4
    .pod('web', pod => pod.container('app', runs()).spec({ nodeSelector: { disk: 'ssd' } }))
    .expect(({ web }) => [
      web.event('FailedScheduling').immediately(),
      never(web.event('Scheduled')),
      web.phases('Pending'),
    ]),
)

spec('nobody asks again and again: as long as nothing changes, a pod is not tried a second time', s =>
  s
    .describe(
      'The scheduler keeps an unschedulable pod aside for five minutes, unless something happens that may make room for it.',
    )
    //
    .pod('web', pod => pod.container('app', runs()).spec({ nodeSelector: { disk: 'ssd' } }))
    .horizon('4m50s')
    .expect(({ web }) => [exactly(1, web.event('FailedScheduling'))]),
)

spec('a cordoned node takes no new pods, and keeps those that it has', s =>
  s
    // F-1
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .cordon('node-1')
    .at('2m')
    .apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'late' },
      spec: { containers: [{ name: 'late', image: 'app:1' }] },
    })
    .expect(({ web, pod }) => [
      never(web.deleted()),
      web.container('app').running().afterQuiescence(),
      pod('late').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('2m'),
      never(pod('late').scheduled()),
    ]),
)

spec('a pod that waits is scheduled when its node is uncordoned', s =>
  s
    // taking the mark away counts as a change of taints.
    .at('0s')
    .cordon('node-1')
    .at('1m')
    .apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'late' },
      spec: { containers: [{ name: 'late', image: 'app:1' }] },
    })
    .at('2m')
    .uncordon('node-1')
    .expect(({ pod }) => [
      pod('late').condition('PodScheduled', 'False').becomes().at('1m'),
      pod('late').scheduled().becomes().at('2m', { tolerance: '1s' }),
    ]),
)

spec('a pod that waits for a port of the host is scheduled when its holder is gone', s =>
  s
    .pod('job', pod =>
      pod
        .container('job', exits(0).after('30s'), { ports: [{ containerPort: 80, hostPort: 80 }] })
        .restartPolicy('Never'),
    )
    .at('10s')
    .apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'app', image: 'app:1', ports: [{ containerPort: 80, hostPort: 80 }] }] },
    })
    .expect(({ job, pod }) => [
      pod('web').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      job.phase('Succeeded').becomes().precedes(pod('web').scheduled().becomes()),
      pod('web').phase('Running').afterQuiescence(),
    ]),
)
