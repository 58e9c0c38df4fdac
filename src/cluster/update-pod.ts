import {
  canonicalObject,
  decodeObject,
  defaultObject,
  invalidMessage,
  isSamePod,
  type ValidationOptions,
  validatePodUpdate,
} from '../api/index.js'
import type { ObjectMeta, Pod } from '../model/index.js'
import { formatTimestamp } from '../time/index.js'
import { withDefaultTolerations } from './api-server/index.js'
import { isDeleting, modifiedError, type PodVersion } from './contract/index.js'

/**
 * What became of an update: the object that is stored from now on, the one that is stored already where nothing changes, or why
 * the API server refuses it.
 */
export type PodUpdate =
  | { readonly object: Pod; readonly refusal?: undefined }
  | { readonly object?: undefined; readonly refusal: string }

/** What only the API server writes; an update of the pod leaves it as it is. */
const SYSTEM_FIELDS = [
  ...(['uid', 'resourceVersion', 'generation', 'creationTimestamp'] as const),
  ...(['deletionTimestamp', 'deletionGracePeriodSeconds'] as const),
]

/**
 * Carries out a change of a pod's object as the API server does a PATCH of the pod: decodes what came of it strictly, sees to the
 * fields of its own, and validates it as an update. `node` is the name of the node that the pod is bound to, or empty.
 *
 * `change` answers undefined where the patch does not apply. An object that cannot be decoded is refused in the words for a body that
 * cannot be; those for a patch quote the patch as Go prints it. What comes out as it is stored is not written (API-11).
 *
 * apiserver: pkg/endpoints/handlers/patch.go, pkg/registry/rest/update.go BeforeUpdate, v1.32 (API-10, API-14, API-15).
 */
export function updatePod(
  pod: PodVersion,
  node: string,
  change: (object: Pod) => unknown,
  options: ValidationOptions,
): PodUpdate {
  const { identity } = pod
  const served = servedObject(pod, node)
  const changed = change(served)
  if (changed === undefined) return { refusal: NOT_APPLICABLE }
  const decoded = decodeObject('Pod', changed, options)
  if (decoded.error !== undefined) {
    return { refusal: `Pod in version "v1" cannot be handled as a Pod: ${decoded.error.message}` }
  }
  const { metadata = {}, spec = { containers: [] } } = decoded.object as Partial<Pod>
  const { name = '', namespace = identity.namespace, resourceVersion } = metadata
  if (namespace !== identity.namespace) {
    return { refusal: 'the namespace of the provided object does not match the namespace sent on the request' }
  }
  if (name !== identity.name) {
    return {
      refusal:
        name === ''
          ? `the name of the object (${identity.name} based on URL) was undeterminable: name must be provided`
          : `the name of the object (${name}) does not match the name on the URL (${identity.name})`,
    }
  }
  const isStale = resourceVersion !== undefined && resourceVersion !== String(pod.resourceVersion)
  if (isStale && resourceVersion !== served.metadata.resourceVersion) {
    return { refusal: modifiedError('Pod', name).message }
  }
  const kept = { ...metadata, namespace, ...keptMetadata(served.metadata, metadata) }
  // The type is the request's, whatever the patch says.
  const after = completed(withDefaultTolerations({ apiVersion: 'v1', kind: 'Pod', metadata: kept, spec }), options)
  const before = completed(served, options)
  const errors = validatePodUpdate(before, after, options)
  if (errors.length > 0) return { refusal: invalidMessage('Pod', name, errors) }
  if (isSamePod(before, after)) return { object: pod.spec.object }
  return { object: storedObject(pod.spec.object, changed as Pod, after) }
}

/** The status 422 without a cause: the server keeps to itself which operation failed. */
const NOT_APPLICABLE = 'the server rejected our request due to an error in our request'

const completed = (pod: Pod, options: ValidationOptions): Pod => canonicalObject(defaultObject(pod, options) as Pod)

/** The object as a client would get it, as far as a patch could tell the difference. */
function servedObject(pod: PodVersion, node: string): Pod {
  const { name, namespace, uid } = pod.identity
  const { object } = pod.spec
  const deletion = isDeleting(pod) && {
    deletionTimestamp: formatTimestamp(pod.deletionSeconds * 1000),
    deletionGracePeriodSeconds: pod.deletionGraceSeconds,
  }
  const { deletionTimestamp: _, deletionGracePeriodSeconds: __, ...metadata } = object.metadata
  return {
    ...object,
    metadata: { ...metadata, name, namespace, uid, ...deletion },
    spec: node === '' ? object.spec : { ...object.spec, nodeName: node },
  }
}

/** BeforeUpdate: changes of these fields are ignored, and those that are left out are filled in again. */
function keptMetadata(before: ObjectMeta, after: ObjectMeta): ObjectMeta {
  const { uid, generation, creationTimestamp, deletionTimestamp } = before
  const grace = after.deletionGracePeriodSeconds ?? before.deletionGracePeriodSeconds
  return {
    uid: after.uid || uid,
    generation,
    creationTimestamp,
    deletionTimestamp: deletionTimestamp ?? after.deletionTimestamp,
    deletionGracePeriodSeconds: grace,
  } as ObjectMeta
}

/**
 * What is stored: the object as it was written, without what was only served. New in an accepted object and in need of defaults
 * are ephemeral containers alone.
 */
function storedObject(before: Pod, changed: Pod, after: Pod): Pod {
  const metadata: Record<string, unknown> = { ...changed.metadata }
  for (const field of [...SYSTEM_FIELDS, 'name', 'namespace'] as const) restore(metadata, before.metadata, field)
  const spec: Record<string, unknown> = { ...changed.spec }
  if (before.spec.nodeName === undefined) delete spec.nodeName
  if (after.spec.ephemeralContainers !== undefined) spec.ephemeralContainers = after.spec.ephemeralContainers
  if (after.spec.tolerations !== before.spec.tolerations) spec.tolerations = after.spec.tolerations
  const object: Record<string, unknown> = { ...changed, metadata, spec }
  for (const field of ['apiVersion', 'kind', 'status'] as const) restore(object, before, field)
  return object as unknown as Pod
}

function restore<T extends object>(target: Record<string, unknown>, before: T, field: keyof T & string): void {
  if (before[field] === undefined) delete target[field]
  else target[field] = before[field]
}
