import { describe, expect, test } from 'vitest'
import { tolerationSecondsOf } from '../../../src/cluster/nodes/index.js'
import type { Toleration } from '../../../src/model/index.js'
import { RUNS, type Step } from '../../../src/scenario/index.js'
import { behaves } from '../plans.js'
import { nodes, podOn, runNodes, storyOf } from './node-runs.js'

const tolerates = (key: string, tolerationSeconds?: number): Toleration => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
})
const taint = (at: number, ...taints: string[]): Step => ({ at, do: 'taintNode', node: 'b', taints })
const story = (tolerations: readonly Toleration[], ...steps: Step[]): string[] =>
  storyOf(runNodes([podOn('b', 'web', { tolerations })], steps), 'Pod/default/web', 10_000)
    .filter(line => /delet|Taint|gone/.test(line))
    .map(line => line.replace(/(DisruptionTarget=True): .*/, '$1'))

describe('how long taints are tolerated', () => {
  const taints = [
    { key: 'a', effect: 'NoExecute' },
    { key: 'b', effect: 'NoExecute' },
  ] as const

  test.each([
    ['not at all, when one is not', [tolerates('a')], -1],
    ['for ever, when each is', [tolerates('a'), tolerates('b')], Number.POSITIVE_INFINITY],
    ['as long as the shortest says', [tolerates('a', 30), tolerates('b', 10)], 10],
    ['as long as the only one that says says', [tolerates('a'), tolerates('b', 10)], 10],
    ['by the first toleration that matches', [tolerates('a', 30), tolerates('a', 5), tolerates('b')], 30],
    ['not at all below zero', [tolerates('a', -5), tolerates('b')], 0],
    ['by one toleration of everything', [{ operator: 'Exists' } as const], Number.POSITIVE_INFINITY],
  ])('%s (TE-2)', (_, tolerations, seconds) => {
    expect(tolerationSecondsOf(taints, tolerations)).toBe(seconds)
  })
})

describe('a pod on a node with a taint NoExecute', () => {
  test('that it does not tolerate goes at once, with its own grace (TE-4)', () => {
    expect(story([], taint(20_000, 'x=1:NoExecute'))).toEqual([
      '20s event Normal TaintManagerEviction: Marking for deletion Pod default/web',
      '20s DisruptionTarget=True',
      '20s delete requested, grace 30s',
      '20.85s delete requested, grace 0s',
      '20.85s gone',
    ])
  })

  test('that it tolerates for a while goes when that is over', () => {
    expect(story([tolerates('x', 15)], taint(20_000, 'x:NoExecute')).slice(0, 1)).toEqual([
      '35s event Normal TaintManagerEviction: Marking for deletion Pod default/web',
    ])
  })

  test('that it tolerates for ever stays', () => {
    expect(story([tolerates('x')], taint(20_000, 'x:NoExecute'))).toEqual([])
  })

  test('that is gone in time stays (TE-3)', () => {
    expect(story([tolerates('x', 15)], taint(20_000, 'x:NoExecute'), taint(30_000, 'x-'))).toEqual([
      '30s event Normal TaintManagerEviction: Cancelling deletion of Pod default/web',
    ])
  })

  test('goes at once when a second one comes that it does not tolerate', () => {
    const lines = story([tolerates('x', 60)], taint(20_000, 'x:NoExecute'), taint(30_000, 'y:NoExecute'))
    expect(lines.slice(0, 2)).toEqual([
      '30s event Normal TaintManagerEviction: Cancelling deletion of Pod default/web',
      '30s event Normal TaintManagerEviction: Marking for deletion Pod default/web',
    ])
    expect(lines.filter(line => line.includes('grace 30s'))).toHaveLength(1)
  })

  test('keeps its time when a second one comes that it tolerates for less (TE-2)', () => {
    const both = [tolerates('x', 60), tolerates('y', 5)]
    const lines = story(both, taint(20_000, 'x:NoExecute'), taint(30_000, 'y:NoExecute'))
    expect(lines[0]).toBe('80s event Normal TaintManagerEviction: Marking for deletion Pod default/web')
  })

  test('is not asked again for the same taints while it goes, whatever else changes of the node (TE-1)', () => {
    const stubborn = podOn('b', 'web', { terminationGracePeriodSeconds: 30 })
    const ignores = { ...stubborn, containers: { app: behaves({ runs: [{ ...RUNS, onTerm: null }] }) } }
    const steps: Step[] = [
      taint(20_000, 'x:NoExecute'),
      { at: 25_000, do: 'labelNode', node: 'b', labels: { rack: '7' } },
      taint(30_000, 'y:NoSchedule'),
    ]
    const marked = storyOf(runNodes([ignores], steps), 'Pod/default/web').filter(line => line.includes('Marking'))
    expect(marked).toEqual(['20s event Normal TaintManagerEviction: Marking for deletion Pod default/web'])
  })

  test('keeps its time when its node is deleted, until it is collected', () => {
    const lines = story([tolerates('x', 300)], taint(20_000, 'x:NoExecute'), {
      at: 30_000,
      do: 'deleteNode',
      node: 'b',
    })
    const cancelled = lines.findIndex(line => line.includes('Cancelling'))
    expect(lines.slice(cancelled - 1, cancelled + 1)).toMatchInlineSnapshot(`
      [
        "90s gone",
        "90s event Normal TaintManagerEviction: Cancelling deletion of Pod default/web",
      ]
    `)
  })

  test('counts from its own arrival when it came later', () => {
    const late = { ...podOn('b', 'web', { tolerations: [tolerates('x', 15)] }), createdAt: 40_000 }
    const trace = runNodes([late], [], { nodes: nodes(2, { taints: [{ key: 'x', effect: 'NoExecute' }] }) })
    expect(storyOf(trace, 'Pod/default/web').find(line => line.includes('delete requested'))).toBe(
      '55s delete requested, grace 30s',
    )
  })

  test('is not concerned by a taint NoSchedule', () => {
    expect(story([], taint(20_000, 'x:NoSchedule'))).toEqual([])
  })
})

test('every pod tolerates silent nodes for five minutes, unless it says something else', () => {
  const trace = runNodes(
    [podOn('b', 'web'), podOn('b', 'quick', { tolerations: [tolerates('node.kubernetes.io/unreachable', 5)] })],
    [{ at: 60_000, do: 'killKubelet', node: 'b' }],
  )
  const deletion = (name: string): string | undefined =>
    storyOf(trace, `Pod/default/${name}`).find(line => line.includes('delete requested'))
  expect([deletion('quick'), deletion('web')]).toEqual([
    '117.55s delete requested, grace 30s',
    '412.55s delete requested, grace 30s',
  ])
})
