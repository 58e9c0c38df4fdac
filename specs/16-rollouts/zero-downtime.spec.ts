/**
 * Whether a rollout loses a request is not decided by the Deployment alone. Readiness keeps requests from pods that cannot answer yet;
 * a preStop hook keeps pods until no requests come any more. Both are needed.
 */

import { deployment, eventually, fails, never, readiness, readyAfter, request, serves } from 'podwright'
import { spec } from 'podwright/vitest'

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
}
const probe = { readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 5, initialDelaySeconds: 2 } }
const hook = { lifecycle: { preStop: { sleep: { seconds: 5 } } } }
const rolling = (container: object, fields: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'app', image: 'app:1', ...container }] },
    },
    ...fields,
  },
})
const web = deployment('web')
const lost = request('web').dropped()

spec('a rolling update with a readiness probe loses requests when its old pods stop', s =>
  s
    .describe(
      'Some tutorials say that a readiness probe is enough for a deployment without downtime. It is half of it.',
    )
    // seed 000: "with this we can do a zero downtime deploy"; TR-1
    .apply(service, rolling(probe))
    .behave('deployment/web/app', readyAfter('10s'), serves({ listensAfter: '10s' }))
    .traffic('service/web', '50/s')
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('3m')
    .expect(() => [
      web.complete().at('150s'),
      never(lost).before(web.replicas(4).becomes()),
      eventually(request('web').dropped('refused')),
    ]),
)

spec('a rolling update with a readiness probe and a preStop hook that sleeps loses no request', s =>
  s
    // TR-1, 5.4
    .apply(service, rolling({ ...probe, ...hook }))
    .behave('deployment/web/app', readyAfter('10s'), serves({ listensAfter: '10s' }))
    .traffic('service/web', '50/s')
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('3m')
    .expect(() => [
      web.updated().goesThrough(0, 3, 0, 1, 2, 3),
      web.complete().at('150s'),
      request('web').ok(),
      never(lost),
    ]),
)

spec('a rolling update without a readiness probe loses requests when its new pods start', s =>
  s
    .describe('The new pods count as ready as soon as they run, and the old ones go.')
    // seed 003: "requests may come to a new pod that does not work yet"; TR-3
    .apply(service, rolling(hook))
    .behave('deployment/web/app', serves({ listensAfter: '10s' }))
    .traffic('service/web', '50/s', { from: '30s' })
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('3m')
    .expect(() => [never(lost).before(web.replicas(4).becomes()), eventually(request('web').dropped('refused'))]),
)

spec('one replica is enough for a rollout without a lost request', s =>
  s
    .describe('The new pod comes beside the old one.')
    // DP-5
    .apply(service, rolling({ ...probe, ...hook }, { replicas: 1 }))
    .behave('deployment/web/app', readyAfter('10s'), serves({ listensAfter: '10s' }))
    .traffic('service/web', '50/s')
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('3m')
    .expect(() => [web.updated().goesThrough(0, 1, 0, 1), web.complete().at('150s'), request('web').ok(), never(lost)]),
)

spec('a version that never becomes ready gets no request', s =>
  s
    .apply(service, rolling({ ...probe, ...hook }))
    .behave('deployment/web@2/app', readiness(fails()), serves({ listensAfter: '1h' }))
    .traffic('service/web', '50/s')
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .at('2m')
    .rollout('undo', 'deployment/web')
    .horizon('3m')
    .expect(() => [web.updated(1).at('119s'), web.complete().at('170s'), request('web').ok(), never(lost)]),
)

spec('clients that try again lose no request in a rollout without a preStop hook', s =>
  s
    .apply(service, rolling(probe))
    .traffic('service/web', '50/s', { client: { retries: 3 } })
    .at('1m')
    .setImage('deployment/web', 'app', 'app:2')
    .horizon('3m')
    .expect(() => [
      web.updated().goesThrough(0, 3, 0, 1, 2, 3),
      web.complete().at('150s'),
      request('web').ok(),
      never(lost),
    ]),
)
