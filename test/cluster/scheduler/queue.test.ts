import { describe, expect, test } from 'vitest'
import { Runner, run } from '../../../src/cluster/index.js'
import { ActiveQueue } from '../../../src/cluster/scheduler/queue/active-queue.js'
import { QueuedPod } from '../../../src/cluster/scheduler/queue/scheduling-queue.js'
import { createNode, type NodeWords, type Plan, type PlanPod, type Step } from '../../../src/scenario/index.js'
import { eventsAt, ROW, type Trace } from '../../../src/trace/index.js'
import { plan, planPod } from '../plans.js'
import { podOf } from '../traces.js'

/** When a pod was bound, in seconds; undefined: never. */
function boundAt(trace: Trace, name: string): number | undefined {
  for (let i = 0; i < trace.rows.length; i++) {
    const { kind, object, time } = trace.rows.at(i)
    if (kind === ROW.bound && trace.symbols.text(object) === `Pod/default/${name}`) return time / 1000
  }
  return undefined
}

const nodesOf = (...words: readonly NodeWords[]) => words.map(createNode)
const later = (pod: PlanPod, createdAt: number): PlanPod => ({ ...pod, createdAt })
const withLabels = ({ pod, ...rest }: PlanPod, labels: Record<string, string>): PlanPod => ({
  ...rest,
  pod: { ...pod, metadata: { ...pod.metadata, labels } },
})
const asking = (name: string, cpu: string, spec = {}): PlanPod =>
  planPod(name, [{ name, resources: { requests: { cpu } } }], {}, spec)

const bound = (pods: readonly PlanPod[], steps: readonly Step[], more: Partial<Plan> = {}) =>
  boundAt(run(plan(pods, { steps, ...more })), 'late')

