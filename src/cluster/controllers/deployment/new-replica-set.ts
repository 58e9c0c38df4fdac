import type { ReplicaSet } from '../../../model/index.js'
import { orderedText, templateHash } from '../../../scenario/index.js'
import { ApiError } from '../../contract/index.js'
import { templateText } from '../template-text.js'
import { conditionOf, newCondition, setCondition } from './conditions.js'
import type { DeploymentWork } from './deployment-work.js'
import {
  DESIRED_REPLICAS,
  findNewReplicaSet,
  MAX_REPLICAS,
  REVISION,
  REVISION_HISTORY,
  type ReplicaSetVersion,
  revisionOf,
  TEMPLATE_HASH,
  totalSize,
} from './replica-sets.js'
import { replicasAnnotations } from './scale-replica-set.js'
import { newReplicaSetSize } from './sizes.js'

/** A Deployment's ReplicaSets: the one of its template, and the others. */
export interface ReplicaSets {
  readonly newSet: ReplicaSetVersion | undefined
  readonly oldSets: readonly ReplicaSetVersion[]
  /** The old ones, then the new one. */
  readonly all: readonly ReplicaSetVersion[]
}

/**
 * Tells the new ReplicaSet from the old ones, brings revisions up to date, and makes the new one if it is asked for.
 *
 * controllers: pkg/controller/deployment/sync.go getAllReplicaSetsAndSyncRevision, v1.32 (DP-2, DP-3, DP-4).
 */
export function replicaSetsOf(
  work: DeploymentWork,
  sets: readonly ReplicaSetVersion[],
  isCreating: boolean,
): ReplicaSets {
  const existing = findNewReplicaSet(work.seen.object.spec.template, sets)
  const oldSets = sets.filter(each => each !== existing)
  const revision = String(oldSets.reduce((most, set) => Math.max(most, revisionOf(set)), 0) + 1)
  const newSet =
    existing !== undefined ? takeUp(work, existing, revision) : isCreating ? create(work, oldSets, revision) : undefined
  return { newSet, oldSets, all: newSet === undefined ? oldSets : [...oldSets, newSet] }
}

/** A ReplicaSet that has the template already: a rollback gives it a new revision (DP-4). */
function takeUp(work: DeploymentWork, set: ReplicaSetVersion, revision: string): ReplicaSetVersion {
  const annotations = annotationsFor(work, set.object.metadata.annotations, revision)
  const { minReadySeconds } = work.seen.object.spec
  const isOtherReadiness = (set.object.spec.minReadySeconds ?? 0) !== (minReadySeconds ?? 0)
  if (annotations !== set.object.metadata.annotations || isOtherReadiness) {
    const spec = isOtherReadiness ? { ...set.object.spec, minReadySeconds: minReadySeconds ?? 0 } : set.object.spec
    const object: ReplicaSet = { ...set.object, metadata: { ...set.object.metadata, annotations }, spec }
    return work.context.client.updateObject<'ReplicaSet'>(set, object, work.cause)
  }
  let isWriting = work.setRevision(annotations[REVISION] ?? '')
  if (work.hasProgressDeadline && conditionOf(work.conditions, 'Progressing') === undefined) {
    const message = `Found new replica set "${set.name}"`
    work.conditions = setCondition(
      work.conditions,
      newCondition('Progressing', 'True', 'FoundNewReplicaSet', message, work.nowSeconds),
    )
    isWriting = true
  }
  if (isWriting) work.writeStatus()
  return set
}

/** Not copied from the Deployment: they are about one object or kept by the controller itself. */
const OWN_ANNOTATIONS: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
])

/** The annotations that a new ReplicaSet is to have; the same object where nothing changes (SetNewReplicaSetAnnotations). */
function annotationsFor(
  work: DeploymentWork,
  present: Readonly<Record<string, string>> | undefined,
  revision: string,
): Readonly<Record<string, string>> {
  const next: Record<string, string> = { ...present }
  for (const [key, value] of Object.entries(work.seen.object.metadata.annotations ?? {}))
    if (!OWN_ANNOTATIONS.has(key)) next[key] = value
  const old = present?.[REVISION]
  if (Number(old ?? 0) < Number(revision)) {
    next[REVISION] = revision
    if (old !== undefined) next[REVISION_HISTORY] = historyWith(present?.[REVISION_HISTORY], old)
  }
  const isSame =
    present !== undefined &&
    Object.keys(next).length === Object.keys(present).length &&
    Object.entries(next).every(([key, value]) => present[key] === value)
  return isSame ? present : next
}

/** Earlier revisions, the oldest dropped where the text becomes too long. */
function historyWith(history: string | undefined, revision: string): string {
  const revisions = history === undefined || history === '' ? [] : history.split(',')
  const length = (): number => revisions.join(',').length + (revisions.length > 0 ? 1 : 0) + revision.length
  while (revisions.length > 0 && length() > LONGEST_HISTORY) revisions.shift()
  return [...revisions, revision].join(',')
}

const LONGEST_HISTORY = 2000

function create(work: DeploymentWork, oldSets: readonly ReplicaSetVersion[], revision: string): ReplicaSetVersion {
  const size = newReplicaSetSize(work.seen.object, totalSize(oldSets), 0)
  const object = objectOf(work, size, revision)
  const made = createOrFind(work, object)
  if (!made.isFound && size > 0) {
    const sizes = work.context.profile.tellsNewSizeFirst ? `to ${size}` : `from 0 to ${size}`
    work.tell(false, 'ScalingReplicaSet', `Scaled up replica set ${made.set.name} ${sizes}`)
  }
  let isWriting = work.setRevision(revision)
  if (!made.isFound && work.hasProgressDeadline) {
    const message = `Created new replica set "${made.set.name}"`
    work.conditions = setCondition(
      work.conditions,
      newCondition('Progressing', 'True', 'NewReplicaSetCreated', message, work.nowSeconds),
    )
    isWriting = true
  }
  if (isWriting) work.writeStatus()
  return made.set
}

function createOrFind(
  work: DeploymentWork,
  object: ReplicaSet,
): { readonly set: ReplicaSetVersion; readonly isFound: boolean } {
  const { client } = work.context
  try {
    return { set: client.createObject<'ReplicaSet'>(object, work.cause), isFound: false }
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error
    const { namespace, uid } = work.seen
    const existing = client.object('ReplicaSet', namespace, object.metadata.name ?? '')
    const isOwn = existing?.object.metadata.ownerReferences?.some(owner => owner.controller && owner.uid === uid)
    if (existing !== null && isOwn && isSameTemplate(existing, object)) return { set: existing, isFound: true }
    // DP-3: another template of the same hash; the next sync tries with another name.
    work.counts = { ...work.counts, collisionCount: work.counts.collisionCount + 1 }
    work.writeStatus()
    throw error
  }
}

const isSameTemplate = (set: ReplicaSetVersion, object: ReplicaSet): boolean =>
  templateText(set.object.spec.template) === templateText(object.spec.template)

function objectOf(work: DeploymentWork, replicas: number, revision: string): ReplicaSet {
  const { object, name, namespace, uid } = work.seen
  const { template, selector, minReadySeconds } = object.spec
  const { collisionCount } = work.counts
  const hash = templateHash(`${orderedText(template)}${collisionCount === 0 ? '' : collisionCount}`)
  const labels = { ...template.metadata?.labels, [TEMPLATE_HASH]: hash }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: { ...annotationsFor(work, undefined, revision), ...replicasAnnotations(work) },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true, blockOwnerDeletion: true },
      ],
    },
    spec: {
      replicas,
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [TEMPLATE_HASH]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  }
}
