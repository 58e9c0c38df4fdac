import {
  EMPTY_DOCUMENT,
  type NodeWords,
  type ScenarioDocument,
  type StatedRule,
  type StatedStep,
} from '../../src/scenario/index.js'

const MINUTE = 60_000
const NODES: readonly NodeWords[] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
const labels = { app: 'web' }

const template = (changes: object = {}, container: object = {}): object => ({
  metadata: { labels },
  spec: { containers: [{ name: 'app', image: 'app:1', ...container }], ...changes },
})
const apps = (kind: string, spec: object, pod = template()): object => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: labels }, template: pod, ...spec },
})
const job = (spec: object, pod: object = { restartPolicy: 'Never' }): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'web' },
  spec: { template: template(pod), ...spec },
})
const budget = (spec: object): object => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: labels }, ...spec },
})
const scale = (kind: string, at: number, replicas: number): StatedStep => ({
  at,
  action: 'scale',
  subject: `${kind}/web`,
  replicas,
})
const setImage = (kind: string, at: number, image = 'app:2'): StatedStep => ({
  at,
  action: 'setImage',
  subject: `${kind}/web`,
  container: 'app',
  image,
})
const rule = (behaviour: StatedRule['behaviour']): StatedRule => ({ target: { container: 'app' }, behaviour })
/** A container that takes its time to end. */
const SLOW = rule({ onTerm: { exitAfter: 20_000, exitCode: 0 } })
const exits = (exitCode: number, exitAfter = 2000): StatedRule =>
  rule({ runs: [{ exitAfter, exitCode, isOomKilled: false, startError: null }] })

const SCALER = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 9,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '100m' } } }],
  },
}
const scenario = (name: string, rest: Partial<ScenarioDocument>): ScenarioDocument => ({
  ...EMPTY_DOCUMENT,
  name,
  nodes: NODES,
  horizon: 4 * MINUTE,
  ...rest,
})

const ROLLING = { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } }
const READINESS = { readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 2 } }

