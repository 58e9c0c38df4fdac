import { describe, expect, test } from 'vitest'
import { run } from '../../src/cluster/index.js'
import type { Container, Pod } from '../../src/model/index.js'
import { type ContainerBehaviour, type Plan, type ProcessBehaviour, RUNS } from '../../src/scenario/index.js'
import type { Trace } from '../../src/trace/index.js'
import { behaves, exits, plan, planPod } from './plans.js'
import {
  doesntStart,
  eventTexts,
  exitsBefore,
  goneAt,
  hasRestarted,
  hookCalls,
  lastRun,
  lifetimes,
  phases,
  podOf,
  probeRows,
  runsOnce,
  runTogether,
  signals,
  startsBefore,
  statusOf,
} from './traces.js'

// The orderings of Kubernetes' own test/e2e_node/container_lifecycle_test.go, under the numbers of kubelet.md 13.8.

type Policy = NonNullable<Pod['spec']['restartPolicy']>
type NamedContainer = Partial<Container> & { readonly name: string }

interface PodWords {
  readonly init?: readonly NamedContainer[]
  readonly containers?: readonly NamedContainer[]
  readonly behaviours?: Readonly<Record<string, Partial<ContainerBehaviour>>>
  readonly spec?: Partial<Pod['spec']>
  readonly sandboxDiesAfter?: number
}

const withImage = (container: NamedContainer): Container => ({ image: `${container.name}:1`, ...container })

/** Runs the pod `web`; a container `init-…` of which nothing is said exits with 0 after a second, any other one runs on. */
function runPod(words: PodWords, changes: Partial<Plan> = {}): Trace {
  const { init = [], containers = [{ name: 'regular' }], behaviours = {}, spec, sandboxDiesAfter } = words
  const all = [...init, ...containers].map(({ name }) => {
    const byDefault = name.startsWith('init') ? does(exits(0, 1000)) : {}
    return [name, behaves(byDefault, behaviours[name] ?? {})] as const
  })
  const initContainers = init.length === 0 ? {} : { initContainers: init.map(withImage) }
  const pod = planPod('web', containers.map(withImage), Object.fromEntries(all), { ...initContainers, ...spec })
  const sandbox = { ...pod.sandbox, diesAfter: sandboxDiesAfter ?? null }
  return run(plan([{ ...pod, sandbox }], { horizon: 300_000, ...changes }))
}

const does = (...runs: ProcessBehaviour[]): Partial<ContainerBehaviour> => ({ runs })

/** A process that ends some time after SIGTERM. */
const terms = (exitAfter: number, exitCode = 0): ProcessBehaviour => ({ ...RUNS, onTerm: { exitAfter, exitCode } })
const STUBBORN: ProcessBehaviour = { ...RUNS, onTerm: null }
const FOREVER = { duration: 10_000_000, exitCode: 0 }

const FAILING = [[{ from: 0, result: 'failure' }]] as const
const succeedsAt = (from: number) => [[FAILING[0][0], { from, result: 'success' }]] as const
const failsAt = (from: number) => [[{ from, result: 'failure' }]] as const

const check = { exec: { command: ['check'] }, periodSeconds: 1, failureThreshold: 1 }
const preStop = { lifecycle: { preStop: { exec: { command: ['stop'] } } } }
const postStart = { lifecycle: { postStart: { exec: { command: ['begin'] } } } }
const sidecar = (name: string, more: Partial<Container> = {}): NamedContainer => ({
  name,
  restartPolicy: 'Always',
  ...more,
})

const setImage = (at: number, list: 'containers' | 'initContainers', name: string) =>
  ({
    at,
    do: 'patch',
    pod: 'default/web',
    type: 'strategic',
    patch: { spec: { [list]: [{ name, image: `${name}:2` }] } },
  }) as const
const deletion = (at: number, gracePeriodSeconds?: number) =>
  ({ at, do: 'delete', pod: 'default/web', gracePeriodSeconds }) as const
const kubeletRestart = (at: number) => ({ at, do: 'restartKubelet', node: 'node-1' }) as const

const restartsOf = (trace: Trace, container: string, time?: number) =>
  statusOf(podOf(trace, 'web', time), container)?.restartCount
