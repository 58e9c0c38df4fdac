import { describe, expect, test } from 'vitest'
import { uidOf } from '../../src/hash/index.js'
import type { Node, Workload } from '../../src/model/index.js'
import { createNode, createNodes } from '../../src/scenario/nodes.js'
import { generatedName, nameSuffix } from '../../src/scenario/pod-names.js'
import { workloadPods } from '../../src/scenario/workload-pods.js'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }

function workload(kind: Workload['kind'], spec: object, name = 'web'): Workload {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'shop' },
    spec: { template, ...spec },
  } as unknown as Workload
}

const namesOf = (it: Workload, nodes: readonly Node[] = createNodes(1)): string[] =>
  workloadPods(it, nodes).pods.map(({ metadata }) => metadata.name ?? '')

describe('the pods of a workload look like those of its controller', () => {
  test('a Deployment names its ReplicaSet after the template and its pods after that', () => {
    const { pods } = workloadPods(workload('Deployment', { replicas: 3 }), [])
    const [hash] = new Set(pods.map(({ metadata }) => metadata.labels?.['pod-template-hash']))
    expect(hash).toMatch(/^[4-9bcdf]{10}$/)
    for (const { metadata } of pods) {
      expect(metadata.name).toMatch(new RegExp(`^web-${hash}-[bcdfghjklmnpqrstvwxz2456789]{5}$`))
      expect(metadata.labels).toMatchObject({ app: 'web', 'pod-template-hash': hash })
      expect(metadata.ownerReferences).toEqual([
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `web-${hash}`,
          uid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
          controller: true,
          blockOwnerDeletion: true,
        },
      ])
    }
    expect(new Set(pods.map(({ metadata }) => metadata.name)).size).toBe(3)
  })

  test('another template has another hash, the same one the same names', () => {
    const changed = { ...template, spec: { containers: [{ name: 'app', image: 'app:2' }] } }
    expect(namesOf(workload('Deployment', {}))).toEqual(namesOf(workload('Deployment', {})))
    expect(namesOf(workload('Deployment', {}))).not.toEqual(namesOf(workload('Deployment', { template: changed })))
  })

  test('ReplicaSets and ReplicationControllers add five characters', () => {
    expect(namesOf(workload('ReplicaSet', { replicas: 2 }))).toEqual([
      expect.stringMatching(/^web-[a-z0-9]{5}$/),
      expect.stringMatching(/^web-[a-z0-9]{5}$/),
    ])
    expect(namesOf(workload('ReplicationController', {}))).toHaveLength(1)
  })

  test('a StatefulSet counts, and gives each pod its identity and its claims', () => {
    const claims = [{ metadata: { name: 'data' }, spec: {} }]
    const set = workload(
      'StatefulSet',
      { replicas: 2, serviceName: 'db', volumeClaimTemplates: claims, ordinals: { start: 4 } },
      'pg',
    )
    expect(namesOf(set)).toEqual(['pg-4', 'pg-5'])
    const [pod] = workloadPods(set, []).pods
    expect(pod.metadata.generateName).toBeUndefined()
    expect(pod.metadata.labels).toMatchObject({
      'apps.kubernetes.io/pod-index': '4',
      'statefulset.kubernetes.io/pod-name': 'pg-4',
    })
    expect(pod.spec).toMatchObject({
      hostname: 'pg-4',
      subdomain: 'db',
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-pg-4' } }],
    })
  })

  test('a DaemonSet has one pod for each node that it may run on', () => {
    const nodes = [
      createNode({ name: 'a' }),
      createNode({ name: 'tainted', taints: [{ key: 'gpu', effect: 'NoSchedule' }] }),
      createNode({ name: 'preferred', taints: [{ key: 'old', effect: 'PreferNoSchedule' }] }),
      createNode({ name: 'windows', labels: { 'kubernetes.io/os': 'windows' } }),
      createNode({
        name: 'cordoned',
        unschedulable: true,
        taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }],
      }),
    ]
    const linux = { ...template, spec: { ...template.spec, nodeSelector: { 'kubernetes.io/os': 'linux' } } }
    const { pods } = workloadPods(workload('DaemonSet', { template: linux }), nodes)
    const chosen = pods.map(({ spec }) => {
      const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      return required?.nodeSelectorTerms[0].matchFields?.[0].values?.[0]
    })
    expect(chosen).toEqual(['a', 'preferred', 'cordoned'])
    expect(pods[0].spec.tolerations).toHaveLength(6)
    expect(pods[0].metadata.labels).toHaveProperty('controller-revision-hash')
  })

  test('a Job starts as many pods as it may run at once', () => {
    const job = (spec: object): Workload => ({ ...workload('Job', spec, 'seed'), apiVersion: 'batch/v1' }) as Workload
    expect(namesOf(job({}))).toHaveLength(1)
    expect(namesOf(job({ parallelism: 3, completions: 2 }))).toHaveLength(2)
    expect(namesOf(job({ parallelism: 3 }))).toHaveLength(3)
    expect(workloadPods(job({ suspend: true }), [])).toEqual({ pods: [], note: 'is suspended: no pods' })
    const indexed = workloadPods(job({ parallelism: 2, completions: 2, completionMode: 'Indexed' }), []).pods
    expect(indexed.map(({ metadata, spec }) => [metadata.name?.slice(0, -5), spec.hostname])).toEqual([
      ['seed-0-', 'seed-0'],
      ['seed-1-', 'seed-1'],
    ])
  })

  test('a CronJob stands for one Job, named after the minute of the epoch', () => {
    const cronJob = workload('CronJob', { schedule: '* * * * *', jobTemplate: { spec: { template } } }, 'nightly')
    expect(namesOf(cronJob)).toEqual([expect.stringMatching(/^nightly-28928160-[a-z0-9]{5}$/)])
    const suspended = workload('CronJob', { schedule: '* * * * *', suspend: true, jobTemplate: { spec: { template } } })
    expect(workloadPods(suspended, [])).toEqual({ pods: [], note: 'is suspended: no pods' })
  })

  test('no replicas are no pods, and are told', () => {
    expect(workloadPods(workload('Deployment', { replicas: 0 }), [])).toEqual({
      pods: [],
      note: 'asks for 0 replicas: no pods',
    })
  })
})

describe('names', () => {
  test('a generated name is never longer than a name may be', () => {
    const name = generatedName('x'.repeat(200), nameSuffix('x', 0))
    expect(name).toHaveLength(63)
    expect(name).toMatch(/^x{58}[a-z0-9]{5}$/)
  })

  test('no two suffixes of a workload are the same', () => {
    const suffixes = Array.from({ length: 100_000 }, (_, n) => nameSuffix('ReplicaSet/default/web', n))
    expect(new Set(suffixes).size).toBe(100_000)
  })

  test('a UID depends on nothing but the path', () => {
    expect(uidOf('Job/default/a')).toBe(uidOf('Job/default/a'))
    expect(uidOf('Job/default/a')).not.toBe(uidOf('Job/default/b'))
  })
})
