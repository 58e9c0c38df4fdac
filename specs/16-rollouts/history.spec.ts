/**
 * A Deployment keeps its old ReplicaSets, scaled down to nothing, as its history: an undo goes back to the template of one of them.
 */

import { deployment, fails, never, readiness, step } from 'podwright'
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

spec('kubectl rollout undo goes back to the template before', s =>
  s
    .describe('The pods of the old version that are still there stay as they are.')
    // DP-17
    .apply(rolling())
    .behave('deployment/web@2/app', readiness(fails()))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .at('5m')
    .rollout('undo', 'deployment/web')
    .expect(() => [
      web.updated(1).at('4m'),
      web.complete().at('301s'),
      never(web.available().fewerThan(3)).after(web.available(3).becomes()),
    ]),
)

spec('an undo makes a revision of its own: a second undo undoes it', s =>
  s
    .describe('The bad version is revision 2 and, when it is back, revision 4.')
    // DP-4, DP-17
    .apply(rolling())
    .behave('deployment/web@2/app', readiness(fails()))
    .behave('deployment/web@4/app', readiness(fails()))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .at('5m')
    .rollout('undo', 'deployment/web')
    .at('10m')
    .rollout('undo', 'deployment/web')
    .horizon('15m')
    .expect(() => [web.complete().at('9m'), web.updated(1).and(web.replicas(4)).at('14m')]),
)

spec('there is nothing to undo where there was no other template', s =>
  s
    // DP-17
    .apply(rolling())
    .at('1m')
    .rollout('undo', 'deployment/web')
    .expect(({ pod }) => [
      step(1).refused('no rollout history found for deployment "web"'),
      never(pod('deployment/web').deleted()),
    ]),
)

spec('with revisionHistoryLimit 0 there is nothing to go back to', s =>
  s
    // DP-12
    .apply(rolling({ revisionHistoryLimit: 0 }))
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .at('5m')
    .rollout('undo', 'deployment/web')
    .horizon('10m')
    .expect(() => [step(2).refused('no rollout history found for deployment "web"')]),
)

spec('a paused Deployment holds what is changed until it is resumed', s =>
  s
    .describe('Then all changes are one rollout.')
    // DP-16
    .apply(rolling())
    .at('1m')
    .rollout('pause', 'deployment/web')
    .at('2m')
    .setImage('deployment/web', 'app', 'app:2')
    .at('10m')
    .rollout('resume', 'deployment/web')
    .horizon('15m')
    .expect(({ pod }) => [
      web.condition('Progressing', 'Unknown', 'DeploymentPaused').at('9m'),
      never(pod('deployment/web').deleted()).before(
        web.condition('Progressing', 'Unknown', 'DeploymentResumed').becomes(),
      ),
      web.complete().and(web.updated(3)).at('14m'),
    ]),
)

spec('a paused Deployment is scaled all the same', s =>
  s
    // DP-16
    .apply(rolling())
    .at('1m')
    .rollout('pause', 'deployment/web')
    .at('2m')
    .scale('deployment/web', 5)
    .expect(() => [web.available(5).noSoonerThan('2m').within('130s')]),
)

spec('a paused Deployment cannot be undone', s =>
  s
    // DP-17
    .apply(rolling())
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .at('5m')
    .rollout('pause', 'deployment/web')
    .at('6m')
    .rollout('undo', 'deployment/web')
    .horizon('10m')
    .expect(() => [step(3).refused('you cannot rollback a paused deployment')]),
)
