/**
 * A sidecar is restarted whenever it ends, whatever the restart policy of its pod, for as long as an app container runs or is
 * still to come.
 */

import { atLeast, crashes, exactly, exits, fails, never, runs, stopsAfter, succeeds, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a sidecar that crashes is restarted even with restartPolicy Never', s =>
  s
    .pod('job', pod =>
      pod
        .sidecar('proxy', crashes().after('10s'), runs())
        .container('app', exits(0).after('1m'))
        .restartPolicy('Never'),
    )
    .expect(({ job }) => [
      exactly(2, job.sidecar('proxy').started()),
      whenever(job.sidecar('proxy').exited(1)).then(job.sidecar('proxy').started()).within('1s'),
      job.phases('Pending', 'Running', 'Succeeded'),
    ]),
)

spec('a sidecar that exits with 0 is restarted even with restartPolicy OnFailure', s =>
  s
    .pod('job', pod =>
      pod
        .sidecar('proxy', exits(0).after('10s'), runs())
        .container('app', exits(0).after('1m'))
        .restartPolicy('OnFailure'),
    )
    .expect(({ job }) => [
      whenever(job.sidecar('proxy').exited(0).when(job.container('app').alive()))
        .then(job.sidecar('proxy').started())
        .within('1s'),
    ]),
)

spec('the crash of a sidecar leaves the app containers alone', s =>
  s
    .pod('web', pod => pod.sidecar('proxy', crashes().after('10s'), runs()).container('app', runs()))
    .expect(({ web }) => [
      web.sidecar('proxy').restartCount(1).afterQuiescence(),
      never(web.container('app').exited()),
      // The pod is not Ready meanwhile.
      web.conditions({ Ready: ['False', 'True', 'False', 'True'] }),
    ]),
)

spec('a sidecar that crashes during initialization does not hold up the init container after it', s =>
  s
    //
    .pod('web', pod =>
      pod
        .sidecar('proxy', crashes().after('5s'), crashes().after('5s'), runs())
        .init('migrate', exits(0).after('20s'))
        .container('app', runs()),
    )
    .expect(({ web }) => [
      exactly(1, web.init('migrate').started()),
      whenever(web.init('migrate').exited(0)).then(web.container('app').started()).within('2s'),
    ]),
)

spec('a sidecar that crashes again and again is backed off like any container', s =>
  s
    // R-406; how the waits come about is the topic of restart policies.
    .pod('web', pod => pod.sidecar('proxy', crashes().after('1s')).container('app', runs()))
    .horizon('5m')
    .expect(({ web }) => [
      web.sidecar('proxy').waiting('CrashLoopBackOff'),
      atLeast(4, web.sidecar('proxy').started()),
    ]),
)

spec('with restartPolicy Never a crashing sidecar is never shown as waiting for its restart', s =>
  s
    .describe('Its state stays that of its last exit, so kubectl prints Init:Error, and never Init:CrashLoopBackOff.')
    // Recordings of v1.32, surprise 9.
    .pod('job', pod => pod.sidecar('proxy', crashes().after('1s')).container('app', runs()).restartPolicy('Never'))
    .horizon('5m')
    .expect(({ job }) => [
      atLeast(4, job.sidecar('proxy').started()),
      never(job.sidecar('proxy').waiting()).after(job.sidecar('proxy').exited(1)),
    ]),
)

spec('a sidecar that fails its liveness probe is killed and restarted', s =>
  s
    .pod('web', pod =>
      pod.sidecar('proxy', runs(), { liveness: [fails().from('20s'), succeeds()] }).container('app', runs()),
    )
    .expect(({ web }) => [
      web.sidecar('proxy').probe('liveness').failed().precedes(web.sidecar('proxy').signalled('SIGTERM')),
      exactly(2, web.sidecar('proxy').started()),
      exactly(1, web.container('app').started()),
    ]),
)

spec('a sidecar that never passes its startup probe is restarted for ever, and the app containers never start', s =>
  s
    // T-D5
    .pod('web', pod =>
      pod
        .sidecar('proxy', runs(), { startup: fails(), startupProbe: { periodSeconds: 5 } })
        .container('app', runs())
        .restartPolicy('Never'),
    )
    .horizon('2m')
    .expect(({ web }) => [
      atLeast(4, web.sidecar('proxy').started()),
      never(web.container('app').started()),
      web.phases('Pending'),
    ]),
)

spec('a sidecar that ends while its pod is being deleted is not restarted', s =>
  s
    .pod('web', pod => pod.sidecar('proxy', crashes().after('65s')).container('app', runs().onTerm(stopsAfter('20s'))))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.sidecar('proxy').exited(1).precedes(web.container('app').exited(0)),
      exactly(1, web.sidecar('proxy').started()),
    ]),
)
