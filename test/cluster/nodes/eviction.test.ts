import { describe, expect, test } from 'vitest'
import { run } from '../../../src/cluster/index.js'
import { DEFAULT_KUBELET_CONFIGURATION, type KubernetesObject, type Pod } from '../../../src/model/index.js'
import { createNode, type PlanPod, type ResourceUse, RUNS, type Step, type Usage } from '../../../src/scenario/index.js'
import { behaves, plan, planPod } from '../plans.js'
import { runNodes, storyOf } from './node-runs.js'

const Mi = 1024 * 1024
const steady = (amount: number): Usage => ({ from: amount, perSecond: 0, upTo: null })
const growing = (from: number, perSecond: number, upTo: number | null = null): Usage => ({ from, perSecond, upTo })
/** SIGTERM ends it with 143, so that an evicted pod stays Failed. */
const DIES = { ...RUNS, onTerm: { exitAfter: 100, exitCode: 143 } }

interface Words {
  readonly resources?: Pod['spec']['containers'][number]['resources']
  readonly spec?: Partial<Pod['spec']>
}

const takes = (name: string, uses: ResourceUse, { resources, spec }: Words = {}): PlanPod =>
  planPod(
    name,
    [resources === undefined ? {} : { resources }],
    { app: behaves({ runs: [DIES], uses }) },
    {
      nodeName: 'b',
      ...spec,
    },
  )

const HIGH = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: 'high' },
  value: 100,
} as unknown as KubernetesObject
const SMALL = [createNode({ name: 'a' }), createNode({ name: 'b', memory: '1Gi' })]
const story = (pods: readonly PlanPod[], steps: readonly Step[] = [], changes: Parameters<typeof runNodes>[2] = {}) => {
  const trace = runNodes(pods, steps, { nodes: SMALL, objects: [HIGH], horizon: 1_800_000, ...changes })
  return { trace, of: (path: string, since = 5000) => storyOf(trace, path, since) }
}
/** Who was evicted, in this order, and when. */
const evicted = (
  pods: readonly PlanPod[],
  steps: readonly Step[] = [],
  changes: Parameters<typeof runNodes>[2] = {},
) => {
  const { of } = story(pods, steps, changes)
  const lines = pods.flatMap(({ pod }) =>
    of(`Pod/default/${pod.metadata.name}`)
      .filter(line => line.includes('Warning Evicted'))
      .map(line => `${pod.metadata.name} at ${line.split(' ')[0]}`),
  )
  return lines.sort((a, b) => Number.parseFloat(a.split(' at ')[1]) - Number.parseFloat(b.split(' at ')[1]))
}

