import { describe, expect, test } from 'vitest'
import { run } from '../../../src/cluster/index.js'
import { PlacedPod } from '../../../src/cluster/scheduler/node-info.js'
import { bestCandidates } from '../../../src/cluster/scheduler/preemption/best-candidates.js'
import { candidatesToFind } from '../../../src/cluster/scheduler/preemption/preempt.js'
import type { Candidate } from '../../../src/cluster/scheduler/preemption/select-victims.js'
import type { PodDisruptionBudget, PriorityClass } from '../../../src/model/index.js'
import { createNode } from '../../../src/scenario/index.js'
import { plan, planPod } from '../plans.js'
import { eventTexts, podOf } from '../traces.js'
import { inZone, type PodWords, SmallCluster, ZONE } from './small-cluster.js'

const NODE = { name: 'a', cpu: '4' }
const cpu = (amount: string, priority = 0, more: PodWords = {}): PodWords => ({
  requests: { cpu: amount },
  priority,
  ...more,
})

/** Nodes that preemption could equally choose, with the pods that would leave; otherwise the text. */
function outcome(cluster: SmallCluster, words: PodWords): Record<string, string[]> | string {
  const decision = cluster.decide(words)
  if (decision.kind === 'fits') return 'fits'
  if (decision.preemption?.kind !== 'victims') return decision.message
  return Object.fromEntries(
    decision.preemption.best.map(({ node, victims }) => [
      node.name,
      victims.map(({ version }) => version.identity.name),
    ]),
  )
}

describe('victims on a node (P-3)', () => {
  test('are no more than have to go, the least important ones', () => {
    const cluster = new SmallCluster([NODE])
    cluster.place('a', cpu('1', 5, { name: 'five' }))
    cluster.place('a', cpu('1', 1, { name: 'one' }))
    cluster.place('a', cpu('2', 3, { name: 'three' }))
    expect(outcome(cluster, cpu('1', 10))).toEqual({ a: ['one'] })
    expect(outcome(cluster, cpu('2', 10))).toEqual({ a: ['three'] })
    expect(outcome(cluster, cpu('3', 10))).toEqual({ a: ['three', 'one'] })
  })

  test('have a lower priority, not the same', () => {
    const cluster = new SmallCluster([NODE])
    cluster.place('a', cpu('4', 10))
    expect(outcome(cluster, cpu('1', 10))).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
    )
  })

  test('do not go where that would not be enough', () => {
    const cluster = new SmallCluster([NODE])
    cluster.place('a', cpu('3', 20))
    cluster.place('a', cpu('1', 1))
    expect(outcome(cluster, cpu('2', 10))).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 Insufficient cpu.',
    )
  })

  test('go for a port and for anti-affinity, too', () => {
    const cluster = new SmallCluster([NODE])
    cluster.place('a', { name: 'db', priority: 1, labels: { app: 'db' } })
    cluster.place('a', { name: 'other', priority: 1 })
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } } }
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
    expect(outcome(cluster, { priority: 5, spec: { affinity } })).toEqual({ a: ['db'] })
  })

  test('go for an even spread', () => {
    const cluster = new SmallCluster([NODE, { name: 'b', cpu: '4', taints: [{ key: 'k', effect: 'NoSchedule' }] }])
    cluster.place('a', { name: 'web', priority: 1, labels: { app: 'web' } })
    const constraint = {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
    } as const
    const topologySpreadConstraints = [{ ...constraint, labelSelector: { matchLabels: { app: 'web' } } }]
    expect(outcome(cluster, { priority: 5, labels: { app: 'web' }, spec: { topologySpreadConstraints } })).toEqual({
      a: ['web'],
    })
  })

  test('go for an even spread though they are on their way out and do not count any more (quirk of RemovePod)', () => {
    const cluster = new SmallCluster([
      { name: 'a', labels: inZone('x') },
      { name: 'b', labels: inZone('y'), unschedulable: true },
    ])
    cluster.place('a', { name: 'web', priority: 1, labels: { app: 'web' } })
    cluster.place('a', { name: 'leaving', priority: 0, labels: { app: 'web' }, deleting: true })
    const labelSelector = { matchLabels: { app: 'web' } }
    const topologySpreadConstraints = [
      { maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule', labelSelector } as const,
    ]
    const spec = { topologySpreadConstraints }
    // Both gone the count is −1, so the more important may come back: then it is 0.
    expect(outcome(cluster, { priority: 5, labels: { app: 'web' }, spec })).toEqual({ a: ['leaving'] })
  })

  test('are not looked for on nodes where that cannot help', () => {
    const cluster = new SmallCluster([NODE, { name: 'b', taints: [{ key: 'k', effect: 'NoSchedule' }] }])
    cluster.place('a', cpu('4', 20))
    expect(outcome(cluster, cpu('1', 10))).toBe(
      '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {k: }. preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.',
    )
  })

  test('are nobody’s who never preempts (P-1)', () => {
    const cluster = new SmallCluster([NODE])
    cluster.place('a', cpu('4'))
    expect(outcome(cluster, cpu('1', 10, { spec: { preemptionPolicy: 'Never' } }))).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.',
    )
  })
})

