import { describe, expect, test } from 'vitest'
import { DomainCounts } from '../../../src/cluster/scheduler/plugins/domain-counts.js'
import { naturalLog } from '../../../src/cluster/scheduler/plugins/natural-log.js'
import { PodTopologySpread } from '../../../src/cluster/scheduler/plugins/pod-topology-spread.js'
import type { Service, TopologySpreadConstraint } from '../../../src/model/index.js'
import { HOSTNAME, inZone, type PodWords, SmallCluster, ZONE } from './small-cluster.js'

const WEB = { app: 'web' }
const spread = (...constraints: readonly Partial<TopologySpreadConstraint>[]): PodWords => ({
  labels: WEB,
  spec: {
    topologySpreadConstraints: constraints.map(each => ({
      maxSkew: 1,
      topologyKey: ZONE,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: WEB },
      ...each,
    })),
  },
})

const SKEWED = "U: node(s) didn't match pod topology spread constraints"
const NO_KEY = "UU: node(s) didn't match pod topology spread constraints (missing required label)"

/** Two zones: a with two nodes, b with one. */
const zones = (...more: ConstructorParameters<typeof SmallCluster>[0]) =>
  new SmallCluster([
    { name: 'a1', labels: inZone('a') },
    { name: 'a2', labels: inZone('a') },
    { name: 'b1', labels: inZone('b') },
    ...more,
  ])

const fitting = (cluster: SmallCluster, words: PodWords): string[] =>
  Object.entries(cluster.refusals(words))
    .flatMap(([node, why]) => (why === null ? [node] : []))
    .sort()

describe('hard constraints', () => {
  test('allow a domain one more than the emptiest (PTS-3, PTS-4)', () => {
    const cluster = zones()
    expect(fitting(cluster, spread({}))).toEqual(['a1', 'a2', 'b1'])
    cluster.place('a1', { labels: WEB })
    expect(cluster.refusals(spread({}))).toEqual({ a1: SKEWED, a2: SKEWED, b1: null })
    expect(fitting(cluster, spread({ maxSkew: 2 }))).toEqual(['a1', 'a2', 'b1'])
  })

  test('follow pods that come, go and are on their way out (PTS-2)', () => {
    const cluster = zones()
    const first = cluster.place('a1', { labels: WEB })
    expect(fitting(cluster, spread({}))).toEqual(['b1'])
    cluster.place('b1', { labels: WEB })
    expect(fitting(cluster, spread({}))).toEqual(['a1', 'a2', 'b1'])
    const placed = cluster.cache.placed(first)
    if (placed === undefined) throw new Error('not placed')
    cluster.cache.update({ ...placed.version, deletionGraceSeconds: 30 })
    expect(fitting(cluster, spread({}))).toEqual(['a1', 'a2'])
    cluster.cache.remove(first)
    expect(fitting(cluster, spread({}))).toEqual(['a1', 'a2'])
  })

  test.each<[string, PodWords, PodWords, readonly string[]]>([
    ['of another namespace', { labels: WEB, namespace: 'other' }, spread({}), ['a1', 'a2', 'b1']],
    ['with other labels', { labels: { app: 'db' } }, spread({}), ['a1', 'a2', 'b1']],
    ['on its way out', { labels: WEB, deleting: true }, spread({}), ['a1', 'a2', 'b1']],
    ['meant by an empty selector', { labels: WEB }, spread({ labelSelector: {} }), ['a1', 'a2', 'b1']],
    ['meant by no selector', { labels: WEB }, spread({ labelSelector: undefined }), ['a1', 'a2', 'b1']],
    [
      'of another revision, with matchLabelKeys (PTS-5)',
      { labels: { ...WEB, rev: '1' } },
      { ...spread({ matchLabelKeys: ['rev'] }), labels: { ...WEB, rev: '2' } },
      ['a1', 'a2', 'b1'],
    ],
    [
      'of the same revision counts',
      { labels: { ...WEB, rev: '2' } },
      { ...spread({ matchLabelKeys: ['rev', 'absent'] }), labels: { ...WEB, rev: '2' } },
      ['b1'],
    ],
  ])('a pod %s', (_, existing, words, expected) => {
    const cluster = zones()
    cluster.place('a1', existing)
    expect(fitting(cluster, words)).toEqual(expected)
  })

  test('refuse nodes without the label, which count for nothing', () => {
    const cluster = zones({ name: 'x' })
    cluster.place('x', { labels: WEB })
    expect(cluster.refusals(spread({})).x).toBe(NO_KEY)
    expect(fitting(cluster, spread({}))).toEqual(['a1', 'a2', 'b1'])
  })

  test('take the smallest for 0 where there are too few domains (PTS-3)', () => {
    const cluster = zones()
    for (const node of ['a1', 'b1']) cluster.place(node, { labels: WEB })
    expect(fitting(cluster, spread({ minDomains: 2 }))).toEqual(['a1', 'a2', 'b1'])
    expect(fitting(cluster, spread({ minDomains: 3 }))).toEqual([])
  })

  test('have all to be met', () => {
    const cluster = zones()
    cluster.place('a1', { labels: WEB })
    cluster.place('b1', { labels: WEB })
    expect(fitting(cluster, spread({}, { topologyKey: HOSTNAME }))).toEqual(['a2'])
  })

  test('count a tainted zone unless taints are honored', () => {
    const cluster = zones({ name: 'c1', labels: inZone('c'), taints: [{ key: 'k', effect: 'NoSchedule' }] })
    for (const node of ['a1', 'b1']) cluster.place(node, { labels: WEB })
    expect(fitting(cluster, spread({}))).toEqual([])
    expect(fitting(cluster, spread({ nodeTaintsPolicy: 'Honor' }))).toEqual(['a1', 'a2', 'b1'])
  })

  test('leave out nodes that the pod cannot go to, unless affinity is ignored', () => {
    const cluster = zones()
    cluster.place('a1', { labels: WEB })
    const inA = { nodeSelector: { [ZONE]: 'a' } }
    const words = (policy: 'Honor' | 'Ignore'): PodWords => {
      const { labels, spec } = spread({ nodeAffinityPolicy: policy })
      return { labels, spec: { ...spec, ...inA } }
    }
    expect(fitting(cluster, words('Honor'))).toEqual(['a1', 'a2'])
    expect(fitting(cluster, words('Ignore'))).toEqual([])
  })
})

