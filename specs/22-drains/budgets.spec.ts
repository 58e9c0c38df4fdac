/**
 * A PodDisruptionBudget says how many pods evictions may take away at a time. Who evicts is told to try again later; who deletes, or
 * crashes, is not asked.
 */

import { fails, never, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

const deployment = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'app', image: 'app:1', readinessProbe: { httpGet: { port: 80 } } }] },
    },
  },
})
const budget = (fields: object, name = 'web') => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name },
  spec: { selector: { matchLabels: { app: 'web' } }, ...fields },
})
const violates = "Cannot evict pod as it would violate the pod's disruption budget."
/** All pods are on the first node when it is drained. */
const two = [{ name: 'a' }, { name: 'b', cpu: '1' }]

spec('a budget that allows no disruption blocks a drain for ever', s =>
  s
    .describe(
      'The drain tries again every five seconds. With minAvailable as large as the number of replicas no pod may go.',
    )
    // EV-4, EV-6, PDB-2
    .nodes(two)
    .apply(deployment(1), budget({ minAvailable: 1 }))
    .at('1m')
    .drain('a')
    .horizon('30m')
    .expect(({ pod }) => [pod('deployment/web').refused(violates).at('1m'), never(pod('deployment/web').deleted())]),
)

spec('a deletion is not an eviction: no budget forbids it', s =>
  s
    .nodes(two)
    .apply(budget({ minAvailable: 1 }))
    .pod('web', pod => pod.labels({ app: 'web' }).container('app', runs()))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [web.gone().within('2m'), never(web.refused())]),
)

spec('a budget does not keep pods on a node that has the taint NoExecute', s =>
  s
    .describe('Neither taints nor nodes that die, pressure or preemption wait for it.')
    // TE-4
    .nodes(two)
    .apply(budget({ minAvailable: 1 }))
    .pod('web', pod => pod.labels({ app: 'web' }).container('app', runs()))
    .at('1m')
    .taint('a', 'maintenance=yes:NoExecute')
    .expect(({ web }) => [web.deleted().within('61s')]),
)

spec('an eviction of a pod that is Pending is never forbidden', s =>
  s
    // EV-1
    .apply(budget({ minAvailable: 1 }))
    .pod('web', pod => pod.labels({ app: 'web' }).init('wait', runs()).container('app', runs()))
    .at('1m')
    .evict('pod/web')
    .expect(({ web }) => [web.deleted().at('1m'), never(web.refused())]),
)

spec('a drain that a budget holds up goes on when another pod has become ready', s =>
  s
    .describe('It asks again every five seconds.')
    // EV-4, EV-6
    .nodes(two)
    .apply(budget({ minAvailable: 1 }))
    .pod('web', pod => pod.labels({ app: 'web' }).container('app', runs()))
    .at('1m')
    .drain('a', { force: true })
    .at('2m')
    .pod('other', pod => pod.labels({ app: 'web' }).container('app', runs()).spec({ nodeName: 'b' }))
    .horizon('10m')
    .expect(({ web, other }) => [
      web.refused(violates).at('1m'),
      whenever(other.ready().becomes()).then(web.deleted()).within('5s'),
    ]),
)

spec('two budgets for one pod make its eviction an error', s =>
  s
    // EV-2
    .apply(budget({ maxUnavailable: 1 }), budget({ maxUnavailable: 1 }, 'other'))
    .pod('web', pod => pod.labels({ app: 'web' }).container('app', runs()))
    .at('1m')
    .evict('pod/web')
    .expect(({ web }) => [
      web.refused('This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'),
      never(web.deleted()),
    ]),
)

spec('unhealthyPodEvictionPolicy IfHealthyBudget: a pod that is not Ready counts against a budget that is not met', s =>
  s
    .describe('So a broken application blocks drains. That is the default.')
    // EV-3
    .apply(budget({ minAvailable: 1 }))
    .pod('web', pod => pod.labels({ app: 'web' }).container('app', runs(), { readiness: fails() }))
    .at('1m')
    .evict('pod/web')
    .horizon('5m')
    .expect(({ web }) => [web.refused(violates).at('1m'), never(web.deleted())]),
)

spec('unhealthyPodEvictionPolicy IfHealthyBudget: a pod that is not Ready may go while the others suffice', s =>
  s
    // EV-3
    .apply(budget({ minAvailable: 1 }))
    .pod('web', pod => pod.labels({ app: 'web' }).container('app', runs(), { readiness: fails() }))
    .pod('other', pod => pod.labels({ app: 'web' }).container('app', runs()))
    .at('1m')
    .evict('pod/web')
    .horizon('5m')
    .expect(({ web }) => [web.deleted().at('1m'), never(web.refused())]),
)

spec('unhealthyPodEvictionPolicy AlwaysAllow: a pod that is not Ready may always be evicted', s =>
  s
    // EV-3
    .apply(budget({ minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' }))
    .pod('web', pod => pod.labels({ app: 'web' }).container('app', runs(), { readiness: fails() }))
    .at('1m')
    .evict('pod/web')
    .horizon('5m')
    .expect(({ web }) => [web.deleted().at('1m'), never(web.refused())]),
)

spec('a budget with maxUnavailable counts pods of controllers only', s =>
  s
    .describe('It cannot know how many bare pods there should be: none may go.')
    // PDB-1, PDB-2
    .apply(budget({ maxUnavailable: 1 }))
    .pod('web', pod => pod.labels({ app: 'web' }).container('app', runs()))
    .pod('other', pod => pod.labels({ app: 'web' }).container('app', runs()))
    .at('1m')
    .evict('pod/web')
    .horizon('5m')
    .expect(({ web }) => [web.refused(violates).at('1m'), never(web.deleted())]),
)
