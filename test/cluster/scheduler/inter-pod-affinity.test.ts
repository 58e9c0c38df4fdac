import { describe, expect, test } from 'vitest'
import { InterPodAffinity } from '../../../src/cluster/scheduler/plugins/inter-pod-affinity.js'
import type { Namespace, PodAffinityTerm } from '../../../src/model/index.js'
import { HOSTNAME, inZone, type PodWords, PROFILE, SmallCluster, ZONE } from './small-cluster.js'

const WEB = { app: 'web' }
const NODES = [
  { name: 'a1', labels: inZone('a') },
  { name: 'a2', labels: inZone('a') },
  { name: 'b1', labels: inZone('b') },
]
const NO_AFFINITY = "UU: node(s) didn't match pod affinity rules"
const ANTI = "U: node(s) didn't match pod anti-affinity rules"
const EXISTING = "U: node(s) didn't satisfy existing pods anti-affinity rules"

type Kind = 'podAffinity' | 'podAntiAffinity'
const term = (changes: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({
  topologyKey: ZONE,
  labelSelector: { matchLabels: WEB },
  ...changes,
})
const requires = (kind: Kind, ...terms: readonly PodAffinityTerm[]): PodWords => ({
  spec: { affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: terms } } },
})
const prefers = (kind: Kind, weight: number, podAffinityTerm = term()): PodWords => ({
  spec: { affinity: { [kind]: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight, podAffinityTerm }] } } },
})

describe('required affinity (IPA-1, IPA-3)', () => {
  test.each<[string, PodWords, PodWords, readonly (string | null)[]]>([
    ['is met in the zone', { labels: WEB }, requires('podAffinity', term()), [NO_AFFINITY, NO_AFFINITY, null]],
    [
      'is not met by other pods',
      { labels: { app: 'db' } },
      requires('podAffinity', term()),
      [NO_AFFINITY, NO_AFFINITY, NO_AFFINITY],
    ],
    [
      'does not cross namespaces',
      { labels: WEB, namespace: 'other' },
      requires('podAffinity', term()),
      [NO_AFFINITY, NO_AFFINITY, NO_AFFINITY],
    ],
    [
      'looks where it is told',
      { labels: WEB, namespace: 'other' },
      requires('podAffinity', term({ namespaces: ['other'] })),
      [NO_AFFINITY, NO_AFFINITY, null],
    ],
    [
      'looks everywhere with an empty selector',
      { labels: WEB, namespace: 'other' },
      requires('podAffinity', term({ namespaceSelector: {} })),
      [NO_AFFINITY, NO_AFFINITY, null],
    ],
    [
      'looks in the namespaces with the label',
      { labels: WEB, namespace: 'other' },
      requires('podAffinity', term({ namespaceSelector: { matchLabels: { team: 'x' } } })),
      [NO_AFFINITY, NO_AFFINITY, null],
    ],
    [
      'knows every namespace by its name',
      { labels: WEB, namespace: 'nowhere' },
      requires(
        'podAffinity',
        term({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'nowhere' } } }),
      ),
      [NO_AFFINITY, NO_AFFINITY, null],
    ],
    [
      'means nobody without a selector',
      { labels: WEB },
      requires('podAffinity', { topologyKey: ZONE }),
      [NO_AFFINITY, NO_AFFINITY, NO_AFFINITY],
    ],
    [
      'asks one pod to match all terms',
      { labels: WEB },
      requires('podAffinity', term(), term({ labelSelector: { matchLabels: { tier: 'x' } } })),
      [NO_AFFINITY, NO_AFFINITY, NO_AFFINITY],
    ],
    [
      'asks for the key on the node',
      { labels: WEB },
      requires('podAffinity', term({ topologyKey: 'rack' })),
      [NO_AFFINITY, NO_AFFINITY, NO_AFFINITY],
    ],
  ])('%s', (_, existing, words, expected) => {
    const namespace: Namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'other', labels: { team: 'x' } },
    }
    const cluster = new SmallCluster(NODES, [namespace])
    cluster.place('b1', existing)
    const refusals = cluster.refusals(words)
    expect(NODES.map(({ name }) => refusals[name])).toEqual(expected)
  })

  test('lets the first of a series start, where the node has the key', () => {
    const cluster = new SmallCluster([...NODES, { name: 'x' }])
    const words = { labels: WEB, ...requires('podAffinity', term()) }
    expect(cluster.refusals(words)).toEqual({ a1: null, a2: null, b1: null, x: NO_AFFINITY })
    cluster.place('a1', { labels: WEB })
    expect(cluster.refusals(words)).toEqual({ a1: null, a2: null, b1: NO_AFFINITY, x: NO_AFFINITY })
  })
})

