import { type Kind, qualifiedResource } from '../../model/index.js'
import { ApiError } from './objects.js'

// apimachinery: pkg/api/errors/errors.go, v1.32 (API-12), as all of this file.

/** `pods "x" not found`. */
export const notFoundError = (kind: Kind, name: string): ApiError =>
  new ApiError('NotFound', `${qualifiedResource(kind)} "${name}" not found`)

/** `pods "x" already exists`, with what stands before it where the object is on its way out (API-5). */
export const alreadyExistsError = (kind: Kind, name: string, isDeleting: boolean): ApiError =>
  new ApiError(
    'AlreadyExists',
    `${isDeleting ? 'object is being deleted: ' : ''}${qualifiedResource(kind)} "${name}" already exists`,
  )

/** `pods "x" is forbidden: …`, without the name where there is none yet. */
export const forbiddenError = (kind: Kind, name: string, cause: string, causeType?: string): ApiError =>
  new ApiError(
    'Forbidden',
    `${qualifiedResource(kind)}${name === '' ? '' : ` "${name}"`} is forbidden: ${cause}`,
    causeType,
  )

/** `Operation cannot be fulfilled on pods "x": …`. */
export const conflictError = (kind: Kind, name: string, cause: string): ApiError =>
  new ApiError('Conflict', `Operation cannot be fulfilled on ${qualifiedResource(kind)} "${name}": ${cause}`)

/** API-10. */
export const modifiedError = (kind: Kind, name: string): ApiError => conflictError(kind, name, MODIFIED)

const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again'

/** What a request wants an object to be, beside its name. */
export interface Preconditions {
  readonly uid?: string | undefined
  readonly resourceVersion?: string | undefined
}

/** DEL-8. @throws ApiError Conflict. */
export function checkPreconditions(
  kind: Kind,
  name: string,
  wanted: Preconditions,
  stored: { readonly uid: string; readonly resourceVersion: number },
): void {
  if (wanted.uid !== undefined && wanted.uid !== stored.uid) {
    const met = `the UID in the precondition (${wanted.uid}) does not match the UID in record (${stored.uid})`
    throw conflictError(kind, name, `${met}. The object might have been deleted and then recreated`)
  }
  const version = String(stored.resourceVersion)
  if (wanted.resourceVersion !== undefined && wanted.resourceVersion !== version) {
    const met = `the ResourceVersion in the precondition (${wanted.resourceVersion}) does not match the ResourceVersion in record (${version})`
    throw conflictError(kind, name, `${met}. The object might have been modified`)
  }
}
