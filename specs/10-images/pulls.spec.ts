/**
 * The kubelet pulls an image when a container that needs it is about to be started: one image after the other, in the order of the
 * containers, and no earlier. What has been pulled stays on the node for every other pod.
 */

import { exactly, exits, image, inOrder, never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const later = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'later' },
  spec: { containers: [{ name: 'late', image: 'app:1' }] },
}

spec('the image of an app container is pulled only after the init containers have completed', s =>
  s
    .describe(
      'Some tutorials say that all images of a pod are pulled first, and then its init containers run. That is wrong.',
    )
    // seed 000: "the Pod does 2 things: it pulls the images, and it runs all init containers in order"; R-236 ff.
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()))
    .expect(({ web }) => [
      inOrder(
        web.pulled('migrate:1'),
        web.init('migrate').started(),
        web.init('migrate').exited(0),
        web.pullStarted('app:1'),
        web.container('app').started(),
      ),
    ]),
)

spec('a container is started before the image of the next one is pulled', s =>
  s
    // seed 001: its Events say Pulled, Created and Started of the first container before Pulling of the second.
    .pod('web', pod => pod.container('first', runs()).container('second', runs()))
    .expect(({ web }) => [
      inOrder(
        web.pulled('first:1'),
        web.container('first').started(),
        web.pullStarted('second:1'),
        web.container('second').started(),
      ),
    ]),
)

spec('two containers of one image need one pull', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { image: 'app:1' }).container('log', runs(), { image: 'app:1' }))
    .expect(({ web }) => [exactly(1, web.pullStarted()), web.container('log').event('Pulled')]),
)

spec('a second pod on the node needs no pull of an image that is there', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .apply(later)
    .expect(({ web, pod }) => [
      exactly(1, web.pulled('app:1')),
      never(pod('later').pullStarted()),
      pod('later').container('late').started().within('61s'),
    ]),
)

spec('each node pulls for itself', s =>
  s
    .nodes(2)
    .pod('web', pod => pod.container('app', runs()).spec({ nodeName: 'node-1' }))
    .at('1m')
    .apply({ ...later, spec: { ...later.spec, nodeName: 'node-2' } })
    .expect(({ web, pod }) => [exactly(1, web.pulled('app:1')), exactly(1, pod('later').pulled('app:1'))]),
)

spec('a node pulls one image at a time', s =>
  s
    .describe('serializeImagePulls is true by default: a large image makes those of other pods wait.')
    //
    .pod('large', pod => pod.container('model', runs()))
    .image(image('model:1').pullsIn('60s'))
    .at('10s')
    .apply(later)
    .expect(({ large, pod }) => [
      large.pulled().at('60s', { tolerance: '200ms' }),
      large.pulled().precedes(pod('later').pullStarted()),
      pod('later').pullStarted().within('61s'),
    ]),
)

spec('a pod that does not need the registry does not wait for the pulls of others', s =>
  s
    .pod('large', pod => pod.container('model', runs()))
    .pod('small', pod => pod.container('app', runs()))
    .image(image('model:1').pullsIn('60s'), image('app:1').isPresent())
    .expect(({ small }) => [small.container('app').started().within('1s')]),
)