const imageOf = (trace: Trace, container: string) => statusOf(podOf(trace, 'web'), container)?.image
const terminationOf = (trace: Trace, container: string) => {
  const { exitCode, reason } = statusOf(podOf(trace, 'web'), container)?.state?.terminated ?? {}
  return `${exitCode} ${reason}`
}
const phaseOf = (trace: Trace) => podOf(trace, 'web').status?.phase
const waitingOf = (trace: Trace, container: string) => statusOf(podOf(trace, 'web'), container)?.state?.waiting?.reason

describe('A. image updates', () => {
  test.each(['Always', 'OnFailure', 'Never'] as const)(
    'T-A1: with policy %s an updated container restarts with the new image within 20 s, its sibling does not',
    (restartPolicy: Policy) => {
      const trace = runPod(
        { containers: [{ name: 'regular' }, { name: 'sibling' }], spec: { restartPolicy } },
        { steps: [setImage(10_000, 'containers', 'regular')] },
      )
      expect(lastRun(trace, 'regular').start).toBeLessThanOrEqual(30_000)
      expect(imageOf(trace, 'regular')).toBe('regular:2')
      expect(restartsOf(trace, 'regular')).toBe(1)
      expect(runsOnce(trace, 'sibling')).toBe(true)
    },
  )

  test('T-A2: an image updated while an init container runs starts nothing early; the container runs once, with the new image', () => {
    const trace = runPod(
      { init: [{ name: 'init-1' }], behaviours: { 'init-1': does(exits(0, 60_000)) } },
      { steps: [setImage(20_000, 'containers', 'regular')] },
    )
    expect(exitsBefore(trace, 'init-1', 'regular')).toBe(true)
    expect(runsOnce(trace, 'regular')).toBe(true)
    expect(imageOf(trace, 'regular')).toBe('regular:2')
    expect(restartsOf(trace, 'regular')).toBe(0)
  })

  test.each([
    ['Always', 'startup'],
    ['Always', 'liveness'],
    ['OnFailure', 'startup'],
    ['OnFailure', 'liveness'],
  ] as const)(
    'T-A3: with policy %s an updated container whose %s probe fails goes on restarting with the new image',
    (restartPolicy, probe) => {
      const trace = runPod(
        {
          containers: [{ name: 'regular', [`${probe}Probe`]: { ...check, initialDelaySeconds: 20 } }],
          behaviours: { regular: { [probe]: FAILING } },
          spec: { restartPolicy, terminationGracePeriodSeconds: 1 },
        },
        { steps: [setImage(5000, 'containers', 'regular')] },
      )
      expect(restartsOf(trace, 'regular', 65_000)).toBeGreaterThan(1)
      expect(imageOf(trace, 'regular')).toBe('regular:2')
    },
  )

  test('T-A4: an image updated during termination restarts nothing, and the pod goes', () => {
    const trace = runPod(
      { behaviours: { regular: does(terms(60_000)) }, spec: { terminationGracePeriodSeconds: 120 } },
      { steps: [deletion(10_000), setImage(15_000, 'containers', 'regular')] },
    )
    expect(runsOnce(trace, 'regular')).toBe(true)
    expect(lastRun(trace, 'regular')).toMatchObject({ end: 70_000, exitCode: 0 })
    expect(goneAt(trace)).toBeLessThan(75_000)
  })

  test.each([
    ['before the regular container runs', 10_000],
    ['while the regular container runs', 60_000],
  ])('T-A5: the image of a finished init container updated %s restarts nothing', (_, at) => {
    const trace = runPod(
      {
        init: [{ name: 'init-1' }, { name: 'init-2' }],
        behaviours: { 'init-2': does(exits(0, 20_000)) },
      },
      { steps: [setImage(at, 'initContainers', 'init-1')] },
    )
    for (const name of ['init-1', 'init-2', 'regular']) expect(runsOnce(trace, name)).toBe(true)
  })

  test('T-A6: an image updated in the middle of initialisation restarts that sidecar alone', () => {
    const trace = runPod(
      {
        init: [{ name: 'init-1' }, sidecar('sidecar-1'), { name: 'init-2' }, sidecar('sidecar-2')],
        behaviours: { 'init-2': does(exits(0, 20_000)) },
      },
      { steps: [setImage(10_000, 'initContainers', 'sidecar-1')] },
    )
    expect(lifetimes(trace, 'sidecar-1')).toHaveLength(2)
    expect(imageOf(trace, 'sidecar-1')).toBe('sidecar-1:2')
    for (const name of ['init-1', 'init-2', 'sidecar-2', 'regular']) expect(runsOnce(trace, name)).toBe(true)
    expect(exitsBefore(trace, 'init-2', 'sidecar-2')).toBe(true)
  })

  test('T-A6: with policy Never and a later init container that fails the pod fails, and later sidecars never start', () => {
    const trace = runPod(
      {
        init: [sidecar('sidecar-1'), { name: 'init-1' }, sidecar('sidecar-2')],
        behaviours: { 'init-1': does(exits(1, 20_000)) },
        spec: { restartPolicy: 'Never' },
      },
      { steps: [setImage(10_000, 'initContainers', 'sidecar-1')] },
    )
    expect(lifetimes(trace, 'sidecar-1')).toHaveLength(2)
    expect(phaseOf(trace)).toBe('Failed')
    for (const name of ['sidecar-2', 'regular']) expect(doesntStart(trace, name)).toBe(true)
  })
})

