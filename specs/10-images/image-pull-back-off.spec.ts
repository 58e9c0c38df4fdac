/**
 * A pull that fails is tried again after 10 s, 20 s, 40 s … and at last every five minutes. The container says ErrImagePull after a
 * failed try, and ImagePullBackOff while none is made. The pod stays Pending for as long as it takes.
 */

import { always, exactly, gapsBetween, image, never, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a container whose image cannot be pulled waits with ErrImagePull, then with ImagePullBackOff', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').doesNotExist())
    .horizon('20s')
    .expect(({ web }) => [
      web.container('app').states('waiting ContainerCreating', 'waiting ErrImagePull', 'waiting ImagePullBackOff'),
    ]),
)

spec('a pull is tried again after 10 s, 20 s, 40 s, 80 s, 160 s, and at last every 300 s', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').doesNotExist())
    .horizon('25m')
    .expect(({ web }) => [
      // R-306; a retry comes with the first sync after that, up to 15 s later.
      gapsBetween(web.pullFailed(), web.pullStarted()).are('10s', '20s', '40s', '80s', '160s', '300s', '300s', {
        tolerance: '15s',
      }),
    ]),
)

spec('an image that cannot be pulled does not make a pod Failed, even with restartPolicy Never', s =>
  s
    .pod('job', pod => pod.container('app', runs()).restartPolicy('Never'))
    .image(image('app:1').doesNotExist())
    .horizon('1h')
    .expect(({ job }) => [job.phases('Pending'), never(job.container('app').terminated())]),
)

spec('a container whose image appears at last has not been restarted', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').fails(3))
    .expect(({ web }) => [
      exactly(3, web.pullFailed()),
      web.container('app').running().afterQuiescence(),
      always(web.container('app').restartCount(0)).after(web.container('app').running().becomes()),
    ]),
)

spec('another image is pulled at once: the back-off is that of the image', s =>
  s
    // the key of the back-off is the pod and the image.
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').doesNotExist())
    .at('2m')
    .setImage('pod/web', 'app', 'app:2')
    .expect(({ web }) => [
      web.container('app').waiting().at('2m'),
      web.pullStarted('app:2').noSoonerThan('2m').within('2m2s'),
      web.container('app').running().afterQuiescence(),
    ]),
)

spec('another pod with the same image does not share the back-off', s =>
  s
    // the pod's UID is part of the key.
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').doesNotExist())
    .at('3m')
    .apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'twin' },
      spec: { containers: [{ name: 'twin', image: 'app:1' }] },
    })
    .horizon('4m')
    .expect(({ pod }) => [whenever(pod('twin').created()).then(pod('twin').pullStarted('app:1')).within('1s')]),
)

spec('the message of a registry that is down has a reason of its own: RegistryUnavailable', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').fails(1, 'RegistryUnavailable: connection refused'))
    .expect(({ web }) => [
      web
        .container('app')
        .states('waiting ContainerCreating', 'waiting RegistryUnavailable', 'waiting ImagePullBackOff', 'running'),
    ]),
)

spec('a name that is no image name is InvalidImageName, and the registry is never asked', s =>
  s
    // R-302 (1)
    .pod('web', pod => pod.container('app', runs(), { image: 'App Image' }))
    .horizon('5m')
    .expect(({ web }) => [
      web.container('app').states('waiting ContainerCreating', 'waiting InvalidImageName'),
      never(web.pullStarted()),
    ]),
)
