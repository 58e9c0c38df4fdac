/**
 * `imagePullPolicy` says whether the registry is asked for an image that a container needs: Always, only if the image is not on
 * the node (IfNotPresent), or Never. Where a container does not say, its image's tag decides.
 */

import { crashes, eventually, exactly, image, never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const DIGEST = 'app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'

spec.each(['app:1', DIGEST])(
  name => `the policy of ${name} is IfNotPresent where the container does not say`,
  name => s =>
    s
      .describe('Some tutorials say that Always is the default. It is that of the tag latest only.')
      // seed 000: "Always: the default value"; R-301
      .pod('web', pod => pod.container('app', runs(), { image: name }))
      .image(image(name).isPresent())
      .expect(({ web }) => [never(web.pullStarted()), web.container('app').started().within('200ms')]),
)

spec.each(['app:latest', 'app'])(
  name => `the policy of ${name} is Always where the container does not say`,
  name => s =>
    s
      // no tag means latest
      .pod('web', pod => pod.container('app', runs(), { image: name }))
      .image(image(name).isPresent())
      .expect(({ web }) => [exactly(1, web.pulled()), web.pulled().precedes(web.container('app').started())]),
)

spec('with IfNotPresent an image that is not on the node is pulled before its container is started', s =>
  s
    // seed 000
    .pod('web', pod => pod.container('app', runs(), { imagePullPolicy: 'IfNotPresent' }))
    .image(image('app:1').pullsIn('8s'))
    .expect(({ web }) => [
      web.pulled().at('8s', { tolerance: '200ms' }),
      web.pulled().precedes(web.container('app').started()),
    ]),
)

spec('with Always the registry is asked although the image is on the node', s =>
  s
    // seed 000; R-309
    .pod('web', pod => pod.container('app', runs(), { imagePullPolicy: 'Always' }))
    .image(image('app:1').isPresent())
    .expect(({ web }) => [exactly(1, web.pulled()), web.pulled().precedes(web.container('app').started())]),
)

spec('with Always every restart of a container asks the registry again', s =>
  s
    .describe('The policy is about each start of a container, not about the creation of its pod.')
    // seed 000: "always contacts the registry … when a Pod is created"; R-302
    .pod('web', pod => pod.container('app', crashes().after('20s'), runs(), { imagePullPolicy: 'Always' }))
    .expect(({ web }) => [exactly(2, web.container('app').started()), exactly(2, web.pulled())]),
)

spec('with IfNotPresent a restart asks nobody', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('20s'), runs()))
    .expect(({ web }) => [exactly(2, web.container('app').started()), exactly(1, web.pulled())]),
)

spec('with Never an image that is on the node is used as it is', s =>
  s
    // seed 000: "the image has to be on the worker already"
    .pod('web', pod => pod.container('app', runs(), { imagePullPolicy: 'Never' }))
    .image(image('app:1').isPresent())
    .expect(({ web }) => [never(web.pullStarted()), web.container('app').started().within('200ms')]),
)

spec('with Never a container whose image is not on the node waits with ErrImageNeverPull', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { imagePullPolicy: 'Never' }))
    .horizon('5m')
    .expect(({ web }) => [
      never(web.pullStarted()),
      web.container('app').states('waiting ContainerCreating', 'waiting ErrImageNeverPull'),
      web.phases('Pending'),
      eventually(web.event('ErrImageNeverPull')),
    ]),
)
