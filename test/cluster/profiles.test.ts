import { describe, expect, test } from 'vitest'
import {
  compilePod,
  computePodActions,
  createSymbols,
  RUNTIME_STATE,
  type RuntimePod,
  run,
} from '../../src/cluster/index.js'
import { loadManifests } from '../../src/manifest/index.js'
import { DEFAULT_KUBELET_CONFIGURATION, type Pod } from '../../src/model/index.js'
import { createNode, DEFAULT_BEHAVIOUR, type Plan, type PlanPod, RUNS } from '../../src/scenario/index.js'
import type { Trace } from '../../src/trace/index.js'
import { behaves, exits, plan, planPod } from './plans.js'
import { eventTexts, lifetimes, phases, podOf, printed, runsOnce, statusOf } from './traces.js'

type Version = '1.31' | '1.32' | '1.33' | '1.34' | '1.35'
const VERSIONS: readonly Version[] = ['1.31', '1.32', '1.33', '1.34', '1.35']

/** One run per release, and what is asked of it. */
const perVersion = <Answer>(aPlan: Plan, ask: (trace: Trace) => Answer): Record<Version, Answer> =>
  Object.fromEntries(VERSIONS.map(kubernetes => [kubernetes, ask(run({ ...aPlan, kubernetes }))])) as never

const crash = planPod('crash', [{}], { app: behaves({ runs: [exits(1, 1000)] }) })
const badImage = { 'app:1': { ...DEFAULT_BEHAVIOUR.image, alwaysFails: 'not found' } }
const startSeconds = (trace: Trace, container = 'app'): number[] =>
  lifetimes(trace, container).map(({ start }) => start / 1000)

/** The problems that the manifest of a pod has in a release. */
function problemsOf(pod: object, kubernetes: Version): string[] {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, ...pod })
  return loadManifests([{ name: 'web.json', text }], { kubernetes }).problems.map(({ problem }) => problem)
}

describe('texts', () => {
  test('of a container’s creation have a colon from 1.32 on, and no name from 1.35 on (R-1104)', () => {
    const created = (trace: Trace) => eventTexts(trace).find(text => text.startsWith('Created'))
    expect(perVersion(plan([planPod('web', [{}], {})]), created)).toEqual({
      '1.31': 'Created: Created container app',
      '1.32': 'Created: Created container: app',
      '1.33': 'Created: Created container: app',
      '1.34': 'Created: Created container: app',
      '1.35': 'Created: Container created',
    })
  })

  test('of a container’s start have no name from 1.35 on (R-1105)', () => {
    const started = (trace: Trace) => eventTexts(trace).find(text => text.startsWith('Started'))
    const answers = perVersion(plan([planPod('web', [{}], {})]), started)
    expect(answers['1.34']).toBe('Started: Started container app')
    expect(answers['1.35']).toBe('Started: Container started')
  })

  test('of an image that is there say who may use it from 1.35 on (R-302)', () => {
    const images = { '*': { ...DEFAULT_BEHAVIOUR.image, isPresent: true } }
    const pulled = (trace: Trace) => eventTexts(trace).find(text => text.startsWith('Pulled'))
    const answers = perVersion(plan([planPod('web', [{}], {})], { images }), pulled)
    expect(answers['1.34']).toBe('Pulled: Container image "app:1" already present on machine')
    expect(answers['1.35']).toBe(
      'Pulled: Container image "app:1" already present on machine and can be accessed by the pod',
    )
  })

  test('of a pull in back-off name the error before from 1.32 on (R-305)', () => {
    const waiting = (trace: Trace) => statusOf(podOf(trace, 'web'), 'app')?.state?.waiting?.message
    const answers = perVersion(plan([planPod('web', [{}], {})], { images: badImage, horizon: 20_000 }), waiting)
    expect(answers['1.31']).toBe('Back-off pulling image "app:1"')
    expect(answers['1.32']).toBe('Back-off pulling image "app:1": ErrImagePull: not found')
  })

  test('of a probe that cannot be asked name its state from 1.33 on (R-611)', () => {
    const pod = planPod('web', [{ livenessProbe: { httpGet: { port: 'http' } } }], {})
    const unhealthy = (trace: Trace) => eventTexts(trace).find(text => text.startsWith('Unhealthy'))
    const answers = perVersion(plan([pod], { horizon: 20_000 }), unhealthy)
    expect(answers['1.32']).toBe(`Unhealthy: Liveness probe errored: couldn't find port: "http" in container: app`)
    expect(answers['1.33']).toBe(
      `Unhealthy: Liveness probe errored and resulted in unknown state: couldn't find port: "http" in container: app`,
    )
  })

  test('of an untolerated taint are general from 1.35 on (F-3)', () => {
    const nodes = [createNode({ name: 'node-1', taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] })]
    const answers = perVersion(plan([planPod('web', [{}], {})], { nodes }), trace => eventTexts(trace)[0])
    expect(answers['1.32']).toContain('1 node(s) had untolerated taint {dedicated: db}. preemption: ')
    expect(answers['1.35']).toContain('1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: ')
  })
})

