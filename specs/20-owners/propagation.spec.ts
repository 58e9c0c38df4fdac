/**
 * Who deletes an owner says when what it owns goes: before it, after it, or not at all.
 */

import { deployment, not, onTerm, runs, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const web = deployment('web')
const manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
  },
}

const replicaSet = (name: string) => ({
  ...manifest,
  kind: 'ReplicaSet',
  metadata: { name },
  spec: { ...manifest.spec, replicas: 1 },
})

spec('Background: the owner is gone at once, its pods later', s =>
  s
    // DEL-9
    .apply(manifest)
    .behave('deployment/web/app', onTerm(stopsAfter('20s')))
    .at('1m')
    .request({ delete: 'deployment/web', propagation: 'Background' })
    .expect(({ pod }) => [
      web.gone().at('1m'),
      pod('deployment/web').terminating().at('75s'),
      pod('deployment/web').gone().noSoonerThan('80s').within('82s'),
    ]),
)

spec('Foreground: the owner stays until the last of its pods is gone', s =>
  s
    // DEL-9
    .apply(manifest)
    .behave('deployment/web/app', onTerm(stopsAfter('20s')))
    .at('1m')
    .request({ delete: 'deployment/web', propagation: 'Foreground' })
    .expect(({ pod }) => [
      web.terminating().at('75s'),
      pod('deployment/web').terminating().at('75s'),
      web.gone().noSoonerThan('80s').within('82s'),
    ]),
)

spec('Orphan: the owner is gone, its pods stay', s =>
  s
    // DEL-9
    .apply(manifest)
    .at('1m')
    .request({ delete: 'deployment/web', propagation: 'Orphan' })
    .horizon('30m')
    .expect(({ pod }) => [not(web.exists()).at('29m'), pod('deployment/web').ready().at('29m')]),
)

spec('orphaned pods are adopted by the next controller with their labels', s =>
  s
    .describe('So a workload can be replaced without a pod being touched.')
    // C-6
    .pod('bare', pod => pod.labels({ app: 'web' }).container('app', runs()))
    .apply(replicaSet('first'))
    .at('1m')
    .request({ delete: 'replicaset/first', propagation: 'Orphan' })
    .at('2m')
    .apply(replicaSet('second'))
    .at('3m')
    .delete('replicaset/second')
    .expect(({ bare }) => [bare.deleted().noSoonerThan('3m').within('182s')]),
)
