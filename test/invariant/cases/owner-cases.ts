import type { ArtificialOptions, ArtificialRow } from '../artificial-trace.js'
import { isUp, made, object, podOf, shows, takes, threePods } from '../workload-rows.js'
import type { LawCase } from './law-case.js'

const SET = 'ReplicaSet/default/web'
const MADE: ArtificialRow = [0, 'created', SET, 4]
const GONE: ArtificialRow = [5000, 'removed', SET]
const of = (replicas: number, metadata: object = {}, more: Partial<ArtificialOptions> = {}): ArtificialOptions => ({
  manifests: threePods('ReplicaSet'),
  objects: [object('ReplicaSet', { replicas }, metadata)],
  ...more,
})
const TWO = [MADE, made(0, 'a', 1), made(0, 'b', 2)] as const
const FOREGROUND = { finalizers: ['foregroundDeletion'] }

/** Laws of all workloads, and of ReplicaSets. */
export const OWNER_CASES: readonly LawCase[] = [
  {
    law: 'generation-only-grows',
    when: 'a change of the spec counts once',
    options: of(1),
    lawful: [MADE, shows(1000, SET, 'metadata.generation', 2)],
    broken: [MADE, shows(1000, SET, 'metadata.generation', 3)],
    says: 'ReplicaSet default/web has generation 3 after 1',
  },
  {
    law: 'observed-generation-is-a-generation',
    when: 'the controller has seen the latest change',
    options: of(1),
    lawful: [MADE, shows(1000, SET, 'metadata.generation', 2), shows(1000, SET, 'observedGeneration', 2)],
    broken: [MADE, shows(1000, SET, 'observedGeneration', 2)],
    says: 'ReplicaSet default/web shows generation 2 as observed, and has 1',
  },
  {
    law: 'counts-fit-each-other',
    when: 'all of its pods are ready',
    options: of(1),
    lawful: [MADE, shows(1000, SET, 'replicas', 1), shows(1000, SET, 'readyReplicas', 1)],
    broken: [MADE, shows(1000, SET, 'replicas', 1), shows(1000, SET, 'readyReplicas', 2)],
    says: 'ReplicaSet default/web shows readyReplicas 2 and replicas 1',
  },
  {
    law: 'controller-selects-its-pods',
    when: 'the pod has the labels that it is to have',
    options: of(1),
    lawful: [MADE, made(0, 'a', 1)],
    broken: [MADE, made(0, 'a', 1)],
    brokenOptions: {
      manifests: ['a', 'b', 'c'].map(name => podOf('ReplicaSet', name, { labels: { app: 'db' } })),
      objects: [object('ReplicaSet', {})],
    },
    says: 'pod default/a is made by ReplicaSet default/web, which does not select it',
  },
  {
    law: 'nothing-made-for-a-deleted-owner',
    when: 'the controller had not heard of the deletion',
    options: of(1),
    lawful: [MADE, [1000, 'deletionRequested', SET, 0, 1], made(1500, 'a', 1)],
    broken: [MADE, [1000, 'deletionRequested', SET, 0, 1], made(5000, 'a', 1)],
    says: 'pod default/a is made for ReplicaSet default/web, which was deleted at 1s',
  },
  {
    law: 'garbage-is-collected',
    when: 'the pods go after their owner',
    options: of(1, {}, { outcome: 'quiescent' }),
    lawful: [MADE, made(0, 'a', 1), GONE, [6000, 'removed', 'Pod/default/a']],
    broken: [MADE, made(0, 'a', 1), GONE],
    says: 'pod default/a is left although ReplicaSet default/web is gone since 5s',
  },
  {
    law: 'foreground-owner-goes-last',
    when: 'the pods go first',
    options: of(1, FOREGROUND),
    lawful: [MADE, made(0, 'a', 1), [4000, 'removed', 'Pod/default/a'], GONE],
    broken: [MADE, made(0, 'a', 1), GONE],
    says: 'ReplicaSet default/web goes before pod default/a, which it waits for',
  },
  {
    law: 'replicaset-makes-only-what-is-missing',
    when: 'the pod before is on its way',
    options: of(1),
    lawful: [MADE, made(0, 'a', 1), [4000, 'deletionRequested', 'Pod/default/a', 30, 34], made(5000, 'b', 2)],
    broken: TWO,
    says: 'ReplicaSet default/web makes pod default/b and has 2 pods then; 1 were asked for',
  },
  {
    law: 'replicaset-deletes-only-what-is-too-many',
    when: 'one less is asked for',
    options: of(2),
    lawful: [...TWO, shows(5000, SET, 'spec.replicas', 1), ...takes(5000, SET, 'a')],
    broken: [...TWO, ...takes(5000, SET, 'a')],
    says: 'ReplicaSet default/web deletes pod default/a and has 1 pods then; 2 are asked for',
  },
  {
    law: 'replicaset-deletes-the-least-first',
    when: 'a pod that is not ready goes before one that is',
    options: of(2),
    lawful: [...TWO, ...isUp(1000, 'a'), shows(9000, SET, 'spec.replicas', 1), ...takes(9000, SET, 'b')],
    broken: [...TWO, ...isUp(1000, 'a'), shows(9000, SET, 'spec.replicas', 1), ...takes(9000, SET, 'a')],
    says: 'ReplicaSet default/web deletes pod default/a before pod default/b, which is less than it',
  },
  {
    law: 'replicaset-comes-to-its-size',
    when: 'it has the pod that it asks for',
    options: of(1, {}, { outcome: 'quiescent' }),
    lawful: [MADE, made(0, 'a', 1), shows(0, SET, 'replicas', 1)],
    broken: [MADE],
    says: 'ReplicaSet default/web is left with 0 pods, and shows 0; 1 are asked for',
  },
]
