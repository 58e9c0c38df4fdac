import type { ArtificialOptions, ArtificialRow } from '../artificial-trace.js'
import { isUp, made, object, podOf, shows, takes } from '../workload-rows.js'
import type { LawCase } from './law-case.js'

const SET = 'StatefulSet/default/web'
const ordinal = (number: number) =>
  podOf('StatefulSet', `web-${number}`, {
    labels: {
      app: 'web',
      'statefulset.kubernetes.io/pod-name': `web-${number}`,
      'apps.kubernetes.io/pod-index': String(number),
      'controller-revision-hash': 'web-old',
    },
  })
const stateful = (replicas: number, spec: object = {}, more: Partial<ArtificialOptions> = {}): ArtificialOptions => ({
  manifests: [ordinal(0), ordinal(1), ordinal(5)],
  objects: [object('StatefulSet', { replicas, ...spec })],
  ...more,
})
const BEGUN: readonly ArtificialRow[] = [
  [0, 'created', SET, 4],
  [0, 'ownerText', SET, 'updateRevision', 'web-new'],
]
const FIRST = [...BEGUN, made(0, 'web-0', 1)] as const
const PAIR = [...FIRST, ...isUp(1000, 'web-0'), made(3000, 'web-1', 2), ...isUp(4000, 'web-1')] as const

const DAEMONS = 'DaemonSet/default/web'
const daemon = (name: string, node: string, spec: object = {}) => {
  const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } }
  return podOf('DaemonSet', name, {}, { affinity: { nodeAffinity: required }, ...spec } as object)
}
const daemons = (spec: object = {}, more: Partial<ArtificialOptions> = {}): ArtificialOptions => ({
  manifests: [daemon('a', 'node-1', spec), daemon('b', 'node-1', spec), daemon('c', 'node-2', spec)],
  objects: [object('DaemonSet', {})],
  ...more,
})
const DAEMON: ArtificialRow = [0, 'created', DAEMONS, 4]
const TAINTS = [{ key: 'x', effect: 'NoSchedule' as const }]
const TWO_NODES = [DAEMON, made(0, 'a', 1), made(0, 'c', 3), ...isUp(1000, 'a')] as const

/** Laws of StatefulSets and DaemonSets. */
export const SET_CASES: readonly LawCase[] = [
  {
    law: 'statefulset-pods-have-their-ordinals',
    when: 'the pod is the first of two',
    options: stateful(2),
    lawful: FIRST,
    broken: [...BEGUN, made(0, 'web-5', 3)],
    says: 'StatefulSet default/web makes pod default/web-5, which is none of its 2 replicas, or is not labelled so',
  },
  {
    law: 'statefulset-starts-in-order',
    when: 'the pod before is ready',
    options: stateful(2),
    lawful: PAIR,
    broken: [...FIRST, made(3000, 'web-1', 2)],
    says: 'StatefulSet default/web makes pod default/web-1 while web-0 is not ready',
  },
  {
    law: 'statefulset-shrinks-from-the-end',
    when: 'the last one goes first',
    options: stateful(2),
    lawful: [
      ...[...PAIR, shows(9000, SET, 'spec.replicas', 0), ...takes(9000, SET, 'web-1')],
      ...([[9500, 'removed', 'Pod/default/web-1']] as const),
      ...takes(12_000, SET, 'web-0'),
    ],
    broken: [...PAIR, shows(9000, SET, 'spec.replicas', 0), ...takes(9000, SET, 'web-0')],
    says: 'StatefulSet default/web deletes pod default/web-0 while pod default/web-1 is there',
  },
  {
    law: 'statefulset-update-respects-its-partition',
    when: 'the pod is not below the partition',
    options: stateful(2, { updateStrategy: { rollingUpdate: { partition: 1 } } }),
    lawful: [...PAIR, ...takes(9000, SET, 'web-1')],
    broken: [...PAIR, ...takes(9000, SET, 'web-0')],
    says: 'StatefulSet default/web deletes pod default/web-0, which its update strategy leaves alone',
  },
  {
    law: 'statefulset-update-waits',
    when: 'those above are ready',
    options: stateful(2),
    lawful: [...PAIR, ...takes(9000, SET, 'web-0')],
    broken: [...PAIR, [6000, 'condition', 'Pod/default/web-1', 'Ready', 'False'], ...takes(9000, SET, 'web-0')],
    says: 'StatefulSet default/web deletes pod default/web-0, which makes 2 unavailable pods of at most 1',
  },
  {
    law: 'statefulset-comes-to-its-size',
    when: 'each of its ordinals has a pod',
    options: stateful(2, {}, { outcome: 'quiescent' }),
    lawful: PAIR,
    broken: [...FIRST, ...isUp(1000, 'web-0')],
    says: 'StatefulSet default/web is left with the ordinals [0] of 2',
  },
  {
    law: 'one-daemon-pod-per-node',
    when: 'the pod before is gone',
    options: daemons(),
    lawful: [DAEMON, made(0, 'a', 1), [4000, 'removed', 'Pod/default/a'], made(5000, 'b', 2)],
    broken: [DAEMON, made(0, 'a', 1), made(5000, 'b', 2)],
    says: 'DaemonSet default/web makes pod default/b for node-1, where pod default/a is',
  },
  {
    law: 'daemon-pod-where-it-may-run',
    when: 'the pod tolerates the taint of its node',
    options: daemons({ tolerations: [{ operator: 'Exists' }] }, { node: { taints: TAINTS } }),
    lawful: [DAEMON, made(0, 'a', 1)],
    broken: [DAEMON, made(0, 'a', 1)],
    brokenOptions: daemons({}, { node: { taints: TAINTS } }),
    says: 'DaemonSet default/web makes pod default/a for node-1, which has the taint x',
  },
  {
    law: 'daemon-update-keeps-enough-available',
    when: 'the pod of the other node is ready',
    options: daemons(),
    lawful: [...TWO_NODES, [1000, 'condition', 'Pod/default/c', 'Ready', 'True'], ...takes(9000, DAEMONS, 'a')],
    broken: [...TWO_NODES, [1000, 'condition', 'Pod/default/c', 'Ready', 'False'], ...takes(9000, DAEMONS, 'a')],
    says: 'DaemonSet default/web deletes pod default/a, which leaves 2 nodes without a ready pod; at most 1 may be',
  },
  {
    law: 'daemonset-covers-its-nodes',
    when: 'its node has a pod',
    options: daemons({}, { outcome: 'quiescent' }),
    lawful: [DAEMON, made(0, 'a', 1)],
    broken: [DAEMON],
    says: 'DaemonSet default/web is left with 0 pods for node-1',
  },
]
