import { describe, expect, test } from 'vitest'
import { run, start } from '../../src/cluster/index.js'
import { printPod } from '../../src/kubectl/index.js'
import { PLAIN_PALETTE, timeline } from '../../src/report/index.js'
import { DEFAULT_BEHAVIOUR, DEFAULT_TIMING, type Plan, RUNS, type Timing } from '../../src/scenario/index.js'
import { PROBE_RESULTS, ROW, unpackResultAndDuration, walkPods } from '../../src/trace/index.js'
import { behaves, exits, plan, planPod } from './plans.js'

/** What `kubectl get pods -w` shows of a pod's life, with the seconds, without repetitions. */
function printed(aPlan: Plan): string[] {
  const lines: string[] = []
  for (const { time, type, object } of walkPods(run(aPlan))) {
    const { ready, status, restarts } = printPod(object(), time)
    const columns = type === 'DELETED' ? 'gone' : `${ready} ${status} ${restarts.replace(/ .*/, '')}`
    if (lines.at(-1)?.replace(/^\S+ /, '') !== columns) lines.push(`${time / 1000}s ${columns}`)
  }
  return lines
}

describe('a pod', () => {
  test('runs its init containers one by one, then its containers', () => {
    const pod = planPod(
      'web',
      [{}],
      { migrate: behaves({ runs: [exits(0, 3000)] }), seed: behaves({ runs: [exits(0, 1000)] }) },
      {
        initContainers: [
          { name: 'migrate', image: 'm:1' },
          { name: 'seed', image: 's:1' },
        ],
      },
    )
    expect(printed(plan([pod], { horizon: 20_000 }))).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 Init:0/2 0",
        "3.85s 0/1 Init:1/2 0",
        "5.85s 0/1 PodInitializing 0",
        "6.85s 1/1 Running 0",
      ]
    `)
  })

  test('is said to run after the one before it on its node, where a request takes time', () => {
    const pods = ['a', 'b'].map(name => planPod(name, [{}], {}))
    const began = (timing: Partial<Timing>): string[] => {
      const seen = new Map<string, number>()
      const images = { 'app:1': { ...DEFAULT_BEHAVIOUR.image, isPresent: true } }
      const trace = run(plan(pods, { horizon: 5000, images, timing: { ...DEFAULT_TIMING, ...timing } }))
      for (const { time, object } of walkPods(trace)) {
        const { metadata, status } = object()
        if (status?.phase === 'Running' && !seen.has(metadata.name ?? '')) seen.set(metadata.name ?? '', time)
      }
      return [...seen].map(([name, time]) => `${name} ${time}`)
    }
    expect(began({})).toEqual(['a 850', 'b 850'])
    expect(began({ statusBatch: 50 })).toEqual(['a 900', 'b 925'])
  })

  test('that crashes is restarted at once, then after 10, 20, 40 seconds and the next sync', () => {
    const pod = planPod('crash', [{}], { app: behaves({ runs: [exits(1, 1000)] }) })
    expect(printed(plan([pod], { horizon: 120_000 }))).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "0.85s 1/1 Running 0",
        "1.85s 0/1 Error 0",
        "2.85s 0/1 Error 1",
        "16.3s 0/1 CrashLoopBackOff 1",
        "16.85s 1/1 Running 2",
        "17.85s 0/1 Error 2",
        "31.3s 0/1 CrashLoopBackOff 2",
        "44.85s 1/1 Running 3",
        "45.85s 0/1 Error 3",
        "59.3s 0/1 CrashLoopBackOff 3",
        "85.85s 1/1 Running 4",
        "86.85s 0/1 Error 4",
        "100.3s 0/1 CrashLoopBackOff 4",
      ]
    `)
  })

  test('that ignores SIGTERM is killed when its grace is over', () => {
    const stubborn = behaves({ runs: [{ ...RUNS, onTerm: null }] })
    const aPlan = plan([planPod('web', [{}], { app: stubborn })], {
      steps: [{ at: 10_000, do: 'delete', pod: 'default/web', gracePeriodSeconds: 5 }],
    })
    expect(timeline(run(aPlan), { palette: PLAIN_PALETTE, columns: 100 }).join('\n')).toMatchInlineSnapshot(`
      " 0.000s  web      created, scheduled to node-1, sandbox up with 10.244.0.1
       0.000s  web/app  pulling app:1                                             ← sandbox up
       0.500s  web/app  pulled app:1 in 500ms, started
       0.850s  web      Running, Ready                                            ← start
      10.000s  web      delete requested, grace 5s                                by step 1
      10.000s  web/app  SIGTERM (5s to stop)                                      ← delete
      15.000s  web/app  SIGKILL, exited 137 (Error)                               ← grace period over
      15.000s  web      Failed, not Ready: PodFailed                              ← exit 137
      15.850s  web      gone                                                      ← delete"
    `)
  })

  test('whose sidecar outlives its container stops the sidecar last', () => {
    const pod = planPod(
      'batch',
      [{}],
      { app: behaves({ runs: [exits(0, 5000)] }), proxy: behaves() },
      {
        restartPolicy: 'Never',
        initContainers: [{ name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' }],
      },
    )
    expect(printed(plan([pod], { horizon: 60_000 }))).toMatchInlineSnapshot(`
      [
        "0s 0/2 Pending 0",
        "0s 0/2 Init:0/1 0",
        "0.85s 1/2 PodInitializing 0",
        "1.85s 2/2 Running 0",
        "6.85s 1/2 Completed 0",
        "7.85s 0/2 Completed 0",
      ]
    `)
  })

  test('waits for a ConfigMap that comes later', () => {
    const pod = planPod('web', [{ envFrom: [{ configMapRef: { name: 'settings' } }] }], {})
    const settings = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'default' },
      data: {},
    } as const
    const aPlan = plan([pod], { horizon: 60_000, steps: [{ at: 20_000, do: 'createObject', object: settings }] })
    expect(printed(aPlan)).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "0.85s 0/1 CreateContainerConfigError 0",
        "27.85s 1/1 Running 0",
      ]
    `)
  })

  test('that asks for more than any node has stays Pending and says why', () => {
    const pod = planPod('big', [{ resources: { requests: { cpu: '500' } } }], {})
    const trace = run(plan([pod]))
    expect(trace.outcome).toBe('quiescent')
    const [last] = [...walkPods(trace)].slice(-1).map(change => change.object().status?.conditions)
    expect(last).toMatchInlineSnapshot(`
      [
        {
          "lastProbeTime": null,
          "lastTransitionTime": "2025-01-01T00:00:00Z",
          "message": "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
          "reason": "Unschedulable",
          "status": "False",
          "type": "PodScheduled",
        },
      ]
    `)
  })

  test('whose image does not exist backs off', () => {
    const images = { 'app:1': { ...DEFAULT_BEHAVIOUR.image, alwaysFails: 'not found' } }
    expect(printed(plan([planPod('web', [{}], {})], { images, horizon: 60_000 }))).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "0.85s 0/1 ErrImagePull 0",
        "14.3s 0/1 ImagePullBackOff 0",
        "28.3s 0/1 ErrImagePull 0",
        "41.3s 0/1 ImagePullBackOff 0",
        "55.3s 0/1 ErrImagePull 0",
      ]
    `)
  })

  test('with an active deadline fails when it is over', () => {
    const pod = planPod('slow', [{}], {}, { activeDeadlineSeconds: 10 })
    expect(printed(plan([pod], { horizon: 60_000 }))).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "0.85s 1/1 Running 0",
        "10.95s 0/1 Completed 0",
      ]
    `)
  })
})

describe('a preStop sleep longer than the grace of the deletion', () => {
  test('is abandoned, and the pod goes all the same', () => {
    const pod = planPod('web', [{ lifecycle: { preStop: { sleep: { seconds: 20 } } } }], {})
    const steps = [{ at: 10_000, do: 'delete', pod: 'default/web', gracePeriodSeconds: 2 } as const]
    expect(printed(plan([pod], { steps }))).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "0.85s 1/1 Running 0",
        "10s 1/1 Terminating 0",
        "12.1s 0/1 Completed 0",
        "12.85s gone",
      ]
    `)
  })
})

