import { expect, test } from 'vitest'
import { nodesToFind } from '../../../src/cluster/scheduler/framework.js'
import type { NodeInfo } from '../../../src/cluster/scheduler/node-info.js'
import { inZone, SmallCluster } from './small-cluster.js'

test('nodes come zone by zone in turn (SCH-3)', () => {
  const zones = ['a', 'a', 'a', 'b', 'c', 'c']
  const cluster = new SmallCluster(zones.map((zone, i) => ({ name: `${zone}${i}`, labels: inZone(zone) })))
  expect(cluster.cache.nodes.map(({ name }) => name)).toEqual(['a0', 'b3', 'c4', 'a1', 'c5', 'a2'])
})

test('a node that comes back, or moves to another zone, is the last of its zone (SCH-3)', () => {
  const { cache } = new SmallCluster(['a', 'b', 'a', 'b'].map((zone, i) => ({ name: `n${i}`, labels: inZone(zone) })))
  const order = () => cache.nodes.map(({ name }) => name)
  const [first, second] = [0, 1].map(i => (cache.node(i) as NodeInfo).record)
  expect(order()).toEqual(['n0', 'n1', 'n2', 'n3'])
  first.isGone = true
  cache.nodesChanged()
  // The zone keeps its place as long as it has a node.
  expect(order()).toEqual(['n2', 'n1', 'n3'])
  first.isGone = false
  cache.nodesChanged()
  expect(order()).toEqual(['n2', 'n1', 'n0', 'n3'])
  second.object = { ...second.object, metadata: { ...second.object.metadata, labels: inZone('a') } }
  cache.nodesChanged()
  expect(order()).toEqual(['n2', 'n3', 'n0', 'n1'])
})

test('large clusters are searched in part (SCH-2)', () => {
  expect([1, 99, 100, 200, 500, 1000, 5000, 6000].map(nodesToFind)).toEqual([1, 99, 100, 100, 230, 420, 500, 300])
})

test('each search goes on where the last one ended (SCH-2)', () => {
  const cluster = new SmallCluster(Array.from({ length: 250 }, (_, i) => ({ name: `n${i}` })))
  const feasible = () => {
    const decision = cluster.decide({})
    return decision.kind === 'fits' ? [decision.feasible.length, decision.feasible[0].name] : []
  }
  expect([feasible(), feasible(), feasible()]).toEqual([
    [120, 'n0'],
    [120, 'n120'],
    [120, 'n240'],
  ])
})