describe('budgets (P-3, PDB-1, PDB-2)', () => {
  const budget = (status?: PodDisruptionBudget['status']): PodDisruptionBudget => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'db', namespace: 'default' },
    spec: { minAvailable: 1, selector: { matchLabels: { app: 'db' } } },
    ...(status && { status }),
  })
  const NOTHING = { currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }
  const ready = { conditions: [{ type: 'Ready', status: 'True' }] } as unknown as PodWords['status']
  const db = (name: string, status?: PodWords['status']) =>
    cpu('2', 1, { name, labels: { app: 'db' }, ...(status && { status }) })

  test('keep their pods where others can go', () => {
    const cluster = new SmallCluster([NODE], [budget()])
    cluster.place('a', db('db'))
    cluster.place('a', cpu('2', 1, { name: 'web' }))
    expect(outcome(cluster, cpu('2', 10))).toEqual({ a: ['web'] })
  })

  test('protect nobody without labels, whatever they select', () => {
    const { spec, ...rest } = budget()
    const all = { ...spec, selector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' } as const] } }
    const cluster = new SmallCluster([NODE], [{ ...rest, spec: all }])
    cluster.place('a', cpu('2', 1, { name: 'bare' }))
    cluster.place('a', cpu('2', 2, { name: 'web', labels: { app: 'web' } }))
    expect(outcome(cluster, cpu('2', 10))).toEqual({ a: ['bare'] })
  })

  test('even where those are more important', () => {
    const cluster = new SmallCluster([NODE], [budget()])
    cluster.place('a', db('db'))
    cluster.place('a', cpu('2', 5, { name: 'web' }))
    expect(outcome(cluster, cpu('2', 10))).toEqual({ a: ['web'] })
  })

  test('do not help where nobody else can go', () => {
    const cluster = new SmallCluster([NODE], [budget()])
    cluster.place('a', cpu('4', 1, { name: 'db', labels: { app: 'db' } }))
    expect(outcome(cluster, cpu('2', 10))).toEqual({ a: ['db'] })
  })

  test('turn the choice to a node without violations', () => {
    const cluster = new SmallCluster([NODE, { name: 'b', cpu: '4' }], [budget()])
    cluster.place('a', cpu('4', 1, { labels: { app: 'db' } }))
    cluster.place('b', cpu('4', 5, { name: 'web' }))
    expect(outcome(cluster, cpu('2', 10))).toEqual({ b: ['web'] })
  })

  test('allow as many as are healthy beyond what is demanded', () => {
    const cluster = new SmallCluster([NODE, { name: 'b', cpu: '4' }], [budget()])
    cluster.place('a', { ...db('db-1', ready), requests: { cpu: '4' } })
    cluster.place('b', db('db-2', ready))
    cluster.place('b', cpu('2', 5))
    expect(outcome(cluster, cpu('2', 10))).toEqual({ a: ['db-1'], b: ['db-2'] })
  })

  test('count what their status says where it says anything', () => {
    const statusOf = (disruptionsAllowed: number) => budget({ ...NOTHING, disruptionsAllowed })
    for (const [allowed, victim] of [
      [0, 'web'],
      [1, 'db'],
    ] as const) {
      const cluster = new SmallCluster([NODE], [statusOf(allowed)])
      cluster.place('a', db('db'))
      cluster.place('a', cpu('2', 5, { name: 'web' }))
      expect(outcome(cluster, cpu('2', 10))).toEqual({ a: [victim] })
    }
  })
})

