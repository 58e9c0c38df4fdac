import type { Kind, KubernetesObject } from '../../model/index.js'

/** A kind's objects. */
export type ObjectOf<Name extends Kind> = Extract<KubernetesObject, { readonly kind: Name }>

/** A version of an object that no controller of workloads runs: a Namespace, a ResourceQuota, a ConfigMap. Immutable. */
export interface ResourceVersion<Name extends Kind = Kind> {
  readonly kind: Name
  /** Empty for what stands in no namespace. */
  readonly namespace: string
  readonly name: string
  readonly uid: string
  /** Symbol of the object's path. */
  readonly path: number
  /** Spec, status and what of the metadata is not the API server's own. */
  readonly object: ObjectOf<Name>
  /** Number of the row that wrote it; −1: the plan begins with it. */
  readonly row: number
  readonly resourceVersion: number
  readonly generation: number
  /** deletionTimestamp in whole seconds; −1: not being deleted. */
  readonly deletionSeconds: number
}

/** Hears of each write as it is made, and waits for the watch latency by itself. */
export interface ResourceWatcher {
  resourceChanged(change: number, version: ResourceVersion, cause: number): void
}

/** What controllers may ask of the API server about such objects. */
export interface ResourceClient {
  resource<Name extends Kind>(kind: Name, namespace: string, name: string): ResourceVersion<Name> | null
  resources<Name extends Kind>(kind: Name, namespace?: string): readonly ResourceVersion<Name>[]
  /** @throws ApiError AlreadyExists. */
  createResource(object: KubernetesObject, cause: number): ResourceVersion
  /** Writes an object; the answer is the version that is stored from then on. @throws ApiError Conflict, NotFound. */
  updateResource<Name extends Kind>(
    seen: ResourceVersion<Name>,
    object: ObjectOf<Name>,
    cause: number,
  ): ResourceVersion<Name>
  removeResource(version: ResourceVersion, cause: number): void
  /** Deletes an object, or marks it where finalizers hold it. */
  deleteResource(version: ResourceVersion, cause: number): void
  /** Lets an object go that is being deleted and has no finalizer left. */
  releaseResource(version: ResourceVersion): void
}

/** What is left in a namespace that is to go. */
export interface NamespaceContent {
  /** By resource as messages name it: `pods.`, `deployments.apps`. */
  readonly counts: ReadonlyMap<string, number>
  /** By finalizer: how many objects have it. */
  readonly finalizers: ReadonlyMap<string, number>
  /** How long the slowest pod may take, in seconds. */
  readonly graceSeconds: number
}

/** Empties a namespace. */
export interface NamespaceCleaner {
  deleteContent(namespace: string, cause: number): void
  content(namespace: string): NamespaceContent
}