describe('hooks', () => {
  const sleepy = { preStop: { sleep: { seconds: 0 } } }

  test('may sleep for no time at all from 1.33 on (R-1230)', () => {
    const pod = { spec: { containers: [{ name: 'app', image: 'app:1', lifecycle: sleepy }] } }
    expect(problemsOf(pod, '1.32')[0]).toContain(
      'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 0: must be greater than 0 and less than terminationGracePeriodSeconds (30). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.',
    )
    expect(problemsOf(pod, '1.33')).toEqual([])
    const tooLong = { preStop: { sleep: { seconds: 31 } } }
    expect(
      problemsOf({ spec: { containers: [{ name: 'app', image: 'app:1', lifecycle: tooLong }] } }, '1.33')[0],
    ).toContain('Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)')
  })

  test('that sleep for no time at all do not hold up SIGTERM (R-509)', () => {
    const steps = [{ at: 10_000, do: 'delete', pod: 'default/web' } as const]
    const trace = run(plan([planPod('web', [{ lifecycle: sleepy }], {})], { kubernetes: '1.33', steps }))
    expect(lifetimes(trace, 'app')).toMatchObject([{ end: 10_100, exitCode: 0 }])
  })
})

describe('back-off', () => {
  test('ends when it ends from 1.35 on: it drives the requeue of a crash loop (R-415)', () => {
    const answers = perVersion(plan([crash], { horizon: 200_000 }), startSeconds)
    // Before, a refused start is tried again every 10 to 15 s; from 1.35 on after what is left of the back-off, and up to half more.
    expect(answers['1.34']).toEqual([0.5, 1.85, 16.3, 44.3, 85.3, 178.3])
    expect(answers['1.35']).toEqual([0.5, 1.85, 16.3, 42.3, 93.3, 176.3])
  })

  test('of a pull drives the requeue, too, from 1.35 on (R-415)', () => {
    const pulls = (trace: Trace) => eventTexts(trace).length > 0 && printed(trace)
    const answers = perVersion(plan([planPod('web', [{}], {})], { images: badImage, horizon: 100_000 }), pulls)
    expect(answers['1.34']).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "0.85s 0/1 ErrImagePull 0",
        "14.3s 0/1 ImagePullBackOff 0",
        "28.3s 0/1 ErrImagePull 0",
        "41.3s 0/1 ImagePullBackOff 0",
        "55.3s 0/1 ErrImagePull 0",
        "68.3s 0/1 ImagePullBackOff 0",
      ]
    `)
    expect(answers['1.35']).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "0.85s 0/1 ErrImagePull 0",
        "13.3s 0/1 ImagePullBackOff 0",
        "27.3s 0/1 ErrImagePull 0",
        "36.3s 0/1 ImagePullBackOff 0",
        "50.3s 0/1 ErrImagePull 0",
        "84.3s 0/1 ImagePullBackOff 0",
        "98.3s 0/1 ErrImagePull 0",
      ]
    `)
  })

  test('counts the nearest end where several containers wait (R-415)', () => {
    const pod = planPod('two', [{}, { name: 'other' }], {
      app: behaves({ runs: [exits(1, 1000)] }),
      other: behaves({ runs: [exits(1, 30_000)] }),
    })
    const trace = run(plan([pod], { kubernetes: '1.35', horizon: 120_000 }))
    expect({ app: startSeconds(trace), other: startSeconds(trace, 'other') }).toMatchInlineSnapshot(`
      {
        "app": [
          0.5,
          1.85,
          16.3,
          39.3,
          82.3,
        ],
        "other": [
          0.5,
          30.85,
          73.3,
        ],
      }
    `)
  })

  test('can be capped by the kubelet’s configuration from 1.35 on (R-410)', () => {
    const kubelet = { ...DEFAULT_KUBELET_CONFIGURATION, crashLoopBackOffMaxContainerRestartPeriodMs: 4000 }
    const capped = plan([crash], { kubernetes: '1.35', kubelet, horizon: 60_000 })
    expect(startSeconds(run(capped))).toMatchInlineSnapshot(`
      [
        0.5,
        1.85,
        8.3,
        14.3,
        20.3,
        26.3,
        32.3,
        38.3,
        44.3,
        50.3,
        56.3,
      ]
    `)
    expect(() => run({ ...capped, kubernetes: '1.34' })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: crashLoopBackOff.maxContainerRestartPeriod: expected it to be unset, got 4s
        hint: in Kubernetes 1.34 the gate KubeletCrashLoopBackOffMax is off; it is on from 1.35]
    `)
    expect(() =>
      run({ ...capped, kubelet: { ...kubelet, crashLoopBackOffMaxContainerRestartPeriodMs: 400_000 } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[PodwrightError: crashLoopBackOff.maxContainerRestartPeriod: expected a duration from 1s to 300s, got 6m40s]`,
    )
  })
})

