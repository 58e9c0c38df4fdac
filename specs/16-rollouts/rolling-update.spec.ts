/**
 * A Deployment whose template changes makes a new ReplicaSet, and moves from the old one to it: up to maxSurge pods more than it is asked
 * for, up to maxUnavailable fewer that are available. Each is 25 % where nothing is said, rounded up and down.
 */

import { always, deployment, fails, never, not, readiness, readyAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const rolling = (fields: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [{ name: 'app', image: 'app:1', readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }],
      },
    },
    ...fields,
  },
})
const strategy = (maxSurge: number | string, maxUnavailable: number | string) => ({
  strategy: { rollingUpdate: { maxSurge, maxUnavailable } },
})
const web = deployment('web')

spec('a Deployment of three pods is rolled out with one pod more, and none fewer', s =>
  s
    // DP-5: 25 % of 3 is 1 rounded up, and 0 rounded down.
    .apply(rolling())
    .behave('deployment/web/app', readyAfter('10s'))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .expect(() => [
      always(web.replicas().atMost(4)),
      web.replicas(4).within('61s'),
      never(web.available().fewerThan(3)).after(web.available(3).becomes()),
      web.complete().and(web.updated(3)).afterQuiescence(),
    ]),
)

spec('with ten pods the 25 % are three more and two fewer', s =>
  s
    // DP-5
    .apply(rolling({ replicas: 10 }))
    .behave('deployment/web/app', readyAfter('10s'))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .expect(() => [
      always(web.replicas().atMost(13)),
      web.available(8).at('62s'),
      web.replicas(13).at('62s'),
      never(web.available().fewerThan(8)).after(web.available(10).becomes()),
      web.complete().and(web.updated(10)).afterQuiescence(),
    ]),
)

spec('with maxSurge 0 a pod has to go before another one comes', s =>
  s
    // DP-8
    .apply(rolling(strategy(0, 1)))
    .behave('deployment/web/app', readyAfter('10s'))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .expect(() => [
      always(web.replicas().atMost(3)),
      web.available(2).at('62s'),
      never(web.available().fewerThan(2)).after(web.available(3).becomes()),
      web.complete().afterQuiescence(),
    ]),
)

spec('the only pod of a Deployment is replaced without a moment in which none is available', s =>
  s
    // DP-5: of 1, 25 % is 1 rounded up, and 0 rounded down.
    .apply(rolling({ replicas: 1 }))
    .behave('deployment/web/app', readyAfter('10s'))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .expect(() => [
      web.replicas(2).within('61s'),
      never(web.available(0)).after(web.available(1).becomes()),
      web.complete().afterQuiescence(),
    ]),
)

spec.refused(
  'maxSurge and maxUnavailable cannot both be 0',
  s => s.apply(rolling(strategy(0, 0))),
  // API-14
  'may not be 0 when `maxSurge` is 0',
)

spec('a new version that never becomes ready stops its rollout, and the old one serves on', s =>
  s
    .describe('Nothing is rolled back by itself.')
    // seed 000: "if the new pod can take requests, the Deployment goes on to delete the old one"; DP-8
    .apply(rolling())
    .behave('deployment/web@2/app', readiness(fails()))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('30m')
    .expect(() => [
      never(web.available().fewerThan(3)).after(web.available(3).becomes()),
      web.updated(1).and(web.replicas(4)).at('29m'),
      web.updated().goesThrough(0, 3, 0, 1),
    ]),
)

spec('minReadySeconds: a pod counts as available only when it has been ready for so long', s =>
  s
    // DP-19
    .apply(rolling({ replicas: 1, minReadySeconds: 30 }))
    .expect(() => [web.ready(1).within('5s'), web.available(1).becomes().noSoonerThan('30s').within('34s')]),
)

spec('a rollout that is overtaken by another one goes on to the latest template at once', s =>
  s
    .describe('Pods of the version in between that are not ready are the first to go.')
    // DP-8 a
    .apply(rolling())
    .behave('deployment/web@2/app', readiness(fails()))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .at('2m')
    .setImage('deployment/web', 'app', 'app:3')
    .expect(() => [
      never(web.available().fewerThan(3)).after(web.available(3).becomes()),
      not(web.complete()).at('119s'),
      web.complete().at('3m'),
    ]),
)

spec('a change outside the template makes no new pods', s =>
  s
    .apply(rolling())
    .at('1m')
    .patch('deployment/web', { metadata: { labels: { team: 'shop' } }, spec: { replicas: 4, minReadySeconds: 1 } })
    .expect(({ pod }) => [web.available(4).afterQuiescence(), never(pod('deployment/web').deleted())]),
)

spec('kubectl rollout restart replaces every pod by the same rules', s =>
  s
    .describe('It writes the time into an annotation of the template, which makes it another template.')
    // DP-18
    .apply(rolling())
    .at('1m')
    .kubectl('rollout restart deployment/web')
    .expect(() => [
      always(web.replicas().atMost(4)),
      web.updated().goesThrough(0, 3, 0, 1, 2, 3),
      never(web.available().fewerThan(3)).after(web.available(3).becomes()),
      web.complete().and(web.updated(3)).afterQuiescence(),
    ]),
)
