/**
 * A DaemonSet whose template changes replaces its pods node by node: it deletes the old pod and makes the new one when that is gone, or,
 * with maxSurge, makes the new one beside it first.
 */

import { daemonSet, never, onTerm, readyAfter, stopsAfter, uses } from 'podwright'
import { spec } from 'podwright/vitest'

const agent = (fields: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'log' },
  spec: {
    selector: { matchLabels: { app: 'log' } },
    template: {
      metadata: { labels: { app: 'log' } },
      spec: {
        containers: [{ name: 'log', image: 'log:1', readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }],
      },
    },
    ...fields,
  },
})
const log = daemonSet('log')
const strategy = (rollingUpdate: object) => ({ updateStrategy: { type: 'RollingUpdate', rollingUpdate } })

spec('a DaemonSet is desired on each node where it may run', s =>
  s
    // DS-6
    .nodes([{ name: 'a' }, { name: 'b' }, { name: 'c', taints: [{ key: 'dedicated', effect: 'NoSchedule' }] }])
    .apply(agent())
    .expect(() => [log.desired(2).and(log.ready(2)).afterQuiescence(), never(log.desired(3))]),
)

spec('a DaemonSet is updated on one node at a time', s =>
  s
    // DS-5: maxUnavailable is 1 where it is not said
    .nodes(3)
    .apply(agent())
    .behave('daemonset/log/log', readyAfter('10s'))
    .at('1m')
    .setImage('daemonset/log', 'log', 'log:2')
    .expect(() => [
      log.available(2).at('65s'),
      never(log.available().fewerThan(2)).after(log.available(3).becomes()),
      log.complete().and(log.updated(3)).afterQuiescence(),
    ]),
)

spec('maxUnavailable says on how many nodes at a time a DaemonSet is updated', s =>
  s
    // DS-5
    .nodes(3)
    .apply(agent(strategy({ maxUnavailable: 2 })))
    .behave('daemonset/log/log', readyAfter('10s'))
    .at('1m')
    .setImage('daemonset/log', 'log', 'log:2')
    .expect(() => [log.available(1).at('65s'), log.complete().and(log.updated(3)).afterQuiescence()]),
)

spec('with maxSurge the new pod is ready before the old one goes', s =>
  s
    // DS-5
    .nodes(3)
    .apply(agent(strategy({ maxSurge: 1, maxUnavailable: 0 })))
    .behave('daemonset/log/log', readyAfter('10s'))
    .at('1m')
    .setImage('daemonset/log', 'log', 'log:2')
    .expect(() => [
      never(log.available().fewerThan(3)).after(log.available(3).becomes()),
      log.complete().and(log.updated(3)).at('3m'),
    ]),
)

spec('with updateStrategy OnDelete nothing is replaced by itself', s =>
  s
    // DS-6
    .nodes(3)
    .apply(agent({ updateStrategy: { type: 'OnDelete' } }))
    .at('1m')
    .setImage('daemonset/log', 'log', 'log:2')
    .expect(({ pod }) => [log.updated(0).afterQuiescence(), never(pod('daemonset/log').deleted())]),
)

spec('a pod of a DaemonSet that has Failed is deleted, and another one made', s =>
  s
    .describe('A ReplicaSet makes another one, too, but leaves the old one there.')
    // DS-4
    .nodes([{ name: 'a', memory: '1Gi' }])
    .apply(agent())
    .behave('daemonset/log/log', onTerm(stopsAfter('100ms', 143)), uses({ memory: '300Mi' }))
    .at('1m')
    .exhaust('a', 'memory')
    .at('2m')
    .relieve('a', 'memory')
    .horizon('20m')
    .expect(() => [log.event('FailedDaemonPod').noSoonerThan('1m').within('75s'), log.ready(1).at('19m')]),
)
