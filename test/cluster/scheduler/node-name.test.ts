import { expect, test } from 'vitest'
import { SmallCluster } from './small-cluster.js'

test('a pod that names its node fits on no other (F-2)', () => {
  const cluster = new SmallCluster([{ name: 'a' }, { name: 'b' }])
  expect(cluster.refusals({ spec: { nodeName: 'b' } })).toEqual({
    a: "UU: node(s) didn't match the requested node name",
    b: null,
  })
})
