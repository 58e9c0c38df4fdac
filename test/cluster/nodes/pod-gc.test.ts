import { describe, expect, test } from 'vitest'
import { run } from '../../../src/cluster/index.js'
import { plan, planPod } from '../plans.js'
import { nodes, podOn, runNodes, storyOf } from './node-runs.js'

describe('a node that is deleted', () => {
  const deleted = [{ at: 60_000, do: 'deleteNode', node: 'b' }] as const

  test('leaves its pods alone for a while; then they are Failed and removed by force, and end within 2 s (GC-3)', () => {
    const trace = runNodes([podOn('b', 'web')], deleted)
    expect(storyOf(trace, 'Node/b')).toEqual([
      '60s gone',
      '62.5s event Normal RemovingNode: Node b event: Removing Node b from Controller',
    ])
    expect(storyOf(trace, 'Pod/default/web', 60_000)).toMatchInlineSnapshot(`
      [
        "110s phase Failed",
        "110s DisruptionTarget=True: DeletionByPodGC, PodGC: node no longer exists",
        "110s delete requested, grace 0s",
        "110s gone",
        "110.1s sandbox stopped",
      ]
    `)
    expect(storyOf(trace, 'Pod/default/web/app', 60_000)).toMatchInlineSnapshot(`
      [
        "110s event Normal Killing: Stopping container app",
        "110s asked to stop within 2s",
        "110s SIGTERM",
        "110.1s exited 0",
      ]
    `)
    expect(trace.outcome).toBe('quiescent')
  })

  test('takes no new pods', () => {
    const late = { ...planPod('late', [{}], {}), createdAt: 70_000 }
    const trace = runNodes([late], [...deleted, { at: 60_000, do: 'cordon', node: 'a' }])
    expect(storyOf(trace, 'Pod/default/late').find(line => line.includes('FailedScheduling'))).toContain(
      '0/1 nodes are available: 1 node(s) were unschedulable.',
    )
  })

  test('is there again when its kubelet is restarted, and keeps its pods', () => {
    const trace = runNodes(
      [podOn('b', 'web')],
      [...deleted, { at: 70_000, do: 'killKubelet', node: 'b' }, { at: 71_000, do: 'startKubelet', node: 'b' }],
    )
    expect(storyOf(trace, 'Node/b').slice(-2)).toEqual([
      '71.2s created',
      '72.5s event Normal RegisteredNode: Node b event: Registered Node b in Controller',
    ])
    expect(storyOf(trace, 'Pod/default/web', 80_000)).toEqual([])
  })

  test('leaves a cluster without nodes, in which pods wait in back-off', () => {
    const late = { ...planPod('late', [{}], {}), createdAt: 70_000 }
    for (const kubernetes of ['1.32', '1.33']) {
      const steps = (['a', 'b'] as const).map(node => ({ at: 60_000, do: 'deleteNode', node }) as const)
      const trace = run(plan([late], { kubernetes, nodes: nodes(2), steps, horizon: 120_000 }), { entryLimit: 1000 })
      expect(trace.outcome).not.toBe('entryLimit')
      expect(storyOf(trace, 'Pod/default/late').some(line => line.includes('FailedScheduling'))).toBe(true)
    }
  })

  test('cannot be deleted again, nor be cordoned', () => {
    const trace = runNodes([], [...deleted, { at: 61_000, do: 'cordon', node: 'b' }])
    expect(storyOf(trace, 'Node/b', 61_000)[0]).toBe('61s refused by the API server: nodes "b" not found')
  })
})

test('terminating pods of a node out of service are removed by force at the next collection (GC-2)', () => {
  const trace = runNodes(
    [podOn('b', 'web')],
    [
      { at: 60_000, do: 'killKubelet', node: 'b' },
      { at: 120_000, do: 'delete', pod: 'default/web' },
      { at: 135_000, do: 'taintNode', node: 'b', taints: ['node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'] },
    ],
  )
  expect(storyOf(trace, 'Pod/default/web', 136_000)).toEqual([
    '150s phase Failed',
    '150s delete requested, grace 0s',
    '150s gone',
  ])
})

test('a deleted pod without a node that a finalizer keeps becomes Failed (GC-4)', () => {
  const planned = planPod('web', [{}], {}, { nodeSelector: { disk: 'none' } })
  const kept = { ...planned, pod: { ...planned.pod, metadata: { ...planned.pod.metadata, finalizers: ['x/y'] } } }
  const trace = run(plan([kept], { steps: [{ at: 12_000, do: 'delete', pod: 'default/web' }], horizon: 60_000 }))
  expect(storyOf(trace, 'Pod/default/web', 12_001)).toEqual(['30s phase Failed'])
})
