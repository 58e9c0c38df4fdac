import { expect, test } from 'vitest'
import { getObjects } from '../../src/kubectl/get-objects.js'
import { findResource } from '../../src/kubectl/index.js'
import { shown } from './rolled-web.js'

const metadata = { name: 'web', namespace: 'default', creationTimestamp: '2025-01-01T00:00:00Z' }
const template = { metadata: {}, spec: { containers: [{ name: 'app', image: 'app:1' }] } }

const table = (kind: string, ...objects: readonly object[]): string => {
  const resource = findResource(kind)
  if (resource === undefined) throw new Error(kind)
  const whole = objects.map(object => ({ apiVersion: 'v1', kind, metadata, ...object }))
  return shown(getObjects(resource, whole, 130_000, { wide: true }).join('\n'))
}

test('prints StatefulSets and DaemonSets', () => {
  const spec = { replicas: 3, template }
  expect(table('sts', { spec, status: { readyReplicas: 2 } })).toMatchInlineSnapshot(`
    "
    NAME   READY   AGE     CONTAINERS   IMAGES
    web    2/3     2m10s   app          app:1"
  `)
  const status = { desiredNumberScheduled: 3, currentNumberScheduled: 3, numberReady: 2, updatedNumberScheduled: 1 }
  expect(table('ds', { spec: { template, selector: { matchLabels: { a: 'b' } } }, status })).toMatchInlineSnapshot(`
    "
    NAME   DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE     CONTAINERS   IMAGES   SELECTOR
    web    3         3         2       1            0           <none>          2m10s   app          app:1    a=b"
  `)
})

test('prints Jobs by their conditions and completions', () => {
  const startTime = '2025-01-01T00:00:10Z'
  const complete = { conditions: [{ type: 'Complete', status: 'True' }], succeeded: 3, startTime }
  expect(
    table(
      'jobs',
      { spec: { completions: 3, template }, status: { ...complete, completionTime: '2025-01-01T00:01:10Z' } },
      { spec: { parallelism: 2, template }, status: { startTime } },
      { spec: { completions: 1, template }, status: { conditions: [{ type: 'Suspended', status: 'True' }] } },
    ),
  ).toMatchInlineSnapshot(`
    "
    NAME   STATUS      COMPLETIONS   DURATION   AGE     CONTAINERS   IMAGES   SELECTOR
    web    Complete    3/3           60s        2m10s   app          app:1    <none>
    web    Running     0/1 of 2      2m         2m10s   app          app:1    <none>
    web    Suspended   0/1                      2m10s   app          app:1    <none>"
  `)
})

test('prints CronJobs, budgets and autoscalers', () => {
  const cron = { schedule: '*/5 * * * *', suspend: false, jobTemplate: { spec: { template } } }
  expect(
    table('cronjobs', { spec: cron, status: { lastScheduleTime: '2025-01-01T00:00:00Z' } }),
  ).toMatchInlineSnapshot(`
    "
    NAME   SCHEDULE      TIMEZONE   SUSPEND   ACTIVE   LAST SCHEDULE   AGE     CONTAINERS   IMAGES   SELECTOR
    web    */5 * * * *   <none>     False     0        2m10s           2m10s   app          app:1    <none>"
  `)
  expect(table('pdb', { spec: { maxUnavailable: '25%' }, status: { disruptionsAllowed: 1 } })).toMatchInlineSnapshot(`
    "
    NAME   MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE
    web    N/A             25%               1                     2m10s"
  `)
  const cpu = { type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 50 } } }
  const spec = { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 1, maxReplicas: 5, metrics: [cpu] }
  const currentMetrics = [{ resource: { current: { averageUtilization: 10 } } }]
  expect(table('hpa', { spec, status: { currentReplicas: 2, currentMetrics } }, { spec })).toMatchInlineSnapshot(`
    "
    NAME   REFERENCE        TARGETS              MINPODS   MAXPODS   REPLICAS   AGE
    web    Deployment/web   cpu: 10%/50%         1         5         2          2m10s
    web    Deployment/web   cpu: <unknown>/50%   1         5         0          2m10s"
  `)
})

test('prints quotas, Services and controller revisions', () => {
  const hard = { pods: '10', 'limits.cpu': '4' }
  expect(table('quota', { status: { hard, used: { pods: '3' } } })).toMatchInlineSnapshot(`
    "
    NAME   REQUEST      LIMIT             AGE
    web    pods: 3/10   limits.cpu: 0/4   2m10s"
  `)
  const ports = [{ port: 80, nodePort: 30_080, protocol: 'TCP' }]
  expect(table('svc', { spec: { type: 'LoadBalancer', clusterIP: 'None', ports } })).toMatchInlineSnapshot(`
    "
    NAME   TYPE           CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE     SELECTOR
    web    LoadBalancer   None         <pending>     80:30080/TCP   2m10s   <none>"
  `)
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'u', controller: true }
  const owned = { ...metadata, ownerReferences: [owner] }
  expect(table('controllerrevisions', { metadata: owned, revision: 2 })).toMatchInlineSnapshot(`
    "
    NAME   CONTROLLER             REVISION   AGE
    web    statefulset.apps/web   2          2m10s"
  `)
})