describe('required anti-affinity (IPA-4 to IPA-6)', () => {
  const words = requires('podAntiAffinity', term())

  test('keeps away from the zone, also of pods on their way out; no key, no harm', () => {
    const cluster = new SmallCluster([...NODES, { name: 'x' }])
    cluster.place('a1', { labels: WEB, deleting: true })
    expect(cluster.refusals(words)).toEqual({ a1: ANTI, a2: ANTI, b1: null, x: null })
  })

  test('holds in the other direction, with other words', () => {
    const cluster = new SmallCluster(NODES)
    const index = cluster.place('a1', words)
    expect(cluster.refusals({ labels: WEB })).toEqual({ a1: EXISTING, a2: EXISTING, b1: null })
    expect(cluster.refusals({})).toEqual({ a1: null, a2: null, b1: null })
    cluster.cache.remove(index)
    expect(cluster.refusals({ labels: WEB })).toEqual({ a1: null, a2: null, b1: null })
  })

  test('follows pods that come and go', () => {
    const cluster = new SmallCluster(NODES)
    const byNode = { labels: WEB, ...requires('podAntiAffinity', term({ topologyKey: HOSTNAME })) }
    const placed = NODES.map(({ name }) => {
      expect(cluster.refusals(byNode)[name]).toBeNull()
      const index = cluster.place(name, byNode)
      expect(cluster.refusals(byNode)[name]).toBe(ANTI)
      return index
    })
    cluster.cache.remove(placed[1])
    expect(cluster.refusals(byNode)).toEqual({ a1: ANTI, a2: null, b1: ANTI })
  })

  test('comes after affinity', () => {
    const cluster = new SmallCluster(NODES)
    cluster.place('a1', { labels: WEB })
    const both: PodWords = {
      spec: { affinity: { ...requires('podAffinity', term()).spec?.affinity, ...words.spec?.affinity } },
    }
    expect(cluster.refusals(both)).toEqual({ a1: ANTI, a2: ANTI, b1: NO_AFFINITY })
  })
})

describe('scores (IPA-7, weight 2)', () => {
  const scores = (existing: PodWords, words: PodWords) => {
    const cluster = new SmallCluster(NODES, [], [new InterPodAffinity(PROFILE)])
    cluster.place('b1', existing)
    return cluster.scores(words)
  }

  test.each<[string, PodWords, PodWords, readonly number[]]>([
    ['preferred affinity draws', { labels: WEB }, prefers('podAffinity', 5), [0, 0, 200]],
    ['preferred anti-affinity repels', { labels: WEB }, prefers('podAntiAffinity', 5), [200, 200, 0]],
    ['what those there prefer draws', prefers('podAffinity', 5), { labels: WEB }, [0, 0, 200]],
    ['what those there avoid repels', prefers('podAntiAffinity', 5), { labels: WEB }, [200, 200, 0]],
    ['what those there require draws, too', requires('podAffinity', term()), { labels: WEB }, [0, 0, 200]],
    ['nobody is meant, nothing counts', { labels: { app: 'db' } }, prefers('podAffinity', 5), [0, 0, 0]],
  ])('%s', (_, existing, words, expected) => {
    const found = scores(existing, words)
    expect(NODES.map(({ name }) => found[name])).toEqual(expected)
  })

  test('lie between the least and the most', () => {
    const cluster = new SmallCluster(NODES, [], [new InterPodAffinity(PROFILE)])
    for (const node of ['a1', 'a1', 'b1']) cluster.place(node, { labels: WEB })
    const words = prefers('podAffinity', 7, term({ topologyKey: HOSTNAME }))
    expect(cluster.scores(words)).toEqual({ a1: 200, a2: 0, b1: 100 })
  })
})
