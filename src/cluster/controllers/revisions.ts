import type { ControllerRevision, PodSpec, PodTemplateSpec } from '../../model/index.js'
import { matchesLabelSelector } from '../../model/index.js'
import { templateHash } from '../../scenario/index.js'
import { ApiError, type ObjectVersion, ownerReferenceTo } from '../contract/index.js'
import { canAdopt } from './claim-pods.js'
import type { ControllerContext } from './controller.js'
import { templateText } from './template-text.js'

export type RevisionVersion = ObjectVersion<'ControllerRevision'>
/** What keeps the history of its template in ControllerRevisions. */
export type RevisedObject = ObjectVersion<'StatefulSet'> | ObjectVersion<'DaemonSet'>

/** The label of pods, and of a DaemonSet's revisions, that says which template they are of. */
export const REVISION_HASH = 'controller-revision-hash'

/**
 * The revisions of an object, the oldest first. Those that match and have no owner are adopted: an object whose dependents were
 * left behind may have come again under its name.
 *
 * controllers: pkg/controller/history/controller_history.go ListControllerRevisions, SortControllerRevisions, v1.32.
 */
export function claimRevisions(context: ControllerContext, owner: RevisedObject, cause: number): RevisionVersion[] {
  const { objects, client } = context
  const claimed: RevisionVersion[] = []
  for (const version of objects.ownedBy(owner.uid))
    if (version.kind === 'ControllerRevision') claimed.push(version as RevisionVersion)
  if (owner.deletionSeconds < 0) {
    for (const orphan of [...objects.orphansOf('ControllerRevision', owner.namespace)]) {
      if (!matchesLabelSelector(owner.object.spec.selector, orphan.object.metadata.labels)) continue
      if (orphan.deletionSeconds >= 0 || !canAdopt(context, owner)) continue
      const metadata = { ...orphan.object.metadata, ownerReferences: [ownerReferenceTo(owner)] }
      claimed.push(client.updateObject<'ControllerRevision'>(orphan, { ...orphan.object, metadata }, cause))
    }
  }
  return claimed.sort(
    (a, b) =>
      a.object.revision - b.object.revision || a.creationSeconds - b.creationSeconds || (a.name < b.name ? -1 : 1),
  )
}

/** The revision of an object's present template. */
export interface UpdateRevision {
  readonly version: RevisionVersion
  /** How often a name was taken by another template (DP-3). */
  readonly collisionCount: number
}

/**
 * Finds or makes the revision of the template as it is now; one that comes back becomes the newest again (SS-2).
 *
 * controllers: pkg/controller/statefulset getStatefulSetRevisions; pkg/controller/daemon/update.go constructHistory, v1.32.
 *
 * @param revisions - In order, as `claimRevisions` answers them.
 */
export function syncRevision(
  context: ControllerContext,
  owner: RevisedObject,
  revisions: readonly RevisionVersion[],
  cause: number,
): UpdateRevision {
  const { collisionCount } = owner.counts
  const wanted = templateText(owner.object.spec.template)
  const last = revisions.at(-1)
  const equal = revisions.findLast(each => textOf(each.object) === wanted)
  if (equal !== undefined && equal === last) return { version: equal, collisionCount }
  const revision = (last?.object.revision ?? 0) + 1
  if (equal === undefined) return create(context, owner, revision, cause)
  const version = context.client.updateObject<'ControllerRevision'>(equal, { ...equal.object, revision }, cause)
  return { version, collisionCount }
}

/** A name that is taken by another template is left to it: the next one counts the collisions in. */
function create(context: ControllerContext, owner: RevisedObject, revision: number, cause: number): UpdateRevision {
  const { client } = context
  for (let collisionCount = owner.counts.collisionCount; ; collisionCount++) {
    const object = revisionObject(owner, revision, collisionCount)
    try {
      return { version: client.createObject<'ControllerRevision'>(object, cause), collisionCount }
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error
      const existing = client.object('ControllerRevision', owner.namespace, object.metadata.name ?? '')
      if (existing !== null && textOf(existing.object) === textOf(object)) return { version: existing, collisionCount }
      if (collisionCount - owner.counts.collisionCount >= MOST_COLLISIONS) throw error
    }
  }
}

/** As many names one after the other are not taken by chance. */
const MOST_COLLISIONS = 100

/** controllers: pkg/controller/history NewControllerRevision; pkg/controller/daemon/update.go snapshot, v1.32. */
function revisionObject(owner: RevisedObject, revision: number, collisionCount: number): ControllerRevision {
  const { object, name, namespace, kind } = owner
  const { template } = object.spec
  const hash = templateHash(`${JSON.stringify(template)}${collisionCount === 0 ? '' : collisionCount}`)
  const { annotations } = object.metadata
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: {
        ...template.metadata?.labels,
        [kind === 'StatefulSet' ? 'controller.kubernetes.io/hash' : REVISION_HASH]: hash,
      },
      ...(annotations === undefined ? {} : { annotations }),
      ownerReferences: [ownerReferenceTo(owner)],
    },
    data: { spec: { template: { ...template, $patch: 'replace' } } },
    revision,
  }
}

type RevisionTemplate = ControllerRevision['data']['spec']['template']

const plainTemplates = new WeakMap<RevisionTemplate, PodTemplateSpec>()

/** The template that a revision keeps; the same object whenever it is asked for. */
export function revisedTemplate({ data }: ControllerRevision): PodTemplateSpec {
  const { template } = data.spec
  let plain = plainTemplates.get(template)
  if (plain === undefined) {
    const { $patch: _, ...rest } = template
    plain = rest
    plainTemplates.set(template, plain)
  }
  return plain
}

const textOf = (object: ControllerRevision): string => templateText(revisedTemplate(object))

const podTemplates = new WeakMap<PodTemplateSpec, PodTemplateSpec>()

/**
 * The template that the pods of a revision are made of, with the label that says so and with what all of them get besides; the
 * same object whenever it is asked for.
 */
export function podTemplateOf({ object }: RevisionVersion, hash: string, spec?: Partial<PodSpec>): PodTemplateSpec {
  const template = revisedTemplate(object)
  let completed = podTemplates.get(template)
  if (completed === undefined) {
    const labels = { ...template.metadata?.labels, [REVISION_HASH]: hash }
    completed = { ...template, metadata: { ...template.metadata, labels }, spec: { ...template.spec, ...spec } }
    podTemplates.set(template, completed)
  }
  return completed
}

/** Deletes revisions, the oldest first, until no more than the limit are left of those that nothing needs any more. */
export function truncateHistory(
  { client }: ControllerContext,
  history: readonly RevisionVersion[],
  surplus: number,
  cause: number,
): void {
  for (const { namespace, name, uid } of history.slice(0, Math.max(0, surplus)))
    client.deleteObject('ControllerRevision', namespace, name, { uid }, cause)
}
