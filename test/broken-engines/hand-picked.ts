import {
  DEFAULT_BEHAVIOUR,
  EMPTY_DOCUMENT,
  type ScenarioDocument,
  type StatedBehaviour,
  type StatedRule,
  type StatedStep,
} from '../../src/scenario/index.js'

const pod = (spec: object, name = 'web') => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec })
const app = { name: 'app', image: 'app:1' }
const sidecar = (name: string) => ({ name, image: 'proxy:1', restartPolicy: 'Always' })
const rule = (container: string, behaviour: StatedBehaviour): StatedRule => ({
  target: { name: 'web', container },
  behaviour,
})
const deletion = (at: number, gracePeriodSeconds?: number): StatedStep => ({
  at,
  action: 'delete',
  subject: 'pod/web',
  ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
})
const exits = (exitCode: number): StatedBehaviour => ({
  runs: [{ exitAfter: 2000, exitCode, isOomKilled: false, startError: null }],
})
const exitsAfter = (exitAfter: number): StatedBehaviour => ({
  runs: [
    { exitAfter, exitCode: 1, isOomKilled: false, startError: null },
    { exitAfter: null, exitCode: 0, isOomKilled: false, startError: null, onTerm: { exitAfter: 2000, exitCode: 0 } },
  ],
})
const MINUTE = 60_000