/** Plain scenarios of workloads to which most broken engines answer at once. */
export const HAND_PICKED_WORKLOADS: readonly ScenarioDocument[] = [
  scenario('a rollout, forth and back, and sizes', {
    objects: [apps('Deployment', { replicas: 4, ...ROLLING }, template({}, READINESS)), budget({ minAvailable: 3 })],
    behaviours: [
      rule({
        readiness: [
          [
            { from: 0, result: 'failure' },
            { from: 6000, result: 'success' },
          ],
        ],
      }),
    ],
    steps: [
      setImage('deployment', 30_000),
      { at: 90_000, action: 'rolloutUndo', subject: 'deployment/web' },
      scale('deployment', 150_000, 2),
    ],
  }),
  scenario('a rollout that cannot go on, and one while it is paused', {
    objects: [apps('Deployment', { replicas: 3, progressDeadlineSeconds: 40, ...ROLLING })],
    behaviours: [{ target: {}, behaviour: { images: { 'broken:1': { alwaysFails: null } } } }],
    steps: [
      setImage('deployment', 20_000, 'broken:1'),
      { at: 100_000, action: 'rolloutPause', subject: 'deployment/web' },
      setImage('deployment', 110_000),
    ],
  }),
  scenario('a rollout that says in time that it does not go on', {
    objects: [apps('Deployment', { replicas: 3, progressDeadlineSeconds: 40, ...ROLLING })],
    steps: [setImage('deployment', 20_000)],
  }),
  scenario('Recreate, of pods that end slowly', {
    objects: [apps('Deployment', { replicas: 2, strategy: { type: 'Recreate' } })],
    behaviours: [SLOW],
    steps: [setImage('deployment', 20_000)],
  }),
  scenario('a ReplicaSet that is scaled while some of its pods are not ready', {
    objects: [
      apps('ReplicaSet', { replicas: 3 }, template({}, READINESS)),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'stray' },
        spec: { containers: [{ name: 'app', image: 'app:1' }] },
      },
    ],
    behaviours: [
      rule({
        readiness: [
          [
            { from: 0, result: 'failure' },
            { from: 30_000, result: 'success' },
          ],
        ],
      }),
    ],
    steps: [scale('replicaset', 50_000, 5), scale('replicaset', 65_000, 4)],
  }),
  ...(['Foreground', 'Background'] as const).map(propagationPolicy =>
    scenario(`a Deployment that is deleted in the ${propagationPolicy.toLowerCase()}`, {
      objects: [apps('Deployment', { replicas: 2 })],
      behaviours: [SLOW],
      steps: [
        {
          at: 20_000,
          action: 'request',
          request: { verb: 'delete', kind: 'Deployment', name: 'web', propagationPolicy },
        },
      ],
    }),
  ),
  ...(['OrderedReady', 'Parallel'] as const).map(podManagementPolicy =>
    scenario(`a StatefulSet that is scaled and updated: ${podManagementPolicy}`, {
      kubernetes: '1.32',
      objects: [
        apps('StatefulSet', {
          replicas: 3,
          serviceName: 'web',
          podManagementPolicy,
          updateStrategy: { rollingUpdate: { partition: 1 } },
        }),
      ],
      behaviours: [SLOW],
      steps: [setImage('statefulset', 20_000), scale('statefulset', 120_000, 1)],
    }),
  ),
  scenario('a DaemonSet that is updated, and drained', {
    objects: [apps('DaemonSet', {}), budget({ maxUnavailable: 1 })],
    behaviours: [SLOW],
    steps: [setImage('daemonset', 30_000), { at: 200_000, action: 'drain', subject: 'a', ignoreDaemonSets: true }],
  }),
  scenario('a DaemonSet, and a node that it may not use for a while', {
    nodes: [{ name: 'a' }, { name: 'b', taints: [{ key: 'held', value: '1', effect: 'NoSchedule' }] }],
    objects: [apps('DaemonSet', {})],
    steps: [{ at: 20_000, action: 'taint', subject: 'b', taints: ['held-'] }],
  }),
  scenario('a Job of more completions than run at once', {
    objects: [job({ parallelism: 2, completions: 5 })],
    behaviours: [exits(0, 5000)],
  }),
  scenario('an Indexed Job whose deadline outlasts it', {
    objects: [job({ parallelism: 2, completions: 3, completionMode: 'Indexed', activeDeadlineSeconds: 60 })],
    behaviours: [exits(0, 5000)],
  }),
  scenario('a Job that fails until its limit', {
    objects: [job({ parallelism: 2, backoffLimit: 3 })],
    behaviours: [exits(1)],
  }),
  scenario('a Job that runs into its deadline', {
    objects: [job({ parallelism: 2, activeDeadlineSeconds: 30 })],
    behaviours: [exits(0, 10 * MINUTE), SLOW],
  }),
  scenario('a Job that is suspended', { objects: [job({ parallelism: 2, completions: 2, suspend: true })] }),
  scenario('a CronJob that forbids a second Job', {
    objects: [
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'web' },
        spec: {
          schedule: '* * * * *',
          concurrencyPolicy: 'Forbid',
          jobTemplate: { spec: { template: template({ restartPolicy: 'Never' }) } },
        },
      },
    ],
    behaviours: [exits(0, 90_000)],
  }),
  scenario('a drain under a budget, and room for the urgent', {
    nodes: [
      { name: 'a', cpu: '2', memory: '2Gi', pods: 4 },
      { name: 'b', cpu: '2', memory: '2Gi', pods: 4 },
    ],
    objects: [
      { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
      apps('Deployment', { replicas: 3 }, template({}, { resources: { requests: { cpu: '600m' } } })),
      budget({ minAvailable: 2 }),
    ],
    steps: [
      { at: 20_000, action: 'drain', subject: 'a' },
      { at: 60_000, action: 'uncordon', subject: 'a' },
      scale('deployment', 70_000, 9),
    ],
  }),
  scenario('a Deployment under a quota and limits', {
    objects: [
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'room' }, spec: { hard: { pods: '2' } } },
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'limits' },
        spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] },
      },
      apps('ReplicaSet', { replicas: 3 }, template({}, { resources: { limits: { cpu: '2' } } })),
    ],
  }),
  scenario('a Job under a quota', {
    objects: [
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'room' }, spec: { hard: { pods: '5' } } },
      job({ parallelism: 2, completions: 3 }),
    ],
    behaviours: [exits(0, 5000)],
  }),
  scenario('an autoscaler whose load comes and goes', {
    objects: [apps('Deployment', { replicas: 2 }), SCALER],
    metrics: [
      {
        of: 'deployment/web',
        name: 'cpu',
        points: [100, 400, 20].map((value, at) => ({ from: at * MINUTE, value })),
      },
    ],
    horizon: 6 * MINUTE,
  }),
  scenario('a CronJob that keeps nothing', {
    objects: [
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'web' },
        spec: {
          schedule: '* * * * *',
          successfulJobsHistoryLimit: 0,
          jobTemplate: { spec: { template: template({ restartPolicy: 'Never' }) } },
        },
      },
    ],
    behaviours: [exits(0)],
  }),
  scenario('a Job that goes half a minute after it is over', {
    objects: [job({ completions: 1, ttlSecondsAfterFinished: 30 })],
    behaviours: [exits(0)],
  }),
  scenario('an Indexed Job whose first pod is deleted', {
    objects: [job({ parallelism: 1, completions: 2, completionMode: 'Indexed', backoffLimit: 9 })],
    behaviours: [exits(0, 10_000), rule({ onTerm: { exitAfter: 100, exitCode: 1 } })],
    steps: [
      {
        at: 5000,
        action: 'request',
        request: { verb: 'deletecollection', kind: 'Pod', selector: { matchLabels: labels } },
      },
    ],
  }),
  scenario('a budget of pods that are never ready', {
    objects: [
      apps(
        'Deployment',
        { replicas: 2 },
        template({}, { readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 1 } }),
      ),
      budget({ minAvailable: 1 }),
    ],
    behaviours: [rule({ readiness: [[{ from: 0, result: 'failure' }]] })],
  }),
]