describe('a node that runs out of memory', () => {
  const hog = takes('hog', { memory: growing(50 * Mi, Mi) })
  const calm = takes('calm', { memory: steady(500 * Mi) }, { resources: { requests: { memory: '600Mi' } } })

  test('evicts the pod that takes more than it requests, says so of itself, and is well five minutes later (R-904, R-908)', () => {
    const { of, trace } = story([hog, calm])
    expect(of('Pod/default/hog')).toMatchInlineSnapshot(`
      [
        "384s event Warning Evicted: The node was low on resource: memory. Threshold quantity: 100Mi, available: 92672Ki. Container app was using 443904Ki, request is 0, has larger consumption of memory. ",
        "384.1s sandbox stopped",
        "384.1s phase Failed: Evicted, The node was low on resource: memory. Threshold quantity: 100Mi, available: 92672Ki. Container app was using 443904Ki, request is 0, has larger consumption of memory. ",
        "384.1s DisruptionTarget=True: TerminationByKubelet, The node was low on resource: memory. Threshold quantity: 100Mi, available: 92672Ki. Container app was using 443904Ki, request is 0, has larger consumption of memory. ",
        "384.1s PodReadyToStartContainers=False",
        "384.1s Ready=False: PodFailed",
        "384.1s ContainersReady=False: PodFailed",
      ]
    `)
    expect(of('Node/b')).toMatchInlineSnapshot(`
      [
        "384s event Warning EvictionThresholdMet: Attempting to reclaim memory",
        "385s MemoryPressure=True: KubeletHasInsufficientMemory, kubelet has insufficient memory available",
        "385s event Normal NodeHasInsufficientMemory: Node b status is now: NodeHasInsufficientMemory",
        "385s taints: node.kubernetes.io/memory-pressure:NoSchedule",
        "695s MemoryPressure=False: KubeletHasSufficientMemory, kubelet has sufficient memory available",
        "695s event Normal NodeHasSufficientMemory: Node b status is now: NodeHasSufficientMemory",
        "695s taints: none",
      ]
    `)
    expect(of('Pod/default/calm')).toEqual([])
    expect(trace.outcome).toBe('quiescent')
  })

  test('looks every ten seconds, and only where there is something to see', () => {
    const { trace } = story([takes('calm', { memory: growing(0, Mi, 100 * Mi) })], [], { horizon: 86_400_000 })
    expect(trace.outcome).toBe('quiescent')
    expect(trace.end).toBeLessThan(10_000)
  })

  test('is relieved in time by a pod that goes by itself', () => {
    const short = planPod(
      'short',
      [{}],
      { app: behaves({ runs: [{ ...RUNS, exitAfter: 60_000 }], uses: { memory: steady(900 * Mi) } }) },
      {
        nodeName: 'b',
        restartPolicy: 'Never',
      },
    )
    expect(evicted([short, takes('slow', { memory: growing(0, Mi / 4, 100 * Mi) })])).toEqual([])
  })

  test('evicts by excess of the request first, by priority then, by the amount last (R-905)', () => {
    const over = takes(
      'over',
      { memory: steady(200 * Mi) },
      // It takes the most beyond what it requests: only its priority keeps it for so long.
      { resources: { requests: { memory: '10Mi' } }, spec: { priorityClassName: 'high' } },
    )
    const low = takes('low', { memory: steady(150 * Mi) }, { resources: { requests: { memory: '200Mi' } } })
    const more = takes('more', { memory: steady(180 * Mi) })
    const less = takes('less', { memory: steady(120 * Mi) })
    const exhaust: Step = { at: 60_000, do: 'exhaustNode', node: 'b', resource: 'memory', left: '0' }
    const tight = [
      { ...exhaust, left: '0' },
      { ...exhaust, at: 64_500, left: '0' },
      { ...exhaust, at: 66_000, left: '0' },
      { ...exhaust, at: 68_500, left: '0' },
    ]
    expect(evicted([over, low, more, less], tight).map(line => line.split(' ')[0])).toEqual([
      'more',
      'less',
      'over',
      'low',
    ])
  })

  test('leaves critical and static pods alone (R-906)', () => {
    const critical = takes(
      'critical',
      { memory: growing(900 * Mi, Mi) },
      { spec: { priorityClassName: 'system-node-critical' } },
    )
    const fixed = takes('static', { memory: steady(10 * Mi) })
    const annotated = { ...fixed.pod.metadata, annotations: { 'kubernetes.io/config.source': 'file' } }
    expect(evicted([critical, { ...fixed, pod: { ...fixed.pod, metadata: annotated } }])).toEqual([])
    expect(evicted([critical, takes('other', { memory: steady(10 * Mi) })]).map(line => line.split(' ')[0])).toEqual([
      'other',
    ])
  })

  test('takes no pods of class BestEffort, unless they tolerate it or are critical (R-763)', () => {
    const late = (name: string, words: Words): PlanPod => ({ ...takes(name, {}, words), createdAt: 400_000 })
    const tolerates = { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' } as const
    const pods = [
      late('best', {}),
      late('burst', { resources: { requests: { cpu: '1m' } } }),
      late('tolerant', { spec: { tolerations: [tolerates] } }),
      late('critical', { spec: { priorityClassName: 'system-node-critical' } }),
    ]
    const steps: Step[] = [
      { at: 60_000, do: 'exhaustNode', node: 'b', resource: 'memory' },
      { at: 390_000, do: 'relieveNode', node: 'b', resource: 'memory' },
    ]
    const { of } = story(pods, steps)
    const rejected = pods.map(({ pod }) =>
      of(`Pod/default/${pod.metadata.name}`).filter(line => line.includes('was rejected')),
    )
    expect(rejected).toEqual([
      ['400s phase Failed: Evicted, Pod was rejected: The node had condition: [MemoryPressure]. '],
      [],
      [],
      [],
    ])
  })

  test('is tainted, so that the scheduler takes another', () => {
    const roaming = { ...planPod('roaming', [{}], {}), createdAt: 100_000 }
    const { of } = story([roaming], [{ at: 60_000, do: 'exhaustNode', node: 'b', resource: 'memory' }])
    expect(of('Pod/default/roaming')).toContain('100s scheduled to a')
  })

  test('is noticed within ten seconds, whatever the seed', () => {
    const steps: Step[] = [{ at: 60_000, do: 'exhaustNode', node: 'b', resource: 'memory', left: '20Mi' }]
    for (let seed = 1; seed <= 20; seed++) {
      const trace = run(plan([takes('calm', {})], { nodes: SMALL, steps }), { seed })
      const first = storyOf(trace, 'Pod/default/calm').find(line => line.includes('Warning Evicted')) ?? ''
      expect(Number.parseFloat(first)).toBeGreaterThanOrEqual(60)
      expect(Number.parseFloat(first)).toBeLessThanOrEqual(70)
    }
  })

  test('forgets its condition when its kubelet is restarted, and finds it again if it is still so', () => {
    const steps: Step[] = [
      { at: 60_000, do: 'exhaustNode', node: 'b', resource: 'memory' },
      { at: 100_000, do: 'relieveNode', node: 'b', resource: 'memory' },
      { at: 120_000, do: 'restartKubelet', node: 'b' },
    ]
    const { of } = story([], steps)
    expect(of('Node/b', 110_000).filter(line => line.includes('MemoryPressure'))).toEqual([
      '125s MemoryPressure=False: KubeletHasSufficientMemory, kubelet has sufficient memory available',
    ])
  })

  test('with a soft threshold waits for its grace, and gives pods the grace that is configured (R-907)', () => {
    const kubelet = {
      ...DEFAULT_KUBELET_CONFIGURATION,
      evictionSoft: { 'memory.available': '300Mi' },
      evictionSoftGracePeriodMs: { 'memory.available': 90_000 },
      evictionMaxPodGracePeriodSeconds: 10,
    }
    const stubborn = planPod(
      'stubborn',
      [{}],
      { app: behaves({ runs: [{ ...RUNS, onTerm: null }], uses: { memory: steady(800 * Mi) } }) },
      { nodeName: 'b' },
    )
    const { of } = story([stubborn], [], { kubelet })
    expect(of('Pod/default/stubborn/app').filter(line => /SIG/.test(line))).toEqual(['94s SIGTERM', '104s SIGKILL'])
  })
})

describe('a container that outgrows its memory limit', () => {
  test('is OOM-killed at that moment, at each start anew', () => {
    const pod = takes('leak', { memory: growing(50 * Mi, Mi) }, { resources: { limits: { memory: '100Mi' } } })
    const { of } = story([pod], [], { horizon: 120_000 })
    expect(of('Pod/default/leak/app', 0).filter(line => /exited|started/.test(line))).toMatchInlineSnapshot(`
      [
        "0.5s started",
        "0.85s counts as started",
        "50.501s exited 137 (OOMKilled)",
        "50.85s started",
        "50.85s does not count as started",
        "51.85s counts as started",
        "100.851s exited 137 (OOMKilled)",
        "101.85s does not count as started",
        "115.3s started",
        "115.85s counts as started",
      ]
    `)
  })
})

describe('a node whose disk is full', () => {
  test('has DiskPressure, evicts, and takes nobody in', () => {
    const late: PlanPod = { ...takes('late', {}, { resources: { requests: { cpu: '1m' } } }), createdAt: 100_000 }
    const writer = takes(
      'writer',
      { ephemeralStorage: steady(2048 * Mi), volumes: { cache: steady(1024 * Mi) } },
      {
        spec: { volumes: [{ name: 'cache', emptyDir: {} }] },
      },
    )
    const { of } = story(
      [takes('calm', {}), writer, late],
      [{ at: 60_000, do: 'exhaustNode', node: 'b', resource: 'nodefs', left: '9.9%' }],
    )
    expect(of('Pod/default/writer').slice(0, 1)).toMatchInlineSnapshot(`
      [
        "64s event Warning Evicted: The node was low on resource: ephemeral-storage. Threshold quantity: 107374184Ki, available: 106300440Ki. Container app was using 2Gi, request is 0, has larger consumption of ephemeral-storage. ",
      ]
    `)
    expect(of('Pod/default/late').filter(line => line.includes('was rejected'))).toEqual([
      '100s phase Failed: Evicted, Pod was rejected: The node had condition: [DiskPressure]. ',
    ])
  })
})

describe('a node without process numbers', () => {
  test('evicts only where the kubelet is told to, by priority, then by their number', () => {
    const pods = [takes('few', { processes: steady(10) }), takes('many', { processes: steady(1000) })]
    const exhaust: Step = { at: 60_000, do: 'exhaustNode', node: 'b', resource: 'pid', left: '500' }
    expect(evicted(pods, [exhaust])).toEqual([])
    const kubelet = { ...DEFAULT_KUBELET_CONFIGURATION, evictionHard: { 'pid.available': '1k' } }
    const { of } = story(pods, [exhaust], { kubelet })
    expect(of('Pod/default/many')[0]).toBe(
      '64s event Warning Evicted: The node was low on resource: pids. Threshold quantity: 1k, available: 500. ',
    )
    expect(of('Pod/default/few')).toEqual([])
    expect(of('Node/b')[1]).toBe(
      '65s PIDPressure=True: KubeletHasInsufficientPID, kubelet has insufficient PID available',
    )
  })
})

describe('a pod that takes more local storage than its limits allow (R-909)', () => {
  const GiB = 1024 * Mi
  const limited = { limits: { 'ephemeral-storage': '1Gi' } }
  const cache: Partial<Pod['spec']> = { volumes: [{ name: 'cache', emptyDir: { sizeLimit: '1Gi' } }] }

  test.each([
    [
      'in a volume',
      takes('web', { volumes: { cache: growing(0, 10 * Mi) } }, { spec: cache }),
      'Usage of EmptyDir volume "cache" exceeds the limit "1Gi". ',
    ],
    [
      'in a container',
      takes('web', { ephemeralStorage: growing(0, 10 * Mi) }, { resources: limited }),
      'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ',
    ],
    [
      'in one of two containers',
      planPod(
        'web',
        [{ resources: limited }, { name: 'other', resources: limited }],
        {
          app: behaves({ runs: [DIES], uses: { ephemeralStorage: growing(0, 10 * Mi) } }),
          other: behaves({ runs: [DIES] }),
        },
        { nodeName: 'b' },
      ),
      'Container app exceeded its local ephemeral storage limit "1Gi". ',
    ],
  ])('%s is evicted, though its node has room', (_, pod, message) => {
    const { of } = story([pod])
    const lines = of('Pod/default/web')
    expect(lines[0]).toBe(`104s event Warning Evicted: ${message}`)
    expect(lines.some(line => line.includes(`phase Failed: Evicted, ${message}`))).toBe(true)
    expect(lines.some(line => line.includes('DisruptionTarget'))).toBe(false)
    expect(of('Node/b')).toEqual([])
  })

  test('in a volume counts what an exited container left there', () => {
    const uses = { volumes: { cache: steady(2 * GiB) } }
    const pod = planPod(
      'web',
      [{}, { name: 'other' }],
      {
        app: behaves({ runs: [{ ...RUNS, exitAfter: 1000 }], uses }),
        other: behaves({ runs: [DIES] }),
      },
      { nodeName: 'b', restartPolicy: 'Never', volumes: [{ name: 'cache', emptyDir: { sizeLimit: '1Gi' } }] },
    )
    expect(
      story([pod])
        .of('Pod/default/web', 0)
        .filter(line => line.includes('Warning Evicted')),
    ).toHaveLength(1)
  })
})