describe('init containers', () => {
  /** A pod whose init container's record is gone, and whose only container is as given. */
  function actionsFor(restartPolicy: Pod['spec']['restartPolicy'], state: number, isSandboxReady: boolean) {
    const { pod } = planPod('web', [{}], {}, { restartPolicy, initContainers: [{ name: 'migrate', image: 'm:1' }] })
    const spec = compilePod(createSymbols(), pod, 0, {}, DEFAULT_BEHAVIOUR.sandbox)
    const [container] = spec.containers
    const record = { container, instance: 0, attempt: 0, image: container.image, state, createdAt: 0, startedAt: 0 }
    const runtime: RuntimePod = {
      sandboxes: [{ attempt: 0, isReady: isSandboxReady, hostNetwork: false, ip: 1, createdAt: 0 }],
      containers: [{ ...record, finishedAt: 0, exitCode: 0, reason: 0, message: 0 }],
    }
    const names = (isUnified: boolean): string[] => {
      const actions = computePodActions(spec, runtime, false, () => -1, isUnified)
      return [...actions.initContainersToStart, ...actions.containersToStart].map(({ name }) => name)
    }
    return { before: names(false), unified: names(true) }
  }

  test('count as done from 1.33 on once a container was created, as in pods with sidecars (R-211, R-213)', () => {
    expect(actionsFor('Always', RUNTIME_STATE.created, true)).toEqual({ before: ['migrate'], unified: ['app'] })
  })

  test('are not run again from 1.33 on in a new sandbox that nothing is left to start in (R-202)', () => {
    expect(actionsFor('OnFailure', RUNTIME_STATE.exited, false)).toEqual({ before: ['migrate'], unified: [] })
  })

  test('run one by one in every release', () => {
    const pod = planPod(
      'web',
      [{}],
      { one: behaves({ runs: [exits(0, 1000)] }), two: behaves({ runs: [exits(1, 500), exits(0, 500)] }) },
      {
        initContainers: [
          { name: 'one', image: 'one:1' },
          { name: 'two', image: 'two:1' },
        ],
      },
    )
    const starts = (trace: Trace) => ['one', 'two', 'app'].map(name => startSeconds(trace, name))
    const answers = perVersion(plan([pod], { horizon: 60_000 }), starts)
    for (const version of VERSIONS) expect(answers[version]).toEqual(answers['1.32'])
  })
})

