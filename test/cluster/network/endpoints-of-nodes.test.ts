import { describe, expect, test } from 'vitest'
import type { Service } from '../../../src/model/index.js'
import { nodes, runNodes, storyOf } from '../nodes/node-runs.js'
import { server, service } from './shops.js'

/** Two pods on two nodes, of which `b` is deleted at 20 s; a third pod comes at 30 s. */
function addresses(aService: Service): string[] {
  const on = (name: string, nodeName: string) => server(name, {}, { spec: { nodeName } })
  const pods = [on('one', 'a'), on('two', 'b'), { ...on('three', 'a'), createdAt: 30_000 }]
  const steps = [{ at: 20_000, do: 'deleteNode', node: 'b' } as const]
  return storyOf(runNodes(pods, steps, { objects: [aService], nodes: nodes(2) }), 'Service/default/web', 10_000)
}

describe('a pod whose node is gone (ES-1)', () => {
  test('is left out at the next sync of its Service', () => {
    expect(addresses(service())).toMatchInlineSnapshot(`
      [
        "30s endpoints: 10.244.0.1 ready serving",
        "30.85s endpoints: 10.244.0.1 ready serving, 10.244.0.2 ready serving",
      ]
    `)
  })

  test('stays where addresses that are not ready are published', () => {
    expect(addresses(service({ publishNotReadyAddresses: true }))).toMatchInlineSnapshot(`
      [
        "30.85s endpoints: 10.244.0.1 ready serving, 10.244.1.1 ready serving, 10.244.0.2 ready serving",
        "70s endpoints: 10.244.0.1 ready serving, 10.244.0.2 ready serving",
      ]
    `)
  })
})
