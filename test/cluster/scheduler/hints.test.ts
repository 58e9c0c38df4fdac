import { describe, expect, test } from 'vitest'
import type { NodeBefore } from '../../../src/cluster/contract/index.js'
import {
  type ClusterChange,
  nodeAdded,
  nodeUpdated,
  type PodSide,
  podAdded,
  podDeleted,
  podUpdated,
} from '../../../src/cluster/scheduler/cluster-change.js'
import { isWorthRequeuing } from '../../../src/cluster/scheduler/hints.js'
import type { PluginName } from '../../../src/cluster/scheduler/plugin.js'
import { createDefaultPlugins } from '../../../src/cluster/scheduler/plugins/default-plugins.js'
import { PROFILES } from '../../../src/model/index.js'
import type { NodeWords } from '../../../src/scenario/index.js'
import { inZone, type PodWords, SmallCluster, ZONE } from './small-cluster.js'

const WEB = { app: 'web' }
const cluster = new SmallCluster([])

const wakes = (
  plugin: PluginName,
  pod: PodWords,
  change: ClusterChange,
  version: '1.31' | '1.32' | '1.33' = '1.32',
): boolean =>
  isWorthRequeuing(
    createDefaultPlugins(PROFILES[version]),
    PROFILES[version],
    cluster.info(pod),
    1000,
    new Set([plugin]),
    change,
  )

const side = (words: PodWords, node = 0, index = 7): PodSide => ({ index, info: cluster.info(words), node })
const record = (words: Partial<NodeWords> = {}) => new SmallCluster([{ name: 'n', ...words }]).node('n').record
const updated = (before: Partial<NodeWords>, after: Partial<NodeWords>): ClusterChange =>
  nodeUpdated(record(before) as NodeBefore, record(after))

