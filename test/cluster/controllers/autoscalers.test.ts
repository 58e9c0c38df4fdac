import { describe, expect, test } from 'vitest'
import { run, start } from '../../../src/cluster/index.js'
import type { Deployment, HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec } from '../../../src/model/index.js'
import type { Plan, PlanMetric } from '../../../src/scenario/index.js'
import type { Trace } from '../../../src/trace/index.js'
import { plan } from '../plans.js'
import { deployment, messagesOf, ownerAt, patchSpec } from '../workloads.js'

const MINUTE = 60_000

const web = (replicas = 2, requests: Readonly<Record<string, string>> = { cpu: '100m' }): Deployment =>
  deployment({
    replicas,
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'app', image: 'app:1', resources: { requests } }] },
    },
  })

const autoscaler = (spec: Partial<HorizontalPodAutoscalerSpec>): HorizontalPodAutoscaler => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'hpa', namespace: 'default' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 10,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
    ...spec,
  },
})

/** Millicores over time; `all`: shared by the pods. */
const cpu = (of: 'each' | 'all', ...values: readonly [number, number][]): PlanMetric => ({
  target: 'Deployment/default/web',
  name: 'cpu',
  of,
  points: values.map(([from, value]) => ({ from, value })),
})

const runScaled = (
  metrics: readonly PlanMetric[],
  spec: Partial<HorizontalPodAutoscalerSpec> = {},
  changes: Partial<Plan> & { readonly target?: Deployment } = {},
): Trace => {
  const { target = web(), ...rest } = changes
  const workloads = [target, autoscaler(spec)].map(object => ({ object, createdAt: 0 }))
  return run(plan([], { workloads, metrics, horizon: 20 * MINUTE, ...rest }))
}

const scaled = () => [web(), autoscaler({})].map(object => ({ object, createdAt: 0 }))

const sizeAt = (trace: Trace, time = trace.end) => ownerAt<Deployment>(trace, time, 'Deployment', 'web')?.spec.replicas
const statusAt = (trace: Trace, time = trace.end) =>
  ownerAt<HorizontalPodAutoscaler>(trace, time, 'HorizontalPodAutoscaler', 'hpa')?.status
const reasonsAt = (trace: Trace, time = trace.end): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (statusAt(trace, time)?.conditions ?? []).map(({ type, status, reason }) => [type, `${status} ${reason}`]),
  )

