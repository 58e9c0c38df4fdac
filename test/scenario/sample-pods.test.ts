import { describe, expect, test } from 'vitest'
import type { Workload } from '../../src/model/index.js'
import { createNodes } from '../../src/scenario/nodes.js'
import { samplePods, whyNoPods } from '../../src/scenario/sample-pods.js'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }

function workload(kind: Workload['kind'], spec: object): Workload {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template, ...spec },
  } as unknown as Workload
}

const namesOf = (it: Workload): string[] => samplePods(it).map(({ metadata }) => metadata.name ?? '')

describe('pods that stand for those that a controller makes', () => {
  test('one stands for all of a Deployment, with the template’s labels and the defaults of a pod', () => {
    const [pod, ...others] = samplePods(workload('Deployment', { replicas: 3 }))
    expect(others).toEqual([])
    expect(pod).toMatchObject({
      metadata: { name: expect.stringMatching(/^web-[a-z0-9]{5}$/), namespace: 'shop', labels: { app: 'web' } },
      spec: { restartPolicy: 'Always', containers: [{ name: 'app', image: 'app:1' }] },
    })
  })

  test('a StatefulSet has each of its pods by name, and one where it begins with none', () => {
    expect(namesOf(workload('StatefulSet', { replicas: 2, ordinals: { start: 3 } }))).toEqual(['web-3', 'web-4'])
    expect(namesOf(workload('StatefulSet', { replicas: 0 }))).toEqual(['web-0'])
  })

  test('a CronJob has the pod of its jobs', () => {
    const [pod] = samplePods(workload('CronJob', { jobTemplate: { spec: { template } } }))
    expect(pod.spec.containers).toMatchObject([{ name: 'app' }])
  })
})

describe('a workload that begins without pods', () => {
  const tainted = { ...createNodes(1)[0], spec: { taints: [{ key: 'dedicated', effect: 'NoSchedule' as const }] } }

  test.each([
    ['Deployment', { replicas: 0 }, 'asks for 0 replicas: no pods'],
    ['StatefulSet', {}, undefined],
    ['Job', { suspend: true }, 'is suspended: no pods'],
    ['Job', { parallelism: 0 }, 'asks for a parallelism of 0: no pods'],
    ['Job', {}, undefined],
    ['CronJob', { suspend: true }, 'is suspended: no pods'],
  ] as const)('a %s of %j says: %s', (kind, spec, text) => {
    expect(whyNoPods(workload(kind, spec), createNodes(1))).toBe(text)
  })

  test('a DaemonSet says so where no node may take its pods', () => {
    expect(whyNoPods(workload('DaemonSet', {}), [tainted])).toBe('may run on none of the nodes: no pods')
    expect(whyNoPods(workload('DaemonSet', {}), createNodes(1))).toBeUndefined()
  })
})
