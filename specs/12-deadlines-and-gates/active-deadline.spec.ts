/**
 * `activeDeadlineSeconds` limits how long a pod may be active on its node. When the time is over the kubelet kills its containers and
 * the pod is Failed with the reason DeadlineExceeded, whatever its restart policy says.
 */

import { crashes, exits, ignores, image, never, no, runs, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a pod that has been active for longer than its deadline is Failed', s =>
  s
    //
    .pod('job', pod => pod.container('app', runs()).spec({ activeDeadlineSeconds: 30 }))
    .expect(({ job }) => [
      job.phases('Pending', 'Running', 'Failed'),
      job.event('DeadlineExceeded').at('30s', { tolerance: '1s' }),
      job.container('app').signalled('SIGTERM').at('30s', { tolerance: '2s' }),
    ]),
)

spec('the deadline holds under restartPolicy Always, too: nothing is started any more', s =>
  s
    .pod('web', pod =>
      pod.container('app', crashes().after('5s')).restartPolicy('Always').spec({ activeDeadlineSeconds: 60 }),
    )
    .expect(({ web }) => [
      web.phase('Failed').afterQuiescence(),
      never(web.container('app').started()).after(web.event('DeadlineExceeded')),
    ]),
)

spec('a pod that is over its deadline is Failed although its containers exit with 0', s =>
  s
    .pod('job', pod =>
      pod
        .container('app', runs().onTerm(stopsAfter('2s', 0)))
        .restartPolicy('Never')
        .spec({ activeDeadlineSeconds: 30 }),
    )
    .expect(({ job }) => [job.container('app').exited(0), job.phases('Pending', 'Running', 'Failed')]),
)

spec('a pod that is done before its deadline has Succeeded', s =>
  s
    .pod('job', pod =>
      pod.container('app', exits(0).after('20s')).restartPolicy('Never').spec({ activeDeadlineSeconds: 30 }),
    )
    .expect(({ job }) => [job.phases('Pending', 'Running', 'Succeeded'), never(job.event('DeadlineExceeded'))]),
)

spec('the containers have the grace period of the pod to stop in', s =>
  s
    .pod('job', pod => pod.container('app', runs().onTerm(ignores())).grace('10s').spec({ activeDeadlineSeconds: 30 }))
    .expect(({ job }) => [
      job.container('app').signalled('SIGTERM').at('30s', { tolerance: '2s' }),
      job.container('app').killed().at('40s', { tolerance: '2s' }),
    ]),
)

spec('the pod stays: it is Failed, not deleted', s =>
  s
    .pod('job', pod => pod.container('app', runs()).spec({ activeDeadlineSeconds: 30 }))
    .expect(({ job }) => [never(job.deleted()), job.exists().and(job.phase('Failed')).afterQuiescence()]),
)

spec('the time that init containers take counts', s =>
  s
    .pod('job', pod =>
      pod
        .init('migrate', exits(0).after('20s'))
        .container('app', exits(0).after('20s'))
        .restartPolicy('Never')
        .spec({ activeDeadlineSeconds: 30 }),
    )
    .expect(({ job }) => [job.event('DeadlineExceeded').at('30s', { tolerance: '1s' }), job.phase('Failed')]),
)

spec('the time before the pod is on a node does not count', s =>
  s
    .describe('The clock starts when the kubelet sees the pod for the first time, not when the pod is created.')
    .pod('job', pod =>
      pod
        .container('app', runs())
        .spec({ activeDeadlineSeconds: 30, schedulingGates: [{ name: 'example.com/quota' }] }),
    )
    .at('1m')
    .patch('pod/job', [{ op: 'remove', path: '/spec/schedulingGates/0' }])
    .expect(({ job }) => [
      job.scheduled().becomes().at('1m'),
      job.event('DeadlineExceeded').at('90s', { tolerance: '1s' }),
    ]),
)

spec('a deadline that passes during a pull acts only after it', s =>
  s
    .describe('A pull is not interrupted; the container is then created all the same, and killed at once.')
    .pod('job', pod => pod.container('app', runs()).spec({ activeDeadlineSeconds: 10 }))
    .image(image('app:1').pullsIn('40s'))
    .expect(({ job }) => [
      no(job.phase('Failed').becomes()).before(job.pulled()),
      job.pulled().at('40s', { tolerance: '200ms' }),
      job.phases('Pending', 'Failed'),
    ]),
)