describe('a probe whose answer was sure to stay', () => {
  test('fails once its container is gone', () => {
    const exitsAtOnce = behaves({ runs: [{ ...RUNS, onTerm: { exitAfter: 0, exitCode: 0 } }] })
    const readinessProbe = { tcpSocket: { port: 80 }, periodSeconds: 2 }
    const other = behaves({ runs: [{ ...RUNS, onTerm: { exitAfter: 12_000, exitCode: 0 } }] })
    const pods = [planPod('web', [{ readinessProbe }, { name: 'slow' }], { app: exitsAtOnce, slow: other })]
    const trace = run(plan(pods, { steps: [{ at: 20_000, do: 'delete', pod: 'default/web' }] }))
    const probes: string[] = []
    for (let number = 0; number < trace.rows.length; number++) {
      const { kind, time, c } = trace.rows.at(number)
      if (kind === ROW.probe) probes.push(`${time / 1000}s ${PROBE_RESULTS[unpackResultAndDuration(c).result]}`)
    }
    expect(probes).toMatchInlineSnapshot(`
      [
        "2.851s success",
        "20.852s failure",
      ]
    `)
  })
})

describe('a restart of the kubelet', () => {
  const restart = { at: 30_000, do: 'restartKubelet', node: 'node-1' } as const

  test('leaves containers running, and a pod with a startup probe is not ready for a moment', () => {
    const pod = planPod('web', [{ startupProbe: { exec: { command: ['up'] }, periodSeconds: 2 } }], {})
    expect(printed(plan([pod], { steps: [restart] }))).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "0.85s 0/1 Running 0",
        "2.85s 1/1 Running 0",
        "32.1s 0/1 Running 0",
        "34.12s 1/1 Running 0",
      ]
    `)
  })

  test('forgets the back-off of a container that crashes', () => {
    const pod = planPod('crash', [{}], { app: behaves({ runs: [exits(1, 1000)] }) })
    const starts = (steps: Plan['steps']): number[] => {
      const { rows } = run(plan([pod], { steps, horizon: 120_000 }))
      const times: number[] = []
      for (let row = 0; row < rows.length; row++)
        if (rows.kindOf(row) === ROW.containerStart) times.push(rows.timeOf(row) / 1000)
      return times
    }
    expect(starts([])).toMatchInlineSnapshot(`
      [
        0.5,
        1.85,
        16.3,
        44.3,
        85.3,
      ]
    `)
    expect(starts([restart])).toMatchInlineSnapshot(`
      [
        0.5,
        1.85,
        16.3,
        31.1,
        46.3,
        74.3,
        115.3,
      ]
    `)
  })

  test('in the middle of a deletion does not keep the pod', () => {
    const stubborn = behaves({ runs: [{ ...RUNS, onTerm: null }] })
    const steps = [{ at: 28_000, do: 'delete', pod: 'default/web', gracePeriodSeconds: 10 } as const, restart]
    expect(printed(plan([planPod('web', [{}], { app: stubborn })], { steps }))).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "0.85s 1/1 Running 0",
        "28s 1/1 Terminating 0",
        "41.1s 0/1 Error 0",
        "41.85s gone",
      ]
    `)
  })

  test('during a pull starts over', () => {
    const images = { 'app:1': { ...DEFAULT_BEHAVIOUR.image, pullDuration: 40_000 } }
    expect(printed(plan([planPod('web', [{}], {})], { images, steps: [restart] }))).toMatchInlineSnapshot(`
      [
        "0s 0/1 Pending 0",
        "0s 0/1 ContainerCreating 0",
        "71.85s 1/1 Running 0",
      ]
    `)
  })
})