describe('the node is the one (P-4)', () => {
  const bestOf = (...nodes: readonly (readonly PodWords[])[]): string[] => {
    const cluster = new SmallCluster(nodes.map((_, i) => ({ name: `n${i}`, cpu: '4' })))
    const candidates = nodes.map((pods, i): Candidate => {
      const node = cluster.node(`n${i}`)
      for (const pod of pods) cluster.place(node.name, pod)
      const victims = [...node.pods.values()]
      return { node, victims, violations: 0 }
    })
    return bestCandidates(candidates, 1000).map(({ node }) => node.name)
  }

  test.each<[string, readonly (readonly PodWords[])[], readonly string[]]>([
    ['whose most important victim matters least', [[cpu('1', 5)], [cpu('1', 3), cpu('1', 3)]], ['n1']],
    [
      'with the smallest sum of priorities',
      [
        [cpu('1', 5), cpu('1', 4)],
        [cpu('1', 5), cpu('1', 1)],
      ],
      ['n1'],
    ],
    ['with the fewest victims, however low the others are', [[cpu('1', 5), cpu('1', -50)], [cpu('1', 5)]], ['n1']],
    ['or any of equals', [[cpu('1', 5)], [cpu('1', 5)]], ['n0', 'n1']],
  ])('%s', (_, nodes, expected) => {
    expect(bestOf(...nodes)).toEqual(expected)
  })

  test('whose most important victims started last', () => {
    const cluster = new SmallCluster([NODE, { name: 'b', cpu: '4' }])
    const candidates = ['a', 'b'].map((name, i): Candidate => {
      cluster.place(name, cpu('1', 5))
      const node = cluster.node(name)
      const victims = [...node.pods.values()]
      for (const victim of victims) {
        victim.version = { ...victim.version, status: { ...victim.version.status, startSeconds: 100 + i } }
      }
      return { node, victims, violations: 0 }
    })
    expect(bestCandidates(candidates, 1000).map(({ node }) => node.name)).toEqual(['b'])
  })

  test('among a hundred, or a tenth of many (P-2)', () => {
    expect([1, 100, 500, 5000].map(candidatesToFind)).toEqual([1, 100, 100, 500])
  })
})

describe('a nominated pod (CY-3, P-6)', () => {
  test('keeps its room from those of no higher priority', () => {
    const cluster = new SmallCluster([NODE])
    const waiting = cluster.version(cpu('3', 10, { name: 'waiting' }))
    expect(outcome(cluster, cpu('2', 5))).toBe('fits')
    cluster.framework.nominator.nominate(new PlacedPod(waiting), cluster.node('a'))
    expect(outcome(cluster, cpu('2', 5))).toContain('1 Insufficient cpu')
    expect(outcome(cluster, cpu('1', 5))).toBe('fits')
    expect(outcome(cluster, cpu('2', 20))).toBe('fits')
  })
})

const priorityClass = (name: string, value: number, more: Partial<PriorityClass> = {}): PriorityClass => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  ...more,
})
const CLASSES = [priorityClass('low', 10), priorityClass('high', 1000)]

