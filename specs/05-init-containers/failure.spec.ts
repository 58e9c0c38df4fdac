/**
 * An init container that fails is started again until it succeeds; the pod makes no progress meanwhile. Only with restartPolicy
 * Never its failure is that of the pod.
 */

import { crashes, exactly, exits, isOOMKilled, never, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec.each(['Always', 'OnFailure'] as const)(
  policy => `with restartPolicy ${policy} an init container that fails is started again until it succeeds`,
  policy => s =>
    s
      // seed 004: "the kubelet repeatedly restarts that init container until it succeeds"
      .pod('web', pod =>
        pod
          .init('migrate', crashes().after('1s'), crashes().after('1s'), exits(0).after('5s'))
          .container('app', runs())
          .restartPolicy(policy),
      )
      .expect(({ web }) => [
        exactly(2, web.init('migrate').exited(1)),
        web.init('migrate').exited(0).precedes(web.container('app').started()),
        web.phases('Pending', 'Running'),
      ]),
)

spec('with restartPolicy Never an init container that fails makes its pod Failed', s =>
  s
    // seed 004: "Kubernetes treats the overall Pod as failed"; R-803 (1)
    .pod('job', pod =>
      pod.init('migrate', crashes().after('5s')).init('seed', exits(0)).container('app', runs()).restartPolicy('Never'),
    )
    .expect(({ job }) => [
      job.phases('Pending', 'Failed'),
      exactly(1, job.init('migrate').started()),
      never(job.init('seed').started()),
      never(job.container('app').started()),
    ]),
)

spec('an init container that is killed for its memory has failed', s =>
  s
    .pod('web', pod => pod.init('migrate', isOOMKilled().after('2s'), exits(0).after('2s')).container('app', runs()))
    .expect(({ web }) => [
      exactly(2, web.init('migrate').started()),
      web.init('migrate').exited(0).precedes(web.container('app').started()),
    ]),
)

spec('an init container that keeps failing is in back-off, as an app container would be', s =>
  s
    .pod('web', pod =>
      pod.init('migrate', crashes().after('5s'), crashes().after('5s'), exits(0)).container('app', runs()),
    )
    .expect(({ web }) => [
      whenever(web.init('migrate').exited(1).when(web.init('migrate').restartCount(1)))
        .then(web.init('migrate').started())
        .noSoonerThan('10s')
        .within('26s'),
      web.init('migrate').waiting('CrashLoopBackOff'),
    ]),
)

spec('a pod whose init container never succeeds is Pending for ever', s =>
  s
    //
    .pod('web', pod => pod.init('migrate', crashes().after('5s')).container('app', runs()))
    .horizon('10m')
    .expect(({ web }) => [web.phases('Pending'), web.container('app').waiting('PodInitializing').holds()]),
)
