import { expect, test } from 'vitest'
import { SmallCluster } from './small-cluster.js'

const cluster = new SmallCluster([{ name: 'a', unschedulable: true }, { name: 'b' }])

test.each([
  ['a pod without tolerations stays off a cordoned node', [], 'UU: node(s) were unschedulable'],
  ['a toleration of everything lets it in', [{ operator: 'Exists' }], null],
  ['so does one of the very taint', [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }], null],
  [
    'one for another effect does not',
    [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoExecute' }],
    'UU: node(s) were unschedulable',
  ],
] as const)('%s (F-1)', (_, tolerations, expected) => {
  expect(cluster.refusals({ spec: { tolerations } })).toEqual({ a: expected, b: null })
})
