/**
 * Sidecars outlive the app containers: they are told to stop when the last app container has ended, in the reverse order of
 * their start, with what is left of the grace period.
 */

import { crashes, exits, ignores, inOrder, not, runs, stopsAfter, takes, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec(
  'when a pod is deleted, sidecars are told to stop after the app containers, in the reverse order of their start',
  s =>
    s
      //
      .pod('web', pod => pod.sidecar('log', runs()).sidecar('proxy', runs()).container('app', runs()))
      .at('1m')
      .delete('pod/web')
      .expect(({ web }) => [
        inOrder(
          web.container('app').exited(0),
          web.sidecar('proxy').signalled('SIGTERM'),
          web.sidecar('proxy').exited(0),
          web.sidecar('log').signalled('SIGTERM'),
          web.sidecar('log').exited(0),
        ),
      ]),
)

spec('a sidecar serves the app container until that has ended, however long it takes to stop', s =>
  s
    .pod('web', pod => pod.sidecar('proxy', runs()).container('app', runs().onTerm(stopsAfter('20s'))))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').exited(0).at('80s'),
      web.sidecar('proxy').signalled('SIGTERM').at('80s'),
    ]),
)

spec('a pod completes when its app containers have, although its sidecar would run on', s =>
  s
    .describe('With a plain support container it never would; that is why Jobs could not have one.')
    //
    .pod('job', pod => pod.sidecar('proxy', runs()).container('app', exits(0).after('20s')).restartPolicy('Never'))
    .expect(({ job }) => [
      whenever(job.container('app').exited(0)).then(job.sidecar('proxy').signalled('SIGTERM')).within('1s'),
      job.phases('Pending', 'Running', 'Succeeded'),
    ]),
)

spec('a pod with a support container that is a plain container does not complete before that ends', s =>
  s
    // seed 001's support container
    .pod('job', pod => pod.container('log', runs()).container('app', exits(0).after('20s')).restartPolicy('Never'))
    .expect(({ job }) => [job.container('app').exited(0), job.phases('Pending', 'Running')]),
)

spec('how a sidecar ends does not decide whether its pod has Succeeded', s =>
  s
    // T-E5
    .pod('job', pod =>
      pod
        .sidecar('proxy', runs().onTerm(stopsAfter('1s', 3)))
        .container('app', exits(0).after('20s'))
        .restartPolicy('Never'),
    )
    .expect(({ job }) => [job.sidecar('proxy').exited(3), job.phases('Pending', 'Running', 'Succeeded')]),
)

spec('a sidecar that has to be killed does not make its pod Failed', s =>
  s
    // T-E7
    .pod('job', pod =>
      pod
        .sidecar('proxy', runs().onTerm(ignores()))
        .container('app', exits(0).after('20s'))
        .restartPolicy('Never')
        .grace('10s'),
    )
    .expect(({ job }) => [
      whenever(job.sidecar('proxy').signalled('SIGTERM')).then(job.sidecar('proxy').killed()).at('10s'),
      job.phases('Pending', 'Running', 'Succeeded'),
    ]),
)

spec('a pod whose app container fails has Failed only when its sidecars have been stopped', s =>
  s
    .pod('job', pod =>
      pod
        .sidecar('proxy', runs().onTerm(stopsAfter('15s')))
        .container('app', crashes().after('20s'))
        .restartPolicy('Never'),
    )
    .expect(({ job }) => [
      job.phases('Pending', 'Running', 'Failed'),
      job.sidecar('proxy').exited(0).precedes(job.phase('Failed').becomes()),
    ]),
)

spec('a sidecar has two seconds to stop even when the app containers have used up the grace period', s =>
  s
    .describe('A grace period of six seconds can take eight.')
    // R-505, T-E6, recordings of v1.32, surprise 4
    .pod('web', pod =>
      pod.sidecar('proxy', runs().onTerm(ignores())).container('app', runs().onTerm(ignores())).grace('6s'),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      whenever(web.deleted()).then(web.container('app').killed()).at('6s'),
      whenever(web.deleted()).then(web.sidecar('proxy').signalled('SIGTERM')).at('6s'),
      whenever(web.deleted()).then(web.sidecar('proxy').killed()).at('8s'),
    ]),
)

spec('when the grace period is used up, sidecars no longer wait for one another', s =>
  s
    .pod('web', pod =>
      pod.sidecar('log', runs()).sidecar('proxy', runs()).container('app', runs().onTerm(ignores())).grace('6s'),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.sidecar('log').signalled('SIGTERM').at('66s'),
      web.sidecar('proxy').signalled('SIGTERM').at('66s'),
    ]),
)

spec('the preStop hooks of sidecars do not wait: all begin when the pod is deleted', s =>
  s
    // the hook comes before the wait for the turn.
    .pod('web', pod =>
      pod.sidecar('proxy', runs(), { preStop: takes('1s') }).container('app', runs(), { preStop: takes('5s') }),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      whenever(web.deleted()).then(web.sidecar('proxy').hook('preStop').started()).immediately(),
      web.sidecar('proxy').hook('preStop').ended().precedes(web.container('app').signalled('SIGTERM')),
      web.container('app').exited(0).precedes(web.sidecar('proxy').signalled('SIGTERM')),
    ]),
)

spec('the preStop hook of a sidecar runs, too, when the app containers have completed by themselves', s =>
  s
    //
    .pod('job', pod =>
      pod
        .sidecar('proxy', runs(), { preStop: takes('3s') })
        .container('app', exits(0).after('20s'))
        .restartPolicy('Never'),
    )
    .expect(({ job }) => [
      whenever(job.container('app').exited(0)).then(job.sidecar('proxy').hook('preStop').started()).within('1s'),
      job.sidecar('proxy').hook('preStop').ended().precedes(job.sidecar('proxy').signalled('SIGTERM')),
    ]),
)

spec('a pod that is deleted during the initialization takes its sidecar along', s =>
  s
    .pod('web', pod => pod.sidecar('proxy', runs()).init('migrate', runs()).container('app', runs()))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      whenever(web.deleted()).then(web.init('migrate').signalled('SIGTERM')).immediately(),
      // Sidecars wait for app containers, not for init containers.
      whenever(web.deleted()).then(web.sidecar('proxy').signalled('SIGTERM')).immediately(),
      not(web.exists()).afterQuiescence(),
    ]),
)