describe('B. init containers', () => {
  const INITS = [{ name: 'init-1' }, { name: 'init-2' }, { name: 'init-3' }]

  test('T-B1: run strictly one after the other, then the regular container', () => {
    const trace = runPod({
      init: INITS,
      containers: [{ name: 'regular', startupProbe: { ...check, failureThreshold: 30 } }],
      behaviours: { regular: { startup: succeedsAt(5000) } },
      spec: { restartPolicy: 'Never' },
    })
    expect(exitsBefore(trace, 'init-1', 'init-2')).toBe(true)
    expect(exitsBefore(trace, 'init-2', 'init-3')).toBe(true)
    expect(exitsBefore(trace, 'init-3', 'regular')).toBe(true)
    expect(statusOf(podOf(trace, 'web'), 'regular')?.started).toBe(true)
  })

  test('T-B2: that fail end a pod of policy Never; the regular container never starts', () => {
    const trace = runPod({
      init: [{ name: 'init-1' }],
      behaviours: { 'init-1': does(exits(1, 1000)) },
      spec: { restartPolicy: 'Never' },
    })
    expect(phaseOf(trace)).toBe('Failed')
    expect(doesntStart(trace, 'regular')).toBe(true)
  })

  test.each(['Always', 'OnFailure'] as const)(
    'T-B2: that fail are restarted with policy %s, and the pod stays Pending',
    (restartPolicy: Policy) => {
      const trace = runPod({
        init: [{ name: 'init-1' }],
        behaviours: { 'init-1': does(exits(1, 1000)) },
        spec: { restartPolicy },
      })
      expect(phases(trace)).toEqual(['Pending'])
      expect(restartsOf(trace, 'init-1')).toBeGreaterThanOrEqual(3)
      expect(doesntStart(trace, 'regular')).toBe(true)
    },
  )

  test('T-B3: exit before a postStart hook begins, which runs beside its container and holds up the next one', () => {
    const trace = runPod({
      init: [{ name: 'init-1' }],
      containers: [{ name: 'regular-1', ...postStart }, { name: 'regular-2' }],
      behaviours: { 'regular-1': { postStart: { duration: 1000, exitCode: 0 } } },
    })
    const [begin] = hookCalls(trace, 'regular-1', 'postStart')
    const [regular] = lifetimes(trace, 'regular-1')
    expect(lastRun(trace, 'init-1').end).toBeLessThanOrEqual(begin.start)
    expect(begin.start).toBeGreaterThanOrEqual(regular.start)
    expect(begin.end).toBeLessThan(regular.end)
    expect(begin.end - begin.start).toBe(1000)
    expect(lastRun(trace, 'regular-2').start).toBeGreaterThanOrEqual(begin.end)
  })

  test('T-B4: are not run again when the regular container restarts, three times and more within two minutes', () => {
    const trace = runPod({ init: INITS, behaviours: { regular: does(exits(1, 1000)) } }, { horizon: 120_000 })
    expect(restartsOf(trace, 'regular')).toBeGreaterThanOrEqual(3)
    for (const { name } of INITS) expect(runsOnce(trace, name)).toBe(true)
  })

  test('T-B5: of which one has a bad image keep everything after it from starting', () => {
    const image = { pullDuration: 500, failures: [], alwaysFails: 'not found', isPresent: false, runsAsRoot: false }
    const trace = runPod({ init: INITS }, { images: { 'init-2:1': image }, horizon: 60_000 })
    expect(runsOnce(trace, 'init-1')).toBe(true)
    for (const name of ['init-2', 'init-3', 'regular']) expect(doesntStart(trace, name)).toBe(true)
    expect(['ErrImagePull', 'ImagePullBackOff']).toContain(waitingOf(trace, 'init-2'))
  })

  test('T-B6: run again in order after a reboot of the node, then the regular container', () => {
    const trace = runPod({ init: INITS, sandboxDiesAfter: 30_000 }, { steps: [kubeletRestart(30_500)] })
    const second = [...INITS.map(({ name }) => name), 'regular'].map(name => lifetimes(trace, name)[1])
    for (let i = 1; i < second.length; i++) expect(second[i - 1].end).toBeLessThanOrEqual(second[i].start)
    expect(second[0].start).toBeGreaterThan(30_000)
    expect(phaseOf(trace)).toBe('Running')
  })

  test('T-B6: are not run again after a restart of the kubelet alone', () => {
    const trace = runPod({ init: INITS }, { steps: [kubeletRestart(30_000)] })
    for (const name of [...INITS.map(each => each.name), 'regular']) expect(runsOnce(trace, name)).toBe(true)
  })
})

