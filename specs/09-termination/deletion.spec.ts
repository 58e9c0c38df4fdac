/**
 * A pod that is deleted gracefully stays in the API, with a deletionTimestamp, until its containers have stopped; its node then
 * has it removed.
 */

import { exactly, exits, ignores, inOrder, never, not, runs, stopsAfter, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a pod that is deleted is terminating at once, and exists until its containers have stopped', s =>
  s
    .describe(
      'Some documents say that the object is marked as dead after the grace period. It is marked when the deletion is asked for.',
    )
    // seed 002: "the pod object is updated to the state 'dead' after a period that is called grace time"; R-701
    .pod('web', pod => pod.container('app', runs().onTerm(stopsAfter('20s'))))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.terminating().becomes().at('1m'),
      web.terminating().until(web.gone()).after(web.deleted()),
      web.exists().until(web.container('app').exited(0)).after(web.deleted()),
    ]),
)

spec('the object of a pod is the last to go', s =>
  s
    // seed 002: "the kubelet ends the deletion by asking for it with the grace time 0"; R-733
    .pod('web', pod => pod.container('app', runs()).container('log', runs()))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').exited(0).precedes(web.gone()),
      web.container('log').exited(0).precedes(web.gone()),
      whenever(web.phase('Succeeded').becomes()).then(web.gone()).within('1s'),
    ]),
)

spec('a pod leaves its Services at the moment at which its containers are told to stop, not after', s =>
  s
    .describe('Nobody waits for the other: a request can still come to a process that has SIGTERM already.')
    // seed 002: "these go on in parallel"
    .apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    })
    .pod('web', pod => pod.labels({ app: 'web' }).container('app', runs().onTerm(stopsAfter('20s'))))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      whenever(web.deleted())
        .then(not(web.endpoint('front').ready()).becomes())
        .immediately(),
      web.container('app').signalled('SIGTERM').at('1m'),
      web
        .container('app')
        .alive()
        .and(not(web.endpoint('front').ready()))
        .for('19s')
        .after(web.deleted()),
    ]),
)

spec('a pod that is being deleted is Ready until its containers have stopped', s =>
  s
    // Services look at the deletionTimestamp, not at the condition.
    .pod('web', pod => pod.container('app', runs().onTerm(stopsAfter('20s'))))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [web.ready().until(web.container('app').exited(0)).after(web.deleted())]),
)

spec('a pod that no node has yet is gone at once', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs()).spec({ nodeSelector: { disk: 'ssd' } }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [web.gone().at('1m'), web.phases('Pending')]),
)

spec('a pod that has finished is gone at once', s =>
  s
    //
    .pod('job', pod => pod.container('app', exits(0).after('5s')).restartPolicy('Never'))
    .at('1m')
    .delete('pod/job')
    .expect(({ job }) => [job.gone().at('1m')]),
)

spec('a pod that is deleted while an init container runs never starts its app containers', s =>
  s
    .pod('web', pod => pod.init('migrate', runs()).container('app', runs()))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.init('migrate').signalled('SIGTERM').at('1m'),
      never(web.container('app').started()),
      web.phases('Pending', 'Failed'),
    ]),
)

spec('a pod with a finalizer stays after its containers have stopped, until the finalizer is taken away', s =>
  s
    .apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', finalizers: ['example.com/backup'] },
      spec: { containers: [{ name: 'app', image: 'app:1' }] },
    })
    .at('1m')
    .delete('pod/web')
    .at('5m')
    .patch('pod/web', { metadata: { finalizers: null } }, { type: 'merge' })
    .expect(({ pod }) => [
      pod('web').container('app').exited(0).within('61s'),
      pod('web').phases('Pending', 'Running', 'Succeeded'),
      pod('web').gone().at('5m'),
    ]),
)

spec('a pod whose containers do not stop in time has Failed before it is gone', s =>
  s
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      inOrder(
        web.deleted(),
        web.container('app').killed(),
        web.condition('Ready', 'False', 'PodFailed').becomes(),
        web.gone(),
      ),
    ]),
)

spec('who deletes a pod that is gone is refused', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .delete('pod/web')
    .at('2m')
    .delete('pod/web')
    .expect(({ web }) => [web.gone().within('61s'), exactly(1, web.refused()), web.refused().at('2m')]),
)