describe('what wakes a pod (Q-12)', () => {
  const cordoned = { unschedulable: true }
  const tainted = { taints: [{ key: 'k', effect: 'NoSchedule' }] } as const
  const otherTaint = { taints: [{ key: 'l', effect: 'NoSchedule' }] } as const
  const ssd = { labels: { disk: 'ssd' } }
  const onSsd: PodWords = { spec: { nodeSelector: { disk: 'ssd' } } }
  const port = (hostPort: number): PodWords => ({
    spec: { containers: [{ name: 'a', image: 'i', ports: [{ containerPort: 80, hostPort }] }] },
  })
  const term = { topologyKey: ZONE, labelSelector: { matchLabels: WEB } }
  const wants: PodWords = {
    spec: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } },
  }
  const avoids: PodWords = {
    spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } },
  }
  const spreads: PodWords = {
    spec: {
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: WEB } },
      ],
    },
  }
  const big: PodWords = { requests: { cpu: '4' } }

  test.each<[PluginName, string, PodWords, ClusterChange, boolean]>([
    ['NodeUnschedulable', 'a new node', {}, nodeAdded(record()), true],
    ['NodeUnschedulable', 'a new node that is cordoned', {}, nodeAdded(record(cordoned)), false],
    ['NodeUnschedulable', 'uncordoning', {}, updated(cordoned, {}), true],
    ['NodeUnschedulable', 'a label', {}, updated({}, ssd), false],
    ['NodeName', 'a new node', {}, nodeAdded(record()), true],
    ['TaintToleration', 'the taint’s going', {}, updated(tainted, {}), true],
    ['TaintToleration', 'another taint in its place', {}, updated(tainted, otherTaint), false],
    ['TaintToleration', 'a new node without taints', {}, nodeAdded(record()), true],
    ['TaintToleration', 'a new node with one', {}, nodeAdded(record(tainted)), false],
    ['TaintToleration', 'a pod’s going', {}, podDeleted(side({})), false],
    ['NodeAffinity', 'the label', onSsd, updated({}, ssd), true],
    [
      'NodeAffinity',
      'another label on a node that matched',
      onSsd,
      updated(ssd, { labels: { disk: 'ssd', x: 'y' } }),
      false,
    ],
    ['NodeAffinity', 'another label', onSsd, updated({}, { labels: { disk: 'hdd' } }), false],
    ['NodeAffinity', 'a new node that matches', onSsd, nodeAdded(record(ssd)), true],
    ['NodePorts', 'the going of who had the port', port(80), podDeleted(side(port(80))), true],
    ['NodePorts', 'the going of who had another port', port(80), podDeleted(side(port(81))), false],
    ['NodePorts', 'the going of one that was not bound', port(80), podDeleted(side(port(80), -1)), false],
    ['NodeResourcesFit', 'a pod’s going', big, podDeleted(side({})), true],
    ['NodeResourcesFit', 'the going of one that was not bound', big, podDeleted(side({}, -1)), false],
    ['NodeResourcesFit', 'a pod’s coming', big, podAdded(side({})), false],
    ['NodeResourcesFit', 'a new node that is large enough', big, nodeAdded(record({ cpu: '4' })), true],
    ['NodeResourcesFit', 'a new node that is not', big, nodeAdded(record({ cpu: '3' })), false],
    ['NodeResourcesFit', 'a node that grows', big, updated({ cpu: '2' }, { cpu: '4' }), true],
    [
      'NodeResourcesFit',
      'a node that grows in something else',
      big,
      updated({ cpu: '4', memory: '1Gi' }, { cpu: '4', memory: '2Gi' }),
      false,
    ],
    ['NodeResourcesFit', 'room for more pods', big, updated({ cpu: '4', pods: 1 }, { cpu: '4', pods: 2 }), true],
    ['PodTopologySpread', 'a pod that counts', spreads, podAdded(side({ labels: WEB })), true],
    ['PodTopologySpread', 'one that does not', spreads, podAdded(side({})), false],
    ['PodTopologySpread', 'one of another namespace', spreads, podAdded(side({ labels: WEB, namespace: 'x' })), false],
    ['PodTopologySpread', 'the going of one that counts', spreads, podDeleted(side({ labels: WEB })), true],
    ['PodTopologySpread', 'a label that makes one count', spreads, podUpdated(side({}), side({ labels: WEB })), true],
    [
      'PodTopologySpread',
      'a label that does not',
      spreads,
      podUpdated(side({ labels: WEB }), side({ labels: { ...WEB, x: 'y' } })),
      false,
    ],
    ['PodTopologySpread', 'a new node with the key', spreads, nodeAdded(record({ labels: inZone('a') })), true],
    ['PodTopologySpread', 'a new node without', spreads, nodeAdded(record()), false],
    [
      'PodTopologySpread',
      'another zone of a node',
      spreads,
      updated({ labels: inZone('a') }, { labels: inZone('b') }),
      true,
    ],
    ['InterPodAffinity', 'one to be with', wants, podAdded(side({ labels: WEB })), true],
    ['InterPodAffinity', 'somebody else', wants, podAdded(side({})), false],
    ['InterPodAffinity', 'the going of one to avoid', avoids, podDeleted(side({ labels: WEB })), true],
    ['InterPodAffinity', 'the going of somebody else', avoids, podDeleted(side({})), false],
    ['InterPodAffinity', 'one to be with, by its new label', wants, podUpdated(side({}), side({ labels: WEB })), true],
    ['InterPodAffinity', 'one to avoid no more', avoids, podUpdated(side({ labels: WEB }), side({})), true],
    ['InterPodAffinity', 'a new node with the key', wants, nodeAdded(record({ labels: inZone('a') })), true],
    ['InterPodAffinity', 'a new node without', wants, nodeAdded(record()), false],
    [
      'InterPodAffinity',
      'a new node with the key, for who avoids',
      avoids,
      nodeAdded(record({ labels: inZone('a') })),
      true,
    ],
    ['InterPodAffinity', 'a new node without, for who avoids', avoids, nodeAdded(record()), false],
    [
      'InterPodAffinity',
      'any other label of a node with the key',
      wants,
      updated({ labels: inZone('a') }, { labels: { ...inZone('a'), x: 'y' } }),
      true,
    ],
    ['InterPodAffinity', 'a zone that is gone, for who avoids', avoids, updated({ labels: inZone('a') }, {}), false],
  ])('%s: %s', (plugin, _, pod, change, expected) => {
    expect(wakes(plugin, pod, change)).toBe(expected)
  })

  test('before queueing hints the kind of change alone decided', () => {
    expect(wakes('NodeResourcesFit', big, podDeleted(side({}, -1)), '1.31')).toBe(true)
    expect(wakes('NodeResourcesFit', big, podAdded(side({})), '1.31')).toBe(false)
  })

  test.each<[string, PodWords, ClusterChange, boolean]>([
    ['any new node, for who avoids', avoids, nodeAdded(record()), true],
    ['a zone that is gone, for who avoids', avoids, updated({ labels: inZone('a') }, {}), true],
    ['another zone', wants, updated({ labels: inZone('a') }, { labels: inZone('b') }), true],
    ['any other label', wants, updated({ labels: inZone('a') }, { labels: { ...inZone('a'), x: 'y' } }), false],
  ])('from 1.33 on pod affinity asks whether a node came into another domain: %s', (_, pod, change, expected) => {
    expect(wakes('InterPodAffinity', pod, change, '1.33')).toBe(expected)
  })

  test('only plugins that rejected the pod are asked', () => {
    expect(wakes('NodePorts', onSsd, updated({}, ssd))).toBe(false)
  })
})