describe('C. termination and probes of regular containers', () => {
  test.each([
    ['without a hook', {}],
    ['with a preStop hook that does not end', preStop],
  ])('T-C1: a container that ignores SIGTERM, %s, is gone within twice its grace', (_, lifecycle) => {
    const trace = runPod(
      {
        containers: [{ name: 'regular', ...lifecycle }],
        behaviours: { regular: { ...does(STUBBORN), preStop: FOREVER } },
        spec: { terminationGracePeriodSeconds: 30 },
      },
      { steps: [deletion(10_000)] },
    )
    expect(goneAt(trace) - 10_000).toBeLessThanOrEqual(60_000)
    expect(lastRun(trace, 'regular').exitCode).toBe(137)
  })

  test.each(['startup', 'liveness'] as const)(
    'T-C2: preStop runs beside a container whose %s probe failed, and then the container exits',
    probe => {
      const trace = runPod(
        {
          containers: [{ name: 'regular', [`${probe}Probe`]: { ...check, initialDelaySeconds: 10 }, ...preStop }],
          behaviours: { regular: { [probe]: FAILING, preStop: { duration: 2000, exitCode: 0 } } },
        },
        { horizon: 20_000 },
      )
      const [stop] = hookCalls(trace, 'regular', 'preStop')
      const [regular] = lifetimes(trace, 'regular')
      expect(stop.start).toBeGreaterThanOrEqual(regular.start + 9000)
      expect(stop).toMatchObject({ exitCode: 0 })
      expect(regular.end).toBe(stop.end + 100)
    },
  )

  test('T-C3: readiness goes on being probed during preStop of a terminating pod, liveness does not', () => {
    const trace = runPod(
      {
        containers: [{ name: 'regular', readinessProbe: check, livenessProbe: check, ...preStop }],
        behaviours: {
          regular: {
            readiness: failsAt(15_000),
            liveness: failsAt(15_000),
            preStop: { duration: 10_000, exitCode: 0 },
          },
        },
        spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 100 },
      },
      { steps: [deletion(10_000)] },
    )
    const [stop] = hookCalls(trace, 'regular', 'preStop')
    expect(probeRows(trace, 'regular', 1).some(({ time }) => time > 15_000 && time < stop.end)).toBe(true)
    expect(eventTexts(trace).filter(text => text.startsWith('Unhealthy: Readiness'))).toHaveLength(1)
    expect(eventTexts(trace).filter(text => text.startsWith('Unhealthy: Liveness'))).toHaveLength(0)
  })

  test('T-C4: a sidecar whose liveness fails is not restarted while the kill of a regular container blocks the sync', () => {
    const trace = runPod({
      init: [sidecar('sidecar-1', { livenessProbe: check })],
      containers: [{ name: 'regular', livenessProbe: check, ...preStop }],
      behaviours: {
        'sidecar-1': { liveness: failsAt(15_000) },
        regular: { ...does(terms(40_000)), liveness: failsAt(10_000), preStop: { duration: 10_000, exitCode: 0 } },
      },
      spec: { terminationGracePeriodSeconds: 100 },
    })
    const [stop] = hookCalls(trace, 'regular', 'preStop')
    const [regular] = lifetimes(trace, 'regular')
    const [, second] = lifetimes(trace, 'sidecar-1')
    expect(regular.end - stop.start).toBe(50_000)
    expect(stop.start).toBeLessThan(15_000)
    expect(second.start).toBeGreaterThan(regular.end)
  })
})

