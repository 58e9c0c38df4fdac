import { canonicalObject, decodeObject, defaultObject, invalidMessage, validateWorkloadUpdate } from '../api/index.js'
import type { KubernetesObject, OwnerKind, Profile } from '../model/index.js'
import { ApiError, type OwnerObject } from './contract/index.js'

/**
 * What the API server stores of an update of a workload: decoded strictly, defaulted, and valid after what there was.
 *
 * apiserver: pkg/endpoints/handlers/patch.go, pkg/registry/rest/update.go BeforeUpdate, v1.32 (API-10, API-14).
 *
 * @throws ApiError where the API server refuses it.
 */
export function updateWorkload(before: OwnerObject, patched: unknown, profile: Profile): OwnerObject {
  const kind = before.kind as OwnerKind
  const decoded = decodeObject(kind, patched, profile)
  if (decoded.error !== undefined)
    throw new ApiError('Invalid', `${kind} cannot be handled as a ${kind}: ${decoded.error.message}`)
  const { name, namespace } = decoded.object.metadata ?? {}
  const isOther = name !== before.metadata.name || (namespace ?? 'default') !== (before.metadata.namespace ?? 'default')
  if (isOther)
    throw new ApiError(
      'Invalid',
      `the name of the object (${name}) does not match the name on the URL (${before.metadata.name})`,
    )
  const completed = (object: KubernetesObject): KubernetesObject => canonicalObject(defaultObject(object, profile))
  const errors = validateWorkloadUpdate(completed(before), completed(decoded.object), profile)
  if (errors.length > 0) throw new ApiError('Invalid', invalidMessage(kind, before.metadata.name ?? '', errors))
  // As it was written, so that what is not touched stays what it was.
  return defaultObject(patched as KubernetesObject, profile) as OwnerObject
}