describe('a restart of the kubelet', () => {
  const restart = { at: 30_000, do: 'restartKubelet', node: 'node-1' } as const
  const up = { exec: { command: ['up'] }, periodSeconds: 2 }

  test('takes `started` and `ready` away until the probes answer, up to 1.34; from 1.35 on nothing changes (R-632)', () => {
    const pod = planPod('web', [{ startupProbe: up, readinessProbe: up }], {})
    const afterRestart = (trace: Trace) => printed(trace).filter(line => Number.parseFloat(line) > 30)
    const answers = perVersion(plan([pod], { steps: [restart] }), afterRestart)
    expect(answers['1.34']).toEqual(['32.1s 0/1 Running 0', '34.14s 1/1 Running 0'])
    expect(answers['1.35']).toEqual([])
  })

  test('does not make an unready container ready for a moment from 1.35 on (R-632)', () => {
    const behaviour = behaves({ readiness: [[{ from: 0, result: 'failure' }]] })
    const pod = planPod('web', [{ readinessProbe: up }], { app: behaviour })
    const ready = (trace: Trace) => printed(trace).some(line => line.includes('1/1'))
    const answers = perVersion(plan([pod], { steps: [restart], horizon: 60_000 }), ready)
    expect(answers).toEqual({ '1.31': true, '1.32': true, '1.33': true, '1.34': true, '1.35': false })
  })

  test('keeps a container that has not started yet so from 1.35 on (R-632)', () => {
    const late = behaves({
      startup: [
        [
          { from: 0, result: 'failure' },
          { from: 60_000, result: 'success' },
        ],
      ],
    })
    const pod = planPod('web', [{ startupProbe: { ...up, failureThreshold: 100 } }], { app: late })
    const trace = run(plan([pod], { kubernetes: '1.35', steps: [restart] }))
    expect(printed(trace)).toEqual([
      '0s 0/1 Pending 0',
      '0s 0/1 ContainerCreating 0',
      '0.85s 0/1 Running 0',
      expect.stringMatching(/^6[12]\.\d+s 1\/1 Running 0$/),
    ])
  })
})

describe('the probes of a sidecar', () => {
  test('go on after its exit in a pod that is never restarted, from 1.34 on (R-604.6)', () => {
    const startupProbe = { exec: { command: ['up'] }, periodSeconds: 1, failureThreshold: 30 }
    const pod = planPod(
      'batch',
      [{ livenessProbe: { exec: { command: ['up'] } } }],
      { app: behaves({ runs: [exits(0, 2000)] }), proxy: behaves({ runs: [exits(1, 200), RUNS] }) },
      {
        restartPolicy: 'Never',
        initContainers: [{ name: 'proxy', image: 'p:1', restartPolicy: 'Always', startupProbe }],
      },
    )
    const hasRun = (trace: Trace) => lifetimes(trace, 'app').length > 0
    const answers = perVersion(plan([pod], { horizon: 120_000 }), hasRun)
    expect(answers).toEqual({ '1.31': false, '1.32': false, '1.33': false, '1.34': true, '1.35': true })
  })
})