describe('a run that is paused', () => {
  const aPlan = plan([planPod('web', [{}], {})])

  test('shows the pod as it stands, and goes on where it was', () => {
    const simulation = start(aPlan)
    expect(simulation.runUntil(600)).toBe('paused')
    expect(simulation.get('default', 'web')?.status?.phase).toBe('Pending')
    expect(simulation.runUntil(5000)).toBe('quiescent')
    expect(simulation.get('default', 'web')?.status?.phase).toBe('Running')
    expect(simulation.trace().digest).toBe(run(aPlan).digest)
  })

  test('records what is done by hand as steps of a plan that replays it', () => {
    const simulation = start(aPlan)
    simulation.runUntil(5000)
    simulation.apply({ at: 0, do: 'delete', pod: 'default/web', gracePeriodSeconds: 3 })
    expect(simulation.runUntil(60_000)).toBe('quiescent')
    expect(simulation.get('default', 'web')).toBeUndefined()
    expect(run(simulation.plan()).digest).toBe(simulation.trace().digest)
  })

  test('takes a pod that is created by hand', () => {
    const simulation = start(aPlan)
    simulation.runUntil(5000)
    simulation.apply({
      at: 0,
      do: 'create',
      pod: planPod('late', [{}], { app: behaves({ runs: [exits(0, 2000)] }) }, { restartPolicy: 'Never' }),
    })
    simulation.apply({ at: 0, do: 'delete', pod: 'default/web', gracePeriodSeconds: 1 })
    simulation.runUntil(20_000)
    expect(simulation.get('default', 'late')?.status?.phase).toBe('Succeeded')
    expect(simulation.get('default', 'web')).toBeUndefined()
    expect(run(simulation.plan()).digest).toBe(simulation.trace().digest)
  })

  test('refuses a step about a pod that is not there, with the nearest name', () => {
    const simulation = start(aPlan)
    simulation.runUntil(1000)
    expect(() => simulation.apply({ at: 0, do: 'delete', pod: 'default/wbe' })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: step: expected a pod of the plan, got "default/wbe"
        hint: did you mean default/web?]
    `)
  })
})
