import { describe, expect, test } from 'vitest'
import { createBalancedAllocation } from '../../../src/cluster/scheduler/plugins/balanced-allocation.js'
import { createNodeResourcesFit } from '../../../src/cluster/scheduler/plugins/node-resources-fit.js'
import { type PodWords, PROFILE, SmallCluster } from './small-cluster.js'

const NODE = { name: 'a', cpu: '4', memory: '8Gi', pods: 2, allocatable: { 'example.com/gpu': '1' } }

describe('room on a node (F-6)', () => {
  test.each<[string, PodWords, readonly PodWords[], string | null]>([
    ['exactly enough is enough', { requests: { cpu: '4', memory: '8Gi' } }, [], null],
    ['a millicore too much is not', { requests: { cpu: '4001m' } }, [], 'U: Insufficient cpu'],
    [
      'everything that is short is told',
      { requests: { cpu: '5', memory: '9Gi', 'ephemeral-storage': '2Ti', 'example.com/gpu': '2' } },
      [],
      'U: Insufficient cpu, Insufficient memory, Insufficient ephemeral-storage, Insufficient example.com/gpu',
    ],
    ['who asks for nothing fits on a full node', {}, [{ requests: { cpu: '4', memory: '8Gi' } }], null],
    ['but the number of pods is limited', {}, [{}, {}], 'U: Too many pods'],
    ['both can be short', { requests: { cpu: '5' } }, [{}, {}], 'U: Too many pods, Insufficient cpu'],
    [
      'an extended resource nobody has',
      { requests: { 'example.com/fpga': '1' } },
      [],
      'U: Insufficient example.com/fpga',
    ],
    ['overhead counts', { requests: { cpu: '3' }, spec: { overhead: { cpu: '2' } } }, [], 'U: Insufficient cpu'],
  ])('%s', (_, words, existing, expected) => {
    const cluster = new SmallCluster([NODE])
    for (const pod of existing) cluster.place('a', pod)
    expect(cluster.refusals(words)).toEqual({ a: expected })
  })

  test('a pod that leaves gives back what it had', () => {
    const cluster = new SmallCluster([NODE])
    const index = cluster.place('a', { requests: { cpu: '4', 'example.com/gpu': '1' } })
    const words = { requests: { cpu: '1', 'example.com/gpu': '1' } }
    expect(cluster.refusals(words)).toEqual({ a: 'U: Insufficient cpu, Insufficient example.com/gpu' })
    cluster.cache.remove(index)
    expect(cluster.refusals(words)).toEqual({ a: null })
  })
})

describe('scores', () => {
  const fit = createNodeResourcesFit(PROFILE)
  const balanced = createBalancedAllocation(PROFILE)
  const ofOne = (plugin: typeof fit, words: PodWords, ...existing: readonly PodWords[]): number => {
    const cluster = new SmallCluster([{ ...NODE, pods: 10 }], [], [plugin])
    for (const pod of existing) cluster.place('a', pod)
    return cluster.scores(words).a
  }
  const asks = (cpu: string, memory: string): PodWords => ({ requests: { cpu, memory } })

  test('the worked example: 81 for room, 93 for balance (S-4, S-5, S-9)', () => {
    expect([ofOne(fit, asks('1', '1Gi')), ofOne(balanced, asks('1', '1Gi'))]).toEqual([81, 93])
  })

  test('who asks for nothing counts 100m and 200Mi for room, and nothing for balance (R-4)', () => {
    expect([ofOne(fit, {}), ofOne(balanced, {})]).toEqual([97, 100])
  })

  test('those on the node count alike, each container by itself (R-4)', () => {
    const two = { spec: { containers: ['a', 'b'].map(name => ({ name, image: 'i' })) } }
    expect(ofOne(fit, {}, two, two)).toBe(87)
  })

  test('what is beyond the node is worth nothing', () => {
    expect(ofOne(fit, asks('2', '1Gi'), asks('3', '1Gi'))).toBe(37)
    expect(ofOne(balanced, asks('2', '1Gi'), asks('3', '1Gi'))).toBe(62)
  })
})
