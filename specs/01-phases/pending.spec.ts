/**
 * A pod is Pending from the moment the API server accepts it until all of its containers have been created and one of them
 * runs. That takes in the scheduler's decision, the pulls of the images and the init containers.
 */

import { crashes, eventually, exits, image, never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a pod is Pending before it is scheduled', s =>
  s
    .pod('web', pod => pod.container('app', runs()).spec({ nodeSelector: { disk: 'ssd' } }))
    .expect(({ web }) => [web.phases('Pending'), never(web.scheduled())]),
)

spec('a pod that is scheduled is Pending until its containers have been started', s =>
  s
    .describe('Some tutorials say: Pending until the pod is scheduled and started. That is right: both are needed.')
    // seed 000: "Pending until it is scheduled to a worker node and started"
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').pullsIn('20s'))
    .expect(({ web }) => [web.scheduled().immediately(), web.phase('Pending').until(web.container('app').running())]),
)

spec('the time spent downloading container images is part of Pending', s =>
  s
    // seeds 003 and 004: "includes the time spent downloading container images over the network"
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').pullsIn('20s'))
    .expect(({ web }) => [web.phase('Pending').until(web.pulled()), web.pulled().noSoonerThan('20s')]),
)

spec('the time that init containers take is part of Pending', s =>
  s
    .pod('web', pod => pod.init('migrate', exits(0).after('30s')).container('app', runs()))
    .expect(({ web }) => [web.phase('Pending').until(web.init('migrate').exited(0)), web.phases('Pending', 'Running')]),
)

spec('a pod is Pending as long as one of its containers cannot be created', s =>
  s
    .describe(
      'Some tutorials say that a pod is Running as soon as one container runs. It is not: all of its containers have to be created first.',
    )
    // seed 000: "Running when 1 container in the pod is running"; R-803 (3): a container that waits makes the pod Pending.
    .pod('web', pod => pod.container('app', runs()).container('log', runs()))
    .image(image('log:1').doesNotExist())
    .horizon('1m')
    .expect(({ web }) => [web.container('app').running().within('2s'), web.phases('Pending')]),
)

spec('a pod that its node rejects goes from Pending to Failed', s =>
  s
    // seed 003: "Pending can turn into Failed". Who names a node passes the scheduler by, and the kubelet looks itself: R-761.
    .pod('web', pod => pod.container('app', runs()).spec({ nodeName: 'node-1', nodeSelector: { disk: 'ssd' } }))
    .expect(({ web }) => [
      web.phases('Pending', 'Failed'),
      eventually(web.event('NodeAffinity')),
      never(web.container('app').started()),
    ]),
)

spec('a pod whose only container ends within a moment may never be seen Running', s =>
  s
    .describe(
      'The kubelet looks at its containers once a second; what begins and ends between two looks leaves no Running.',
    )
    .pod('web', pod => pod.container('app', crashes().after('100ms')).restartPolicy('Never'))
    .expect(({ web }) => [web.phases('Pending', 'Failed'), web.container('app').alive()]),
)
