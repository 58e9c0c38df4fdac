/**
 * A pod comes to its end when all of its containers have terminated and none will be started again: Succeeded if every one of
 * them exited with 0, Failed otherwise. Both are final.
 */

import { crashes, eventually, exits, ignores, isOOMKilled, never, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a pod has Succeeded when all of its containers have exited with 0 and will not be restarted', s =>
  s
    .pod('job', pod =>
      pod.container('app', exits(0).after('5s')).container('log', exits(0).after('10s')).restartPolicy('Never'),
    )
    .expect(({ job }) => [
      job.phases('Pending', 'Running', 'Succeeded'),
      job.container('log').exited(0).precedes(job.phase('Succeeded').becomes()),
    ]),
)

spec('a container that fails does not make its pod Failed while another one runs', s =>
  s
    .describe('Some tutorials say that one failed container makes the pod Failed. That is wrong: all have to be over.')
    // seed 000: "Failed: it is enough that 1 container fails"
    .pod('job', pod => pod.container('app', crashes().after('5s')).container('log', runs()).restartPolicy('Never'))
    .expect(({ job }) => [job.container('app').exited(1), job.phases('Pending', 'Running')]),
)

spec('a pod has Failed when all of its containers have terminated, and one of them with a failure', s =>
  s
    // seeds 003 and 004
    .pod('job', pod =>
      pod.container('app', crashes().after('5s')).container('log', exits(0).after('30s')).restartPolicy('Never'),
    )
    .expect(({ job }) => [
      job.phases('Pending', 'Running', 'Failed'),
      job.phase('Running').until(job.container('log').terminated('Completed')).after(job.container('app').exited(1)),
      whenever(job.container('log').exited(0)).then(job.phase('Failed').becomes()).within('2s'),
    ]),
)

spec.each([0, 1])(
  code => `with restartPolicy Always a pod whose container exits with ${code} neither Succeeds nor Fails`,
  code => s =>
    s
      .pod('web', pod => pod.container('app', exits(code).after('5s'), runs()))
      .expect(({ web }) => [web.container('app').exited(code), web.phases('Pending', 'Running')]),
)

spec('a pod whose container the kernel kills for its memory has Failed', s =>
  s
    // seeds 003 and 004: a failure is an exit with another code than 0, or "terminated by the system"
    .pod('job', pod => pod.container('app', isOOMKilled().after('5s')).restartPolicy('Never'))
    .expect(({ job }) => [job.phases('Pending', 'Running', 'Failed')]),
)

spec('Succeeded and Failed are final, whatever is done to the pod', s =>
  s
    // seed 003: "the last state of a pod is Failed or Succeeded"
    .pod('job', pod => pod.container('app', exits(0).after('5s')).restartPolicy('Never'))
    .at('1m')
    .setImage('pod/job', 'app', 'app:2')
    .at('2m')
    .restartKubelet('node-1')
    .expect(({ job }) => [
      job.phases('Pending', 'Running', 'Succeeded'),
      never(job.container('app').started()).after(job.phase('Succeeded').becomes()),
    ]),
)

spec('a pod whose last container has exited is called Running for a second more', s =>
  s
    .describe(
      'First its conditions say PodCompleted; the phase follows when the kubelet has made sure that nothing runs.',
    )
    // the phase is withheld until the pod worker is terminated, one relist later.
    .pod('job', pod => pod.container('app', exits(0).after('5s')).restartPolicy('Never'))
    .expect(({ job }) => [
      whenever(job.condition('Ready', 'False', 'PodCompleted').becomes())
        .then(job.phase('Succeeded').becomes())
        .at('1s', { tolerance: '100ms' }),
    ]),
)

spec('a pod that is deleted has Succeeded at last when its containers exit with 0, even with restartPolicy Always', s =>
  s
    // The object goes right after; who watches the pod sees it.
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [web.phases('Pending', 'Running', 'Succeeded'), eventually(web.gone())]),
)

spec('a pod that is deleted has Failed at last when a container had to be killed', s =>
  s
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())).container('log', runs()))
    .at('1m')
    .delete('pod/web', { grace: '10s' })
    .expect(({ web }) => [
      web.container('log').exited(0),
      web.container('app').exited(137),
      web.phases('Pending', 'Running', 'Failed'),
    ]),
)