describe('containers with a restart policy of their own', () => {
  const exitCodes = (operator: string, ...values: number[]) => [{ action: 'Restart', exitCodes: { operator, values } }]
  const containers = (...changes: object[]) => ({
    spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'app:1', ...Object.assign({}, ...changes) }] },
  })

  test('are refused before 1.35, and rules are not known (R-1213)', () => {
    expect(problemsOf(containers({ restartPolicy: 'Always' }), '1.34')).toEqual([
      'Pod "web" is invalid: spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers',
    ])
    expect(problemsOf(containers({ restartPolicyRules: exitCodes('In', 3) }), '1.34')).toEqual([
      'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].restartPolicyRules"',
    ])
    expect(problemsOf(containers({ restartPolicy: 'Always' }), '1.35')).toEqual([])
  })

  test('have rules only together with a policy, and only such as are known (R-1213)', () => {
    const rules = (restartPolicyRules: unknown, restartPolicy: unknown = 'Never') =>
      problemsOf(containers({ restartPolicy, restartPolicyRules }), '1.35').map(text => text.replace(/^.*?\[0]\./, ''))
    expect(rules(exitCodes('In', 3))).toEqual([])
    expect(rules(exitCodes('In', 3), null)).toEqual([
      'restartPolicy: Required value: must specify restartPolicy when restart rules are used',
    ])
    expect(rules([{ action: 'Restart' }])).toEqual([
      'restartPolicyRules[0].exitCodes: Required value: must be specified',
    ])
    expect(rules([{ action: 'Stop', exitCodes: { operator: 'NotIn', values: [1] } }])).toEqual([
      'restartPolicyRules[0].action: Unsupported value: "Stop": supported values: "Restart"',
    ])
    expect(rules(exitCodes(''))).toEqual([
      'restartPolicyRules[0].exitCodes.operator: Unsupported value: "": supported values: "In", "NotIn"',
    ])
    expect(rules(new Array(21).fill(exitCodes('In', 3)[0]))).toEqual([
      'restartPolicyRules: Too many: 21: must have at most 20 items',
    ])
    expect(rules(exitCodes('In', 3), 'Sometimes')).toEqual([
      'restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    ])
  })

  const own = (container: object, runs: PlanPod['containers'][string]['runs'], spec: Partial<Pod['spec']> = {}) =>
    run(
      plan([planPod('web', [container], { app: behaves({ runs }) }, { restartPolicy: 'Never', ...spec })], {
        kubernetes: '1.35',
        horizon: 60_000,
      }),
    )

  test('are restarted by their rules although their pod never is, until an exit that no rule is for (R-220, R-803)', () => {
    const rules = { restartPolicy: 'Never', restartPolicyRules: exitCodes('In', 42) }
    const trace = own(rules, [exits(42, 1000), exits(42, 1000), exits(1, 1000)])
    expect(startSeconds(trace)).toEqual([0.5, 1.85, 16.3])
    expect(podOf(trace, 'web').status?.phase).toBe('Failed')
    expect(phases(trace)).toEqual(['Pending', 'Running', 'Failed'])
  })

  test('are restarted by their policy although their pod never is (R-220)', () => {
    expect(startSeconds(own({ restartPolicy: 'OnFailure' }, [exits(1, 1000), exits(0, 1000)]))).toEqual([0.5, 1.85])
    const trace = own({ restartPolicy: 'Never' }, [exits(1, 1000)], { restartPolicy: 'Always' })
    expect(runsOnce(trace, 'app')).toBe(true)
    expect(podOf(trace, 'web').status?.phase).toBe('Failed')
  })

  test('do not outvote each other: the pod runs on while one of them does (R-803)', () => {
    const pod = planPod(
      'two',
      [{ restartPolicy: 'OnFailure' }, { name: 'other' }],
      { app: behaves({ runs: [exits(1, 3000), exits(0, 3000)] }), other: behaves({ runs: [exits(0, 1000)] }) },
      { restartPolicy: 'Never' },
    )
    const trace = run(plan([pod], { kubernetes: '1.35', horizon: 60_000 }))
    expect(phases(trace)).toEqual(['Pending', 'Running', 'Succeeded'])
    expect(lifetimes(trace, 'app')).toHaveLength(2)
  })

  test('end the pod where an init container fails for good by its own policy (R-213)', () => {
    const failing = (restartPolicy: 'Never' | 'OnFailure', podPolicy: 'Always' | 'Never') =>
      run(
        plan(
          [
            planPod(
              'web',
              [{}],
              { migrate: behaves({ runs: [exits(1, 1000), exits(0, 1000)] }) },
              { restartPolicy: podPolicy, initContainers: [{ name: 'migrate', image: 'm:1', restartPolicy }] },
            ),
          ],
          { kubernetes: '1.35', horizon: 60_000 },
        ),
      )
    expect(podOf(failing('Never', 'Always'), 'web').status?.phase).toBe('Failed')
    expect(podOf(failing('OnFailure', 'Never'), 'web').status?.phase).toBe('Running')
  })

  test('are probed again after an exit that their policy restarts them from (R-604.6)', () => {
    const readinessProbe = { exec: { command: ['up'] }, periodSeconds: 2 }
    const trace = own({ restartPolicy: 'OnFailure', readinessProbe }, [exits(1, 5000), RUNS])
    expect(printed(trace).map(line => line.replace(/^\S+ /, ''))).toEqual([
      '0/1 Pending 0',
      '0/1 ContainerCreating 0',
      '0/1 Running 0',
      '1/1 Running 0',
      '0/1 Error 0',
      '0/1 Running 1',
      '1/1 Running 1',
    ])
  })

  test('are restarted after a liveness kill by their policy, whatever their pod says (R-221)', () => {
    const livenessProbe = { exec: { command: ['up'] }, periodSeconds: 2, failureThreshold: 1 }
    const sick = behaves({ liveness: [[{ from: 0, result: 'failure' }], [{ from: 0, result: 'success' }]] })
    const pod = planPod('web', [{ livenessProbe, restartPolicy: 'Always' }], { app: sick }, { restartPolicy: 'Never' })
    const trace = run(plan([pod], { kubernetes: '1.35', horizon: 60_000 }))
    expect(eventTexts(trace)).toContain('Killing: Container app failed liveness probe, will be restarted')
    expect(statusOf(podOf(trace, 'web'), 'app')).toMatchObject({ restartCount: 1, ready: true })
  })
})

