/**
 * A Deployment says of itself whether enough of its pods are available, and whether its rollout gets on. One that does not get on within
 * progressDeadlineSeconds is said to have failed. That is all: nothing is undone, and nothing is given up.
 */

import { deployment, fails, never, not, readiness, readyAfter } from 'podwright'
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
const web = deployment('web')
const exceeded = web.condition('Progressing', 'False', 'ProgressDeadlineExceeded')

spec('a rollout that makes no progress for ten minutes has exceeded its deadline', s =>
  s
    // DP-14: ten minutes where progressDeadlineSeconds is not said.
    .apply(rolling())
    .behave('deployment/web@2/app', readiness(fails()))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('20m')
    .expect(() => [exceeded.becomes().noSoonerThan('10m59s').within('665s'), exceeded.at('19m')]),
)

spec('progressDeadlineSeconds says how long a rollout may make no progress', s =>
  s
    // DP-14
    .apply(rolling({ progressDeadlineSeconds: 60 }))
    .behave('deployment/web@2/app', readiness(fails()))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('10m')
    .expect(() => [exceeded.becomes().noSoonerThan('119s').within('125s')]),
)

spec('a rollout that has exceeded its deadline is not rolled back', s =>
  s
    // DP-14
    .apply(rolling({ progressDeadlineSeconds: 60 }))
    .behave('deployment/web@2/app', readiness(fails()))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('1h')
    .expect(() => [exceeded.at('59m'), web.updated(1).and(web.available(3)).at('59m')]),
)

spec('a rollout that has exceeded its deadline is not given up: it ends well when its pods become ready', s =>
  s
    // DP-14
    .apply(rolling({ progressDeadlineSeconds: 60 }))
    .behave('deployment/web@2/app', readyAfter('5m'))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('1h')
    .expect(() => [
      exceeded.within('125s'),
      web
        .complete()
        .and(web.condition('Progressing', 'True', 'NewReplicaSetAvailable'))
        .at('59m'),
    ]),
)

spec('each pod that becomes ready begins the deadline anew', s =>
  s
    .describe('Three times 45 seconds are more than a minute, but none of them is.')
    // DP-14
    .apply(rolling({ progressDeadlineSeconds: 60 }))
    .behave('deployment/web@2/app', readyAfter('45s'))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('10m')
    .expect(() => [never(exceeded), not(web.complete()).at('190s'), web.complete().at('4m')]),
)

spec('a Deployment is Available while no more than maxUnavailable of its pods are missing', s =>
  s
    // DP-13
    .apply(rolling({ replicas: 4 }))
    .behave('deployment/web/app', readyAfter('20s'))
    .at('2m')
    .kubectl('scale deployment/web --replicas=8')
    .horizon('5m')
    .expect(() => [
      web.conditions({ Available: ['False', 'True', 'False', 'True'] }),
      web.condition('Available', 'False', 'MinimumReplicasUnavailable').at('130s'),
    ]),
)
