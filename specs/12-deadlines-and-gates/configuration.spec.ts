/**
 * Before a container can be started, what it refers to has to be there: ConfigMaps and Secrets, mounted or in its environment, and a
 * user that its security context allows. None of this makes a pod Failed; the kubelet keeps trying.
 */

import { atLeast, exactly, image, never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { mode: 'fast' } }
const volumes = [{ name: 'settings', configMap: { name: 'settings' } }]

spec('a pod whose ConfigMap volume does not exist waits in ContainerCreating', s =>
  s
    .describe('Volumes are mounted before anything else: there is no sandbox yet, and no image is pulled.')
    // R-140, R-1116
    .pod('web', pod => pod.container('app', runs()).spec({ volumes }))
    .horizon('5m')
    .expect(({ web }) => [
      web.container('app').states('waiting ContainerCreating'),
      web.phases('Pending'),
      atLeast(2, web.event('FailedMount')),
      never(web.sandboxCreated()),
      never(web.event('Pulling')),
    ]),
)

spec('a pod that waits for a ConfigMap volume goes on when the ConfigMap is created', s =>
  s
    .pod('web', pod => pod.container('app', runs()).spec({ volumes }))
    .at('20s')
    .apply(settings)
    .expect(({ web }) => [web.sandboxCreated().after('20s'), web.phases('Pending', 'Running')]),
)

spec('a ConfigMap volume that is optional need not exist', s =>
  s
    .pod('web', pod =>
      pod
        .container('app', runs())
        .spec({ volumes: [{ name: 'settings', configMap: { name: 'settings', optional: true } }] }),
    )
    .expect(({ web }) => [web.container('app').started().within('1s'), never(web.event('FailedMount'))]),
)

spec('a container whose environment refers to a missing ConfigMap waits with CreateContainerConfigError', s =>
  s
    .describe(
      'Unlike a volume, the environment is looked at when the container is to be created: its image is there by then.',
    )
    .pod('web', pod => pod.container('app', runs(), { envFrom: [{ configMapRef: { name: 'settings' } }] }))
    .horizon('5m')
    .expect(({ web }) => [
      web.pulled().within('1s'),
      web.container('app').states('waiting ContainerCreating', 'waiting CreateContainerConfigError'),
      web.phases('Pending'),
      never(web.container('app').started()),
    ]),
)

spec('CreateContainerConfigError has no back-off: the container is started soon after the ConfigMap is there', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { envFrom: [{ configMapRef: { name: 'settings' } }] }))
    .at('5m')
    .apply(settings)
    .expect(({ web }) => [
      web.container('app').started().at('5m7.5s', { tolerance: '7.5s' }),
      web.container('app').running().afterQuiescence(),
      web.container('app').restartCount(0).afterQuiescence(),
    ]),
)

spec('a container whose environment refers to a missing Secret waits with CreateContainerConfigError', s =>
  s
    // seeds 003 and 004: Waiting is, for example, "applying Secret data"
    .pod('web', pod =>
      pod.container('app', runs(), {
        env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'missing', key: 'token' } } }],
      }),
    )
    .horizon('5m')
    .expect(({ web }) => [
      web.container('app').states('waiting ContainerCreating', 'waiting CreateContainerConfigError'),
      never(web.container('app').started()),
    ]),
)

spec('one container that cannot be configured does not keep the others from starting', s =>
  s
    .pod('web', pod =>
      pod
        .container('app', runs(), {
          env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'missing', key: 'token' } } }],
        })
        .container('log', runs()),
    )
    .horizon('2m')
    .expect(({ web }) => [
      web.container('log').started(),
      web.container('app').waiting('CreateContainerConfigError').at('2m'),
    ]),
)

spec('a container that must not run as root waits with CreateContainerConfigError when its image does', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs(), { securityContext: { runAsNonRoot: true } }))
    .image(image('app:1').runsAsRoot())
    .horizon('2m')
    .expect(({ web }) => [
      web.container('app').states('waiting ContainerCreating', 'waiting CreateContainerConfigError'),
      never(web.container('app').started()),
    ]),
)

spec('a user of its own satisfies runAsNonRoot whatever the image says', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { securityContext: { runAsNonRoot: true, runAsUser: 1000 } }))
    .image(image('app:1').runsAsRoot())
    .expect(({ web }) => [exactly(1, web.container('app').started()), web.phases('Pending', 'Running')]),
)