describe('a pod’s generation', () => {
  const steps = [
    { at: 10_000, do: 'patch', pod: 'default/web', type: 'strategic', patch: { metadata: { labels: { a: 'b' } } } },
    {
      at: 20_000,
      do: 'patch',
      pod: 'default/web',
      type: 'strategic',
      patch: { spec: { containers: [{ name: 'app', image: 'app:2' }] } },
    },
    { at: 40_000, do: 'delete', pod: 'default/web' },
  ] as const

  const generations = (trace: Trace, time: number) => {
    const { metadata, status } = podOf(trace, 'web', time)
    const observed = status?.conditions?.map(each => each.observedGeneration)
    return [metadata.generation, status?.observedGeneration, ...new Set(observed)]
  }

  test('does not exist before 1.34 (API-7, R-808)', () => {
    const trace = run(plan([planPod('web', [{}], {})], { kubernetes: '1.33', steps }))
    expect(generations(trace, 30_000)).toEqual([undefined, undefined, undefined])
  })

  test('counts changes of the spec and the deletion from 1.34 on, and the kubelet says which it has seen (API-7, R-808)', () => {
    const trace = run(plan([planPod('web', [{}], {})], { kubernetes: '1.34', steps }))
    expect(generations(trace, 9000)).toEqual([1, 1, 1])
    expect(generations(trace, 19_000)).toEqual([1, 1, 1])
    expect(generations(trace, 30_000)).toEqual([2, 2, 2])
    expect(generations(trace, 40_500)).toEqual([3, 3, 3])
  })

  test('is what the scheduler’s condition is about as long as there is no kubelet (R-808)', () => {
    const pod = planPod('web', [{ resources: { requests: { cpu: '500' } } }], {})
    expect(generations(run(plan([pod], { kubernetes: '1.34' })), 10_000)).toEqual([1, undefined, 1])
  })
})

describe('resources of a whole pod', () => {
  const pod = {
    spec: {
      resources: { requests: { cpu: '2', memory: '1Gi' }, limits: { cpu: '2', memory: '1Gi' } },
      containers: [{ name: 'app', image: 'app:1' }],
    },
  } as const
  const planned = planPod('web', [{}], {}, { resources: pod.spec.resources } as never)

  test('make its QoS class from 1.34 on (R-830)', () => {
    const answers = perVersion(plan([planned]), trace => podOf(trace, 'web').status?.qosClass)
    expect(answers['1.33']).toBe('BestEffort')
    expect(answers['1.34']).toBe('Guaranteed')
  })

  test('are what it has to fit with from 1.34 on (R-2)', () => {
    const nodes = [createNode({ name: 'node-1', cpu: '1' })]
    const answers = perVersion(plan([planned], { nodes }), trace => eventTexts(trace)[0])
    expect(answers['1.33']).toBe('Scheduled: Successfully assigned default/web to node-1')
    expect(answers['1.34']).toContain('1 Insufficient cpu')
  })

  test('are requested as far as they are limited from 1.34 on, and count as modelled (R-2)', () => {
    const limits = { cpu: '2', memory: '1Gi' }
    const containers = [{ name: 'app', image: 'app:1', resources: { requests: { cpu: '500m' } } }]
    const text = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { resources: { limits }, containers },
    })
    const loaded = (kubernetes: Version) => loadManifests([{ name: 'web.json', text }], { kubernetes })
    const coverage = (kubernetes: Version) =>
      loaded(kubernetes).coverage[0].fields.find(({ path }) => path === 'spec.resources')?.coverage
    expect([coverage('1.33'), coverage('1.34')]).toEqual(['unmodelled', 'modelled'])
    expect(loaded('1.34').problems).toEqual([])
    expect((loaded('1.34').objects[0].object as Pod).spec.resources?.requests).toEqual({ cpu: '500m', memory: '1Gi' })
  })
})

