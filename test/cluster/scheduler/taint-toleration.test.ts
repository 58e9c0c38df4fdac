import { describe, expect, test } from 'vitest'
import { createTaintToleration } from '../../../src/cluster/scheduler/plugins/taint-toleration.js'
import type { Taint, Toleration } from '../../../src/model/index.js'
import { PROFILE, SmallCluster } from './small-cluster.js'

const taint = (key: string, effect: Taint['effect'], value?: string): Taint => ({
  key,
  effect,
  ...(value && { value }),
})

describe('a hard taint (F-3, T-1, T-2)', () => {
  test.each<[string, readonly Taint[], readonly Toleration[], string | null]>([
    ['keeps a pod away', [taint('k', 'NoSchedule', 'v')], [], 'UU: node(s) had untolerated taint {k: v}'],
    ['prints no value where it has none', [taint('k', 'NoExecute')], [], 'UU: node(s) had untolerated taint {k: }'],
    ['is tolerated by an equal value', [taint('k', 'NoSchedule', 'v')], [{ key: 'k', value: 'v' }], null],
    [
      'is not tolerated by another value',
      [taint('k', 'NoSchedule', 'v')],
      [{ key: 'k', operator: 'Equal', value: 'w' }],
      'UU: node(s) had untolerated taint {k: v}',
    ],
    ['is tolerated whatever its value', [taint('k', 'NoSchedule', 'v')], [{ key: 'k', operator: 'Exists' }], null],
    [
      'is not tolerated for another effect',
      [taint('k', 'NoSchedule')],
      [{ key: 'k', operator: 'Exists', effect: 'NoExecute' }],
      'UU: node(s) had untolerated taint {k: }',
    ],
    [
      'is told as the first of several in the order of the node',
      [taint('a', 'NoSchedule'), taint('b', 'NoExecute'), taint('c', 'NoSchedule')],
      [{ key: 'a', operator: 'Exists' }],
      'UU: node(s) had untolerated taint {b: }',
    ],
    ['is not what a mild one is', [taint('k', 'PreferNoSchedule')], [], null],
  ])('%s', (_, taints, tolerations, expected) => {
    const cluster = new SmallCluster([{ name: 'a', taints }])
    expect(cluster.refusals({ spec: { tolerations } })).toEqual({ a: expected })
  })
})

describe('mild taints (S-2, weight 3)', () => {
  const mild = (...keys: readonly string[]) => keys.map(key => taint(key, 'PreferNoSchedule'))
  const scores = (tolerations: readonly Toleration[], ...nodes: readonly (readonly Taint[])[]) => {
    const words = nodes.map((taints, i) => ({ name: `${i}`, taints }))
    return Object.values(
      new SmallCluster(words, [], [createTaintToleration(PROFILE)]).scores({ spec: { tolerations } }),
    )
  }

  test('count against a node, the most of any node making 0', () => {
    expect(scores([], mild(), mild('a'), mild('a', 'b', 'c'))).toEqual([300, 201, 0])
  })

  test('do not count where they are tolerated', () => {
    expect(scores([{ key: 'a', operator: 'Exists' }], mild('a'), mild('b'))).toEqual([300, 0])
  })

  test('are not tolerated by what is about another effect', () => {
    expect(scores([{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }], mild('a'), mild())).toEqual([0, 300])
  })

  test('are beside the hard ones', () => {
    expect(scores([], [taint('a', 'NoExecute')], mild('a'))).toEqual([300, 0])
  })
})
