import { KINDS, type Kind } from '../../model/index.js'

/** Whether the API server takes objects of a kind in a version. */
export const servesVersion = (kind: Kind, version: string): boolean =>
  KINDS[kind].version === version || KINDS[kind].alsoServed.includes(version)

/** The version in which a value was written: its own if it is served, otherwise the one that objects of the kind are kept in. */
export function writtenVersion(kind: Kind, value: unknown): string {
  const { apiVersion } = (value ?? {}) as { readonly apiVersion?: unknown }
  const version = typeof apiVersion === 'string' ? apiVersion.slice(apiVersion.indexOf('/') + 1) : ''
  return servesVersion(kind, version) ? version : KINDS[kind].version
}

/** The struct that a value was written as: `Pod`, and `HorizontalPodAutoscaler@v1` where it is one of another version. */
export function writtenStruct(kind: Kind, value: unknown): string {
  const version = writtenVersion(kind, value)
  return version === KINDS[kind].version ? kind : `${kind}@${version}`
}