describe('the scheduler', () => {
  test('does not look for victims where the pod is larger than the node, from 1.34 on (F-6)', () => {
    const pod = planPod('big', [{ resources: { requests: { cpu: '500' } } }], {})
    const answers = perVersion(plan([pod]), trace => eventTexts(trace)[0])
    expect(answers['1.33']).toContain('preemption: 0/1 nodes are available: 1 No preemption victims found')
    expect(answers['1.34']).toContain('preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling')
  })

  test('tells of claims before preemption from 1.34 on (MSG-2)', () => {
    const pod = planPod('big', [{ resources: { requests: { cpu: '500' } } }], {})
    const answers = perVersion(plan([pod]), trace =>
      eventTexts(trace)[0].includes('. no new claims to deallocate, preemp'),
    )
    expect(answers).toEqual({ '1.31': false, '1.32': false, '1.33': false, '1.34': true, '1.35': true })
  })

  test('does not balance the nodes of pods without requests from 1.33 on (S-5)', () => {
    // Both nodes are as full on average; on the second, cpu and memory are taken unevenly.
    const nodes = [
      createNode({ name: 'node-1', cpu: '10', memory: '10Gi' }),
      createNode({ name: 'node-2', cpu: '10', memory: '10Gi' }),
    ]
    const taken = (name: string, nodeName: string, cpu: string, memory: string) =>
      planPod(name, [{ name: `on-${name}`, resources: { requests: { cpu, memory } } }], {}, { nodeName })
    const late = { ...planPod('late', [{}], {}), createdAt: 5000 }
    const pods = [taken('a', 'node-1', '1', '9Gi'), taken('b', 'node-2', '5500m', '5632Mi'), late]
    const answers = perVersion(plan(pods, { nodes }), trace => podOf(trace, 'late').spec.nodeName)
    expect(answers['1.32']).toBe('node-2')
    expect(answers['1.33']).toBe('node-1')
  })

  test('does not let a pod wait out its back-off while there is nothing else to do, from 1.33 on (Q-5)', () => {
    const big = { resources: { requests: { cpu: '60' } } }
    const first = planPod('first', [{ ...big, name: 'first' }], {}, { restartPolicy: 'Never' })
    const second = { ...planPod('second', [{ ...big, name: 'second' }], {}), createdAt: 10_000 }
    const steps = [{ at: 10_100, do: 'delete', pod: 'default/first', gracePeriodSeconds: 0 } as const]
    const answers = perVersion(plan([first, second], { steps }), trace => startSeconds(trace, 'second'))
    expect(answers['1.32']).toEqual([11.0])
    expect(answers['1.33']).toEqual([10.1])
  })

  test('prefers the higher priority among back-offs that end within a second, from 1.33 on (Q-5)', () => {
    const big = { resources: { requests: { cpu: '60' } } }
    const waits = (name: string, createdAt: number, priority: number) => ({
      ...planPod(name, [{ ...big, name }], {}, { priorityClassName: `p${priority}` }),
      createdAt,
    })
    const objects = [5, 10, 20].map(
      value =>
        ({
          apiVersion: 'scheduling.k8s.io/v1',
          kind: 'PriorityClass',
          metadata: { name: `p${value}` },
          value,
          preemptionPolicy: 'Never',
        }) as const,
    )
    const first = planPod('first', [{ ...big, name: 'first' }], {}, { priorityClassName: 'p20' })
    const steps = [{ at: 10_500, do: 'delete', pod: 'default/first', gracePeriodSeconds: 0 } as const]
    const pods = [first, waits('low', 10_000, 5), waits('high', 10_200, 10)]
    const answers = perVersion(plan(pods, { steps, objects }), trace => [
      startSeconds(trace, 'low'),
      startSeconds(trace, 'high'),
    ])
    expect(answers['1.32']).toEqual([[11.0], []])
    expect(answers['1.33']).toEqual([[], [10.5]])
  })
})