describe('soft constraints (PTS-7, weight 2)', () => {
  const plugins = () => [new PodTopologySpread()]
  const nodes = [
    { name: 'a1', labels: inZone('a') },
    { name: 'a2', labels: inZone('a') },
    { name: 'b1', labels: inZone('b') },
    { name: 'x' },
  ]
  const soft = spread({ whenUnsatisfiable: 'ScheduleAnyway' })

  test('prefer the emptier domain; a node outside all domains gets nothing', () => {
    const cluster = new SmallCluster(nodes, [], plugins())
    for (const node of ['a1', 'a1', 'a2', 'b1']) cluster.place(node, { labels: WEB })
    // raw: a 3·ln(2+2) → 4, b 1·ln 4 → 1; 100·(4+1−raw)/4.
    expect(cluster.scores(soft)).toEqual({ a1: 2 * 25, a2: 2 * 25, b1: 2 * 100, x: 0 })
  })

  test('are all alike where nobody runs', () => {
    const cluster = new SmallCluster(nodes.slice(0, 3), [], plugins())
    expect(cluster.scores(soft)).toEqual({ a1: 200, a2: 200, b1: 200 })
  })

  test('by node count the node itself', () => {
    const cluster = new SmallCluster(nodes.slice(0, 3), [], plugins())
    cluster.place('a1', { labels: WEB })
    const byNode = spread({ whenUnsatisfiable: 'ScheduleAnyway', topologyKey: HOSTNAME })
    expect(cluster.scores(byNode)).toEqual({ a1: 0, a2: 200, b1: 200 })
  })
})

describe('default constraints (PTS-6)', () => {
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: WEB, ports: [{ port: 80 }] },
  }
  const set = (name: string) =>
    ({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name, namespace: 'default' },
      spec: { replicas: 2, selector: { matchLabels: WEB }, template: { spec: { containers: [] } } },
    }) as const
  const nodes = [{ name: 'n1' }, { name: 'n2' }]
  const scores = (objects: ConstructorParameters<typeof SmallCluster>[1], words: PodWords) => {
    const cluster = new SmallCluster(nodes, objects, [new PodTopologySpread()])
    cluster.place('n1', { labels: WEB })
    return cluster.scores(words)
  }

  test('spread the pods of a Service', () => {
    const { n1, n2 } = scores([service], { labels: WEB })
    expect(n2).toBeGreaterThan(n1)
  })

  test('spread the pods of a ReplicaSet', () => {
    const { n1, n2 } = scores([set('web')], { labels: WEB, owner: { kind: 'ReplicaSet', name: 'web' } })
    expect(n2).toBeGreaterThan(n1)
  })

  test('do not touch pods of a Job, bare pods, and pods of other Services', () => {
    const nothing = { n1: 0, n2: 0 }
    expect(scores([], { labels: WEB })).toEqual(nothing)
    expect(scores([], { labels: WEB, owner: { kind: 'Job', name: 'web' } })).toEqual(nothing)
    expect(scores([service], { labels: { app: 'db' } })).toEqual(nothing)
    expect(scores([service], { labels: WEB, namespace: 'other' })).toEqual(nothing)
  })

  test('give way to constraints of the pod', () => {
    expect(scores([service], spread({}))).toEqual({ n1: 0, n2: 0 })
  })
})

test('the logarithm is that of Go to the last bit or two', () => {
  for (const whole of [2, 3, 4, 5, 7, 10, 100, 1000, 5002]) {
    expect(Math.abs(naturalLog(whole) - Math.log(whole))).toBeLessThan(1e-15 * Math.log(whole) + Number.EPSILON)
  }
})

test('counts of domains know their smallest, whatever comes and goes', () => {
  const counts = new DomainCounts()
  expect([counts.size, counts.least]).toEqual([0, 0])
  const steps: [string, number, number][] = [
    ['a', 2, 2],
    ['b', 5, 2],
    ['a', 4, 5],
    ['c', 0, 0],
    ['c', 7, 5],
    ['b', -4, 1],
    ['b', 8, 6],
  ]
  for (const [domain, delta, least] of steps) {
    counts.add(domain, delta)
    expect([domain, counts.least]).toEqual([domain, least])
  }
  const fork = counts.clone()
  fork.add('a', -6)
  expect([fork.least, counts.least, counts.get('a')]).toEqual([0, 6, 6])
})
