/**
 * Init containers are over when the app containers begin. They come back only if the pod has to begin anew: when its sandbox dies.
 */

import { crashes, exactly, exits, never, runs, sandbox, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a restart of an app container does not run the init containers again', s =>
  s
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', crashes().after('30s'), runs()))
    .expect(({ web }) => [exactly(2, web.container('app').started()), exactly(1, web.init('migrate').started())]),
)

spec('a new image of an init container that is done starts nothing', s =>
  s
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()))
    .at('1m')
    .setImage('pod/web', 'migrate', 'migrate:2')
    .expect(({ web }) => [
      web.phase('Running').within('10s'),
      never(web.anyContainer().started()).after(web.phase('Running').becomes()),
      never(web.pulled('migrate:2')),
    ]),
)

spec('when the sandbox of a pod dies, its init containers run again, from the first one', s =>
  s
    // that is why an init container has to be ready to find its work done.
    .pod('web', pod =>
      pod
        .init('migrate', exits(0).after('5s'))
        .init('seed', exits(0).after('5s'))
        .container('app', runs())
        .sandbox(sandbox().diesAfter('1m')),
    )
    .expect(({ web }) => [
      exactly(2, web.init('migrate').started()),
      exactly(2, web.init('seed').started()),
      exactly(2, web.container('app').started()),
      whenever(web.sandboxDied()).then(web.phase('Pending')).within('3s'),
    ]),
)

spec('when the sandbox dies while init containers run, those that were done run again, too', s =>
  s
    .pod('web', pod =>
      pod
        .init('migrate', exits(0).after('5s'))
        .init('seed', exits(0).after('30s'))
        .container('app', runs())
        .sandbox(sandbox().diesAfter('20s')),
    )
    .expect(({ web }) => [exactly(2, web.init('migrate').started()), exactly(1, web.container('app').started())]),
)

spec('with restartPolicy Never, a pod whose sandbox dies during initialization is Pending for ever', s =>
  s
    .describe('Nothing fails, so the pod is not Failed; nothing may be started again, so it does not go on.')
    // R-202 a; recordings of v1.32 hang likewise.
    .pod('job', pod =>
      pod
        .init('migrate', exits(0).after('30s'))
        .container('app', runs())
        .restartPolicy('Never')
        .sandbox(sandbox().diesAfter('10s')),
    )
    .expect(({ job }) => [
      job.phases('Pending'),
      job.container('app').waiting('PodInitializing').afterQuiescence(),
      exactly(1, job.sandboxCreated()),
    ]),
)

spec('an init container that is done still has its status when the pod runs', s =>
  s
    .describe('Some tutorials say that it is deleted. Its process is gone; its status stays.')
    // seed 000: "when the init container is done it will be deleted"
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()))
    .expect(({ web }) => [
      web
        .container('app')
        .running()
        .and(web.init('migrate').terminated({ reason: 'Completed', exitCode: 0 }))
        .afterQuiescence(),
    ]),
)
