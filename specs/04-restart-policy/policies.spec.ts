/**
 * `spec.restartPolicy` says what becomes of a container that has exited: Always starts it again whatever its exit code, OnFailure
 * only after another code than 0, Never not at all. Always is the default.
 */

import { crashes, exactly, exits, never, onTerm, runs, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

// seed 000 says so of each policy.
spec.each([
  { policy: 'Always', code: 0 },
  { policy: 'Always', code: 1 },
  { policy: 'OnFailure', code: 1 },
] as const)(
  ({ policy, code }) => `with restartPolicy ${policy} a container that exits with ${code} is started again`,
  ({ policy, code }) =>
    s =>
      s
        .pod('web', pod => pod.container('app', exits(code).after('5s'), runs()).restartPolicy(policy))
        .expect(({ web }) => [
          exactly(2, web.container('app').started()),
          web.container('app').running().afterQuiescence(),
        ]),
)

spec.each([
  { policy: 'OnFailure', code: 0 },
  { policy: 'Never', code: 0 },
  { policy: 'Never', code: 1 },
] as const)(
  ({ policy, code }) => `with restartPolicy ${policy} a container that exits with ${code} stays Terminated`,
  ({ policy, code }) =>
    s =>
      s
        .pod('web', pod =>
          pod.container('app', exits(code).after('5s'), runs()).container('log', runs()).restartPolicy(policy),
        )
        .expect(({ web }) => [
          exactly(1, web.container('app').started()),
          web.container('app').terminated({ exitCode: code }).afterQuiescence(),
        ]),
)

spec('restartPolicy is Always where the pod does not say', s =>
  s
    .pod('web', pod => pod.container('app', exits(0).after('5s'), runs()))
    .expect(({ web }) => [exactly(2, web.container('app').started())]),
)

spec('the restart policy applies to all containers of the pod', s =>
  s
    // seed 003
    .pod('job', pod =>
      pod.container('app', exits(0).after('5s')).container('log', crashes().after('10s')).restartPolicy('Never'),
    )
    .expect(({ job }) => [job.eachContainer(it => exactly(1, it.started())), job.phase('Failed').afterQuiescence()]),
)

spec('from Kubernetes 1.35 on, a container may have a restart policy of its own', s =>
  s
    .describe('Documents of earlier releases say that the policy applies to all containers; these may now differ.')
    // ContainerRestartRules is on by default since 1.35; R-220.
    .kubernetes('1.35')
    .pod('web', pod =>
      pod
        .container('app', crashes().after('5s'), { restartPolicy: 'Never' })
        .container('log', crashes().after('5s'), runs()),
    )
    .expect(({ web }) => [exactly(1, web.container('app').started()), exactly(2, web.container('log').started())]),
)

spec('from Kubernetes 1.35 on, a container may be restarted after certain exit codes only', s =>
  s
    .kubernetes('1.35')
    .pod('job', pod =>
      pod
        .container('app', exits(42).after('5s'), exits(1).after('5s'), {
          restartPolicy: 'Never',
          restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
        })
        .restartPolicy('Never'),
    )
    .expect(({ job }) => [exactly(2, job.container('app').started()), job.phases('Pending', 'Running', 'Failed')]),
)

spec('an init container that exited with 0 is not started again, even with restartPolicy Always', s =>
  s
    .describe('For init containers Always means OnFailure.')
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()))
    .expect(({ web }) => [
      exactly(1, web.init('migrate').started()),
      web.init('migrate').terminated('Completed').afterQuiescence(),
    ]),
)

spec('a pod with restartPolicy OnFailure has Succeeded when its container exits with 0 at last', s =>
  s
    .pod('job', pod => pod.container('app', crashes().after('5s'), exits(0).after('5s')).restartPolicy('OnFailure'))
    .expect(({ job }) => [
      job.phases('Pending', 'Running', 'Succeeded'),
      job.container('app').restartCount(1).afterQuiescence(),
    ]),
)

spec('nothing is restarted in a pod that is being deleted', s =>
  s
    // the first thing that is looked at.
    .pod('web', pod =>
      pod.container('app', runs(), onTerm(stopsAfter('1s', 1))).container('log', runs(), onTerm(stopsAfter('20s'))),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').exited(1).at('61s'),
      web.container('log').exited(0).at('80s'),
      never(web.anyContainer().started()).after(web.deleted()),
    ]),
)
