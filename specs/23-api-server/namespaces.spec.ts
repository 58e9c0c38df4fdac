/**
 * A namespace that is deleted takes with it all that is in it, and stays Terminating until the last of it is gone.
 */

import { exactly, onTerm, runs, step, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }
const pod = (metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'late', namespace: 'shop', ...metadata },
  spec: { containers: [{ name: 'app', image: 'app:1' }] },
})

spec('nothing can be created in a namespace that there is not', s =>
  s
    // ADM-1
    .at('1m')
    .request({ create: pod({ namespace: 'sohp' }) })
    .expect(() => [step(1).refused('namespaces "sohp" not found')]),
)

spec('the pods of a namespace that is deleted are deleted, with their grace period', s =>
  s
    .describe('The namespace controller begins five seconds later.')
    .apply(shop)
    .pod('web', pod => pod.namespace('shop').container('app', runs(), onTerm(stopsAfter('20s'))))
    .at('1m')
    .request({ delete: 'ns/shop' })
    .horizon('5m')
    .expect(({ web }) => [web.deleted().within('67s'), web.container('app').exited(0).within('87s')]),
)

spec('nothing can be created in a namespace that is being deleted', s =>
  s
    // ADM-1
    .apply(shop)
    .pod('web', pod => pod.namespace('shop').container('app', runs(), onTerm(stopsAfter('20s'))))
    .at('1m')
    .request({ delete: 'ns/shop' })
    .at('65s')
    .request({ create: pod() })
    .horizon('5m')
    .expect(() => [step(2).refused('unable to create new content in namespace shop because it is being terminated')]),
)

spec('the controllers in a namespace that is deleted make no new pods', s =>
  s
    .apply(shop, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
      },
    })
    .at('1m')
    .request({ delete: 'ns/shop' })
    .horizon('10m')
    .expect(({ pod }) => [pod('shop/db-0').gone().within('2m'), exactly(1, pod('shop/db-0').created())]),
)

spec('a finalizer of a pod in it keeps a namespace Terminating, until it is taken away', s =>
  s
    .describe('Namespaces that hang are mostly that.')
    .apply(shop, pod({ name: 'web', finalizers: ['example.com/backup'] }))
    .at('1m')
    .request({ delete: 'ns/shop' })
    .at('10m')
    .request({ create: pod() })
    .at('11m')
    .request({ patch: 'shop/pod/web', with: { metadata: { finalizers: null } }, type: 'merge' })
    .at('12m')
    .request({ create: pod() })
    .horizon('15m')
    .expect(({ pod }) => [
      pod('shop/web').terminating().at('9m'),
      step(2).refused('because it is being terminated'),
      pod('shop/web').gone().noSoonerThan('11m').within('12m'),
      step(4).refused('namespaces "shop" not found'),
    ]),
)
