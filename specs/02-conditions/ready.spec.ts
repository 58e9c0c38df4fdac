/**
 * ContainersReady is True while every container of the pod is ready. Ready is True while the pod should get requests: when
 * ContainersReady is True, and each readiness gate of the pod, too.
 */

import { always, crashes, exits, fails, image, never, not, runs, stopsAfter, succeeds, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('ContainersReady is False with the reason ContainersNotReady until the last container is ready', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { readiness: succeeds().from('25s') }).container('log', runs()))
    .expect(({ web }) => [
      web.container('log').ready().within('2s'),
      web.condition('ContainersReady', 'False', 'ContainersNotReady').until(web.container('app').ready()),
      whenever(web.container('app').ready().becomes()).then(web.condition('ContainersReady')).immediately(),
    ]),
)

spec('a container that has finished makes ContainersReady False, not True', s =>
  s
    .describe(
      'Some tutorials say: ContainersReady, all containers have finished running. It means the opposite: that they run and are ready.',
    )
    // seed 000: "ContainersReady: whether all containers in the pod have finished running"
    .pod('web', pod => pod.container('app', exits(0).after('20s')).container('log', runs()).restartPolicy('OnFailure'))
    .expect(({ web }) => [
      web.conditions({ ContainersReady: ['False', 'True', 'False'] }),
      whenever(web.container('app').terminated('Completed').becomes())
        .then(web.condition('ContainersReady', 'False', 'ContainersNotReady'))
        .immediately(),
    ]),
)

spec('without readiness gates Ready and ContainersReady turn at the same moment', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs(), { readiness: succeeds().from('15s').and(fails().between('1m', '2m')) }),
    )
    .expect(({ web }) => [
      web.conditions({ ContainersReady: ['False', 'True', 'False', 'True'] }),
      always(web.condition('Ready')).while(web.condition('ContainersReady')),
      always(web.condition('Ready', 'False')).while(web.condition('ContainersReady', 'False')),
    ]),
)

spec('a pod with a readiness gate is not Ready when its containers are, but when the gate is True as well', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs()).spec({ readinessGates: [{ conditionType: 'example.com/attached' }] }),
    )
    .at('1m')
    .patch(
      'pod/web',
      { status: { conditions: [{ type: 'example.com/attached', status: 'True' }] } },
      { subresource: 'status' },
    )
    .expect(({ web }) => [
      web.condition('ContainersReady').within('2s'),
      web.condition('Ready', 'False', 'ReadinessGatesNotReady').within('2s'),
      web.condition('Ready').becomes().at('1m'),
    ]),
)

spec('a pod is not Ready while one of its containers is started again', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('10s'), runs()))
    .expect(({ web }) => [
      web.conditions({
        Ready: ['False', 'True', 'False', 'True'],
        ContainersReady: ['False', 'True', 'False', 'True'],
      }),
      whenever(web.container('app').exited(1))
        .then(web.condition('Ready', 'False', 'ContainersNotReady'))
        .within('1s'),
    ]),
)

spec('a pod that is being deleted stays Ready until its containers have stopped', s =>
  s
    .describe('Services stop sending requests to it all the same: they go by the deletion, not by this condition.')
    //
    .pod('web', pod => pod.container('app', runs(), { onTerm: stopsAfter('20s') }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [web.condition('Ready').until(web.container('app').exited()).after(web.deleted())]),
)

spec('a pod is never Ready before its containers have been started', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').pullsIn('30s'))
    .expect(({ web }) => [web.condition('Ready', 'False').until(web.container('app').started())]),
)

spec('at the end of a pod that Succeeded, ContainersReady and Ready are False with the reason PodCompleted', s =>
  s
    // seed 003: "at last ContainersReady: False and Ready: False, without exception"
    .pod('job', pod => pod.container('app', exits(0).after('5s')).restartPolicy('Never'))
    .expect(({ job }) => [
      job.conditions({ ContainersReady: ['False', 'True', 'False'], Ready: ['False', 'True', 'False'] }),
      job.condition('ContainersReady', 'False', 'PodCompleted').afterQuiescence(),
      job.condition('Ready', 'False', 'PodCompleted').afterQuiescence(),
    ]),
)

spec('at the end of a pod that Failed, ContainersReady and Ready are False with the reason PodFailed', s =>
  s
    .pod('job', pod => pod.container('app', crashes().after('5s')).restartPolicy('Never'))
    .expect(({ job }) => [
      job.condition('ContainersReady', 'False', 'PodFailed').afterQuiescence(),
      job.condition('Ready', 'False', 'PodFailed').afterQuiescence(),
    ]),
)

spec('a container that fails makes its pod not Ready for good where nothing restarts it', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('20s')).container('log', runs()).restartPolicy('Never'))
    .expect(({ web }) => [
      web.conditions({ Ready: ['False', 'True', 'False'] }),
      never(not(web.container('log').ready())).after(web.condition('Ready').becomes()),
      web.phase('Running').afterQuiescence(),
    ]),
)