describe('D. sidecars, start-up', () => {
  test('T-D1: start in their place among the init containers and run on beside what follows', () => {
    const trace = runPod({
      init: [
        { name: 'init-1' },
        sidecar('sidecar-1'),
        { name: 'init-2' },
        sidecar('sidecar-2'),
        { name: 'init-3' },
        sidecar('sidecar-3'),
      ],
      behaviours: { regular: does(exits(0, 1000)) },
      spec: { restartPolicy: 'Never' },
    })
    for (const i of [1, 2, 3]) {
      expect(exitsBefore(trace, `init-${i}`, `sidecar-${i}`)).toBe(true)
      expect(startsBefore(trace, `sidecar-${i}`, i === 3 ? 'regular' : `init-${i + 1}`)).toBe(true)
      expect(runsOnce(trace, `sidecar-${i}`)).toBe(true)
    }
    expect(runTogether(trace, 'sidecar-1', 'init-2')).toBe(true)
    expect(exitsBefore(trace, 'init-3', 'regular')).toBe(true)
    expect(phaseOf(trace)).toBe('Succeeded')
  })

  test('T-D2: with a bad image keep the regular container from starting', () => {
    const image = { pullDuration: 500, failures: [], alwaysFails: 'not found', isPresent: false, runsAsRoot: false }
    const trace = runPod({ init: [sidecar('sidecar-1')] }, { images: { 'sidecar-1:1': image }, horizon: 20_000 })
    expect(waitingOf(trace, 'sidecar-1')).toBe('ImagePullBackOff')
    expect(doesntStart(trace, 'regular')).toBe(true)
  })

  test.each([
    ['Always', 0],
    ['Always', 1],
    ['OnFailure', 0],
    ['OnFailure', 1],
    ['Never', 0],
    ['Never', 1],
  ] as const)(
    'T-D2: with policy %s restart when they exit with %i, before and after the regular container starts',
    (restartPolicy, code) => {
      const trace = runPod({
        init: [sidecar('sidecar-1'), { name: 'init-1' }],
        behaviours: {
          'sidecar-1': does(exits(code, 5000)),
          'init-1': does(exits(0, 20_000)),
          regular: does(restartPolicy === 'Always' ? RUNS : exits(0, 60_000)),
        },
        spec: { restartPolicy },
      })
      const [regular] = lifetimes(trace, 'regular')
      const starts = lifetimes(trace, 'sidecar-1').map(({ start }) => start)
      expect(starts.filter(start => start < regular.start).length).toBeGreaterThan(1)
      expect(starts.some(start => start > regular.start)).toBe(true)
      expect(phaseOf(trace)).toBe(restartPolicy === 'Always' ? 'Running' : 'Succeeded')
    },
  )

  test.each([
    ['Never', 'Failed'],
    ['OnFailure', 'Pending'],
    ['Always', 'Pending'],
  ] as const)(
    'T-D3: with policy %s do not start after an init container that fails: the pod is %s',
    (restartPolicy, phase) => {
      const trace = runPod({
        init: [{ name: 'init-1' }, sidecar('sidecar-1')],
        behaviours: { 'init-1': does(exits(1, 1000)) },
        spec: { restartPolicy },
      })
      expect(phaseOf(trace)).toBe(phase)
      expect(doesntStart(trace, 'sidecar-1')).toBe(true)
      if (phase === 'Pending') expect(restartsOf(trace, 'init-1')).toBeGreaterThanOrEqual(3)
    },
  )

  test.each([
    ['Never', 'Failed'],
    ['OnFailure', 'Pending'],
    ['Always', 'Pending'],
  ] as const)(
    'T-D3: with policy %s run beside a later init container that fails: the pod is %s',
    (restartPolicy, phase) => {
      const trace = runPod({
        init: [sidecar('sidecar-1'), { name: 'init-1' }],
        behaviours: { 'init-1': does(exits(1, 1000)) },
        spec: { restartPolicy },
      })
      expect(runTogether(trace, 'sidecar-1', 'init-1')).toBe(true)
      expect(phaseOf(trace)).toBe(phase)
      expect(doesntStart(trace, 'regular')).toBe(true)
    },
  )

  test('T-D4: with startup probes are waited for, one after the other', () => {
    const startupProbe = { ...check, failureThreshold: 30 }
    const slow = { startup: succeedsAt(10_000) }
    const trace = runPod({
      init: [sidecar('sidecar-1', { startupProbe }), sidecar('sidecar-2', { startupProbe })],
      behaviours: { 'sidecar-1': slow, 'sidecar-2': slow },
    })
    const [one, two, regular] = ['sidecar-1', 'sidecar-2', 'regular'].map(name => lastRun(trace, name).start)
    expect(two - one).toBeGreaterThanOrEqual(10_000)
    expect(regular - two).toBeGreaterThanOrEqual(10_000)
  })

  test('T-D5: whose startup fails run their preStop and restart; the pod stays Pending', () => {
    const trace = runPod({
      init: [sidecar('sidecar-1', { startupProbe: { ...check, initialDelaySeconds: 5 }, ...preStop })],
      behaviours: { 'sidecar-1': { ...does(terms(15_000)), startup: FAILING } },
    })
    expect(phases(trace)).toEqual(['Pending'])
    expect(restartsOf(trace, 'sidecar-1')).toBeGreaterThanOrEqual(2)
    expect(hookCalls(trace, 'sidecar-1', 'preStop').length).toBeGreaterThanOrEqual(2)
    expect(doesntStart(trace, 'regular')).toBe(true)
  })

  test('T-D5: whose liveness fails restart, and the regular container does start', () => {
    const trace = runPod({
      init: [sidecar('sidecar-1', { livenessProbe: { ...check, initialDelaySeconds: 5 } })],
      behaviours: { 'sidecar-1': { liveness: FAILING } },
    })
    expect(restartsOf(trace, 'sidecar-1')).toBeGreaterThanOrEqual(2)
    expect(runsOnce(trace, 'regular')).toBe(true)
  })

  const failsFirst = {
    init: [sidecar('sidecar-1', { startupProbe: { ...check, failureThreshold: 30 } })],
    behaviours: { 'sidecar-1': does(exits(1, 200), RUNS), regular: does(exits(0, 1000)) },
    spec: { restartPolicy: 'Never' },
  } as const

  test('T-D6: that fail first and then start let the regular container of a pod of policy Never run', () => {
    expect(phaseOf(runPod(failsFirst))).toBe('Succeeded')
  })

  // Up to 1.33 the probe worker ends with the sidecar's first run, and the next sync makes another one only where no
  // worker of a container before it is left: beside a probe of the regular container the startup is never asked again.
  test('T-D6: are let down in 1.32 where the regular container has a probe of its own, which 1.34 puts right', () => {
    const words = { ...failsFirst, containers: [{ name: 'regular', livenessProbe: check }] }
    expect(doesntStart(runPod(words), 'regular')).toBe(true)
    expect(phaseOf(runPod(words, { kubernetes: '1.34' }))).toBe('Succeeded')
  })

  test('T-D7: run again in order after a reboot, and the pod is Pending again', () => {
    const trace = runPod(
      {
        init: [{ name: 'init-1' }, sidecar('sidecar-1'), { name: 'init-2' }, sidecar('sidecar-2')],
        behaviours: { 'init-2': does(exits(0, 5000)) },
        sandboxDiesAfter: 30_000,
      },
      { steps: [kubeletRestart(30_500)] },
    )
    const [init1, sidecar1, init2, sidecar2, regular] = ['init-1', 'sidecar-1', 'init-2', 'sidecar-2', 'regular'].map(
      name => lastRun(trace, name),
    )
    expect(init1.start).toBeGreaterThan(30_500)
    expect(init1.end).toBeLessThanOrEqual(sidecar1.start)
    expect(sidecar1.start).toBeLessThan(init2.start)
    expect(init2.end).toBeLessThanOrEqual(sidecar2.start)
    expect(sidecar2.start).toBeLessThan(regular.start)
    // In between, containers that have no record any more are shown as they ended before the reboot: whenever no init
    // container is running just then, every container counts as done and will be restarted, which makes Running.
    expect(phases(trace).slice(0, 3)).toEqual(['Pending', 'Running', 'Pending'])
    expect(phaseOf(trace)).toBe('Running')
  })

  // The twelve variants are of 1.35: up to 1.34 a restart of the kubelet takes `started` and `ready` away until the probes have
  // answered, which test/cluster/profiles.test.ts shows.
  test.each(
    ['regular', 'sidecar-1'].flatMap(name =>
      ['startup', 'readiness', 'startup and readiness'].flatMap(probes => [
        [name, probes, 1000] as const,
        [name, probes, 100_000] as const,
      ]),
    ),
  )(
    'T-D7: in 1.35 a restart of the kubelet changes nothing for %s with a %s probe, answering from %i ms on',
    (name, probes, from) => {
      const probe = { ...check, failureThreshold: 300 }
      const container = {
        ...(probes.includes('startup') ? { startupProbe: probe } : {}),
        ...(probes.includes('readiness') ? { readinessProbe: probe } : {}),
      }
      const script = { startup: succeedsAt(from), readiness: succeedsAt(from) }
      const trace = runPod(
        {
          init: [sidecar('sidecar-1', name === 'sidecar-1' ? container : {})],
          containers: [{ name: 'regular', ...(name === 'regular' ? container : {}) }],
          behaviours: { [name]: script },
        },
        { kubernetes: '1.35', steps: [kubeletRestart(30_000)], horizon: 60_000 },
      )
      const shown = (time: number) => {
        const { started, ready, restartCount } = statusOf(podOf(trace, 'web', time), name) ?? {}
        return { started, ready, restartCount }
      }
      for (let time = 30_000; time < 60_000; time += 100) expect(shown(time)).toEqual(shown(29_900))
      expect(shown(29_900).started).toBe(from < 30_000 || !probes.includes('startup'))
    },
  )
})

