import { describe, expect, test } from 'vitest'
import type { ContainerPort } from '../../../src/model/index.js'
import { SmallCluster } from './small-cluster.js'

const withPorts = (...ports: readonly Partial<ContainerPort>[]) => ({
  spec: { containers: [{ name: 'app', image: 'i', ports: ports.map(port => ({ containerPort: 80, ...port })) }] },
})

describe('host ports (F-5)', () => {
  const TAKEN = "U: node(s) didn't have free ports for the requested pod ports"
  test.each<[string, Partial<ContainerPort>, Partial<ContainerPort>, string | null]>([
    ['the same port', { hostPort: 80 }, { hostPort: 80 }, TAKEN],
    ['another port', { hostPort: 80 }, { hostPort: 81 }, null],
    ['another protocol', { hostPort: 80, protocol: 'UDP' }, { hostPort: 80 }, null],
    ['other addresses', { hostPort: 80, hostIP: '10.0.0.1' }, { hostPort: 80, hostIP: '10.0.0.2' }, null],
    ['every address and one', { hostPort: 80 }, { hostPort: 80, hostIP: '10.0.0.2' }, TAKEN],
    ['0.0.0.0 and one', { hostPort: 80, hostIP: '0.0.0.0' }, { hostPort: 80, hostIP: '10.0.0.2' }, TAKEN],
    ['a port of the container alone', {}, { hostPort: 80 }, null],
  ])('%s', (_, taken, wanted, expected) => {
    const cluster = new SmallCluster([{ name: 'a' }])
    cluster.place('a', withPorts(taken))
    expect(cluster.refusals(withPorts(wanted))).toEqual({ a: expected })
  })

  test('of init containers do not count', () => {
    const cluster = new SmallCluster([{ name: 'a' }])
    cluster.place('a', withPorts({ hostPort: 80 }))
    const init = { name: 'init', image: 'i', ports: [{ containerPort: 80, hostPort: 80 }] }
    expect(cluster.refusals({ spec: { initContainers: [init] } })).toEqual({ a: null })
  })
})