describe('a HorizontalPodAutoscaler', () => {
  test('sizes by the use of the request, every fifteen seconds (H-1, H-4)', () => {
    const trace = runScaled([cpu('all', [0, 100], [2 * MINUTE, 250])])
    expect([sizeAt(trace, MINUTE), sizeAt(trace, 2 * MINUTE - 1), sizeAt(trace)]).toEqual([2, 2, 5])
    expect(messagesOf(trace, 'HorizontalPodAutoscaler').filter(text => text.startsWith('SuccessfulRescale'))).toEqual([
      'SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of request) above target',
      'SuccessfulRescale: New size: 5; reason: cpu resource utilization (percentage of request) above target',
    ])
    expect(statusAt(trace)).toMatchObject({ currentReplicas: 5, desiredReplicas: 5 })
    expect(reasonsAt(trace)).toEqual({
      AbleToScale: 'True ReadyForNewScale',
      ScalingActive: 'True ValidMetricFound',
      ScalingLimited: 'False DesiredWithinRange',
    })
  })

  test('comes down five minutes after it was last needed (H-3)', () => {
    const trace = runScaled([cpu('each', [0, 50], [4 * MINUTE, 10])])
    expect(sizeAt(trace, 8 * MINUTE + 40_000)).toBe(2)
    expect(reasonsAt(trace, 8 * MINUTE).AbleToScale).toBe('True ScaleDownStabilized')
    expect(sizeAt(trace, 9 * MINUTE + 15_000)).toBe(1)
    expect(messagesOf(trace, 'HorizontalPodAutoscaler').at(-1)).toBe(
      'SuccessfulRescale: New size: 1; reason: All metrics below target',
    )
  })

  test('keeps to its bounds whatever the metrics say', () => {
    const trace = runScaled([cpu('each', [0, 1000])], { minReplicas: 3, maxReplicas: 4 })
    expect([sizeAt(trace, 15_000), sizeAt(trace)]).toEqual([3, 4])
    expect(reasonsAt(trace).ScalingLimited).toBe('True TooManyReplicas')
    expect(messagesOf(trace, 'HorizontalPodAutoscaler')).toContain(
      'SuccessfulRescale: New size: 3; reason: Current number of replicas below Spec.MinReplicas',
    )
  })

  test('changes nothing without metrics, and says so', () => {
    const trace = runScaled([])
    expect(sizeAt(trace)).toBe(2)
    expect(reasonsAt(trace).ScalingActive).toBe('False FailedGetResourceMetric')
    expect(messagesOf(trace, 'HorizontalPodAutoscaler')).toEqual(
      expect.arrayContaining([
        'FailedGetResourceMetric: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
        'FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
      ]),
    )
  })

  test('needs requests where it goes by utilization', () => {
    const trace = runScaled([cpu('each', [0, 90])], {}, { target: web(1, {}) })
    const text = messagesOf(trace, 'HorizontalPodAutoscaler')[0].replace(/web-\w+-\w{5}/, 'web-<pod>')
    expect(text).toBe(
      'FailedGetResourceMetric: failed to get cpu utilization: missing request for cpu in container app of Pod web-<pod>',
    )
  })

  test('leaves a target of no replicas alone', () => {
    const steps = [patchSpec(5000, { replicas: 0 })]
    const trace = runScaled([cpu('each', [0, 90])], {}, { steps })
    expect(sizeAt(trace)).toBe(0)
    expect(reasonsAt(trace).ScalingActive).toBe('False ScalingDisabled')
  })

  test('says that its target does not exist', () => {
    const trace = runScaled([], { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nobody' } })
    expect(reasonsAt(trace).AbleToScale).toBe('False FailedGetScale')
    expect(messagesOf(trace, 'HorizontalPodAutoscaler')[0]).toBe('FailedGetScale: deployments.apps "nobody" not found')
  })

  test('does not find what has no scale, or another group', () => {
    const answer = (kind: string, apiVersion?: string): string =>
      messagesOf(
        runScaled([], { scaleTargetRef: { kind, name: 'web', ...(apiVersion === undefined ? {} : { apiVersion }) } }),
        'HorizontalPodAutoscaler',
      )[0]
    expect([
      answer('Deployment'),
      answer('DaemonSet', 'apps/v1'),
      answer('Rollout', 'argoproj.io/v1alpha1'),
      answer('ReplicationController', 'v1'),
    ]).toEqual([
      'FailedGetScale: no matches for kind "Deployment" in group ""',
      'FailedGetScale: the server could not find the requested resource',
      'FailedGetScale: no matches for kind "Rollout" in group "argoproj.io"',
      'FailedGetScale: replicationcontrollers "web" not found',
    ])
  })

  test('sleeps while nothing changes, and wakes where it would have looked', () => {
    const rescales = (trace: Trace): readonly string[] =>
      messagesOf(trace, 'HorizontalPodAutoscaler').filter(text => text.startsWith('SuccessfulRescale'))
    const fed = [cpu('each', [0, 50])]
    const quiet = start(plan([], { workloads: scaled(), metrics: fed, horizon: 24 * 60 * MINUTE }))
    expect(quiet.runUntil(24 * 60 * MINUTE)).toBe('quiescent')
    expect(quiet.trace().rows.at(quiet.trace().rows.length - 1).time).toBeLessThan(MINUTE)
    // Somebody scales it up ten minutes later: it comes down at the next look, for nothing recommended so much of late.
    const steps = [patchSpec(10 * MINUTE + 7000, { replicas: 6 })]
    const trace = runScaled([cpu('all', [0, 100])], {}, { steps })
    const sizes = [10 * MINUTE + 10_000, 10 * MINUTE + 14_000, 10 * MINUTE + 15_000].map(time => sizeAt(trace, time))
    expect(sizes).toEqual([6, 6, 2])
    expect(rescales(trace)).toEqual(['SuccessfulRescale: New size: 2; reason: All metrics below target'])
  })

  test('does the same whether it sleeps or not', { timeout: 60_000 }, () => {
    // A metric that changes behind the horizon keeps it awake.
    const waking: PlanMetric = {
      name: 'unread',
      of: 'all',
      points: [
        { from: 0, value: 0 },
        { from: 30 * MINUTE, value: 1 },
      ],
    }
    const courses = [[cpu('all', [0, 100])], [cpu('each', [0, 50])], [cpu('all', [0, 90], [3 * MINUTE, 400])]]
    const instants = [4 * MINUTE, 11 * MINUTE + 14_999]
    for (const metrics of courses) {
      for (const at of instants) {
        const steps = [patchSpec(at, { replicas: 6 }), patchSpec(at + 20_000, { replicas: 3 })]
        // The order within an instant may differ, and the cause of a look: what woke it, or the look before.
        const course = (trace: Trace): unknown => [
          messagesOf(trace, 'HorizontalPodAutoscaler'),
          Array.from({ length: 20 * 12 }, (_, index) => [sizeAt(trace, index * 5000), reasonsAt(trace, index * 5000)]),
        ]
        expect(course(runScaled([...metrics, waking], {}, { steps }))).toEqual(
          course(runScaled(metrics, {}, { steps })),
        )
      }
    }
  })

  test('tells what its metrics are', () => {
    const trace = runScaled([cpu('each', [0, 45])], {}, { horizon: MINUTE })
    expect(statusAt(trace)?.currentMetrics).toEqual([
      { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 45, averageValue: '45m' } } },
    ])
  })

  test('goes by a container of each pod, and by another object', () => {
    const describedObject = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' }
    const metrics: HorizontalPodAutoscalerSpec['metrics'] = [
      {
        type: 'ContainerResource',
        containerResource: { name: 'cpu', container: 'app', target: { type: 'Utilization', averageUtilization: 50 } },
      },
      {
        type: 'Object',
        object: { describedObject, metric: { name: 'requests' }, target: { type: 'Value', value: '100' } },
      },
    ]
    const ofApp: PlanMetric = { ...cpu('each', [0, 75]), container: 'app' }
    const ofIngress: PlanMetric = {
      target: 'Ingress/default/main',
      name: 'requests',
      of: 'all',
      points: [{ from: 0, value: 250_000 }],
    }
    const known = runScaled([ofApp, ofIngress], { metrics }, { horizon: 20_000 })
    expect(messagesOf(known, 'HorizontalPodAutoscaler')).toEqual([
      'SuccessfulRescale: New size: 4; reason: Ingress metric requests above target',
    ])
    const half = runScaled([ofApp], { metrics }, { horizon: 20_000 })
    expect(sizeAt(half)).toBe(3)
    const neither = runScaled([], { metrics }, { horizon: 20_000 })
    expect(messagesOf(neither, 'HorizontalPodAutoscaler')).toEqual([
      'FailedGetContainerResourceMetric: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
      'FailedGetObjectMetric: unable to get metric requests: Ingress on default main/unable to fetch metrics from custom metrics API: the server could not find the metric requests for ingresses.networking.k8s.io main',
      'FailedComputeMetricsReplicas: invalid metrics (2 invalid out of 2), first error is: failed to get app container metric value: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
    ])
  })

  test('goes by metrics of pods and from outside, the most that any asks for', () => {
    const metrics: HorizontalPodAutoscalerSpec['metrics'] = [
      { type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '10' } } },
      {
        type: 'External',
        external: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '5' } },
      },
    ]
    const course = (name: string, value: number, target?: string): PlanMetric => ({
      name,
      of: 'each',
      points: [{ from: 0, value }],
      ...(target === undefined ? {} : { target }),
    })
    const given = [course('requests', 15_000, 'Deployment/default/web'), course('queue', 20_000)]
    const trace = runScaled(given, { metrics }, { horizon: 20_000 })
    expect(sizeAt(trace)).toBe(4)
    expect(messagesOf(trace, 'HorizontalPodAutoscaler')).toEqual([
      'SuccessfulRescale: New size: 4; reason: external metric queue(nil) above target',
    ])
  })
})
