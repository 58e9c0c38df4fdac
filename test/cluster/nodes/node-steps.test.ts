import { describe, expect, test } from 'vitest'
import { run, start } from '../../../src/cluster/index.js'
import { nodeAt, podAt } from '../../../src/trace/index.js'
import { plan, planPod } from '../plans.js'
import { nodes, podOn, runNodes, storyOf } from './node-runs.js'

describe('a kubelet that is killed', () => {
  test('leaves its containers running and tells of nothing until it is back', () => {
    const trace = runNodes(
      [podOn('b', 'web')],
      [
        { at: 60_000, do: 'killKubelet', node: 'b' },
        { at: 70_000, do: 'delete', pod: 'default/web', gracePeriodSeconds: 0 },
        { at: 80_000, do: 'startKubelet', node: 'b' },
      ],
    )
    expect(storyOf(trace, 'Pod/default/web', 60_000)).toEqual([
      '70s delete requested, grace 0s',
      '70s gone',
      '81.2s sandbox stopped',
    ])
    // The pod is gone from the API; what still runs of it is ended when somebody looks after it again.
    expect(storyOf(trace, 'Pod/default/web/app', 60_000).slice(0, 3)).toMatchInlineSnapshot(`
      [
        "81.1s event Normal Killing: Stopping container app",
        "81.1s asked to stop within 2s",
        "81.1s SIGTERM",
      ]
    `)
  })

  test('is started by a restart, and a second kill or start changes nothing', () => {
    const step = (at: number, what: 'killKubelet' | 'startKubelet' | 'restartKubelet') =>
      ({ at, do: what, node: 'b' }) as const
    const once = runNodes([podOn('b', 'web')], [step(60_000, 'killKubelet'), step(150_000, 'restartKubelet')])
    const twice = runNodes(
      [podOn('b', 'web')],
      [
        step(50_000, 'startKubelet'),
        step(60_000, 'killKubelet'),
        step(65_000, 'killKubelet'),
        step(150_000, 'startKubelet'),
        step(150_500, 'startKubelet'),
      ],
    )
    expect(storyOf(twice, 'Node/b')).toEqual(storyOf(once, 'Node/b'))
    expect(storyOf(twice, 'Pod/default/web')).toEqual(storyOf(once, 'Pod/default/web'))
  })
})

test('a reboot ends what ran on the machine, and its kubelet starts it again', () => {
  const trace = runNodes([podOn('b', 'web')], [{ at: 60_000, do: 'rebootNode', node: 'b', downFor: 20_000 }])
  expect(storyOf(trace, 'Pod/default/web/app', 60_000)).toMatchInlineSnapshot(`
    [
      "60s exited 255 (Unknown)",
      "81.1s shown as terminated 255 (Unknown)",
      "81.1s does not count as started",
      "81.1s not ready",
      "81.1s event Normal Pulled: Container image "app:1" already present on machine",
      "81.1s container created (restart 1)",
      "81.1s event Normal Created: Created container: app",
      "81.1s started",
      "81.1s event Normal Started: Started container app",
      "81.85s shown as running",
      "81.85s last state terminated 255 (Unknown)",
      "81.85s restart count 1",
      "81.85s counts as started",
      "81.85s ready",
    ]
  `)
  expect(podAt(trace, trace.symbols.find('Pod/default/web') ?? 0, trace.end)?.status).toMatchObject({
    phase: 'Running',
    containerStatuses: [{ restartCount: 1, lastState: { terminated: { exitCode: 255, reason: 'Unknown' } } }],
  })
  expect(storyOf(trace, 'Node/b')).toEqual([
    expect.stringMatching(/^80\.2s event Warning Rebooted: Node b has been rebooted, boot id: [-0-9a-f]{36}$/),
  ])
})

describe('the Node object', () => {
  test('has the labels, taints and cordon of its steps', () => {
    const trace = runNodes(
      [],
      [
        { at: 1000, do: 'labelNode', node: 'b', labels: { disk: 'ssd', 'kubernetes.io/os': null } },
        { at: 2000, do: 'taintNode', node: 'b', taints: ['dedicated=db:NoSchedule', 'old:NoExecute'] },
        { at: 3000, do: 'taintNode', node: 'b', taints: ['dedicated=web:NoSchedule', 'old-'] },
        { at: 4000, do: 'patchNode', node: 'b', type: 'strategic', patch: { spec: { unschedulable: true } } },
      ],
    )
    expect(nodeAt(trace, trace.symbols.find('Node/b') ?? 0, 5000)).toMatchObject({
      metadata: { labels: { disk: 'ssd', 'kubernetes.io/hostname': 'b' } },
      spec: {
        unschedulable: true,
        taints: [
          { key: 'dedicated', value: 'web', effect: 'NoSchedule' },
          { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
        ],
      },
    })
  })

  test('reaches the scheduler: a label or a taint taken away lets a waiting pod come', () => {
    const picky = planPod('picky', [{}], {}, { nodeSelector: { disk: 'ssd' } })
    const shy = planPod('shy', [{}], {})
    const trace = run(
      plan([picky, shy], {
        nodes: nodes(1, { taints: [{ key: 'dedicated', effect: 'NoSchedule' }] }),
        steps: [
          { at: 30_000, do: 'labelNode', node: 'a', labels: { disk: 'ssd' } },
          { at: 60_000, do: 'taintNode', node: 'a', taints: ['dedicated-'] },
        ],
      }),
    )
    const bound = (name: string): string | undefined =>
      storyOf(trace, `Pod/default/${name}`).find(line => line.includes('scheduled to'))
    expect([bound('picky'), bound('shy')]).toEqual(['60s scheduled to a', '60s scheduled to a'])
  })
})

test('what is done to nodes by hand is replayed by the plan that it leaves', () => {
  const simulation = start(plan([podOn('b', 'web')], { nodes: nodes(2) }), { seed: 3 })
  simulation.runUntil(60_000)
  simulation.apply({ at: 0, do: 'killKubelet', node: 'b' })
  simulation.runUntil(200_000)
  simulation.apply({ at: 0, do: 'taintNode', node: 'a', taints: ['x:NoExecute'] })
  simulation.apply({ at: 0, do: 'startKubelet', node: 'b' })
  simulation.runUntil(600_000)
  expect(run(simulation.plan(), { seed: 3 }).digest).toBe(simulation.trace().digest)
  expect(run(simulation.plan(), { recipe: simulation.trace().header.recipe }).digest).toBe(simulation.trace().digest)
})
