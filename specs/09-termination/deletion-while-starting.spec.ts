/**
 * The kubelet does one thing after the other for a pod. A deletion that comes while it pulls an image or waits for a hook has to
 * wait until that is done.
 */

import { crashes, exactly, ignores, image, inOrder, never, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a pod that is deleted while an image is pulled waits for the pull, and starts the container just to stop it', s =>
  s
    // R-705; recordings of v1.32, surprise 5.
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').pullsIn('1m'))
    .at('10s')
    .delete('pod/web', { grace: '5s' })
    .expect(({ web }) => [
      inOrder(
        web.deleted(),
        web.pulled('app:1'),
        web.container('app').started(),
        web.container('app').signalled('SIGTERM'),
        web.gone(),
      ),
    ]),
)

spec('a pod that is deleted while the pull of its image is backed off is gone within a second', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').doesNotExist())
    .at('20s')
    .delete('pod/web')
    .expect(({ web }) => [whenever(web.deleted()).then(web.gone()).within('1s')]),
)

spec('a container that never ran is, after the deletion of its pod, one whose status is unknown: exit code 137', s =>
  s
    .describe('No process has been killed. 137 is what the kubelet writes when it cannot find the container.')
    // R-730; recordings of v1.32, surprise 15.
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').doesNotExist())
    .at('20s')
    .delete('pod/web')
    .expect(({ web }) => [
      never(web.container('app').started()),
      web.container('app').terminated({ reason: 'ContainerStatusUnknown', exitCode: 137 }).becomes().within('21s'),
      web.phases('Pending', 'Failed'),
    ]),
)

spec('a pod that is deleted in CrashLoopBackOff has nothing to stop', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('1s')))
    .at('30s')
    .delete('pod/web')
    .expect(({ web }) => [
      never(web.container('app').signalled('SIGTERM')),
      whenever(web.deleted()).then(web.gone()).within('1s'),
      exactly(3, web.container('app').exited(1)),
    ]),
)

spec('a new image for a pod that terminates starts nothing', s =>
  s
    // T-A4
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
    .at('1m')
    .delete('pod/web')
    .at('70s')
    .setImage('pod/web', 'app', 'app:2')
    .expect(({ web }) => [
      never(web.pullStarted('app:2')),
      exactly(1, web.container('app').started()),
      web.container('app').killed().at('90s'),
    ]),
)
