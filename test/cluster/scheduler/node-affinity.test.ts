import { describe, expect, test } from 'vitest'
import { createNodeAffinity } from '../../../src/cluster/scheduler/plugins/node-affinity.js'
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../../../src/model/index.js'
import type { NodeWords } from '../../../src/scenario/index.js'
import { SmallCluster } from './small-cluster.js'

const NODES: readonly NodeWords[] = [
  { name: 'n1', labels: { disk: 'ssd', rank: '10' } },
  { name: 'n2', labels: { disk: 'hdd', rank: '20' } },
  { name: 'n3', labels: { rank: 'x' } },
]

const required = (...nodeSelectorTerms: readonly NodeSelectorTerm[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
})
const expression = (key: string, operator: NodeSelectorRequirement['operator'], ...values: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
})
const named = (...values: readonly string[]) => ({
  matchFields: [{ key: 'metadata.name', operator: 'In' as const, values }],
})

const fitting = (spec: object): string[] =>
  Object.entries(new SmallCluster(NODES).refusals({ spec })).flatMap(([node, why]) => (why === null ? [node] : []))

describe('required (F-4, NA-1, NA-2)', () => {
  test.each<[string, object, readonly string[]]>([
    ['a nodeSelector asks for all of its labels', { nodeSelector: { disk: 'ssd', rank: '10' } }, ['n1']],
    ['In', required(expression('disk', 'In', 'ssd', 'nvme')), ['n1']],
    ['NotIn holds without the label, too', required(expression('disk', 'NotIn', 'ssd')), ['n2', 'n3']],
    ['Exists', required(expression('disk', 'Exists')), ['n1', 'n2']],
    ['DoesNotExist', required(expression('disk', 'DoesNotExist')), ['n3']],
    ['Gt does not hold for what is no number', required(expression('rank', 'Gt', '10')), ['n2']],
    ['Lt', required(expression('rank', 'Lt', '20')), ['n1']],
    ['a value that no label can have spoils its term', required(expression('disk', 'NotIn', 'a b')), []],
    ['so does a negative number', required(expression('rank', 'Gt', '-1')), []],
    [
      'other terms hold nevertheless',
      required(expression('rank', 'Gt', '-1'), expression('disk', 'Exists')),
      ['n1', 'n2'],
    ],
    ['terms are alternatives', required(expression('disk', 'In', 'ssd'), expression('rank', 'In', 'x')), ['n1', 'n3']],
    ['an empty term matches nothing', required({}), []],
    ['no terms match nothing', required(), []],
    ['a name', required(named('n3')), ['n3']],
    ['names together with labels', required({ ...named('n2'), ...expression('disk', 'In', 'hdd') }), ['n2']],
    [
      'with a selector both have to hold',
      { ...required(expression('disk', 'Exists')), nodeSelector: { rank: '20' } },
      ['n2'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(fitting(spec)).toEqual(expected)
  })

  test('nodes that the terms do not name are not asked (CY-5)', () => {
    const decision = new SmallCluster(NODES).decide({
      spec: { ...required(named('n1')), nodeSelector: { disk: 'hdd' } },
    })
    expect(decision).toMatchObject({
      message:
        "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    })
  })

  test('names that contradict one another are told once, for all nodes (CY-5)', () => {
    const matchFields = [...named('n1').matchFields, ...named('n2').matchFields]
    const decision = new SmallCluster(NODES).decide({ spec: required({ matchFields }) })
    expect(decision).toMatchObject({
      message:
        '0/3 nodes are available: pod affinity terms conflict. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    })
  })

  test('what the scheduler asks for has words of its own', () => {
    const addedAffinity = required(expression('disk', 'Exists')).affinity.nodeAffinity
    const cluster = new SmallCluster(NODES, [], [createNodeAffinity({ addedAffinity })])
    expect(cluster.refusals({})).toMatchObject({
      n2: null,
      n3: "UU: node(s) didn't match scheduler-enforced node affinity",
    })
  })
})

test('preferred terms add their weights, the best node getting 100 (S-3, NA-3, weight 2)', () => {
  const preferred = [
    { weight: 40, preference: expression('disk', 'Exists') },
    { weight: 30, preference: expression('rank', 'Gt', '15') },
    { weight: 0, preference: expression('rank', 'Exists') },
  ]
  const spec = { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } }
  const cluster = new SmallCluster(NODES, [], [createNodeAffinity()])
  expect(cluster.scores({ spec })).toEqual({ n1: 2 * 57, n2: 2 * 100, n3: 0 })
})
