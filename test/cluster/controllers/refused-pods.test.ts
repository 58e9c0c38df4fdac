import { describe, expect, test } from 'vitest'
import type { Job, KubernetesObject, ReplicaSet, StatefulSet } from '../../../src/model/index.js'
import type { Trace } from '../../../src/trace/index.js'
import {
  daemonSet,
  messagesOf,
  ownerAt,
  podsAt,
  replicaSet,
  runWorkloads,
  statefulSet,
  workload,
} from '../workloads.js'

const template = {
  metadata: { labels: { app: 'web' } },
  spec: { priorityClassName: 'vital', containers: [{ name: 'app', image: 'app:1' }] },
}

const prioritised = replicaSet({ template })

const vital: KubernetesObject = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: 'vital' },
  value: 1000,
}

describe('pods that controllers make', () => {
  test('get the priority of their class and tolerate silent nodes for a while, as any pod', () => {
    const trace = runWorkloads([prioritised], { objects: [vital] })
    const [{ spec }] = podsAt(trace, 1000)
    expect(spec.priority).toBe(1000)
    expect(spec.tolerations?.map(({ key, tolerationSeconds }) => `${key} ${tolerationSeconds}`)).toEqual([
      'node.kubernetes.io/not-ready 300',
      'node.kubernetes.io/unreachable 300',
    ])
  })

  test('may be refused: an Event and a condition say so, and one is asked for again and again (C-3, C-8, RS-3)', () => {
    const trace = runWorkloads([prioritised], {
      steps: [{ at: 60_000, do: 'createObject', object: vital }],
    })
    const messages = messagesOf(trace, 'ReplicaSet').map(text =>
      text.replace(/web-\w{5}/, 'web-#').replace('(combined from similar events): ', ''),
    )
    expect([...new Set(messages)]).toEqual([
      'FailedCreate: Error creating: pods "web-" is forbidden: no PriorityClass with name vital was found',
      'SuccessfulCreate: Created pod: web-#',
    ])
    const conditionsAt = (time: number) => ownerAt<ReplicaSet>(trace, time, 'ReplicaSet', 'web')?.status?.conditions
    expect(conditionsAt(30_000)).toMatchObject([{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }])
    expect(podsAt(trace, 59_000)).toEqual([])
    expect(podsAt(trace, trace.end)).toHaveLength(3)
    expect(conditionsAt(trace.end) ?? []).toEqual([])
  })

  const madeAfterAMinute = (object: Parameters<typeof workload>[0]): Trace =>
    runWorkloads([object], { steps: [{ at: 60_000, do: 'createObject', object: vital }] })
  /** Each text once, with `#` for what is random. */
  const textsOf = (trace: Trace, kind: string): readonly string[] => [
    ...new Set(
      messagesOf(trace, kind).map(text =>
        text.replace(/web-\w{5}\b/, 'web-#').replace('(combined from similar events): ', ''),
      ),
    ),
  ]

  test('of a DaemonSet are refused in the same words, and its status tells that none is there (C-3, C-8)', () => {
    const trace = madeAfterAMinute(daemonSet({ template }))
    expect(textsOf(trace, 'DaemonSet')).toMatchInlineSnapshot(`
      [
        "FailedCreate: Error creating: pods "web-" is forbidden: no PriorityClass with name vital was found",
        "SuccessfulCreate: Created pod: web-#",
      ]
    `)
    expect(ownerAt(trace, 59_000, 'DaemonSet', 'web')).toMatchObject({
      status: { observedGeneration: 1, desiredNumberScheduled: 1, currentNumberScheduled: 0 },
    })
    expect(podsAt(trace, trace.end)).toHaveLength(1)
  })

  test('of a Job are refused in the same words, and none counts as active (C-3, J-7)', () => {
    const job = workload<Job>({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'web' },
      spec: {
        parallelism: 3,
        completions: 3,
        template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
      },
    })
    const trace = madeAfterAMinute(job)
    expect(textsOf(trace, 'Job')).toMatchInlineSnapshot(`
      [
        "FailedCreate: Error creating: pods "web-" is forbidden: no PriorityClass with name vital was found",
        "SuccessfulCreate: Created pod: web-#",
        "Completed: Job completed",
      ]
    `)
    expect(ownerAt<Job>(trace, 59_000, 'Job', 'web')?.status?.active ?? 0).toBe(0)
    expect(podsAt(trace, 59_000)).toEqual([])
    expect(ownerAt<Job>(trace, trace.end, 'Job', 'web')?.status?.succeeded).toBe(3)
  })

  test('of a StatefulSet are refused in words of its own (SS-9)', () => {
    const trace = madeAfterAMinute(statefulSet({ template, replicas: 1 }))
    expect(textsOf(trace, 'StatefulSet')).toMatchInlineSnapshot(`
      [
        "FailedCreate: create Pod web-0 in StatefulSet web failed error: pods "web-0" is forbidden: no PriorityClass with name vital was found",
        "SuccessfulCreate: create Pod web-0 in StatefulSet web successful",
      ]
    `)
    expect(ownerAt<StatefulSet>(trace, 59_000, 'StatefulSet', 'web')?.status?.replicas).toBe(0)
    expect(podsAt(trace, trace.end)).toHaveLength(1)
  })
})
