import type { ArtificialOptions, ArtificialRow } from '../artificial-trace.js'
import { made, object, ownedBy, podOf, shows, template } from '../workload-rows.js'
import type { LawCase } from './law-case.js'

const PATH = 'Deployment/default/web'
const OLD = 'ReplicaSet/default/old'
const NEW = 'ReplicaSet/default/new'
const BEGUN: ArtificialRow = [0, 'created', PATH, 2]
const ROLLING = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }

const setOf = (name: string, replicas: number, image: string) =>
  object('ReplicaSet', { replicas, template: template(image) }, { name, ownerReferences: ownedBy('Deployment') })

/** A Deployment of two pods that is at app:2, and its ReplicaSets; the pod `a` is of the old one. */
const rollout = (
  spec: object,
  replicas: number,
  more: Partial<ArtificialOptions> & { image?: string } = {},
): ArtificialOptions => ({
  manifests: [podOf(undefined, 'a', { ownerReferences: ownedBy('ReplicaSet', 'old') })],
  objects: [
    object('Deployment', { replicas: 2, strategy: ROLLING, template: template('app:2'), ...spec }),
    setOf('old', 2, 'app:1'),
    setOf('new', replicas, more.image ?? 'app:2'),
  ],
  ...more,
})
const BOTH = [BEGUN, made(0, OLD, 3), made(1000, NEW, 4)] as const
const AVAILABLE = shows(500, OLD, 'availableReplicas', 2)
const progress = (time: number, status: string, reason: string): ArtificialRow => [
  time,
  'condition',
  PATH,
  'Progressing',
  `${status} ${reason}`,
]
const counts = (available: number): readonly ArtificialRow[] => [
  shows(5000, PATH, 'replicas', 2),
  shows(5000, PATH, 'updatedReplicas', 2),
  shows(5000, PATH, 'availableReplicas', available),
]
const RECREATE = { strategy: { type: 'Recreate' } }
const RECREATING = [BEGUN, made(0, OLD, 3), made(0, 'a', 1), shows(5000, OLD, 'spec.replicas', 0)] as const

/** Laws of Deployments. */
export const DEPLOYMENT_CASES: readonly LawCase[] = [
  {
    law: 'rollout-keeps-within-its-surge',
    when: 'the new ReplicaSet has one pod beyond the replicas',
    options: rollout({}, 1),
    lawful: BOTH,
    broken: BOTH,
    brokenOptions: rollout({}, 2),
    says: 'Deployment default/web lets ReplicaSet default/new grow from 0 to 2, which makes 4 of at most 3',
  },
  {
    law: 'rollout-keeps-enough-available',
    when: 'the new pod is available before an old one goes',
    options: rollout({}, 1),
    lawful: [...BOTH, AVAILABLE, shows(3000, NEW, 'availableReplicas', 1), shows(5000, OLD, 'spec.replicas', 1)],
    broken: [...BOTH, AVAILABLE, shows(5000, OLD, 'spec.replicas', 1)],
    says: 'Deployment default/web lets ReplicaSet default/old shrink from 2 to 1, which leaves 1 available pods of at least 2',
  },
  {
    law: 'recreate-waits-for-old-pods',
    when: 'the last of the old pods is gone',
    options: rollout(RECREATE, 2),
    lawful: [...RECREATING, [8000, 'removed', 'Pod/default/a'], made(9000, NEW, 4)],
    broken: [...RECREATING, made(9000, NEW, 4)],
    says: 'Deployment default/web lets ReplicaSet default/new have pods while pod default/a is there',
  },
  {
    law: 'one-replicaset-per-template',
    when: 'the templates differ',
    options: rollout({}, 0),
    lawful: BOTH,
    broken: BOTH,
    brokenOptions: rollout({}, 0, { image: 'app:1' }),
    says: 'Deployment default/web makes ReplicaSet default/new beside ReplicaSet default/old, of the same template',
  },
  {
    law: 'revision-never-falls',
    when: 'the revision grows',
    options: rollout({}, 0),
    lawful: [BEGUN, [1000, 'ownerRevision', PATH, 2], [2000, 'ownerRevision', PATH, 3]],
    broken: [BEGUN, [1000, 'ownerRevision', PATH, 2], [2000, 'ownerRevision', PATH, 1]],
    says: 'Deployment default/web has revision 1 after 2',
  },
  {
    law: 'paused-deployment-makes-no-revision',
    when: 'it is not paused',
    options: rollout({}, 0),
    lawful: BOTH,
    broken: [BEGUN, made(1000, NEW, 4)],
    brokenOptions: rollout({ paused: true }, 0),
    says: 'Deployment default/web makes ReplicaSet default/new while it is paused',
  },
  {
    law: 'progress-deadline-not-early',
    when: 'its deadline is over',
    options: rollout({ progressDeadlineSeconds: 60 }, 0),
    lawful: [BEGUN, progress(0, 'True', 'ReplicaSetUpdated'), progress(60_000, 'False', 'ProgressDeadlineExceeded')],
    broken: [BEGUN, progress(0, 'True', 'ReplicaSetUpdated'), progress(30_000, 'False', 'ProgressDeadlineExceeded')],
    says: 'Deployment default/web gives up after 30s; its deadline is 1m0s',
  },
  {
    law: 'complete-rollout-is-complete',
    when: 'all of its pods are available',
    options: rollout({}, 0),
    lawful: [BEGUN, ...counts(2), progress(5000, 'True', 'NewReplicaSetAvailable')],
    broken: [BEGUN, ...counts(1), progress(5000, 'True', 'NewReplicaSetAvailable')],
    says: 'Deployment default/web says that its rollout is complete, and shows 2, 2, 1 pods, updated and available ones',
  },
  {
    law: 'rollout-goes-on',
    when: 'the old ReplicaSet is left without pods',
    options: rollout({}, 2, { outcome: 'quiescent' }),
    lawful: [...BOTH, shows(2000, NEW, 'availableReplicas', 2), shows(2000, OLD, 'spec.replicas', 0)],
    broken: [...BOTH, AVAILABLE, shows(2000, NEW, 'availableReplicas', 2)].sort(
      ([a], [b]) => Number(a) - Number(b),
    ) as ArtificialRow[],
    says: 'Deployment default/web leaves ReplicaSet default/old with 2 pods of an old template',
  },
]
