import { describe, expect, test } from 'vitest'
import { run } from '../../../src/cluster/index.js'
import { computeZoneState, taintingRate } from '../../../src/cluster/nodes/index.js'
import { createNode } from '../../../src/scenario/index.js'
import { plan } from '../plans.js'
import { nodes, podOn, runNodes, storyOf } from './node-runs.js'

describe('a node whose kubelet is killed', () => {
  const killed = [{ at: 60_000, do: 'killKubelet', node: 'b' }] as const

  test('is Unknown when the grace is over, tainted at once, and given up a tick later (N-3, TA-1, TA-2)', () => {
    const trace = runNodes([podOn('b', 'web')], killed)
    expect(storyOf(trace, 'Node/b')).toMatchInlineSnapshot(`
      [
        "107.5s Ready=Unknown: NodeStatusUnknown, Kubelet stopped posting node status.",
        "107.5s MemoryPressure=Unknown: NodeStatusUnknown, Kubelet stopped posting node status.",
        "107.5s DiskPressure=Unknown: NodeStatusUnknown, Kubelet stopped posting node status.",
        "107.5s PIDPressure=Unknown: NodeStatusUnknown, Kubelet stopped posting node status.",
        "107.5s event Normal NodeNotReady: Node b status is now: NodeNotReady",
        "107.5s taints: node.kubernetes.io/unreachable:NoSchedule",
        "112.55s taints: node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute",
      ]
    `)
    expect(storyOf(trace, 'Pod/default/web', 60_000)).toMatchInlineSnapshot(`
      [
        "107.5s Ready=False",
        "107.5s event Warning NodeNotReady: Node is not ready",
        "412.55s event Normal TaintManagerEviction: Marking for deletion Pod default/web",
        "412.55s DisruptionTarget=True: DeletionByTaintManager, Taint manager: deleting due to NoExecute taint",
        "412.55s delete requested, grace 30s",
      ]
    `)
  })

  test('is noticed ten seconds earlier before 1.32, and by the controllers of 1.26', () => {
    const noticedAt = (changes: object): string | undefined =>
      storyOf(runNodes([], killed, changes), 'Node/b')[0]?.split(' ')[0]
    expect(noticedAt({})).toBe('107.5s')
    expect(noticedAt({ kubernetes: '1.31' })).toBe('97.5s')
    expect(noticedAt({ controllers: '1.26' })).toBe('97.5s')
  })

  test('is well again when its kubelet is back: its own Events, no taints, its pods Ready (N-6)', () => {
    const trace = runNodes([podOn('b', 'web')], [...killed, { at: 150_000, do: 'startKubelet', node: 'b' }])
    expect(storyOf(trace, 'Node/b', 150_000)).toMatchInlineSnapshot(`
      [
        "150.2s MemoryPressure=False: KubeletHasSufficientMemory, kubelet has sufficient memory available",
        "150.2s DiskPressure=False: KubeletHasNoDiskPressure, kubelet has no disk pressure",
        "150.2s PIDPressure=False: KubeletHasSufficientPID, kubelet has sufficient PID available",
        "150.2s Ready=True: KubeletReady, kubelet is posting ready status",
        "150.2s event Normal NodeHasSufficientMemory: Node b status is now: NodeHasSufficientMemory",
        "150.2s event Normal NodeHasNoDiskPressure: Node b status is now: NodeHasNoDiskPressure",
        "150.2s event Normal NodeHasSufficientPID: Node b status is now: NodeHasSufficientPID",
        "150.2s event Normal NodeReady: Node b status is now: NodeReady",
        "150.2s taints: node.kubernetes.io/unreachable:NoExecute",
        "152.5s taints: none",
      ]
    `)
    expect(storyOf(trace, 'Pod/default/web', 150_000)).toMatchInlineSnapshot(`
      [
        "151.1s Ready=True",
        "152.5s event Normal TaintManagerEviction: Cancelling deletion of Pod default/web",
      ]
    `)
    expect(trace.outcome).toBe('quiescent')
  })

  test('that is back in time was never silent', () => {
    const trace = runNodes([podOn('b', 'web')], [...killed, { at: 90_000, do: 'startKubelet', node: 'b' }])
    expect(storyOf(trace, 'Node/b')).toEqual([])
    expect(trace.outcome).toBe('quiescent')
  })

  test('is noticed within the grace and ten seconds more of its last renewal, whatever the seed (N-3)', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const trace = run(plan([], { nodes: nodes(2), steps: killed }), { seed })
      const noticed = Number.parseFloat(storyOf(trace, 'Node/b')[0])
      expect(noticed).toBeGreaterThanOrEqual(100)
      expect(noticed).toBeLessThanOrEqual(120)
    }
  })
})

