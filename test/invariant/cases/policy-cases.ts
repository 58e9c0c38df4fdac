import type { KubernetesObject } from '../../../src/model/index.js'
import type { ArtificialOptions, ArtificialRow } from '../artificial-trace.js'
import { made, podOf } from '../workload-rows.js'
import type { LawCase } from './law-case.js'

const QUOTA = 'ResourceQuota/default/room'
const quota = (used: number, more: Partial<ArtificialOptions> = {}): ArtificialOptions => ({
  manifests: [podOf(undefined, 'a'), podOf(undefined, 'b')],
  objects: [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'room', namespace: 'default' },
      spec: { hard: { pods: '1' } },
      status: { hard: { pods: '1' }, used: { pods: String(used) } },
    } as KubernetesObject,
  ],
  ...more,
})
const BEGUN: ArtificialRow = [0, 'created', QUOTA, 3]

const limited = (cpu: string): ArtificialOptions => ({
  manifests: [
    podOf(
      undefined,
      'a',
      {},
      {
        containers: [{ name: 'app', image: 'app:1', resources: { requests: { cpu }, limits: { cpu } } }],
      },
    ),
  ],
  objects: [
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'limits', namespace: 'default' },
      spec: { limits: [{ type: 'Container', min: { cpu: '50m' }, max: { cpu: '1' } }] },
    } as KubernetesObject,
  ],
})
const LIMITS: readonly ArtificialRow[] = [[0, 'created', 'LimitRange/default/limits', 2], made(1000, 'a', 1)]

/** Laws of quotas and limit ranges. */
export const POLICY_CASES: readonly LawCase[] = [
  {
    law: 'quota-is-not-exceeded',
    when: 'the pod that had the room has ended',
    options: quota(1),
    lawful: [BEGUN, made(0, 'a', 1), [4000, 'phase', 'Pod/default/a', 'Succeeded'], made(5000, 'b', 2)],
    broken: [BEGUN, made(0, 'a', 1), made(5000, 'b', 2)],
    says: 'pod default/b is made, and quota room allows 1 of pods',
  },
  {
    law: 'quota-shows-what-is-used',
    when: 'it counts the pod that is there',
    options: quota(1, { outcome: 'quiescent' }),
    lawful: [BEGUN, made(0, 'a', 1)],
    broken: [BEGUN, made(0, 'a', 1)],
    brokenOptions: quota(0, { outcome: 'quiescent' }),
    says: 'quota default/room shows 0 of pods as used; its pods amount to 1',
  },
  {
    law: 'pod-keeps-to-its-limit-range',
    when: 'the container asks for as much as it may',
    options: limited('1'),
    lawful: LIMITS,
    broken: LIMITS,
    brokenOptions: limited('1001m'),
    says: 'pod default/a is made, whose container app has a limit of 1001m of cpu; the most is 1',
  },
  {
    law: 'pod-keeps-to-its-limit-range',
    when: 'the container asks for as little as it may',
    options: limited('50m'),
    lawful: LIMITS,
    broken: LIMITS,
    brokenOptions: limited('49m'),
    says: 'pod default/a is made, whose container app requests 49m of cpu; the least is 50m',
  },
]