describe('a pending pod', () => {
  test('is tried again when its node is uncordoned', () => {
    const nodes = nodesOf({ name: 'node-1', unschedulable: true })
    const steps = [{ at: 20_300, do: 'uncordon', node: 'node-1' } as const]
    expect(bound([asking('late', '1')], steps, { nodes })).toBe(20.3)
  })

  test('is tried in vain when only one of the reasons against it has gone (Q-12)', () => {
    const nodes = nodesOf({ name: 'node-1', cpu: '1' }, { name: 'node-2', cpu: '1', unschedulable: true })
    const trace = run(plan([asking('late', '4')], { nodes, steps: [{ at: 20_000, do: 'uncordon', node: 'node-2' }] }))
    // Rejected by fit and by the cordon: the uncordoning wakes it, in vain.
    expect(eventsAt(trace, trace.end).filter(({ reason }) => reason === 'FailedScheduling')).toHaveLength(2)
  })

  test('is tried again when a pod goes', () => {
    const nodes = nodesOf({ name: 'node-1', cpu: '4' })
    const steps = [{ at: 30_500, do: 'delete', pod: 'default/first', gracePeriodSeconds: 0 } as const]
    expect(bound([asking('first', '3'), later(asking('late', '3'), 5000)], steps, { nodes })).toBe(30.5)
  })

  test('is tried again when a pod has done its work', () => {
    const nodes = nodesOf({ name: 'node-1', cpu: '4' })
    const first = asking('first', '3', {
      restartPolicy: 'Never',
      activeDeadlineSeconds: 10,
      terminationGracePeriodSeconds: 1,
    })
    const at = bound([first, later(asking('late', '3'), 1000)], [], { nodes })
    expect(at).toBeGreaterThan(10)
    expect(at).toBeLessThan(15)
  })

  test('waits for its back-off, and then for the next tick (Q-4, Q-5)', () => {
    const nodes = nodesOf({ name: 'node-1', cpu: '4' })
    const steps = [{ at: 5400, do: 'delete', pod: 'default/first', gracePeriodSeconds: 0 } as const]
    expect(bound([asking('first', '3'), later(asking('late', '3'), 5200)], steps, { nodes })).toBe(7)
  })

  test('is tried again when a pod comes that it wants to be with', () => {
    const affinity = {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } } },
        ],
      },
    }
    const db = withLabels(later(asking('db', '1'), 10_000), { app: 'db' })
    expect(bound([asking('late', '1', { affinity }), db], [])).toBe(10)
    const other = withLabels(later(asking('db', '1'), 10_000), { app: 'web' })
    expect(bound([asking('late', '1', { affinity }), other], [])).toBeUndefined()
  })

  test('is tried again when a pod is given the label that it wants to be with', () => {
    const affinity = {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } } },
        ],
      },
    }
    const patch = { metadata: { labels: { app: 'db' } } }
    const steps: Step[] = [{ at: 15_000, do: 'patch', pod: 'default/db', type: 'merge', patch }]
    expect(bound([asking('late', '1', { affinity }), asking('db', '1')], steps)).toBe(15)
  })

  test('is tried again when it is given a toleration (Q-10)', () => {
    const nodes = nodesOf({ name: 'node-1', taints: [{ key: 'k', effect: 'NoSchedule' }] })
    const patch = { spec: { tolerations: [{ key: 'k', operator: 'Exists' }] } }
    const steps: Step[] = [{ at: 12_000, do: 'patch', pod: 'default/late', type: 'merge', patch }]
    expect(bound([asking('late', '1')], steps, { nodes })).toBe(12)
  })

  test('is not attempted while it is gated, and is without waiting once it is not (Q-7)', () => {
    const patch = { spec: { schedulingGates: [] } }
    const steps: Step[] = [{ at: 8100, do: 'patch', pod: 'default/late', type: 'merge', patch }]
    const trace = run(plan([asking('late', '1', { schedulingGates: [{ name: 'g' }] })], { steps }))
    expect(boundAt(trace, 'late')).toBe(8.1)
    expect(eventsAt(trace, trace.end).some(({ reason }) => reason === 'FailedScheduling')).toBe(false)
  })

  test('takes the place among its equals that it had when it came with its gates (Q-2, Q-7)', () => {
    const nodes = nodesOf({ name: 'node-1', cpu: '4' })
    const gated = later(asking('late', '3', { schedulingGates: [{ name: 'g' }] }), 100)
    const patch = { spec: { schedulingGates: [] } }
    const steps: Step[] = [{ at: 8000, do: 'patch', pod: 'default/late', type: 'merge', patch }]
    const trace = run(plan([gated, later(asking('first', '3'), 8000)], { nodes, steps }))
    expect([boundAt(trace, 'late'), boundAt(trace, 'first')]).toEqual([8, undefined])
  })

  test('that no hint woke is tried again after five minutes (Q-6)', () => {
    // Kept away by an EXISTING pod's anti-affinity: its going does not wake the pod (the quirk of Q-12).
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } }
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
    const late = withLabels(later(asking('late', '1'), 1000), { app: 'web' })
    const steps = [{ at: 20_000, do: 'delete', pod: 'default/first', gracePeriodSeconds: 0 } as const]
    expect(bound([asking('first', '1', { affinity }), late], steps)).toBe(330)
    // Before queueing hints any such event would do.
    expect(bound([asking('first', '1', { affinity }), late], steps, { kubernetes: '1.31' })).toBe(20)
  })

  test('finds every run of a plan as it was in the beginning', () => {
    const nodes = nodesOf({ name: 'node-1', unschedulable: true }, { name: 'node-2', cpu: '1' })
    const steps = [
      { at: 20_300, do: 'uncordon', node: 'node-1' },
      { at: 40_000, do: 'cordon', node: 'node-2' },
    ] as const
    const runner = new Runner(plan([asking('late', '2'), asking('other', '1')], { nodes, steps }))
    expect(runner.run().digest).toBe(runner.run().digest)
  })

  test('is left alone when it is on its way out (Q-13)', () => {
    const nodes = nodesOf({ name: 'node-1', cpu: '4' })
    const { pod, ...rest } = later(asking('late', '3'), 1000)
    const kept = { ...rest, pod: { ...pod, metadata: { ...pod.metadata, finalizers: ['example.com/keep'] } } }
    const steps = [
      { at: 5000, do: 'delete', pod: 'default/late' },
      { at: 6000, do: 'delete', pod: 'default/first', gracePeriodSeconds: 0 },
    ] as const
    const trace = run(plan([asking('first', '3'), kept], { nodes, steps }))
    expect(boundAt(trace, 'late')).toBeUndefined()
    expect(eventsAt(trace, trace.end)).toContainEqual(
      expect.objectContaining({ message: 'skip schedule deleting pod: default/late' }),
    )
  })

  test('whose preference no label can meet waits for an error to go away, where there is more than one node (NA-3, MSG-4)', () => {
    const preference = { matchExpressions: [{ key: 'rank', operator: 'Gt', values: ['-1'] }] } as const
    const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference }] } }
    const late = asking('late', '1', { affinity })
    expect(boundAt(run(plan([late], { nodes: nodesOf({ name: 'only' }) })), 'late')).toBeDefined()
    const trace = run(plan([late], { nodes: nodesOf({ name: 'one' }, { name: 'two' }), horizon: 30_000 }))
    expect(boundAt(trace, 'late')).toBeUndefined()
    expect(podOf(trace, 'late').status?.conditions).toMatchObject([{ type: 'PodScheduled', reason: 'SchedulerError' }])
    const [event] = eventsAt(trace, trace.end).filter(({ reason }) => reason === 'FailedScheduling')
    expect(event).toMatchObject({ count: 6 })
    expect(event.message).toMatchInlineSnapshot(
      `"running PreScore plugin "NodeAffinity": [0].matchExpressions[0].values[0][rank]: Invalid value: "-1": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"`,
    )
  })

  test('does not keep a quiet cluster busy', () => {
    expect(run(plan([asking('late', '500')])).outcome).toBe('quiescent')
  })

  test('is retried by its back-off where there is no node at all (MSG-5, Q-8)', () => {
    const trace = run(plan([asking('late', '1')], { nodes: [], horizon: 30_000 }))
    const [event] = eventsAt(trace, trace.end).filter(({ reason }) => reason === 'FailedScheduling')
    expect(event).toMatchObject({ message: 'no nodes available to schedule pods', count: 6 })
    expect(podOf(trace, 'late').status?.conditions).toMatchObject([{ type: 'PodScheduled', reason: 'Unschedulable' }])
  })
})

test('the active queue goes by priority, then by time, then first come first served (Q-2)', () => {
  const queue = new ActiveQueue<QueuedPod>()
  const pods = [
    [0, 5],
    [10, 5],
    [10, 1],
    [5, 9],
    [10, 5],
    [-1, 0],
  ] as const
  pods.forEach(([priority, timestamp], i) => {
    queue.add(new QueuedPod(i, priority, timestamp))
  })
  const taken: number[] = []
  for (let pod = queue.take(); pod !== undefined; pod = queue.take()) taken.push(pod.index)
  expect(taken).toEqual([2, 1, 4, 3, 0, 5])
})

test('back-off doubles from one second to ten (Q-4)', () => {
  const pod = new QueuedPod(0, 0, 0)
  const waits = [0, 1, 2, 3, 4, 5, 20].map(attempts => {
    pod.attempts = attempts
    return pod.readyAt / 1000
  })
  expect(waits).toEqual([0, 1, 2, 4, 8, 10, 10])
})
