/** Initialized is about init containers, and about nothing else: it is True when all of them have completed successfully. */

import { atLeast, exits, image, runs, sandbox, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a pod without init containers is Initialized at once', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').pullsIn('20s'))
    .expect(({ web }) => [web.condition('Initialized').immediately(), web.conditions({ Initialized: ['True'] })]),
)

spec('Initialized turns True when every init container has completed successfully', s =>
  s
    // seed 003 says "completed", and is right.
    .pod('web', pod =>
      pod.init('migrate', exits(0).after('5s')).init('seed', exits(0).after('10s')).container('app', runs()),
    )
    .expect(({ web }) => [
      web.conditions({ Initialized: ['False', 'True'] }),
      whenever(web.init('seed').terminated('Completed').becomes())
        .then(web.condition('Initialized').becomes())
        .immediately(),
    ]),
)

spec('an init container that has merely started does not make its pod Initialized', s =>
  s
    .describe('Documents from before Kubernetes 1.20 say "started successfully"; it has always been "completed".')
    // seed 004: "Initialized: all init containers have started successfully"
    .pod('web', pod => pod.init('wait', runs()).container('app', runs()))
    .expect(({ web }) => [web.init('wait').running().within('2s'), web.conditions({ Initialized: ['False'] })]),
)

spec('Initialized does not wait for the app containers', s =>
  s
    .describe('Some tutorials say that all containers have been initialized. Only init containers count.')
    // seed 000: "Initialized: whether all containers have been initialized successfully"
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()))
    .image(image('app:1').pullsIn('30s'))
    .expect(({ web }) => [web.condition('Initialized').within('8s'), web.container('app').started().after('35s')]),
)

spec('as long as an init container is not done, Initialized is False with the reason ContainersNotInitialized', s =>
  s
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()))
    .expect(({ web }) => [
      web.condition('Initialized', 'False', 'ContainersNotInitialized').until(web.condition('Initialized')),
    ]),
)

spec('a pod whose app containers have run once stays Initialized, even when its init containers run again', s =>
  s
    // any app container that has started is proof enough.
    .pod('web', pod =>
      pod.init('migrate', exits(0).after('5s')).container('app', runs()).sandbox(sandbox().diesAfter('1m')),
    )
    .expect(({ web }) => [
      atLeast(2, web.init('migrate').started()),
      web.conditions({ Initialized: ['False', 'True'] }),
    ]),
)
