/**
 * Requests are what the scheduler reserves on a node, limits are what a container may use. A pod goes only where its requests still
 * fit beside those of the pods that are there, used or not.
 */

import { exits, never, runs, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const requests = (list: Readonly<Record<string, string>>) => ({ resources: { requests: list } })
const limits = (list: Readonly<Record<string, string>>) => ({ resources: { limits: list } })

const latePod = (cpu: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'late' },
  spec: { containers: [{ name: 'app', image: 'app:1', ...requests({ cpu }) }] },
})

spec.each(['cpu', 'memory', 'ephemeral-storage', 'example.com/gpu'])(
  resource => `a pod that asks for more ${resource} than any node has stays Pending and Unschedulable`,
  resource => s =>
    s
      // F-6
      .nodes([{ name: 'small', cpu: '2', memory: '2Gi', allocatable: { 'ephemeral-storage': '1Gi' } }])
      .pod('web', pod =>
        pod.container('app', runs(), {
          resources: { requests: { [resource]: '4000000000' }, limits: { [resource]: '4000000000' } },
        }),
      )
      .expect(({ web }) => [
        web.condition('PodScheduled', 'False', 'Unschedulable').immediately(),
        web.phases('Pending'),
        never(web.scheduled()),
      ]),
)

spec('the requests of all containers of a pod are added up', s =>
  s
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod =>
      pod.container('app', runs(), requests({ cpu: '1200m' })).container('log', runs(), requests({ cpu: '900m' })),
    )
    .expect(({ web }) => [web.phases('Pending'), never(web.scheduled())]),
)

spec('a limit without a request is a request, too', s =>
  s
    .describe('Where a container states only a limit, the API server takes it for its request.')
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod => pod.container('app', runs(), limits({ cpu: '3' })))
    .expect(({ web }) => [web.phases('Pending'), never(web.scheduled())]),
)

spec('limits do not count when a node is looked for: they may add up to more than the node has', s =>
  s
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod =>
      pod.container('app', runs(), { resources: { requests: { cpu: '100m' }, limits: { cpu: '64' } } }),
    )
    .expect(({ web }) => [web.scheduledOn('small').immediately(), web.phases('Pending', 'Running')]),
)

spec('a pod without requests fits on a node that is full', s =>
  s
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('full', pod => pod.container('app', runs(), requests({ cpu: '2' })))
    .pod('web', pod => pod.container('log', runs()))
    .expect(({ web }) => [web.scheduledOn('small').immediately(), web.phases('Pending', 'Running')]),
)

spec('a node takes only so many pods, however small they are', s =>
  s
    .nodes([{ name: 'small', pods: 1 }])
    .pod('first', pod => pod.container('app', runs()))
    .at('1m')
    .apply(latePod('1m'))
    .expect(({ first, pod }) => [
      first.phases('Pending', 'Running'),
      pod('late').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('1m'),
      never(pod('late').scheduled()),
    ]),
)

spec('a pod that is done gives its requests back', s =>
  s
    // pods that are Succeeded or Failed do not count.
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('job', pod => pod.container('job', exits(0).after('30s'), requests({ cpu: '2' })).restartPolicy('Never'))
    .at('10s')
    .apply(latePod('1'))
    .expect(({ job, pod }) => [
      pod('late').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      job.phase('Succeeded').becomes().precedes(pod('late').scheduled().becomes()),
      pod('late').phase('Running').afterQuiescence(),
    ]),
)

spec('a pod that is being deleted keeps its requests until its containers have stopped', s =>
  s
    // terminating pods still count.
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod => pod.container('web', runs().onTerm(stopsAfter('20s')), requests({ cpu: '2' })))
    .at('1m')
    .delete('pod/web')
    .at('1m')
    .apply(latePod('1'))
    .expect(({ web, pod }) => [
      pod('late').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('1m'),
      web.container('web').exited(0).precedes(pod('late').scheduled().becomes()),
      pod('late').phase('Running').afterQuiescence(),
    ]),
)

spec('who names the node of a pod passes the scheduler by: the kubelet rejects it where it does not fit', s =>
  s
    //
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod => pod.container('app', runs(), requests({ cpu: '3' })).spec({ nodeName: 'small' }))
    .expect(({ web }) => [
      web.phases('Pending', 'Failed'),
      web.event('OutOfcpu'),
      never(web.container('app').started()),
      never(web.event('FailedScheduling')),
    ]),
)
