import {
  canonicalObject,
  decodeObject,
  defaultObject,
  invalidMessage,
  validateObject,
  validateObjectUpdate,
  writtenVersion,
} from '../api/index.js'
import {
  apiVersionOf,
  KINDS,
  type Kind,
  type KubernetesObject,
  type ObjectMeta,
  type Pod,
  type Profile,
} from '../model/index.js'
import { isSameJson, type Json } from './api-server/index.js'
import { ApiError, conflictError, modifiedError, type PodVersion } from './contract/index.js'
import type { StoredObject } from './stored-objects.js'
import { updatePod } from './update-pod.js'

/** What only the API server writes. */
const SYSTEM_FIELDS = [
  ...(['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'selfLink'] as const),
  ...(['deletionTimestamp', 'deletionGracePeriodSeconds', 'managedFields'] as const),
]

type Written = Readonly<Record<string, unknown>>

/** Decodes a body strictly and fills in its defaults. @throws ApiError BadRequest. */
export function decodedBody(kind: Kind, body: unknown, profile: Profile): KubernetesObject {
  const decoded = decodeObject(kind, body, profile)
  if (decoded.error !== undefined) {
    const version = writtenVersion(kind, body)
    const text = `${kind} in version "${version}" cannot be handled as a ${kind}: ${decoded.error.message}`
    throw new ApiError('BadRequest', text)
  }
  const typed = {
    ...decoded.object,
    apiVersion: apiVersionOf(KINDS[kind]),
    kind,
    metadata: decoded.object.metadata ?? {},
  }
  return canonicalObject(defaultObject(typed as KubernetesObject, profile))
}

/** @throws ApiError Invalid. */
export function checkNew(object: KubernetesObject, profile: Profile): void {
  const errors = validateObject(object, profile)
  if (errors.length > 0) throw new ApiError('Invalid', invalidMessage(object.kind, object.metadata.name ?? '', errors))
}

/** Without what a client may not set. */
export function withoutSystemFields(object: KubernetesObject): KubernetesObject {
  const metadata: Record<string, unknown> = { ...object.metadata }
  for (const field of SYSTEM_FIELDS) delete metadata[field]
  const { status: _, ...rest } = object as KubernetesObject & { readonly status?: unknown }
  return { ...rest, metadata } as unknown as KubernetesObject
}

/**
 * What an update leaves of the object that is stored, or the refusal; `isStatus` writes the status alone, and any other write leaves
 * it.
 *
 * apiserver: pkg/registry/rest/update.go BeforeUpdate, pkg/registry/generic/registry/store.go Update, v1.32 (API-10, API-15).
 *
 * @throws ApiError BadRequest, Conflict, Invalid.
 */
export function updatedObject(
  stored: StoredObject,
  changed: unknown,
  isStatus: boolean,
  profile: Profile,
): KubernetesObject {
  const { kind, name, served } = stored
  if (changed === undefined) throw new ApiError('Invalid', NOT_APPLICABLE)
  const next = decodedBody(kind, changed, profile)
  checkIdentity(stored, next.metadata)
  if (stored.pod !== undefined && !isStatus) return updatedPod(stored.pod, stored.served as Pod, changed, profile)
  const before = stored.owner?.object ?? stored.resource?.object ?? served
  const after = isStatus ? { ...before, ...statusOf(next) } : { ...withoutSystemFields(next), ...statusOf(before) }
  const full = { ...after, metadata: { ...after.metadata, name, ...namespaceOf(stored) } } as KubernetesObject
  // What the server made of a Job when it was created hangs on its UID.
  const known = { ...full, metadata: { ...full.metadata, uid: stored.uid } } as KubernetesObject
  // What is stored may be as somebody wrote it: what decoding adds, such as structs that are always there, is no difference.
  const errors = [...validateObject(known, profile), ...validateObjectUpdate(decodedBody(kind, before, profile), full)]
  if (errors.length > 0) throw new ApiError('Invalid', invalidMessage(kind, name, errors))
  return shared(before, full)
}

/** @throws ApiError Invalid. */
function updatedPod(pod: PodVersion, served: Pod, changed: unknown, profile: Profile): Pod {
  const { object, refusal } = updatePod(pod, served.spec.nodeName ?? '', () => changed, profile)
  if (refusal !== undefined) throw new ApiError('Invalid', refusal)
  return object
}

/** The status 422 without a cause: the server keeps to itself which operation failed. */
const NOT_APPLICABLE = 'the server rejected our request due to an error in our request'

const namespaceOf = ({ kind, namespace }: StoredObject): ObjectMeta => (KINDS[kind].isNamespaced ? { namespace } : {})

const statusOf = (object: object): { readonly status?: unknown } => {
  const { status } = object as { readonly status?: unknown }
  return status === undefined ? {} : { status }
}

function checkIdentity(
  stored: StoredObject,
  { name = '', namespace, uid = '', resourceVersion = '' }: ObjectMeta,
): void {
  if (KINDS[stored.kind].isNamespaced && namespace !== undefined && namespace !== stored.namespace)
    throw new ApiError(
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    )
  if (name !== stored.name) {
    const text =
      name === ''
        ? `the name of the object (${stored.name} based on URL) was undeterminable: name must be provided`
        : `the name of the object (${name}) does not match the name on the URL (${stored.name})`
    throw new ApiError('BadRequest', text)
  }
  if (uid !== '' && uid !== stored.uid) {
    const met = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${stored.uid}`
    throw conflictError(stored.kind, name, met)
  }
  if (resourceVersion !== '' && resourceVersion !== String(stored.resourceVersion))
    throw modifiedError(stored.kind, name)
}

/** What an update only touched is shared with the version before, so that differences are found by identity. */
export function shared<Value extends object>(before: object, after: Value): Value {
  const old = before as Written
  const share = (key: string, value: unknown): unknown => {
    if (isSameJson(old[key] as Json, value as Json)) return old[key]
    const isStruct = (each: unknown): each is object =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
    return isStruct(value) && isStruct(old[key]) ? shared(old[key], value) : value
  }
  return Object.fromEntries(Object.entries(after).map(([key, value]) => [key, share(key, value)])) as Value
}
