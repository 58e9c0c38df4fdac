/**
 * kubectl drain cordons a node and evicts the pods on it, each with its own grace period. What it must not take away without a word
 * of permission it leaves, and then it does not begin.
 */

import { never, onTerm, runs, step, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const two = [{ name: 'a' }, { name: 'b', cpu: '1' }]
const workload = (kind: 'Deployment' | 'DaemonSet' | 'StatefulSet', podSpec: object = {}, fields: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: {
    ...fields,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'app', image: 'app:1' }], ...podSpec },
    },
  },
})

spec('a drain evicts the pods of a node, and their controllers make others elsewhere', s =>
  s
    // ND-3, EV-5
    .nodes(two)
    .apply(workload('StatefulSet', {}, { serviceName: 'web' }))
    .at('1m')
    .drain('a')
    .horizon('5m')
    .expect(({ pod }) => [
      pod('web-0').scheduledOn('a').at('59s'),
      pod('web-0').deleted().at('1m'),
      pod('web-0').scheduledOn('b').and(pod('web-0').ready()).afterQuiescence(),
    ]),
)

spec('a drained pod has its own grace period', s =>
  s
    .nodes(two)
    .pod('web', pod => pod.container('app', runs(), onTerm(stopsAfter('20s'))).spec({ nodeName: 'a' }))
    .at('1m')
    .drain('a', { force: true })
    .expect(({ web }) => [
      web.condition('DisruptionTarget', 'True', 'EvictionByEvictionAPI').within('1m'),
      web.container('app').exited(0).at('80s'),
      never(web.container('app').killed('SIGKILL')),
    ]),
)

spec('the grace period of a drain may be shorter than that of the pods', s =>
  s
    .nodes(two)
    .pod('web', pod => pod.container('app', runs(), onTerm(stopsAfter('20s'))).spec({ nodeName: 'a' }))
    .at('1m')
    .drain('a', { force: true, grace: '5s' })
    .expect(({ web }) => [web.container('app').killed('SIGKILL').at('65s')]),
)

spec('a drain does not begin where a pod has no controller, unless it is forced', s =>
  s
    .describe('Nobody would make that pod again.')
    // ND-3
    .nodes(two)
    .apply(workload('Deployment', { nodeSelector: { 'kubernetes.io/hostname': 'a' } }))
    .pod('bare', pod => pod.container('app', runs()).spec({ nodeName: 'a' }))
    .at('1m')
    .drain('a')
    .horizon('5m')
    .expect(({ bare, pod }) => [
      step(1).refused('Pods declare no controller (use --force to override): default/bare'),
      never(bare.deleted()),
      never(pod('deployment/web').deleted()),
    ]),
)

spec('a forced drain takes a pod without a controller away for good', s =>
  s
    // ND-3
    .nodes(two)
    .pod('bare', pod => pod.container('app', runs()).spec({ nodeName: 'a' }))
    .at('1m')
    .drain('a', { force: true })
    .horizon('5m')
    .expect(({ bare }) => [bare.gone().within('2m'), never(bare.created()).after(bare.gone())]),
)

spec('a drain does not begin where a pod of a DaemonSet runs, unless these are ignored', s =>
  s
    .describe('They would be made again at once, cordoned or not.')
    // ND-3
    .nodes([{ name: 'a' }])
    .apply(workload('DaemonSet'))
    .at('1m')
    .drain('a')
    .horizon('5m')
    .expect(({ pod }) => [
      step(1).refused('DaemonSet-managed Pods (use --ignore-daemonsets to ignore)'),
      never(pod('daemonset/web').deleted()),
    ]),
)

spec('with --ignore-daemonsets the pods of DaemonSets stay on the drained node', s =>
  s
    // ND-3
    .nodes([{ name: 'a' }])
    .apply(workload('DaemonSet'))
    .pod('bare', pod => pod.container('app', runs()))
    .at('1m')
    .drain('a', { force: true, ignoreDaemonSets: true })
    .horizon('5m')
    .expect(({ bare, pod }) => [bare.deleted().at('1m'), never(pod('daemonset/web').deleted())]),
)

spec('a drain does not begin where a pod has an emptyDir, unless its data may go', s =>
  s
    // ND-3
    .nodes(two)
    .apply(workload('Deployment', { volumes: [{ name: 'cache', emptyDir: {} }] }))
    .at('1m')
    .drain('a')
    .horizon('5m')
    .expect(({ pod }) => [
      step(1).refused('Pods with local storage (use --delete-emptydir-data to override)'),
      never(pod('deployment/web').deleted()),
    ]),
)

spec('a node that is drained stays cordoned until somebody uncordons it', s =>
  s
    // ND-2
    .nodes([{ name: 'a' }])
    .at('1m')
    .drain('a')
    .at('2m')
    .pod('late', pod => pod.container('app', runs()))
    .at('5m')
    .uncordon('a')
    .expect(({ late }) => [
      late.condition('PodScheduled', 'False', 'Unschedulable').at('2m'),
      late.scheduled().becomes().noSoonerThan('5m').within('302s'),
    ]),
)
