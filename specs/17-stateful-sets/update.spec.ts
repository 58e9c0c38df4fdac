/**
 * A StatefulSet whose template changes replaces its pods one by one, from the highest ordinal down, and waits for each to be Ready.
 * Images are pulled at each start here (imagePullPolicy Always), so that a pull tells which template a pod was made of.
 */

import { exactly, image, never, readyAfter, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

const statefulSet = (fields: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web' },
  spec: {
    serviceName: 'web',
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'app',
            image: 'app:1',
            imagePullPolicy: 'Always',
            readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 },
          },
        ],
      },
    },
    ...fields,
  },
})

spec('a rolling update of a StatefulSet goes from the highest ordinal down, one pod at a time', s =>
  s
    // SS-5
    .apply(statefulSet())
    .behave('statefulset/web/app', readyAfter('5s'))
    .at('1m')
    .setImage('statefulset/web', 'app', 'app:2')
    .expect(({ pod }) => [
      pod('web-2').deleted().within('61s'),
      pod('web-2').pulled('app:2').precedes(pod('web-1').deleted()),
      pod('web-1').pulled('app:2').precedes(pod('web-0').deleted()),
      pod('web-0').pulled('app:2').within('3m'),
      whenever(pod('web-1').deleted()).then(pod('web-2').ready()).immediately(),
    ]),
)

spec('a rolling update stands still at a pod that does not become Ready', s =>
  s
    // SS-5
    .apply(statefulSet())
    .image(image('app:2').doesNotExist())
    .at('1m')
    .setImage('statefulset/web', 'app', 'app:2')
    .horizon('30m')
    .expect(({ pod }) => [
      pod('web-2').container('app').waiting('ImagePullBackOff').within('2m'),
      never(pod('web-1').deleted()),
    ]),
)

spec('a template that is repaired does not repair the pod at which a rolling update stands', s =>
  s
    .describe('A known trap: the pod has to be deleted by hand.')
    // SS-5
    .apply(statefulSet())
    .image(image('app:2').doesNotExist())
    .at('1m')
    .setImage('statefulset/web', 'app', 'app:2')
    .at('5m')
    .setImage('statefulset/web', 'app', 'app:1')
    .at('15m')
    .delete('pod/web-2')
    .horizon('30m')
    .expect(({ pod }) => [pod('web-2').container('app').waiting().at('14m'), pod('web-2').ready().at('16m')]),
)

spec('a partition keeps the pods below it at the template that they have', s =>
  s
    // SS-5
    .apply(statefulSet({ updateStrategy: { rollingUpdate: { partition: 2 } } }))
    .at('1m')
    .setImage('statefulset/web', 'app', 'app:2')
    .horizon('10m')
    .expect(({ pod }) => [
      pod('web-2').pulled('app:2').within('2m'),
      never(pod('web-1').deleted()),
      never(pod('web-0').deleted()),
    ]),
)

spec('a pod below the partition that is deleted comes back with the old template', s =>
  s
    // SS-2
    .apply(statefulSet({ updateStrategy: { rollingUpdate: { partition: 2 } } }))
    .at('1m')
    .setImage('statefulset/web', 'app', 'app:2')
    .at('5m')
    .delete('pod/web-0')
    .horizon('10m')
    .expect(({ pod }) => [exactly(2, pod('web-0').pulled('app:1')), never(pod('web-0').pullStarted('app:2'))]),
)

spec('with updateStrategy OnDelete a pod gets the new template only when somebody deletes it', s =>
  s
    // SS-6
    .apply(statefulSet({ updateStrategy: { type: 'OnDelete' } }))
    .at('1m')
    .setImage('statefulset/web', 'app', 'app:2')
    .at('5m')
    .delete('pod/web-1')
    .horizon('10m')
    .expect(({ pod }) => [
      pod('web-1').pulled('app:2').noSoonerThan('5m').within('6m'),
      never(pod('web-0').deleted()),
      never(pod('web-2').deleted()),
    ]),
)
