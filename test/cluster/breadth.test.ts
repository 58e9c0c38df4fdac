import { describe, expect, test } from 'vitest'
import { run } from '../../src/cluster/index.js'
import type { ConfigMap, Container, Node, Pod, Secret, Service, Taint } from '../../src/model/index.js'
import {
  type ContainerBehaviour,
  createNode,
  DEFAULT_BEHAVIOUR,
  type ImageBehaviour,
  type Plan,
  type PlanPod,
  type ProcessBehaviour,
  RUNS,
  type Step,
} from '../../src/scenario/index.js'
import { eventsAt, ROW, type Trace, walkPods } from '../../src/trace/index.js'
import { behaves, exits, plan, planPod } from './plans.js'
import {
  eventTexts,
  goneAt,
  hookCalls,
  lifetimes,
  phases,
  podOf,
  printed,
  runsOnce,
  signals,
  statusOf,
} from './traces.js'

// What users meet beside the orderings of container-lifecycle.test.ts, mechanism by mechanism, under the rules of kubelet.md
// (R-…) and control-plane.md (DEL-, EV-, ES-, API-…).

interface PodWords {
  readonly containers?: readonly Partial<Container>[]
  readonly behaviours?: Readonly<Record<string, Partial<ContainerBehaviour>>>
  readonly spec?: Partial<Pod['spec']>
  readonly metadata?: Pod['metadata']
  readonly sandbox?: Partial<PlanPod['sandbox']>
  readonly createdAt?: number
  readonly name?: string
}

/** The pod `web` with the container `app`, but for what is said otherwise. */
function pod({
  containers = [{}],
  behaviours = {},
  spec,
  metadata,
  sandbox,
  createdAt = 0,
  name = 'web',
}: PodWords = {}) {
  const scripts = Object.fromEntries(Object.entries(behaviours).map(([key, each]) => [key, behaves(each)]))
  const planned = planPod(name, containers, scripts, spec)
  const object = { ...planned.pod, metadata: { ...planned.pod.metadata, ...metadata } }
  const all = { ...planned.containers, ...scripts }
  return { ...planned, pod: object, containers: all, sandbox: { ...planned.sandbox, ...sandbox }, createdAt }
}

const runPod = (words: PodWords = {}, changes: Partial<Plan> = {}): Trace =>
  run(plan([pod(words)], { horizon: 60_000, ...changes }))

const does = (...runs: ProcessBehaviour[]): Partial<ContainerBehaviour> => ({ runs })
const STUBBORN: ProcessBehaviour = { ...RUNS, onTerm: null }
const image = (changes: Partial<ImageBehaviour>): Plan['images'] => ({
  'app:1': { ...DEFAULT_BEHAVIOUR.image, ...changes },
})
const patch = (at: number, body: object, more: { readonly subresource?: 'status' } = {}): Step => ({
  at,
  do: 'patch',
  pod: 'default/web',
  type: 'strategic',
  patch: body,
  ...more,
})
const deletion = (at: number, gracePeriodSeconds?: number): Step => ({
  at,
  do: 'delete',
  pod: 'default/web',
  gracePeriodSeconds,
})
const eviction: Step = { at: 10_000, do: 'evict', pod: 'default/web' }
const kubeletRestart: Step = { at: 20_000, do: 'restartKubelet', node: 'node-1' }

const settings = (data: Record<string, string> = {}): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'default' },
  data,
})
const credentials: Secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'credentials', namespace: 'default' },
  data: { password: 'c2VjcmV0' },
}

/** The Events from the kubelet: type, object, reason, message, and how often. */
const events = (trace: Trace): string[] =>
  eventsAt(trace, trace.end)
    .filter(({ source }) => source?.component === 'kubelet')
    .map(({ type, involvedObject, reason, message, count = 1 }) => {
      const container = involvedObject.fieldPath?.replace(/^spec\./, '') ?? 'pod'
      return `${type} ${container} ${reason}: ${message}${count === 1 ? '' : ` (x${count})`}`
    })

/** The status of one container: its state, and how often it was restarted. */
const stateOf = (trace: Trace, time = trace.end, container = 'app') =>
  statusOf(podOf(trace, 'web', time), container)?.state
const statusAt = (trace: Trace, time = trace.end) => podOf(trace, 'web', time).status

/** One condition: its status, reason and message. */
function conditionOf(trace: Trace, type: string, time = trace.end): string {
  const found = statusAt(trace, time)?.conditions?.find(each => each.type === type)
  return [found?.status, found?.reason, found?.message].filter(part => part !== undefined && part !== '').join(' ')
}

/** What the EndpointSlices of the only Service say, with the seconds. */
function endpoints(trace: Trace): string[] {
  const found: string[] = []
  for (let number = 0; number < trace.rows.length; number++) {
    const { kind, time, a } = trace.rows.at(number)
    if (kind === ROW.endpoints) found.push(`${time / 1000}s ${trace.symbols.text(a)}`.trim())
  }
  return found
}

const PULLING = [
  'Normal containers{app} Pulling: Pulling image "app:1"',
  'Normal containers{app} Pulled: Successfully pulled image "app:1" in 500ms (500ms including waiting). Image size: 12345678 bytes.',
]
const CREATED = 'Normal containers{app} Created: Created container: app'
const STARTED = 'Normal containers{app} Started: Started container app'
const PRESENT = 'Normal containers{app} Pulled: Container image "app:1" already present on machine'
const KILLING = 'Normal containers{app} Killing: Stopping container app'

