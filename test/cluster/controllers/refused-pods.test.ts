import { describe, expect, test } from 'vitest'
import type { KubernetesObject, ReplicaSet } from '../../../src/model/index.js'
import { messagesOf, ownerAt, podsAt, replicaSet, runWorkloads } from '../workloads.js'

const prioritised = replicaSet({
  template: {
    metadata: { labels: { app: 'web' } },
    spec: { priorityClassName: 'vital', containers: [{ name: 'app', image: 'app:1' }] },
  },
})

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
})
