/**
 * Init containers run before the app containers of their pod: one at a time, in the order of the manifest, and each has to exit
 * with 0 before the next is started.
 */

import { always, exactly, exits, inOrder, never, no, not, runs, succeeds, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('init containers run one after the other', s =>
  s
    // seeds 000 and 004: "the kubelet runs each init container sequentially"
    .pod('web', pod =>
      pod.init('migrate', exits(0).after('10s')).init('seed', exits(0).after('10s')).container('app', runs()),
    )
    .expect(({ web }) => [
      inOrder(
        web.init('migrate').started(),
        web.init('migrate').exited(0),
        web.init('seed').started(),
        web.init('seed').exited(0),
        web.container('app').started(),
      ),
      never(web.init('migrate').alive().and(web.init('seed').alive())),
    ]),
)

spec('app containers are started only when the last init container has completed', s =>
  s
    // seed 004: "which are run before the app containers are started"
    .pod('web', pod => pod.init('migrate', exits(0).after('10s')).container('app', runs()).container('log', runs()))
    .expect(({ web }) => [
      web.eachContainer(it => no(it.started()).before(web.init('migrate').exited(0)), { role: 'container' }),
    ]),
)

spec('the next init container is started about a second after the one before it has exited', s =>
  s
    .describe('The kubelet notices an exit when it next looks at its containers, which it does once a second.')
    //
    .pod('web', pod =>
      pod
        .init('migrate', exits(0).after('10s'))
        .init('seed', exits(0).after('10s'), { image: 'migrate:1' })
        .container('app', runs()),
    )
    .expect(({ web }) => [
      whenever(web.init('migrate').exited(0)).then(web.init('seed').started()).after('0s').within('1.5s'),
    ]),
)

spec('as long as the first of two init containers runs, none is done', s =>
  s
    .describe(
      'kubectl prints Init:N/M, where N is the number of init containers that are done. A listing that says Init:1/2 while the first one still waits for its service is wrong: it is Init:0/2.',
    )
    // seed 004: `Init:1/2` after 10 s, "init-myservice can't complete, so the second container is not created yet"
    .pod('web', pod =>
      pod
        .init('wait-for-service', exits(0).after('1m'))
        .init('wait-for-db', exits(0).after('1m'))
        .container('app', runs()),
    )
    .expect(({ web }) => [
      web.init('wait-for-service').running().and(web.init('wait-for-db').waiting('PodInitializing')).at('10s'),
      no(web.init('wait-for-service').terminated().becomes()).before(web.init('wait-for-service').exited(0)),
      web.init('wait-for-service').exited(0).noSoonerThan('1m'),
    ]),
)

spec('an init container that has completed is called ready', s =>
  s
    .describe('Of an init container, `ready: true` means that it is done.')
    .pod('web', pod => pod.init('migrate', exits(0).after('10s')).container('app', runs()))
    .expect(({ web }) => [
      always(not(web.init('migrate').ready())).while(web.init('migrate').running()),
      always(web.init('migrate').ready()).while(web.init('migrate').terminated('Completed')),
    ]),
)

spec('a pod cannot be Ready before all of its init containers have completed', s =>
  s
    .pod('web', pod =>
      pod.init('migrate', exits(0).after('10s')).init('seed', exits(0).after('10s')).container('app', runs()),
    )
    .expect(({ web }) => [web.init('seed').exited(0).precedes(web.condition('Ready').becomes())]),
)

spec('init containers do not run when the pod is deleted', s =>
  s
    .describe('Some tutorials say that they run when a pod is created or deleted. They only run when it begins.')
    // seed 000: "the init container will run when a pod is created or deleted"
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      exactly(1, web.init('migrate').started()),
      never(web.init('migrate').started()).after(web.deleted()),
      web.gone(),
    ]),
)

spec.refused(
  'an init container that is no sidecar has neither probes nor hooks',
  s =>
    s
      .describe('It has to end before the pod can be ready. A sidecar, which runs on, may have all of them.')
      // seed 004: "init containers do not support lifecycle, livenessProbe, readinessProbe, or startupProbe"
      .pod('web', pod => pod.init('migrate', exits(0), { readiness: succeeds() }).container('app', runs())),
  'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
)
