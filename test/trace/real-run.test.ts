import { describe, expect, test } from 'vitest'
import { run } from '../../src/cluster/index.js'
import { watchPods } from '../../src/kubectl/index.js'
import { type Container, DEFAULT_KUBELET_CONFIGURATION, type Node, type Pod } from '../../src/model/index.js'
import { timeline } from '../../src/report/index.js'
import {
  type ContainerBehaviour,
  DEFAULT_BEHAVIOUR,
  DEFAULT_TIMING,
  type Plan,
  type PlanPod,
  RUNS,
} from '../../src/scenario/index.js'
import {
  ClusterState,
  causalChain,
  decodeTrace,
  encodeTrace,
  firstDivergence,
  podAt,
  type Trace,
  walkPods,
} from '../../src/trace/index.js'

const behaviour = (rest: Partial<ContainerBehaviour> = {}): ContainerBehaviour => ({
  runs: [RUNS],
  liveness: [DEFAULT_BEHAVIOUR.probe],
  readiness: [DEFAULT_BEHAVIOUR.probe],
  startup: [DEFAULT_BEHAVIOUR.probe],
  postStart: DEFAULT_BEHAVIOUR.hook,
  preStop: DEFAULT_BEHAVIOUR.hook,
  ...rest,
})

const PROBE = {
  httpGet: { path: '/', port: 8080, scheme: 'HTTP' },
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
} as const

const container = (name: string, rest: Partial<Container> = {}): Container => ({
  name,
  image: `${name}:1`,
  imagePullPolicy: 'IfNotPresent',
  ...rest,
})

function planPod(
  name: string,
  spec: Omit<Pod['spec'], 'restartPolicy'> & Partial<Pod['spec']>,
  containers: Readonly<Record<string, ContainerBehaviour>>,
): PlanPod {
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 5, ...spec },
  }
  return { pod, createdAt: 0, containers, sandbox: DEFAULT_BEHAVIOUR.sandbox }
}

const NODE: Node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node-1' },
  spec: {},
  status: {
    allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
    addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
  },
}

/** A web pod that becomes ready late and ignores SIGTERM, a crash loop, a job with a sidecar, and one that does not fit. */
const PLAN: Plan = {
  kubernetes: '1.32',
  kubelet: DEFAULT_KUBELET_CONFIGURATION,
  nodes: [NODE],
  pods: [
    planPod(
      'web',
      {
        initContainers: [container('migrate')],
        containers: [container('app', { readinessProbe: PROBE, livenessProbe: PROBE }), container('agent')],
      },
      {
        migrate: behaviour({ runs: [{ ...RUNS, exitAfter: 1000 }] }),
        app: behaviour({
          runs: [{ ...RUNS, onTerm: null }],
          readiness: [
            [
              { from: 0, result: 'failure' },
              { from: 12_000, result: 'success' },
            ],
          ],
        }),
        agent: behaviour(),
      },
    ),
    planPod(
      'crash',
      { containers: [container('app')] },
      { app: behaviour({ runs: [{ ...RUNS, exitAfter: 2000, exitCode: 1 }] }) },
    ),
    planPod(
      'job',
      {
        restartPolicy: 'Never',
        initContainers: [container('proxy', { restartPolicy: 'Always' })],
        containers: [container('work')],
      },
      { proxy: behaviour(), work: behaviour({ runs: [{ ...RUNS, exitAfter: 5000 }] }) },
    ),
    planPod(
      'big',
      { containers: [container('app', { resources: { requests: { cpu: '64' } } })] },
      { app: behaviour() },
    ),
  ],
  objects: [],
  images: { '*': DEFAULT_BEHAVIOUR.image },
  steps: [{ at: 90_000, do: 'delete', pod: 'default/web' }],
  horizon: 600_000,
  timing: DEFAULT_TIMING,
  assumptions: [],
}

describe.each([undefined, 1, 2, 3])('a run of the cluster with seed %s', seed => {
  const trace: Trace = run(PLAN, { seed })

  test('is encoded and decoded without a difference', () => {
    const decoded = decodeTrace(encodeTrace(trace))
    expect(decoded.digest).toBe(trace.digest)
    expect(firstDivergence(trace, decoded)).toBeUndefined()
  })

  test('shows the same pods walking through its changes as looking at one instant', () => {
    const last = new Map<string, { readonly pod: number; readonly time: number; readonly seen: unknown }>()
    for (const { type, pod, time, object } of walkPods(trace)) {
      last.set(`${pod} ${time}`, { pod, time, seen: type === 'DELETED' ? undefined : object() })
    }
    expect(last.size).toBeGreaterThan(30)
    for (const { pod, time, seen } of last.values()) expect(seen).toEqual(podAt(trace, pod, time))
  })

  test('has a status for every container of a running pod, in the order of the API', () => {
    const state = new ClusterState(trace)
    let running = 0
    for (let time = 0; time < 100_000; time += 500) {
      state.advanceTo(time)
      for (const symbol of state.podSymbols()) {
        const pod = state.pod(symbol)
        if (pod?.status?.phase !== 'Running') continue
        running++
        const names = pod.status.containerStatuses?.map(({ name }) => name)
        expect(names).toEqual(pod.spec.containers.map(({ name }) => name).sort())
        expect(pod.status.conditions?.slice(-5).map(({ type }) => type)).toEqual([
          ...['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'],
        ])
        for (const { state: now, lastState } of pod.status.containerStatuses ?? []) {
          for (const ended of [now?.terminated, lastState?.terminated]) {
            if (ended !== undefined) expect((ended.startedAt ?? '') <= (ended.finishedAt ?? '')).toBe(true)
          }
        }
      }
    }
    expect(running).toBeGreaterThan(100)
  })

  test('is printed by a watch with a line for every change', () => {
    expect([...watchPods(trace)]).toHaveLength([...walkPods(trace)].length + 1)
  })

  test('has causes that lead back to rows without a cause', () => {
    for (let number = 0; number < trace.rows.length; number += 7) {
      const chain = causalChain(trace, number)
      expect(chain.at(-1)?.row.cause).toBe(-1)
    }
  })

  test('is told within the columns of a terminal', () => {
    const lines = timeline(trace, { columns: 100 })
    expect(lines.length).toBeGreaterThan(20)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100)
  })
})
