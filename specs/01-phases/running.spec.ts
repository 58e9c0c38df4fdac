/**
 * A pod is Running when it is bound to a node, all of its containers have been created, and at least one of them runs, or is
 * about to be started again. The phase says nothing of whether the pod is any good.
 */

import { always, crashes, exactly, fails, ignores, image, runs } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a pod is Running when the last of its containers has been created', s =>
  s
    .pod('web', pod => pod.container('app', runs()).container('log', runs()))
    .image(image('log:1').pullsIn('30s'))
    .expect(({ web }) => [
      web.container('app').started().within('1s'),
      web.phase('Pending').until(web.container('log').started()),
      web.phases('Pending', 'Running'),
    ]),
)

spec('a pod is Running while its only container waits to be restarted', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('2s')))
    .horizon('5m')
    .expect(({ web }) => [
      // a container that has run before counts as stopped, not as waiting.
      always(web.phase('Running')).while(web.container('app').waiting('CrashLoopBackOff')),
      web.phases('Pending', 'Running'),
    ]),
)

spec('a pod beside whose CrashLoopBackOff a sidecar runs is Pending again', s =>
  s
    .describe(
      'A running sidecar counts as one that has not started yet; when no other container runs or has just ended, the pod is taken for one that is still being initialized.',
    )
    // R-803, seen in recordings of v1.32.
    .pod('web', pod =>
      pod.sidecar('proxy', runs()).container('app', crashes().after('20s'), crashes().after('20s'), runs()),
    )
    .expect(({ web }) => [
      web.phases('Pending', 'Running', 'Pending', 'Running'),
      always(web.phase('Pending')).while(web.container('app').waiting('CrashLoopBackOff')),
    ]),
)

spec('a Running pod need not be Ready', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { readiness: fails() }))
    .expect(({ web }) => [web.phases('Pending', 'Running'), web.conditions({ Ready: ['False'] })]),
)

spec('Terminating is not a phase: a pod that is being deleted stays Running until its containers have stopped', s =>
  s
    .describe('kubectl prints Terminating for a pod with a deletionTimestamp; its phase stays what it was.')
    // seed 000: "when a pod is deleted it is in the termination stage": of its life, not of its status.
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
    .at('1m')
    .delete('pod/web', { grace: '30s' })
    .expect(({ web }) => [
      web.terminating().becomes().at('1m'),
      web.phase('Running').until(web.container('app').killed()).after(web.deleted()),
      web.container('app').killed().at('90s'),
    ]),
)

spec('a restart of the kubelet does not change the phase', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .restartKubelet('node-1')
    .expect(({ web }) => [web.phases('Pending', 'Running'), exactly(1, web.container('app').started())]),
)