describe('in a cluster', () => {
  const big = (name: string, priorityClassName: string, createdAt = 0) => ({
    ...planPod(
      name,
      [{ name, resources: { requests: { cpu: '3' } } }],
      {},
      { priorityClassName, terminationGracePeriodSeconds: 5 },
    ),
    createdAt,
  })
  const nodes = [createNode({ name: 'node-1', cpu: '4' })]

  test('the victim is told why, goes with its own grace, and the pod follows (P-5, P-6)', () => {
    const ignoring = big('old', 'low')
    const trace = run(plan([ignoring, big('new', 'high', 20_000)], { nodes, objects: CLASSES }))
    const texts = eventTexts(trace)
    const uid = podOf(trace, 'new').metadata.uid
    expect(texts).toContain(`Preempted: Preempted by pod ${uid} on node node-1`)
    expect(texts).toContain('FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu.')
    expect(podOf(trace, 'old', 20_001)).toMatchObject({
      metadata: { deletionGracePeriodSeconds: 5 },
      status: {
        conditions: expect.arrayContaining([
          expect.objectContaining({
            type: 'DisruptionTarget',
            status: 'True',
            reason: 'PreemptionByScheduler',
            message: 'default-scheduler: preempting to accommodate a higher priority pod',
          }),
        ]),
      },
    })
    expect(podOf(trace, 'new', 20_001).status).toMatchObject({ phase: 'Pending', nominatedNodeName: 'node-1' })
    expect(podOf(trace, 'new')).toMatchObject({
      spec: { nodeName: 'node-1', priority: 1000, preemptionPolicy: 'PreemptLowerPriority' },
      status: { phase: 'Running' },
    })
  })

  test('nobody leaves for a pod of the same class', () => {
    const trace = run(plan([big('old', 'low'), big('new', 'low', 20_000)], { nodes, objects: CLASSES }))
    expect(podOf(trace, 'old').status?.phase).toBe('Running')
    expect(podOf(trace, 'new').status?.phase).toBe('Pending')
  })

  test('one that came in between does not take the room that was made (CY-3)', () => {
    const small = { ...planPod('small', [{ name: 's', resources: { requests: { cpu: '2' } } }], {}), createdAt: 20_500 }
    const trace = run(plan([big('old', 'low'), big('new', 'high', 20_000), small], { nodes, objects: CLASSES }))
    expect(podOf(trace, 'new').spec.nodeName).toBe('node-1')
    expect(podOf(trace, 'small').spec.nodeName).toBeUndefined()
  })
})

describe('priorities at admission (ADM-5)', () => {
  const admitted = (spec: Parameters<typeof planPod>[3], objects = CLASSES) => {
    const trace = run(plan([planPod('web', [{}], {}, spec)], { objects, horizon: 1000 }))
    const refused = Array.from({ length: trace.rows.length }, (_, i) => trace.rows.at(i))
      .filter(({ object }) => trace.symbols.text(object) === 'Pod/default/web')
      .map(({ a }) => trace.symbols.text(a))
      .find(text => text.includes('forbidden'))
    if (refused !== undefined) return refused
    const { priorityClassName, priority, preemptionPolicy } = podOf(trace, 'web').spec
    return [priorityClassName, priority, preemptionPolicy]
  }

  test.each<[string, Parameters<typeof planPod>[3], readonly PriorityClass[], unknown]>([
    ['a class', { priorityClassName: 'low' }, CLASSES, ['low', 10, 'PreemptLowerPriority']],
    [
      'one that never preempts',
      { priorityClassName: 'calm' },
      [priorityClass('calm', 7, { preemptionPolicy: 'Never' })],
      ['calm', 7, 'Never'],
    ],
    ['none', {}, CLASSES, [undefined, 0, 'PreemptLowerPriority']],
    [
      'none where one is the default of all',
      {},
      [priorityClass('usual', 50, { globalDefault: true })],
      ['usual', 50, 'PreemptLowerPriority'],
    ],
    [
      'a built-in one',
      { priorityClassName: 'system-node-critical' },
      [],
      ['system-node-critical', 2_000_001_000, 'PreemptLowerPriority'],
    ],
    [
      'one that is not there',
      { priorityClassName: 'gone' },
      CLASSES,
      'pods "web" is forbidden: no PriorityClass with name gone was found',
    ],
    [
      'a number that is another one',
      { priorityClassName: 'low', priority: 11 },
      CLASSES,
      'pods "web" is forbidden: the integer value of priority (11) must not be provided in pod spec; priority admission controller computed 10 from the given PriorityClass name',
    ],
  ])('%s', (_, spec, objects, expected) => {
    expect(admitted(spec, [...objects])).toEqual(expected)
  })
})