describe('a sandbox that dies', () => {
  test('takes its containers down, and both are made anew (R-201, R-230)', () => {
    const trace = runPod({ sandbox: { diesAfter: 20_000 } })
    expect(events(trace)).toEqual([
      ...PULLING,
      `${CREATED} (x2)`,
      `${STARTED} (x2)`,
      'Normal pod SandboxChanged: Pod sandbox changed, it will be killed and re-created.',
      KILLING,
      PRESENT,
    ])
    expect(lifetimes(trace, 'app')).toMatchObject([
      { end: 20_950, exitCode: 0 },
      { start: 20_950, exitCode: undefined },
    ])
    expect(statusOf(podOf(trace, 'web'), 'app')).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 0, reason: 'Completed' } },
    })
    expect(statusAt(trace, 20_000)?.podIP).toBe('10.244.0.1')
    expect(statusAt(trace)?.podIP).toBe('10.244.0.2')
    expect(phases(trace)).toEqual(['Pending', 'Running'])
  })

  test('shows in PodReadyToStartContainers until the next one is up (R-824)', () => {
    const trace = runPod({
      sandbox: { diesAfter: 20_000 },
      behaviours: { app: does({ ...RUNS, onTerm: { exitAfter: 5000, exitCode: 0 } }) },
    })
    expect(conditionOf(trace, 'PodReadyToStartContainers', 20_000)).toBe('True')
    expect(conditionOf(trace, 'PodReadyToStartContainers', 21_000)).toBe('False')
    expect(conditionOf(trace, 'PodReadyToStartContainers')).toBe('True')
  })

  test('ends a pod of policy Never: there is no second sandbox (R-202a)', () => {
    const trace = runPod({ sandbox: { diesAfter: 20_000 }, spec: { restartPolicy: 'Never' } })
    expect(runsOnce(trace, 'app')).toBe(true)
    expect(events(trace)).toEqual([...PULLING, CREATED, STARTED, KILLING])
    expect(phases(trace)).toEqual(['Pending', 'Running', 'Succeeded'])
    expect(printed(trace).at(-1)).toMatch(/ 0\/1 Completed 0$/)
  })

  test('leaves out what has succeeded already with policy OnFailure (R-202b)', () => {
    const trace = runPod({
      containers: [{}, { name: 'done', image: 'app:1' }],
      behaviours: { done: does(exits(0, 1000)) },
      sandbox: { diesAfter: 20_000 },
      spec: { restartPolicy: 'OnFailure' },
    })
    expect(lifetimes(trace, 'app')).toHaveLength(2)
    expect(runsOnce(trace, 'done')).toBe(true)
  })

  test('that cannot be made is tried again by the next sync after an error (R-113, R-230)', () => {
    const trace = runPod({ sandbox: { failures: ['no address left'] } })
    expect(events(trace)[0]).toBe(
      'Warning pod FailedCreatePodSandBox: Failed to create pod sandbox: rpc error: code = Unknown desc = no address left',
    )
    expect(conditionOf(trace, 'PodReadyToStartContainers', 10_000)).toBe('False')
    const [{ start }] = lifetimes(trace, 'app')
    expect(start).toBeGreaterThan(10_000)
    expect(start).toBeLessThan(16_500)
    expect(printed(trace).slice(1)).toEqual([
      '0s 0/1 ContainerCreating 0',
      expect.stringMatching(/^1[0-6]\.\d+s 1\/1 Running 0$/),
    ])
  })
})

describe('a container that the runtime cannot start', () => {
  const startError = 'exec: "serve": executable file not found in $PATH: unknown'

  test('ends with StartError and 128, waits with RunContainerError, and does not hold up the next one (R-232, R-237, R-815)', () => {
    const trace = runPod({
      containers: [{}, { name: 'other', image: 'other:1' }],
      behaviours: { app: does({ ...RUNS, startError }, { ...RUNS, startError }, RUNS) },
    })
    expect(events(trace)).toContain(`Warning containers{app} Failed: Error: ${startError} (x2)`)
    expect(stateOf(trace, 2000)).toEqual({ waiting: { reason: 'RunContainerError', message: startError } })
    expect(statusOf(podOf(trace, 'web', 2000), 'app')?.lastState).toMatchObject({
      terminated: { exitCode: 128, reason: 'StartError', message: startError, startedAt: '1970-01-01T00:00:00Z' },
    })
    expect(runsOnce(trace, 'other')).toBe(true)
    expect(statusOf(podOf(trace, 'web'), 'app')).toMatchObject({ restartCount: 2, ready: true })
  })

  test('is restarted in the steps of a crash loop (R-402, R-403)', () => {
    const trace = runPod({ behaviours: { app: does({ ...RUNS, startError }) } }, { horizon: 120_000 })
    expect(lifetimes(trace, 'app')).toEqual([])
    expect(printed(trace).some(line => line.endsWith('0/1 CrashLoopBackOff 1'))).toBe(true)
    expect(phases(trace)).not.toContain('Failed')
    const backOff = eventTexts(trace).filter(text => text.startsWith('BackOff'))
    expect(backOff).toEqual([
      `BackOff: Back-off restarting failed container app in pod web_default(${podOf(trace, 'web').metadata.uid})`,
    ])
  })
})

