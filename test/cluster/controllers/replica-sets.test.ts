import { describe, expect, test } from 'vitest'
import { defaultPod } from '../../../src/api/index.js'
import { run } from '../../../src/cluster/index.js'
import type { ReplicaSet, ReplicationController } from '../../../src/model/index.js'
import { DEFAULT_BEHAVIOUR, type PlanPod } from '../../../src/scenario/index.js'
import { decodeTrace, encodeTrace, objectAt } from '../../../src/trace/index.js'
import { behaves, plan } from '../plans.js'
import {
  countsOver,
  messagesOf,
  ownerAt,
  patchSpec,
  podsAt,
  replicaSet,
  runWorkloads,
  setImage,
  workload,
} from '../workloads.js'

const SET = 'ReplicaSet/default/web'
const namesAt = (trace: Parameters<typeof podsAt>[0], time: number): string[] =>
  podsAt(trace, time).map(({ metadata }) => metadata.name ?? '')

describe('a ReplicaSet', () => {
  test('makes its pods at once, each owned by it (RS-1, C-7)', () => {
    const trace = runWorkloads([replicaSet()])
    const pods = podsAt(trace, 0)
    expect(pods).toHaveLength(3)
    expect(new Set(pods.map(({ metadata }) => metadata.name)).size).toBe(3)
    expect(pods[0].metadata).toMatchObject({
      generateName: 'web-',
      labels: { app: 'web' },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', controller: true, blockOwnerDeletion: true },
      ],
    })
    expect(messagesOf(trace, 'ReplicaSet').every(text => /^SuccessfulCreate: Created pod: web-\w{5}$/.test(text))).toBe(
      true,
    )
    expect(ownerAt<ReplicaSet>(trace, trace.end, 'ReplicaSet', 'web')?.status).toEqual({
      observedGeneration: 1,
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
    })
    expect(trace.outcome).toBe('quiescent')
  })

  test('replaces a pod that is deleted before it is gone (C-4)', () => {
    const first = runWorkloads([replicaSet({ replicas: 1 })])
    const [name] = namesAt(first, 0)
    const trace = runWorkloads([replicaSet({ replicas: 1 })], {
      rules: [{ target: { container: 'app' }, behaviour: { onTerm: null } }],
      steps: [{ at: 10_000, do: 'delete', pod: `default/${name}` }],
    })
    expect(namesAt(trace, 11_000)).toHaveLength(2)
    expect(namesAt(trace, trace.end)).toHaveLength(1)
    expect(namesAt(trace, trace.end)).not.toContain(name)
  })

  test('replaces a pod that failed and leaves it where it is (RS-5)', () => {
    const trace = runWorkloads(
      [
        replicaSet({
          replicas: 1,
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { activeDeadlineSeconds: 8, containers: [{ name: 'app', image: 'app:1' }] },
          },
        }),
      ],
      { horizon: 15_000 },
    )
    expect(podsAt(trace, 14_000).map(({ status }) => status?.phase)).toEqual(['Failed', 'Running'])
    expect(ownerAt<ReplicaSet>(trace, 14_000, 'ReplicaSet', 'web')?.status?.replicas).toBe(1)
  })

  test('never has more or fewer pods that count than it asks for, once they are made', () => {
    const trace = runWorkloads([replicaSet()], {
      steps: [
        patchSpec(10_000, { replicas: 7 }, SET),
        patchSpec(20_000, { replicas: 2 }, SET),
        patchSpec(30_000, { replicas: 0 }, SET),
      ],
    })
    const counts = countsOver(trace, ({ metadata }) => metadata.deletionTimestamp === undefined)
    expect(counts.map(([, count]) => count)).toEqual([3, 7, 2, 0])
  })

  test('does not touch its pods when only its template changes', () => {
    const step = setImage(10_000, 'app:2', SET)
    const trace = runWorkloads([replicaSet()], { steps: [step, patchSpec(20_000, { replicas: 4 }, SET)] })
    expect(
      podsAt(trace, trace.end)
        .map(({ spec }) => spec.containers[0].image)
        .sort(),
    ).toEqual(['app:1', 'app:1', 'app:1', 'app:2'])
    expect(ownerAt<ReplicaSet>(trace, trace.end, 'ReplicaSet', 'web')?.metadata.generation).toBe(3)
  })

  test('takes up pods that match and nobody owns, and deletes those that are too many (C-6)', () => {
    const bare = ['a', 'b', 'c'].map((name): PlanPod => {
      const pod = defaultPod({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default', labels: { app: 'web' } },
        spec: { containers: [{ name: 'app', image: 'app:1' }] },
      })
      return { pod, createdAt: 0, containers: { app: behaves() }, sandbox: DEFAULT_BEHAVIOUR.sandbox }
    })
    const workloads = [{ object: replicaSet({ replicas: 2 }), createdAt: 5000 }]
    const trace = run(plan(bare, { workloads }))
    const left = podsAt(trace, trace.end)
    expect(left).toHaveLength(2)
    expect(left.every(({ metadata }) => metadata.ownerReferences?.[0].name === 'web')).toBe(true)
  })

  test('lets go of a pod whose labels no longer match, and makes another', () => {
    const [name] = namesAt(runWorkloads([replicaSet({ replicas: 1 })]), 0)
    const trace = runWorkloads([replicaSet({ replicas: 1 })], {
      steps: [
        {
          at: 10_000,
          do: 'patch',
          pod: `default/${name}`,
          type: 'merge',
          patch: { metadata: { labels: { app: 'debug' } } },
        },
      ],
    })
    const pods = podsAt(trace, trace.end)
    expect(pods.map(({ metadata }) => [metadata.labels?.app, metadata.ownerReferences?.length ?? 0])).toEqual([
      ['debug', 0],
      ['web', 1],
    ])
  })
})

test('a ReplicationController does the same by a map of labels', () => {
  const controller = workload<ReplicationController>({
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'old' },
    spec: {
      replicas: 2,
      selector: { app: 'old' },
      template: { metadata: { labels: { app: 'old' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
    },
  })
  const trace = runWorkloads([controller])
  expect(podsAt(trace, trace.end).map(({ metadata }) => metadata.ownerReferences?.[0].kind)).toEqual(
    Array(2).fill('ReplicationController'),
  )
  expect(messagesOf(trace, 'ReplicationController')).toHaveLength(2)
})

describe('the trace of workloads', () => {
  const trace = runWorkloads([replicaSet()], { steps: [patchSpec(10_000, { replicas: 5 }, SET)] })

  test('gives the object of any instant', () => {
    const symbol = trace.symbols.find(SET)!
    const sizeAt = (time: number): number | undefined =>
      (objectAt(trace, symbol, time) as ReplicaSet | undefined)?.spec.replicas
    expect([sizeAt(-1), sizeAt(0), sizeAt(9999), sizeAt(10_000)]).toEqual([undefined, 3, 3, 5])
  })

  test('is the same after it was written and read', () => {
    const read = decodeTrace(encodeTrace(trace))
    const symbol = read.symbols.find(SET)!
    expect(read.digest).toBe(trace.digest)
    expect(objectAt(read, symbol, read.end)).toEqual(objectAt(trace, trace.symbols.find(SET)!, trace.end))
  })
})
