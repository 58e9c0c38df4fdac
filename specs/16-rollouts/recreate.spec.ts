/**
 * With the strategy Recreate a Deployment deletes all old pods, waits until they are gone, and then makes the new ones: the two versions
 * never run at the same time, and for a while there is none.
 */

import { deployment, onTerm, request, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const recreated = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 3,
    strategy: { type: 'Recreate' },
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
  },
}
const web = deployment('web')

spec('Recreate deletes all pods before it makes the first new one', s =>
  s
    .describe('It waits until their containers have stopped: pods that are terminating count here.')
    // DP-11
    .apply(recreated)
    .behave('deployment/web/app', onTerm(stopsAfter('20s')))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .expect(() => [
      web.updated().goesThrough(0, 3, 0, 3),
      web.replicas(0).and(web.available(0)).at('79s'),
      web.complete().afterQuiescence(),
    ]),
)

spec('between the old pods and the new ones of a Recreate every request is lost', s =>
  s
    .apply(recreated, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    })
    .traffic('service/web', '50/s')
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('3m')
    .expect(() => [request('web').dropped('no endpoint').noSoonerThan('1m').within('63s')]),
)