/** Plain scenarios to which most broken engines answer at once: the random ones are for the rest. */
export const HAND_PICKED: readonly ScenarioDocument[] = [
  {
    ...EMPTY_DOCUMENT,
    name: 'init containers, and two sidecars that stop slowly',
    objects: [
      pod({
        initContainers: [
          { name: 'migrate', image: 'app:1' },
          { name: 'seed', image: 'app:1' },
          sidecar('first'),
          sidecar('second'),
        ],
        containers: [app],
      }),
    ],
    behaviours: ['first', 'second', 'app'].map(name => rule(name, { onTerm: { exitAfter: 4000, exitCode: 0 } })),
    steps: [deletion(20_000)],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a pod that a node has without its claim',
    objects: [
      pod({
        nodeName: 'node-1',
        containers: [app],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
      }),
    ],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'init containers of a release before sidecars shared their path',
    objects: [
      pod({
        initContainers: ['migrate', 'seed'].map(name => ({ name, image: 'app:1' })),
        containers: [app],
      }),
    ],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a hook and a process that outlast the grace, deleted twice',
    objects: [pod({ containers: [{ ...app, lifecycle: { preStop: { exec: { command: ['drain'] } } } }] })],
    behaviours: [rule('app', { onTerm: null, preStop: { duration: 20_000, exitCode: 0 } })],
    steps: [deletion(20_000), deletion(25_000, 60)],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a crash loop',
    objects: [pod({ containers: [app] })],
    behaviours: [rule('app', exits(1))],
    horizon: 40 * MINUTE,
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a process that ends well again and again',
    objects: [pod({ containers: [app] })],
    behaviours: [rule('app', exits(0))],
    horizon: 5 * MINUTE,
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a finished pod that is deleted',
    objects: [pod({ restartPolicy: 'OnFailure', containers: [app] })],
    behaviours: [rule('app', exits(0))],
    steps: [deletion(30_000)],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'liveness that fails for good, and a debugger',
    objects: [pod({ containers: [{ ...app, livenessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 2 } }] })],
    behaviours: [rule('app', { liveness: [[{ from: 5000, result: 'failure' }]] })],
    steps: [
      {
        at: 3000,
        action: 'patch',
        subject: 'pod/web',
        patchType: 'strategic',
        patch: { spec: { ephemeralContainers: [{ name: 'debugger', image: 'app:1' }] } },
      },
    ],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a sandbox that dies, and a policy that restarts nothing that went well',
    objects: [
      pod({
        restartPolicy: 'OnFailure',
        initContainers: [{ name: 'migrate', image: 'app:1' }],
        containers: [app],
      }),
    ],
    behaviours: [{ target: { name: 'web' }, behaviour: { sandbox: { diesAfter: 10_000 } } }],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'more requests than a node has',
    nodes: [{ name: 'small', cpu: '1' }],
    objects: ['web', 'other'].map(name =>
      pod({ containers: [{ ...app, resources: { requests: { cpu: '600m' } } }] }, name),
    ),
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a node for others',
    nodes: [{ name: 'reserved', taints: [{ key: 'gpu', effect: 'NoSchedule' }] }],
    objects: [pod({ containers: [app] })],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a readiness gate that somebody opens',
    objects: [pod({ readinessGates: [{ conditionType: 'example.com/open' }], containers: [app] })],
    steps: [
      {
        at: 10_000,
        action: 'patch',
        subject: 'pod/web',
        patchType: 'strategic',
        subresource: 'status',
        patch: { status: { conditions: [{ type: 'example.com/open', status: 'True' }] } },
      },
    ],
    horizon: 10 * MINUTE,
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a node that gets a taint, and a pod that comes after it',
    objects: [pod({ containers: [app] })],
    steps: [
      { at: 20_000, action: 'taint', subject: 'node-1', taints: ['dedicated=db:NoExecute'] },
      { at: 30_000, action: 'apply', object: pod({ containers: [app] }, 'other') },
    ],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a node that runs out of memory',
    objects: [pod({ containers: [app] })],
    behaviours: [rule('app', { onTerm: { exitAfter: 100, exitCode: 143 } })],
    steps: [{ at: 20_000, action: 'exhaust', subject: 'node-1', resource: 'memory' }],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a sandbox that fails first',
    objects: [pod({ containers: [app] })],
    behaviours: [{ target: { name: 'web' }, behaviour: { sandbox: { failures: ['no address is left'] } } }],
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'requests to a pod that is never ready, to one that crashes, and to one that keeps listening; both are deleted',
    objects: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
      },
      ...['web', 'late', 'kept'].map(name => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, labels: { app: 'web' } },
        spec: { containers: [{ ...app, readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }] },
      })),
    ],
    behaviours: [
      { target: { name: 'late', container: 'app' }, behaviour: { readiness: [[{ from: 0, result: 'failure' }]] } },
      {
        target: { name: 'kept', container: 'app' },
        behaviour: { serves: { ...DEFAULT_BEHAVIOUR.serves, keepsListening: true } },
      },
      rule('app', exitsAfter(20_000)),
    ],
    steps: [deletion(60_000), { at: 70_000, action: 'delete', subject: 'pod/kept' }],
    traffic: [{ service: 'web', requests: 10, per: 1000 }],
    horizon: 2 * MINUTE,
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a taint that is tolerated for ten seconds',
    objects: [
      pod({
        containers: [app],
        tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 10 }],
      }),
    ],
    steps: [
      { at: 20_000, action: 'taint', subject: 'node-1', taints: ['dedicated=db:NoExecute'] },
      { at: 35_000, action: 'taint', subject: 'node-1', taints: ['dedicated-'] },
    ],
    horizon: MINUTE,
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a critical pod on a node that runs out of memory',
    objects: [pod({ containers: [app], priorityClassName: 'system-node-critical' })],
    steps: [{ at: 20_000, action: 'exhaust', subject: 'node-1', resource: 'memory' }],
    horizon: MINUTE,
  },
  {
    ...EMPTY_DOCUMENT,
    name: 'a pod for which all that may go would not be enough',
    nodes: [{ name: 'small', cpu: '2' }],
    objects: [
      { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
      ...[
        { name: 'web', cpu: '200m', priority: {} },
        { name: 'first', cpu: '1500m', priority: { priorityClassName: 'high' } },
      ].map(({ name, cpu, priority }) =>
        pod({ containers: [{ ...app, resources: { requests: { cpu } } }], ...priority }, name),
      ),
    ],
    steps: [
      {
        at: 20_000,
        action: 'apply',
        object: pod(
          { containers: [{ ...app, resources: { requests: { cpu: '1' } } }], priorityClassName: 'high' },
          'second',
        ),
      },
    ],
    horizon: MINUTE,
  },
]