describe('a quiet cluster', () => {
  test('ends early: heartbeats and ticks that change nothing are not queued', () => {
    const trace = run(plan([podOn('a', 'web')], { nodes: nodes(50), horizon: 86_400_000 }))
    expect(trace.outcome).toBe('quiescent')
    expect(trace.end).toBeLessThan(10_000)
  })

  test('with a dead node ends early, too', () => {
    const steps = [{ at: 60_000, do: 'killKubelet', node: 'b' }] as const
    const trace = run(plan([podOn('b', 'web')], { nodes: nodes(2), steps, horizon: 86_400_000 }))
    expect(trace.outcome).toBe('quiescent')
    expect(trace.end).toBeLessThan(500_000)
  })
})

describe('zones', () => {
  const kill = (...names: string[]) => names.map(node => ({ at: 60_000, do: 'killKubelet', node }) as const)
  const zoned = (zone: string, ...names: string[]) =>
    names.map(name => createNode({ name, labels: { 'topology.kubernetes.io/zone': zone } }))
  const taintedAt = (trace: Parameters<typeof storyOf>[0], node: string): string[] =>
    storyOf(trace, `Node/${node}`)
      .filter(line => line.includes('unreachable:NoExecute'))
      .map(line => line.split(' ')[0])

  test.each([
    [3, 0, 'Normal'],
    [0, 1, 'FullDisruption'],
    [1, 2, 'Normal'],
    [2, 3, 'PartialDisruption'],
    [3, 3, 'Normal'],
    [0, 0, 'Normal'],
  ] as const)('%i ready and %i not: %s (TA-4)', (ready, notReady, state) => {
    expect(computeZoneState(ready, notReady)).toBe(state)
  })

  test('are emptied slowly when they are large and mostly gone, not at all when they are small', () => {
    expect(taintingRate('Normal', 10)).toBe(0.1)
    expect(taintingRate('PartialDisruption', 51)).toBe(0.01)
    expect(taintingRate('PartialDisruption', 50)).toBe(0)
    expect(taintingRate('FullDisruption', 10)).toBe(0.1)
  })

  test('give up a node every ten seconds (TA-3)', () => {
    const trace = runNodes([], kill('b', 'c'), { nodes: nodes(6) })
    expect([taintedAt(trace, 'b'), taintedAt(trace, 'c')]).toEqual([['112.55s'], ['122.55s']])
  })

  test('of which the small one is mostly gone give up none', () => {
    const trace = runNodes([], kill('b', 'c', 'd'), { nodes: nodes(5) })
    expect(storyOf(trace, 'Node/b').join('\n')).toContain('unreachable:NoSchedule')
    expect(taintedAt(trace, 'b')).toEqual([])
  })

  test('that are all gone give up no node: it must be the control plane that is cut off (TA-4)', () => {
    const trace = runNodes([podOn('a', 'web')], kill('a'), { nodes: nodes(1) })
    expect(taintedAt(trace, 'a')).toEqual([])
    expect(storyOf(trace, 'Pod/default/web', 60_000)).toEqual([
      '107.5s Ready=False',
      '107.5s event Warning NodeNotReady: Node is not ready',
    ])
  })

  test('are judged each by itself', () => {
    const trace = runNodes([], kill('x'), { nodes: [...zoned('1', 'x'), ...zoned('2', 'y', 'z')] })
    expect(taintedAt(trace, 'x')).toEqual(['112.55s'])
  })
})

describe('taints that follow from what a node is like (TA-1)', () => {
  test('come and go with its cordon', () => {
    const trace = runNodes(
      [],
      [
        { at: 10_000, do: 'cordon', node: 'b' },
        { at: 20_000, do: 'uncordon', node: 'b' },
      ],
    )
    expect(storyOf(trace, 'Node/b')).toEqual([
      '10s unschedulable: true',
      '10s taints: node.kubernetes.io/unschedulable:NoSchedule',
      '20s unschedulable: none',
      '20s taints: none',
    ])
  })

  test('come back when they are patched away', () => {
    const trace = runNodes(
      [],
      [
        { at: 10_000, do: 'cordon', node: 'b' },
        { at: 20_000, do: 'patchNode', node: 'b', type: 'merge', patch: { spec: { taints: null } } },
      ],
    )
    expect(storyOf(trace, 'Node/b', 20_000)).toEqual([
      '20s taints: none',
      '20s taints: node.kubernetes.io/unschedulable:NoSchedule',
    ])
  })

  test('are there from the start on a node that is not ready then', () => {
    const ready = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'no network' } as const
    const [a, b] = nodes(2)
    const sick = { ...b, status: { ...b.status, conditions: [ready] } }
    const trace = runNodes([], [], { nodes: [a, sick] })
    expect(storyOf(trace, 'Node/b')).toEqual([
      '0s taints: node.kubernetes.io/not-ready:NoSchedule',
      '2.55s taints: node.kubernetes.io/not-ready:NoSchedule node.kubernetes.io/not-ready:NoExecute',
    ])
  })
})