describe('a container whose configuration is incomplete', () => {
  const env = (valueFrom: object): Partial<Container> => ({ env: [{ name: 'VALUE', valueFrom }] })
  const waiting = (words: PodWords, changes: Partial<Plan> = {}) => {
    const trace = runPod(words, changes)
    expect(events(trace).slice(2)).toEqual([
      `Warning containers{app} Failed: Error: ${stateOf(trace)?.waiting?.message} (x6)`,
      `${PRESENT} (x5)`,
    ])
    expect(phases(trace)).toEqual(['Pending'])
    expect(printed(trace).at(-1)).toBe('0.85s 0/1 CreateContainerConfigError 0')
    return stateOf(trace)?.waiting
  }

  test.each([
    ['a ConfigMap', { envFrom: [{ configMapRef: { name: 'settings' } }] }, [], 'configmap "settings" not found'],
    ['a Secret', env({ secretKeyRef: { name: 'credentials', key: 'user' } }), [], 'secret "credentials" not found'],
    [
      'a key of a ConfigMap',
      env({ configMapKeyRef: { name: 'settings', key: 'mode' } }),
      [settings()],
      "couldn't find key mode in ConfigMap default/settings",
    ],
    [
      'a key of a Secret',
      env({ secretKeyRef: { name: 'credentials', key: 'user' } }),
      [credentials],
      "couldn't find key user in Secret default/credentials",
    ],
  ])('waits with CreateContainerConfigError for %s (R-237, R-238)', (_, container, objects, message) => {
    expect(waiting({ containers: [container] }, { objects })).toEqual({ reason: 'CreateContainerConfigError', message })
  })

  test('starts without a key that is optional (R-238)', () => {
    const trace = runPod({ containers: [env({ configMapKeyRef: { name: 'settings', key: 'mode', optional: true } })] })
    expect(events(trace)).toEqual([...PULLING, CREATED, STARTED])
  })

  test('does not keep the other containers of its pod from starting; the pod stays Pending (R-232, R-803)', () => {
    const trace = runPod({
      containers: [{ envFrom: [{ secretRef: { name: 'credentials' } }] }, { name: 'other', image: 'app:1' }],
    })
    expect(runsOnce(trace, 'other')).toBe(true)
    expect(printed(trace).at(-1)).toMatch(/ 1\/2 CreateContainerConfigError 0$/)
    expect(statusAt(trace)?.phase).toBe('Pending')
  })

  test.each([
    ['the image', { securityContext: { runAsNonRoot: true } }, 'container has runAsNonRoot and image will run as root'],
    [
      'the pod',
      { securityContext: { runAsNonRoot: true, runAsUser: 0 } },
      "container's runAsUser breaks non-root policy",
    ],
  ])('is refused with runAsNonRoot where %s says root (R-238)', (_, container, text) => {
    const uid = podOf(runPod(), 'web').metadata.uid
    const message = `${text} (pod: "web_default(${uid})", container: app)`
    const answer = waiting({ containers: [container] }, { images: image({ runsAsRoot: true }) })
    expect(answer).toEqual({ reason: 'CreateContainerConfigError', message })
  })

  test('runs with runAsNonRoot where the pod names another user than root (R-238)', () => {
    const securityContext = { runAsNonRoot: true, runAsUser: 1000 }
    const trace = runPod({ spec: { securityContext } }, { images: image({ runsAsRoot: true }) })
    expect(events(trace)).toEqual([...PULLING, CREATED, STARTED])
  })
})

