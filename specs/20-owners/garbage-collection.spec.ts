/**
 * An object whose owner is gone is garbage, and is collected. Who deletes the owner says how: Background, which is the default, takes the
 * owner at once; Foreground waits for what it owns; Orphan leaves that alone.
 */

import { never, onTerm, runs, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const deployment = {
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
  ...deployment,
  kind: 'ReplicaSet',
  metadata: { name },
  spec: { ...deployment.spec, replicas: 1 },
})

spec('who deletes a Deployment deletes its pods, with their grace period', s =>
  s
    // DEL-11
    .apply(deployment)
    .behave('deployment/web/app', onTerm(stopsAfter('20s')))
    .at('1m')
    .delete('deployment/web')
    .expect(({ pod }) => [
      pod('deployment/web').deleted().noSoonerThan('1m').within('62s'),
      pod('deployment/web').container('app').exited(0).noSoonerThan('80s').within('82s'),
    ]),
)

spec('who deletes a Deployment and orphans what it owns leaves its pods running', s =>
  s
    .describe('kubectl delete --cascade=orphan')
    // DEL-9
    .apply(deployment)
    .at('1m')
    .request({ delete: 'deployment/web', propagation: 'Orphan' })
    .horizon('30m')
    .expect(({ pod }) => [never(pod('deployment/web').deleted()), pod('deployment/web').ready().at('29m')]),
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
