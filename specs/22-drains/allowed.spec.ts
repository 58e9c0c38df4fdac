/**
 * A budget is a number or a share, of pods that must be there or may be missing. Its status says how many may go now.
 */

import { deployment, never, podDisruptionBudget, readyAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const workload = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [{ name: 'app', image: 'app:1', readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }],
      },
    },
  },
})
const budget = (fields: object) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...fields },
})
const it = podDisruptionBudget('web')

// PDB-1, PDB-2: shares are rounded up, of what must be there and of what may be missing.
spec.each<readonly [said: string, replicas: number, fields: object, allowed: number]>([
  ['minAvailable 2 of three pods allows one', 3, { minAvailable: 2 }, 1],
  ['minAvailable 50% of three pods allows one', 3, { minAvailable: '50%' }, 1],
  ['maxUnavailable 1 of three pods allows one', 3, { maxUnavailable: 1 }, 1],
  ['maxUnavailable 30% of four pods allows two', 4, { maxUnavailable: '30%' }, 2],
  ['maxUnavailable 0 allows none', 3, { maxUnavailable: 0 }, 0],
  ['minAvailable 100% allows none', 3, { minAvailable: '100%' }, 0],
])(
  ([said]) => `a budget with ${said}`,
  ([, replicas, fields, allowed]) =>
    s =>
      s
        .apply(workload(replicas), budget(fields))
        .expect(() => [it.healthy(replicas).and(it.allowed(allowed)).afterQuiescence()]),
)

spec('a drain takes no more pods at a time than the budget allows', s =>
  s
    // EV-4, EV-6
    .nodes([{ name: 'a' }, { name: 'b', cpu: '1' }])
    .apply(workload(4), budget({ maxUnavailable: 1 }))
    .behave('deployment/web/app', readyAfter('10s'))
    .at('1m')
    .drain('a')
    .horizon('10m')
    .expect(() => [
      deployment('web').available(3).at('65s'),
      never(deployment('web').available().fewerThan(3)).after(deployment('web').available(4).becomes()),
      deployment('web').available(4).at('9m'),
    ]),
)