describe('an image', () => {
  test('of an impossible name is InvalidImageName, and is looked at again by every sync (R-302)', () => {
    const trace = runPod({ containers: [{ image: 'App:1' }] })
    const message =
      'Failed to apply default image tag "App:1": couldn\'t parse image name "App:1": invalid reference format: repository name (library/App) must be lowercase'
    expect(stateOf(trace)).toEqual({ waiting: { reason: 'InvalidImageName', message } })
    expect(events(trace)).toEqual([
      `Warning containers{app} InspectFailed: ${message} (x6)`,
      'Warning containers{app} Failed: Error: InvalidImageName (x6)',
    ])
    expect(printed(trace).at(-1)).toBe('0.85s 0/1 InvalidImageName 0')
  })

  test('that is absent with policy Never is ErrImageNeverPull (R-302)', () => {
    const trace = runPod({ containers: [{ imagePullPolicy: 'Never' }] })
    const message = 'Container image "app:1" is not present with pull policy of Never'
    expect(stateOf(trace)).toEqual({ waiting: { reason: 'ErrImageNeverPull', message } })
    expect(events(trace)).toEqual([
      `Warning containers{app} ErrImageNeverPull: ${message} (x6)`,
      'Warning containers{app} Failed: Error: ErrImageNeverPull (x6)',
    ])
    expect(printed(trace).at(-1)).toBe('0.85s 0/1 ErrImageNeverPull 0')
  })

  test('that is present with policy Never starts at once (R-302)', () => {
    const trace = runPod({ containers: [{ imagePullPolicy: 'Never' }] }, { images: image({ isPresent: true }) })
    expect(events(trace)).toEqual([PRESENT, CREATED, STARTED])
  })

  test.each([
    ['RegistryUnavailable', 'the registry is unavailable'],
    ['SignatureValidationFailed', 'the signature validation failed'],
  ])('whose pull ends with %s waits with that reason, and its back-off names it (R-304, R-305)', (reason, words) => {
    const trace = runPod({}, { images: image({ alwaysFails: `${reason}: no luck` }) })
    const message = `image pull failed for app:1 because ${words}: no luck`
    expect(stateOf(trace, 5000)).toEqual({ waiting: { reason, message } })
    expect(stateOf(trace, 20_000)).toEqual({
      waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "app:1": ${reason}: ${message}` },
    })
    expect(events(trace)).toEqual([
      `${PULLING[0]} (x3)`,
      `Warning containers{app} Failed: Failed to pull image "app:1": ${reason}: no luck (x3)`,
      `Warning containers{app} Failed: Error: ${reason} (x3)`,
      'Normal containers{app} BackOff: Back-off pulling image "app:1" (x3)',
      'Warning containers{app} Failed: Error: ImagePullBackOff (x3)',
    ])
    expect(printed(trace).slice(2, 4)).toEqual([`0.85s 0/1 ${reason} 0`, '14.3s 0/1 ImagePullBackOff 0'])
  })

  test('that is there in the end is pulled by the first sync after its back-off (R-305, R-308)', () => {
    const trace = runPod({}, { images: image({ failures: ['not found'] }) })
    expect(stateOf(trace, 5000)).toEqual({ waiting: { reason: 'ErrImagePull', message: 'not found' } })
    const [{ start }] = lifetimes(trace, 'app')
    expect(start).toBeGreaterThanOrEqual(10_500)
    expect(start).toBeLessThan(27_500)
    expect(statusOf(podOf(trace, 'web'), 'app')?.restartCount).toBe(0)
  })

  test('changed in place restarts its container at once and no other, whatever the policy (R-221a, R-401)', () => {
    const trace = runPod(
      { containers: [{}, { name: 'other', image: 'app:1' }], spec: { restartPolicy: 'Never' } },
      { steps: [patch(10_000, { spec: { containers: [{ name: 'app', image: 'app:2' }] } })] },
    )
    expect(events(trace)).toContain(
      'Normal containers{app} Killing: Container app definition changed, will be restarted',
    )
    expect(signals(trace, 'app', 15)).toEqual([10_000])
    expect(lifetimes(trace, 'app').map(({ start }) => start)).toEqual([500, 10_600])
    expect(runsOnce(trace, 'other')).toBe(true)
    expect(statusOf(podOf(trace, 'web'), 'app')).toMatchObject({
      image: 'app:2',
      restartCount: 1,
      state: { running: { startedAt: '2025-01-01T00:00:10Z' } },
      lastState: { terminated: { exitCode: 0, reason: 'Completed' } },
    })
    expect(phases(trace)).toEqual(['Pending', 'Running'])
  })

  test('changed in place of a container in back-off is pulled without delay (R-305, R-401)', () => {
    const trace = runPod(
      {},
      {
        images: image({ alwaysFails: 'not found' }),
        steps: [patch(20_000, { spec: { containers: [{ name: 'app', image: 'app:2' }] } })],
      },
    )
    expect(lifetimes(trace, 'app')).toMatchObject([{ start: 20_500 }])
    expect(statusOf(podOf(trace, 'web'), 'app')).toMatchObject({ restartCount: 0, ready: true })
  })
})

describe('an ephemeral container', () => {
  const debug = patch(10_000, { spec: { ephemeralContainers: [{ name: 'debug', image: 'app:1' }] } })

  test('is started once beside the others, and its exit changes nothing for the pod (R-210)', () => {
    const trace = runPod({ behaviours: { debug: does(exits(3, 5000)) } }, { steps: [debug] })
    expect(events(trace).slice(4)).toEqual([
      'Normal ephemeralContainers{debug} Pulled: Container image "app:1" already present on machine',
      'Normal ephemeralContainers{debug} Created: Created container: debug',
      'Normal ephemeralContainers{debug} Started: Started container debug',
    ])
    expect(lifetimes(trace, 'debug')).toMatchObject([{ start: 10_000, end: 15_000, exitCode: 3 }])
    expect(stateOf(trace, 12_000, 'debug')).toEqual({ running: { startedAt: '2025-01-01T00:00:10Z' } })
    expect(stateOf(trace, 60_000, 'debug')).toMatchObject({ terminated: { exitCode: 3, reason: 'Error' } })
    expect(runsOnce(trace, 'app')).toBe(true)
    expect(phases(trace)).toEqual(['Pending', 'Running'])
    expect(printed(trace).at(-1)).toBe('0.85s 1/1 Running 0')
  })

  test('is started although the pod is not initialised yet (R-210, R-230)', () => {
    const trace = runPod(
      {
        spec: { initContainers: [{ name: 'init', image: 'app:1' }] },
        behaviours: { init: does(exits(0, 30_000)) },
      },
      { steps: [debug] },
    )
    expect(lifetimes(trace, 'debug')).toMatchObject([{ start: 10_000 }])
    expect(lifetimes(trace, 'init')).toMatchObject([{ end: 30_500 }])
  })

  test('does not keep a pod going whose containers are done (R-222, kubelet.md 13.3)', () => {
    const words = { behaviours: { app: does(exits(0, 20_000)) }, spec: { restartPolicy: 'Never' } } as const
    const trace = runPod(words, { steps: [debug] })
    expect(lifetimes(trace, 'debug')).toMatchObject([{ start: 10_000, exitCode: 0 }])
    expect(signals(trace, 'debug', 15)).toEqual([21_850])
    expect(phases(trace)).toEqual(['Pending', 'Running', 'Succeeded'])
  })

  test('is killed with its pod (R-710)', () => {
    const trace = runPod({}, { steps: [debug, deletion(20_000)] })
    expect(signals(trace, 'debug', 15)).toEqual([20_000])
    expect(events(trace)).toContain('Normal ephemeralContainers{debug} Killing: Stopping container debug')
  })
})

describe('gates', () => {
  test('of readiness keep Ready false, with the gate’s name, until their condition is True (R-123, R-820, R-822)', () => {
    const gate = 'example.com/registered'
    const set = (at: number, status: string): Step =>
      patch(at, { status: { conditions: [{ type: gate, status }] } }, { subresource: 'status' })
    const steps = [set(10_000, 'False'), set(20_000, 'True'), set(30_000, 'False')]
    const trace = runPod({ spec: { readinessGates: [{ conditionType: gate }] } }, { steps })
    expect(conditionOf(trace, 'Ready', 5000)).toBe(
      `False ReadinessGatesNotReady corresponding condition of pod readiness gate "${gate}" does not exist.`,
    )
    const notTrue = `False ReadinessGatesNotReady the status of pod readiness gate "${gate}" is not "True", but False`
    expect(conditionOf(trace, 'Ready', 15_000)).toBe(notTrue)
    expect(conditionOf(trace, 'Ready', 25_000)).toBe('True')
    expect(conditionOf(trace, 'Ready')).toBe(notTrue)
    for (const time of [5000, 15_000, 25_000]) expect(conditionOf(trace, 'ContainersReady', time)).toBe('True')
    expect(statusAt(trace)?.conditions?.map(({ type }) => type)).toEqual([
      gate,
      'PodReadyToStartContainers',
      'Initialized',
      'Ready',
      'ContainersReady',
      'PodScheduled',
    ])
    expect(printed(trace).at(-1)).toBe('0.85s 1/1 Running 0')
  })

  test('of scheduling keep a pod from the scheduler until the last is removed (API-6, R-1002)', () => {
    const steps = [
      patch(10_000, { spec: { schedulingGates: [{ name: 'quota' }] } }),
      patch(20_000, { spec: { schedulingGates: null } }),
    ]
    const trace = runPod({ spec: { schedulingGates: [{ name: 'quota' }, { name: 'licence' }] } }, { steps })
    const gated = 'False SchedulingGated Scheduling is blocked due to non-empty scheduling gates'
    expect(conditionOf(trace, 'PodScheduled', 5000)).toBe(gated)
    expect(conditionOf(trace, 'PodScheduled', 15_000)).toBe(gated)
    expect(eventTexts(trace)[0]).toBe('Scheduled: Successfully assigned default/web to node-1')
    expect(printed(trace)).toEqual([
      '0s 0/1 SchedulingGated 0',
      '20s 0/1 Pending 0',
      '20s 0/1 ContainerCreating 0',
      '20.85s 1/1 Running 0',
    ])
    expect(conditionOf(trace, 'PodScheduled')).toBe('True')
  })
})

describe('the network of the host', () => {
  const node: Node = {
    ...createNode({ name: 'node-1' }),
    status: { addresses: [{ type: 'InternalIP', address: '172.18.0.7' }] },
  }
  const nodes = [{ ...node, status: { ...createNode({ name: 'node-1' }).status, ...node.status } }]

  test('gives its pods the address of their node (R-807)', () => {
    const trace = runPod({ spec: { hostNetwork: true } }, { nodes })
    expect(statusAt(trace)).toMatchObject({
      hostIP: '172.18.0.7',
      podIP: '172.18.0.7',
      podIPs: [{ ip: '172.18.0.7' }],
    })
    const other = runPod({}, { nodes })
    expect(statusAt(other)).toMatchObject({ hostIP: '172.18.0.7', podIP: '10.244.0.1' })
  })

  test('makes every port a port of the node, so that a second such pod finds no place (kubelet.md 12.1, F-5)', () => {
    const words = { containers: [{ ports: [{ containerPort: 80 }] }], spec: { hostNetwork: true } }
    const trace = run(
      plan([pod(words), pod({ ...words, name: 'second', createdAt: 5000 })], { nodes, horizon: 60_000 }),
    )
    expect(podOf(trace, 'web').status?.phase).toBe('Running')
    expect(podOf(trace, 'second').status?.conditions?.[0]).toMatchObject({
      type: 'PodScheduled',
      reason: 'Unschedulable',
      message: expect.stringContaining("1 node(s) didn't have free ports for the requested pod ports"),
    })
  })
})

describe('volumes that are not there', () => {
  const volumes = [
    { name: 'config', configMap: { name: 'settings' } },
    { name: 'keys', secret: { secretName: 'credentials' } },
  ]
  const create = (at: number, object: ConfigMap | Secret): Step => ({ at, do: 'createObject', object })
  const config =
    'Warning pod FailedMount: MountVolume.SetUp failed for volume "config" : configmap "settings" not found'
  const keys = 'Warning pod FailedMount: MountVolume.SetUp failed for volume "keys" : secret "credentials" not found'

  test('hold the pod before its sandbox, and are tried again after 0.5, 1, 2, 4 … s (R-140, R-1116)', () => {
    const steps = [create(3000, settings()), create(5000, credentials)]
    const trace = runPod({ spec: { volumes } }, { steps })
    // Tries at 0, 0.5, 1.5, 3.5 and 7.5 s.
    expect(events(trace)).toEqual([`${config} (x3)`, `${keys} (x4)`, ...PULLING, CREATED, STARTED])
    expect(conditionOf(trace, 'PodReadyToStartContainers', 7000)).toBe('False')
    expect(lifetimes(trace, 'app')).toMatchObject([{ start: 8000 }])
    expect(printed(trace).slice(0, 2)).toEqual(['0s 0/1 Pending 0', '0s 0/1 ContainerCreating 0'])
  })

  test('are tried on by their own clock after the sync has given up at 2 m 3 s, without an Event for that (R-1116)', () => {
    const [volume] = volumes
    const trace = runPod({ spec: { volumes: [volume] } }, { horizon: 300_000, steps: [create(200_000, settings())] })
    // Tries at 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 63.5, 127.5 and, two minutes and two seconds later, 249.5 s.
    expect(events(trace)).toEqual([`${config} (x9)`, ...PULLING, CREATED, STARTED])
    expect(lifetimes(trace, 'app')).toMatchObject([{ start: 250_000 }])
  })

  test('are tried from the start by a kubelet that was restarted (R-1116)', () => {
    const trace = runPod({ spec: { volumes } }, { horizon: 20_500, steps: [kubeletRestart] })
    expect(events(trace)).toEqual([`${config} (x6)`, `${keys} (x6)`])
    const steps = [kubeletRestart, create(22_000, settings()), create(22_000, credentials)]
    // Up at 21.1 s; tries then, and after 0.5 and 1 s.
    expect(lifetimes(runPod({ spec: { volumes } }, { steps }), 'app')).toMatchObject([{ start: 23_100 }])
  })

  test('that are optional hold up nothing (R-1116)', () => {
    const trace = runPod({ spec: { volumes: [{ name: 'config', configMap: { name: 'settings', optional: true } }] } })
    expect(events(trace)).toEqual([...PULLING, CREATED, STARTED])
  })

  test('do not hold up a deletion: the wait is cut short (R-109, R-734)', () => {
    const trace = runPod({ spec: { volumes } }, { steps: [deletion(10_000)] })
    expect(goneAt(trace)).toBeLessThanOrEqual(13_000)
    expect(trace.outcome).toBe('quiescent')
    expect(phases(trace)).toEqual(['Pending', 'Failed'])
    expect(stateOf(trace)).toMatchObject({
      terminated: {
        exitCode: 137,
        reason: 'ContainerStatusUnknown',
        message: 'The container could not be located when the pod was terminated',
      },
    })
  })
})

describe('a pod that its kubelet refuses', () => {
  const rejected = (spec: Partial<Pod['spec']>, container: Partial<Container> = {}, changes: Partial<Plan> = {}) =>
    runPod({ containers: [container], spec: { nodeName: 'node-1', ...spec } }, changes)

  /** R-761: the pod is Failed with nothing else in its status, prints the reason, and never runs. */
  function expectRejection(trace: Trace, reason: string, message: string): void {
    expect(eventTexts(trace).at(-1)).toBe(`${reason}: ${message}`)
    expect(eventsAt(trace, trace.end).at(-1)).toMatchObject({ type: 'Warning', source: { component: 'kubelet' } })
    const { qosClass: _, ...status } = statusAt(trace) ?? {}
    expect(status).toEqual({ phase: 'Failed', reason, message: `Pod was rejected: ${message}` })
    expect(printed(trace).at(-1)).toMatch(new RegExp(` 0/1 ${reason} 0$`))
  }

  test.each([
    ['cpu', { cpu: '2' }, 'cpu, requested: 2000, used: 0, capacity: 1000'],
    ['memory', { memory: '2Gi' }, 'memory, requested: 2147483648, used: 0, capacity: 1073741824'],
  ])('for want of %s is OutOf… (R-761, R-762)', (resource, requests, words) => {
    const nodes = [createNode({ name: 'node-1', cpu: '1', memory: '1Gi' })]
    const trace = rejected({}, { resources: { requests } }, { nodes })
    expectRejection(trace, `OutOf${resource}`, `Node didn't have enough resource: ${words}`)
    expect(lifetimes(trace, 'app')).toEqual([])
  })

  const oneCpu = { nodes: [createNode({ name: 'node-1', cpu: '1' })], horizon: 60_000 }
  const greedy = { resources: { requests: { cpu: '1' } } }
  const late = pod({ containers: [greedy], spec: { nodeName: 'node-1' }, createdAt: 8000 })

  test('after a restart, for one of the same second, is ended as what runs without a worker (R-128, R-151)', () => {
    // Additions come in the order of their creation in whole seconds: which of these two is the first is anybody's guess.
    const first = pod({ name: 'first', containers: [greedy], spec: { nodeName: 'node-1' }, createdAt: 900 })
    const second = pod({ containers: [greedy] })
    const steps: Step[] = [
      { at: 600, do: 'restartKubelet', node: 'node-1' },
      { at: 1500, do: 'delete', pod: 'default/first' },
    ]
    const trace = run(plan([first, second], { ...oneCpu, steps }))
    expect(statusAt(trace)).toMatchObject({ phase: 'Failed', reason: 'OutOfcpu' })
    expect(statusAt(trace)?.containerStatuses).toBe(undefined)
    expect(eventTexts(trace).slice(-2)).toMatchInlineSnapshot(`
      [
        "OutOfcpu: Node didn't have enough resource: cpu, requested: 1000, used: 1000, capacity: 1000",
        "Killing: Stopping container app",
      ]
    `)
    expect(lifetimes(trace, 'app')).toMatchInlineSnapshot(`
      [
        {
          "end": 1800,
          "exitCode": 0,
          "instance": 0,
          "start": 500,
        },
      ]
    `)
  })

  test('is not refused by a restarted kubelet for the room of a pod that is over (R-102)', () => {
    const first = pod({
      name: 'first',
      containers: [{ ...greedy, name: 'first' }],
      spec: { restartPolicy: 'Never' },
      behaviours: { first: does(exits(0, 1000)) },
    })
    const trace = run(plan([first, late], { ...oneCpu, steps: [kubeletRestart] }))
    expect(statusAt(trace)?.phase).toBe('Running')
  })

  test('because the node is full is OutOfpods, before anything else (R-762)', () => {
    const first = pod({ name: 'first', containers: [{ name: 'first' }] })
    const nodes = [createNode({ name: 'node-1', cpu: '1', pods: 1 })]
    const second = pod({
      containers: [{ resources: { requests: { cpu: '2' } } }],
      spec: { nodeName: 'node-1' },
      createdAt: 5000,
    })
    const trace = run(plan([first, second], { nodes, horizon: 60_000 }))
    expectRejection(trace, 'OutOfpods', "Node didn't have enough resource: pods, requested: 1, used: 1, capacity: 1")
  })

  test('because the node is not the one it selects is NodeAffinity (R-762)', () => {
    const trace = rejected({ nodeSelector: { disk: 'ssd' } })
    expectRejection(
      trace,
      'NodeAffinity',
      "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    )
  })

  test('because another pod has its port of the node is NodePorts (R-762)', () => {
    const container = { ports: [{ containerPort: 80, hostPort: 8080 }] }
    const first = pod({ name: 'first', containers: [{ ...container, name: 'first' }] })
    const second = pod({ containers: [container], spec: { nodeName: 'node-1' }, createdAt: 5000 })
    const trace = run(plan([first, second], { horizon: 60_000 }))
    expectRejection(
      trace,
      'NodePorts',
      "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
    )
    expect(podOf(trace, 'first').status?.phase).toBe('Running')
  })

  test('because of a taint NoExecute is TaintToleration; a taint NoSchedule does not matter any more (R-762)', () => {
    const tainted = (effect: Taint['effect']) => ({
      nodes: [createNode({ name: 'node-1', taints: [{ key: 'dedicated', value: 'db', effect }] })],
    })
    const trace = rejected({}, {}, tainted('NoExecute'))
    // The taint eviction controller deletes what the kubelet refused.
    expect(eventTexts(trace)).toEqual([
      "TaintToleration: Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate",
      'TaintManagerEviction: Marking for deletion Pod default/web',
    ])
    expect(printed(trace).at(-1)).toBe('0s gone')
    expect(lifetimes(trace, 'app')).toEqual([])
    expect(statusAt(rejected({}, {}, tainted('NoSchedule')))?.phase).toBe('Running')
  })

  test('takes no room from the next one (R-122)', () => {
    const nodes = [createNode({ name: 'node-1', cpu: '1' })]
    const requests = (cpu: string) => [{ resources: { requests: { cpu } } }]
    const first = pod({ name: 'first', containers: requests('2'), spec: { nodeName: 'node-1' } })
    const second = pod({ containers: requests('1'), spec: { nodeName: 'node-1' }, createdAt: 1000 })
    const trace = run(plan([first, second], { nodes, horizon: 60_000 }))
    expect(podOf(trace, 'first').status?.reason).toBe('OutOfcpu')
    expect(podOf(trace, 'web').status?.phase).toBe('Running')
  })
})

describe('the eviction API', () => {
  test('marks the pod and deletes it with its own grace (EV-5)', () => {
    const trace = runPod(
      { behaviours: { app: does(STUBBORN) }, spec: { terminationGracePeriodSeconds: 7 } },
      { steps: [eviction] },
    )
    expect(conditionOf(trace, 'DisruptionTarget', 10_500)).toBe('True EvictionByEvictionAPI Eviction API: evicting')
    expect(podOf(trace, 'web', 10_500).metadata).toMatchObject({
      deletionTimestamp: '2025-01-01T00:00:17Z',
      deletionGracePeriodSeconds: 7,
    })
    expect(signals(trace, 'app', 9)).toEqual([17_000])
    expect(statusAt(trace)).toMatchObject({ phase: 'Failed' })
    expect(statusAt(trace)?.reason).toBeUndefined()
    expect(printed(trace).slice(-3)).toEqual(['10s 1/1 Terminating 0', '17s 0/1 Error 0', '17.85s gone'])
  })

  // EV-1 says that these are deleted directly; upstream's addConditionAndDeletePod marks them first, as all others.
  const marked = 'True EvictionByEvictionAPI Eviction API: evicting'

  test('marks a pod whose deletion is under way, and adds nothing to that (EV-1, DEL-5)', () => {
    const trace = runPod({ behaviours: { app: does(STUBBORN) } }, { steps: [deletion(5000, 20), eviction] })
    expect(conditionOf(trace, 'DisruptionTarget', 9999)).toBe('')
    expect(conditionOf(trace, 'DisruptionTarget', 10_500)).toBe(marked)
    expect(podOf(trace, 'web', 10_500).metadata.deletionGracePeriodSeconds).toBe(20)
    expect(signals(trace, 'app', 9)).toEqual([25_000])
  })

  test('marks and deletes a pod that is Pending (EV-1)', () => {
    const trace = runPod({}, { images: image({ alwaysFails: 'not found' }), steps: [eviction] })
    expect(conditionOf(trace, 'DisruptionTarget', 10_500)).toBe(marked)
    expect(goneAt(trace)).toBeLessThanOrEqual(13_000)
  })

  test('removes a pod that is over at once (EV-1, R-701)', () => {
    const trace = runPod(
      { behaviours: { app: does(exits(0, 1000)) }, spec: { restartPolicy: 'Never' } },
      { steps: [eviction] },
    )
    expect(goneAt(trace)).toBe(10_000)
    expect(conditionOf(trace, 'DisruptionTarget', 9999)).toBe('')
  })
})

describe('a deletion', () => {
  test('waits for finalizers after everything else is done (DEL-4, DEL-7)', () => {
    const trace = runPod(
      { metadata: { finalizers: ['example.com/archive'] } },
      { steps: [deletion(10_000), patch(30_000, { metadata: { finalizers: null } })] },
    )
    expect(lifetimes(trace, 'app')).toMatchObject([{ end: 10_100 }])
    const kept = podOf(trace, 'web', 20_000)
    expect(kept.metadata.deletionGracePeriodSeconds).toBe(0)
    expect(kept.status?.phase).toBe('Succeeded')
    expect(goneAt(trace)).toBe(30_000)
    expect(printed(trace).slice(-2)).toEqual(['10.1s 0/1 Completed 0', '30s gone'])
  })

  test('goes on at its pace when the finalizers go first (DEL-7)', () => {
    const trace = runPod(
      { metadata: { finalizers: ['example.com/archive'] }, behaviours: { app: does(STUBBORN) } },
      { steps: [deletion(10_000, 10), patch(12_000, { metadata: { finalizers: null } })] },
    )
    expect(signals(trace, 'app', 9)).toEqual([20_000])
    expect(goneAt(trace)).toBe(20_850)
  })

  test('by force removes the object at once; the process still gets SIGTERM and two seconds (R-702, R-505)', () => {
    const trace = runPod({ behaviours: { app: does(STUBBORN) } }, { steps: [deletion(10_000, 0)] })
    expect(goneAt(trace)).toBe(10_000)
    expect(signals(trace, 'app', 15)).toEqual([10_000])
    expect(signals(trace, 'app', 9)).toEqual([12_000])
    expect(events(trace).at(-1)).toBe(KILLING)
    expect(printed(trace).at(-1)).toBe('10s gone')
    expect(phases(trace)).toEqual(['Pending', 'Running'])
  })

  test('by force leaves the object to its finalizers, and the process gets its two seconds all the same (DEL-4, R-107)', () => {
    const trace = runPod(
      { metadata: { finalizers: ['example.com/archive'] }, behaviours: { app: does(STUBBORN) } },
      { steps: [deletion(10_000, 0), patch(30_000, { metadata: { finalizers: null } })] },
    )
    expect(signals(trace, 'app', 9)).toEqual([12_000])
    expect(printed(trace).slice(-3)).toEqual(['10s 1/1 Terminating 0', '12s 0/1 Error 0', '30s gone'])
    expect(phases(trace)).toEqual(['Pending', 'Running', 'Failed'])
  })

  test('by force still runs preStop, for no longer than a second (R-504, R-506)', () => {
    const preStop = { lifecycle: { preStop: { exec: { command: ['stop'] } } } }
    const trace = runPod(
      { containers: [preStop], behaviours: { app: { ...does(STUBBORN), preStop: { duration: 60_000, exitCode: 0 } } } },
      { steps: [deletion(10_000, 0)] },
    )
    expect(hookCalls(trace, 'app', 'preStop')).toMatchObject([{ start: 10_000 }])
    expect(signals(trace, 'app', 15)).toEqual([11_000])
    expect(signals(trace, 'app', 9)).toEqual([13_000])
  })

  test.each([
    ['a shorter grace moves the deadline, and the kill in progress stays as it is (R-702, R-715)', 3, '13', 3, 40_000],
    ['a longer grace changes nothing (R-702)', 60, '40', 30, 40_000],
    ['no grace changes nothing (R-702)', undefined, '40', 30, 40_000],
  ] as const)('asked for again with %s', (_, gracePeriodSeconds, deadline, grace, killedAt) => {
    const trace = runPod(
      { behaviours: { app: does(STUBBORN) } },
      { steps: [deletion(10_000), deletion(12_000, gracePeriodSeconds)] },
    )
    expect(podOf(trace, 'web', 12_500).metadata).toMatchObject({
      deletionTimestamp: `2025-01-01T00:00:${deadline}Z`,
      deletionGracePeriodSeconds: grace,
    })
    expect(signals(trace, 'app', 15)).toEqual([10_000])
    expect(signals(trace, 'app', 9)).toEqual([killedAt])
    expect(goneAt(trace)).toBe(killedAt + 850)
  })

  test('asked for again by force removes the object, and the kill in progress stays as it is (R-702, R-715)', () => {
    const trace = runPod({ behaviours: { app: does(STUBBORN) } }, { steps: [deletion(10_000), deletion(12_000, 0)] })
    expect(goneAt(trace)).toBe(12_000)
    expect(signals(trace, 'app', 9)).toEqual([40_000])
  })

  test('of a pod that has no node is immediate (R-701)', () => {
    const words = { containers: [{ resources: { requests: { cpu: '500' } } }] }
    const trace = runPod(words, { steps: [deletion(10_000, 30)] })
    expect(goneAt(trace)).toBe(10_000)
  })

  test('of a pod that is over is immediate (R-701)', () => {
    const words = { behaviours: { app: does(exits(1, 1000)) }, spec: { restartPolicy: 'Never' } } as const
    expect(goneAt(runPod(words, { steps: [deletion(10_000, 30)] }))).toBe(10_000)
  })
})

describe('a restart of the kubelet', () => {
  test('touches no container, tells no Event, and repeats no init container (R-102, R-213)', () => {
    const words: PodWords = {
      spec: { initContainers: [{ name: 'init', image: 'app:1' }] },
      behaviours: { init: does(exits(0, 1000)) },
    }
    const trace = runPod(words, { steps: [kubeletRestart] })
    expect(events(trace)).toEqual(events(runPod(words)))
    expect(printed(trace)).toEqual(printed(runPod(words)))
    for (const name of ['init', 'app']) expect(runsOnce(trace, name)).toBe(true)
  })

  test('takes readiness away until the probe answers, and the endpoint with it (R-632, ES-2)', () => {
    const readinessProbe = { exec: { command: ['up'] }, periodSeconds: 2 }
    const trace = runPod(
      { containers: [{ readinessProbe }], metadata: { labels: { app: 'web' } } },
      { objects: [service()], steps: [kubeletRestart] },
    )
    const since = (lines: string[]) => lines.filter(line => Number.parseFloat(line) >= 20)
    expect(since(printed(trace)).map(line => line.replace(/^\S+ /, ''))).toEqual(['0/1 Running 0', '1/1 Running 0'])
    expect(since(endpoints(trace)).map(line => line.replace(/^\S+ /, ''))).toEqual([
      '10.244.0.1',
      '10.244.0.1 ready serving',
    ])
    expect(eventTexts(trace).some(text => text.startsWith('Unhealthy'))).toBe(false)
  })

  test('kills again what was being killed, with the grace that the pod asks for (R-107)', () => {
    const trace = runPod({ behaviours: { app: does(STUBBORN) } }, { steps: [deletion(15_000, 10), kubeletRestart] })
    expect(signals(trace, 'app', 15)).toEqual([15_000, 21_100])
    expect(signals(trace, 'app', 9)).toEqual([31_100])
    expect(goneAt(trace)).toBeLessThan(33_200)
  })

  test('ends what still runs of a pod that went in the meantime, with a grace of a second (R-128, R-151)', () => {
    const trace = runPod({ behaviours: { app: does(STUBBORN) } }, { steps: [kubeletRestart, deletion(20_500, 0)] })
    expect(goneAt(trace)).toBe(20_500)
    expect([...walkPods(trace)].at(-1)?.type).toBe('DELETED')
    expect(signals(trace, 'app', 15)).toEqual([21_100])
    expect(signals(trace, 'app', 9)).toEqual([23_100])
    expect(events(trace).at(-1)).toBe(KILLING)
  })
})

function service(changes: Partial<Service['spec']> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...changes },
  }
}

describe('the EndpointSlices of a Service', () => {
  const labels = { app: 'web' }
  const readinessProbe = { exec: { command: ['up'] }, periodSeconds: 2 }
  const drains: PodWords = {
    containers: [{ readinessProbe }],
    behaviours: { app: does({ ...RUNS, onTerm: { exitAfter: 3000, exitCode: 0 } }) },
    metadata: { labels },
  }

  test('list a pod as serving once it is Ready, as terminating once it is deleted, and no more once it is over (ES-1, ES-2)', () => {
    const trace = runPod(drains, { objects: [service()], steps: [deletion(10_000)] })
    expect(endpoints(trace)).toEqual([
      '0.85s 10.244.0.1',
      '2.87s 10.244.0.1 ready serving',
      '10s 10.244.0.1 serving terminating',
      '13s',
    ])
  })

  test('call every address ready where the Service publishes those that are not (ES-2)', () => {
    const objects = [service({ publishNotReadyAddresses: true })]
    const trace = runPod(drains, { objects, steps: [deletion(10_000)] })
    expect(endpoints(trace)).toEqual([
      '0.85s 10.244.0.1 ready',
      '2.87s 10.244.0.1 ready serving',
      '10s 10.244.0.1 ready serving terminating',
      '13s',
    ])
  })

  test('drop `serving` from a terminating pod whose readiness probe fails (ES-2, R-630)', () => {
    const trace = runPod(
      {
        ...drains,
        containers: [{ readinessProbe: { ...readinessProbe, failureThreshold: 1 } }],
        behaviours: {
          app: {
            ...does({ ...RUNS, onTerm: { exitAfter: 10_000, exitCode: 0 } }),
            readiness: [[{ from: 12_000, result: 'failure' }]],
          },
        },
      },
      { objects: [service()], steps: [deletion(10_000)] },
    )
    expect(
      endpoints(trace)
        .slice(2)
        .map(line => line.replace(/^\S+ /, '')),
    ).toEqual([
      '10.244.0.1 serving terminating',
      '10.244.0.1 terminating',
      // A phase is no trigger (ES-4): only the removal is one.
      '20.85s',
    ])
  })

  test('follow the labels of a pod (ES-4)', () => {
    const relabel = (at: number, app: string) => patch(at, { metadata: { labels: { app } } })
    const trace = runPod(
      { metadata: { labels } },
      { objects: [service()], steps: [relabel(10_000, 'old'), relabel(20_000, 'web')] },
    )
    expect(endpoints(trace).slice(-2)).toEqual(['10s', '20s 10.244.0.1 ready serving'])
  })

  test('lose a pod that is removed by force while its process still runs (ES-1, R-702)', () => {
    const trace = runPod(
      { behaviours: { app: does(STUBBORN) }, metadata: { labels } },
      { objects: [service()], steps: [deletion(10_000, 0)] },
    )
    expect(endpoints(trace).at(-1)).toBe('10s')
    expect(lifetimes(trace, 'app')).toMatchObject([{ end: 12_000 }])
  })
})