describe('E. sidecars, termination', () => {
  const THREE = ['sidecar-1', 'sidecar-2', 'sidecar-3']
  const three = (behaviour: Partial<ContainerBehaviour>) =>
    Object.fromEntries(THREE.map(name => [name, behaviour] as const))
  const ends = (trace: Trace, ...names: string[]) => names.map(name => lastRun(trace, name).end)

  test('T-E1: sidecars exit after the regular container, the last one first', () => {
    const trace = runPod({
      init: THREE.map(name => sidecar(name)),
      behaviours: { ...three(does(terms(5000))), regular: does(exits(0, 5000)) },
      spec: { restartPolicy: 'Never' },
    })
    const [regular, three3, two, one] = ends(trace, 'regular', 'sidecar-3', 'sidecar-2', 'sidecar-1')
    expect(three3).toBeGreaterThanOrEqual(regular + 5000)
    expect(two).toBe(three3 + 5000)
    expect(one).toBe(two + 5000)
    for (const name of [...THREE, 'regular']) expect(terminationOf(trace, name)).toBe('0 Completed')
  })

  test('T-E2: preStop hooks of sidecars that do not end last as long as the grace, and end together', () => {
    const trace = runPod({
      init: THREE.map(name => sidecar(name, preStop)),
      behaviours: { ...three({ ...does(STUBBORN), preStop: FOREVER }), regular: does(exits(0, 5000)) },
      spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 30 },
    })
    const calls = THREE.map(name => hookCalls(trace, name, 'preStop')[0])
    for (const { start, end } of calls) expect(Math.abs(end - start - 32_000)).toBeLessThanOrEqual(1500)
    const ended = calls.map(({ end }) => end)
    expect(Math.max(...ended) - Math.min(...ended)).toBeLessThanOrEqual(1000)
    for (const name of THREE) expect(terminationOf(trace, name)).toBe('137 Error')
  })

  test('T-E3: preStop hooks of sidecars start together; they exit in reverse order all the same', () => {
    const trace = runPod({
      init: THREE.map(name => sidecar(name, preStop)),
      behaviours: {
        ...three({ ...does(terms(2000)), preStop: { duration: 1000, exitCode: 0 } }),
        regular: does(exits(0, 5000)),
      },
      spec: { restartPolicy: 'Never' },
    })
    const starts = THREE.map(name => hookCalls(trace, name, 'preStop')[0].start)
    expect(Math.max(...starts) - Math.min(...starts)).toBeLessThanOrEqual(1000)
    const [three3, two, one] = ends(trace, 'sidecar-3', 'sidecar-2', 'sidecar-1')
    expect(three3).toBeLessThan(two)
    expect(two).toBeLessThan(one)
  })

  test('T-E4: a pod deleted while an init container runs is gone within twice its grace', () => {
    const trace = runPod(
      {
        init: [sidecar('sidecar-1'), { name: 'init-1' }],
        behaviours: { 'init-1': does(STUBBORN) },
        spec: { terminationGracePeriodSeconds: 3 },
      },
      { steps: [deletion(20_000)] },
    )
    expect(goneAt(trace) - 20_000).toBeLessThan(6000)
    expect(doesntStart(trace, 'regular')).toBe(true)
  })

  test('T-E4: a pod deleted while a sidecar never gets started is gone long before its grace is over', () => {
    const trace = runPod(
      {
        init: [sidecar('sidecar-1', { startupProbe: { ...check, failureThreshold: 600 } })],
        behaviours: { 'sidecar-1': { startup: FAILING } },
        spec: { terminationGracePeriodSeconds: 180 },
      },
      { steps: [deletion(20_000)] },
    )
    expect(goneAt(trace) - 20_000).toBeLessThanOrEqual(61_000)
  })

  test('T-E5: a sidecar that exits with an error on SIGTERM does not fail its pod', () => {
    const trace = runPod({
      init: [sidecar('sidecar-1')],
      behaviours: { 'sidecar-1': does(terms(100, 1)), regular: does(exits(0, 5000)) },
      spec: { restartPolicy: 'Never' },
    })
    expect(phaseOf(trace)).toBe('Succeeded')
    expect(terminationOf(trace, 'sidecar-1')).toBe('1 Error')
  })

  test('T-E5: a container whose preStop fails is completed all the same', () => {
    const trace = runPod({
      init: [sidecar('sidecar-1', preStop)],
      behaviours: { 'sidecar-1': { preStop: { duration: 100, exitCode: 1 } }, regular: does(exits(0, 5000)) },
      spec: { restartPolicy: 'Never' },
    })
    expect(eventTexts(trace)).toContain('FailedPreStopHook: PreStopHook failed')
    expect(terminationOf(trace, 'sidecar-1')).toBe('0 Completed')
    expect(phaseOf(trace)).toBe('Succeeded')
  })

  test('T-E6: a regular container that takes longer than the grace fails the pod; sidecars have two seconds left', () => {
    const trace = runPod(
      {
        init: [sidecar('sidecar-1'), sidecar('sidecar-2')],
        behaviours: {
          'sidecar-1': does(terms(1500)),
          'sidecar-2': does(terms(3000)),
          regular: does(terms(20_000)),
        },
        spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 5 },
      },
      { steps: [deletion(10_000)] },
    )
    expect(terminationOf(trace, 'regular')).toBe('137 Error')
    expect(phaseOf(trace)).toBe('Failed')
    expect(terminationOf(trace, 'sidecar-1')).toBe('0 Completed')
    expect(terminationOf(trace, 'sidecar-2')).toBe('137 Error')
    const [term] = signals(trace, 'sidecar-2', 15)
    expect(lastRun(trace, 'sidecar-2').end - term).toBe(2000)
  })

  test('T-E7: a sidecar that takes longer than the grace is killed, and the pod succeeds', () => {
    const trace = runPod({
      init: [sidecar('sidecar-1')],
      behaviours: { 'sidecar-1': does(terms(20_000)), regular: does(exits(0, 5000)) },
      spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 5 },
    })
    expect(terminationOf(trace, 'sidecar-1')).toBe('137 Error')
    expect(phaseOf(trace)).toBe('Succeeded')
  })

  test('T-E7: a regular container whose preStop takes longer than the grace is killed, and the pod fails', () => {
    const trace = runPod(
      {
        init: [sidecar('sidecar-1')],
        containers: [{ name: 'regular', ...preStop }],
        behaviours: { regular: { ...does(STUBBORN), preStop: FOREVER } },
        spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 5 },
      },
      { steps: [deletion(10_000)] },
    )
    expect(terminationOf(trace, 'regular')).toBe('137 Error')
    expect(phaseOf(trace)).toBe('Failed')
  })

  test('T-E7: a sidecar whose preStop takes longer than the grace is killed, and the pod succeeds', () => {
    const trace = runPod({
      init: [sidecar('sidecar-1', preStop)],
      behaviours: { 'sidecar-1': { ...does(STUBBORN), preStop: FOREVER }, regular: does(exits(0, 5000)) },
      spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 30 },
    })
    const [stop] = hookCalls(trace, 'sidecar-1', 'preStop')
    expect(stop.end - stop.start).toBe(32_000)
    expect(terminationOf(trace, 'sidecar-1')).toBe('137 Error')
    expect(phaseOf(trace)).toBe('Succeeded')
    expect(hasRestarted(trace, 'sidecar-1')).toBe(false)
  })
})
