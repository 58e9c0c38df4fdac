import { defaultObject, isReadKind } from '../api/index.js'
import type { KubernetesObject, OwnerKind } from '../model/index.js'
import type { ReactionStep } from '../scenario/index.js'
import { ROW } from '../trace/index.js'
import {
  applyPatch,
  type ObjectStore,
  type ResourceStore,
  resourcePath,
  type StorageClient,
  type Store,
} from './api-server/index.js'
import { ApiError, type Environment, isOwnerKind, type OwnerObject, type ResourceVersion } from './contract/index.js'
import { isClaimOrVolume, isResource, withNamespaceDefaults } from './initial-resources.js'
import { updatedObject } from './object-writes.js'
import { rollOut } from './rollout-steps.js'
import { ownerObject, resourceObject } from './stored-objects.js'

type RollStep = Extract<ReactionStep, { readonly do: 'scale' | 'rollout' }>
type PatchStep = Extract<ReactionStep, { readonly do: 'patchObject' }>
type DeleteStep = Extract<ReactionStep, { readonly do: 'deleteObject' }>

/** Carries out steps about objects that are no pods; what the API server refuses is told by a row. */
export class ObjectSteps {
  readonly #environment: Environment
  readonly #store: Store
  /** Wires controllers where there are none yet. */
  readonly #objects: () => ObjectStore
  readonly #resources: ResourceStore
  readonly #storage: StorageClient

  constructor(
    environment: Environment,
    store: Store,
    objects: () => ObjectStore,
    { resources, storage }: { readonly resources: ResourceStore; readonly storage: StorageClient },
  ) {
    this.#environment = environment
    this.#store = store
    this.#objects = objects
    this.#resources = resources
    this.#storage = storage
  }

  create(object: KubernetesObject, cause: number): void {
    const { kind, metadata } = object
    if (!isOwnerKind(kind)) {
      this.#createResource(object, cause)
      return
    }
    const path = `${kind}/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`
    this.#attempt(path, cause, objects => objects.createObject(object as OwnerObject, cause))
  }

  /** What says something to other objects is stored as a version and has rows; the rest is only looked up. */
  #createResource(object: KubernetesObject, cause: number): void {
    const { kind, metadata } = object
    if (!VERSIONED.has(kind)) {
      this.#store.createObject(object)
      if (isResource(object)) this.#resources.note(object)
      return
    }
    const { namespace = 'default', name = '' } = metadata
    const path = resourcePath(kind, namespace, name)
    const stored = object.kind === 'Namespace' ? withNamespaceDefaults(object) : object
    this.#tell(path, cause, () => {
      const existing = STORAGE.has(kind) ? this.#resources.resource(kind, namespace, name) : null
      if (existing !== null) this.#applyTo(existing, object, cause)
      else if (isClaimOrVolume(stored)) this.#storage.createResource(stored, cause)
      else this.#resources.createResource(stored, cause)
    })
  }

  /** kubectl apply of what exists: what the manifest says of metadata and spec is laid over it. @throws ApiError Invalid. */
  #applyTo(existing: ResourceVersion, object: KubernetesObject, cause: number): void {
    const {
      apiVersion: _,
      kind: _kind,
      metadata,
      status: _status,
      ...rest
    } = object as KubernetesObject & {
      readonly status?: unknown
    }
    const { labels, annotations } = metadata
    const stored = resourceObject(existing)
    const applied = applyPatch(stored.served, { metadata: { labels, annotations }, ...rest }, 'strategic')
    const next = updatedObject(stored, applied, false, this.#environment.profile)
    this.#resources.updateResource(existing, next as never, cause)
  }

  patch({ object, patch, type }: PatchStep, cause: number): void {
    const [kind, namespace, name] = object.split('/')
    const plain = isOwnerKind(kind) ? null : this.#store.find(kind, namespace, name)
    if (plain !== null) {
      this.#patchResource(plain, applyPatch(plain, patch, type) as KubernetesObject, cause)
      return
    }
    this.#attempt(object, cause, objects => {
      const { kind, namespace, name } = partsOf(object)
      const { profile } = this.#environment
      const change = (stored: OwnerObject): OwnerObject => {
        const version = objects.object(kind, namespace, name)
        // Autoscalers are not read from anywhere, so nobody knows what would be wrong with one.
        if (version === null || !isReadKind(kind)) return applyPatch(stored, patch, type) as OwnerObject
        const owner = ownerObject(version)
        updatedObject(owner, applyPatch(owner.served, patch, type), false, profile)
        // As it was written, so that what is not touched stays what it was.
        return defaultObject(applyPatch(stored, patch, type) as KubernetesObject, profile) as OwnerObject
      }
      objects.patchObject(kind, namespace, name, change, cause)
    })
  }

  #patchResource(before: KubernetesObject, object: KubernetesObject, cause: number): void {
    const { kind, metadata } = before
    const { namespace = 'default', name = '' } = metadata
    const version = VERSIONED.has(kind) ? this.#resources.resource(kind, namespace, name) : null
    if (version === null) {
      this.#store.createObject(object)
      this.#resources.note(object)
    } else {
      const path = resourcePath(version.kind, namespace, name)
      this.#tell(path, cause, () => void this.#resources.updateResource(version, object as never, cause))
    }
  }

  delete({ object, propagationPolicy }: DeleteStep, cause: number): void {
    this.#attempt(object, cause, objects => {
      const { kind, namespace, name } = partsOf(object)
      objects.deleteObject(kind, namespace, name, { propagationPolicy }, cause)
    })
  }

  /** What `kubectl scale` and `kubectl rollout` do; what kubectl itself refuses is told like what the API server refuses. */
  roll(step: RollStep, cause: number): void {
    const { object } = step
    if (step.do === 'scale')
      this.patch({ do: 'patchObject', object, patch: { spec: { replicas: step.replicas } }, type: 'merge' }, cause)
    else this.#attempt(object, cause, objects => rollOut(objects, this.#environment, step, cause))
  }

  #attempt(path: string, cause: number, act: (objects: ObjectStore) => void): void {
    this.#tell(path, cause, () => act(this.#objects()))
  }

  #tell(path: string, cause: number, act: () => void): void {
    const { kernel, trace, symbols } = this.#environment
    try {
      act()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      trace.append(kernel.now, ROW.refused, symbols.intern(path), symbols.intern(error.message), error.code, 0, cause)
    }
  }
}

/** What may be applied again. */
const STORAGE: ReadonlySet<string> = new Set(['PersistentVolume', 'PersistentVolumeClaim', 'StorageClass'])

const VERSIONED: ReadonlySet<string> = new Set([
  ...['Namespace', 'ServiceAccount', 'LimitRange', 'ResourceQuota'],
  ...['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  ...['PersistentVolume', 'PersistentVolumeClaim', 'StorageClass'],
])

function partsOf(path: string): { readonly kind: OwnerKind; readonly namespace: string; readonly name: string } {
  const [kind, namespace, name] = path.split('/')
  if (!isOwnerKind(kind)) throw new ApiError('NotFound', `the server doesn't have a resource type "${kind}"`)
  return { kind, namespace, name }
}
