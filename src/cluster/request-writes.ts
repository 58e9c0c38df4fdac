import { KINDS, type Kind, type KubernetesObject, type Namespace, type Pod } from '../model/index.js'
import type { ApiRequest } from '../scenario/index.js'
import { type NamespacePolicies, OWN_GRACE, type PodAdmission, type StorageClient } from './api-server/index.js'
import {
  ApiError,
  alreadyExistsError,
  checkPreconditions,
  forbiddenError,
  isOwnerKind,
  type OwnerObject,
} from './contract/index.js'
import { withNamespaceDefaults } from './initial-resources.js'
import { checkNew, withoutSystemFields } from './object-writes.js'
import type { ObjectParts, StoredObject, StoredObjects } from './stored-objects.js'

/** What pods need that the store alone cannot do: to be compiled. */
export interface PodWrites {
  /** Creates a pod that admission has let in. */
  create(pod: Pod, cause: number): void
  /** Replaces metadata and spec. */
  replace(stored: StoredObject, next: KubernetesObject, cause: number): void
  evict(stored: StoredObject, cause: number): void
  /** The five characters of a generated name. */
  nameSuffix(path: string): string
}

/** Namespaces that nobody may delete. */
const IMMORTAL: ReadonlySet<string> = new Set(['default', 'kube-public', 'kube-system'])

/** Writes objects of every kind to the part of the API server that keeps them. */
export class RequestWrites {
  readonly #parts: ObjectParts
  readonly #objects: StoredObjects
  readonly #policies: NamespacePolicies
  readonly #admission: PodAdmission
  readonly #storage: StorageClient
  readonly #pods: PodWrites

  constructor(
    parts: ObjectParts,
    {
      objects,
      policies,
      admission,
      storage,
      pods,
    }: {
      readonly objects: StoredObjects
      readonly policies: NamespacePolicies
      readonly admission: PodAdmission
      readonly storage: StorageClient
      readonly pods: PodWrites
    },
  ) {
    this.#parts = parts
    this.#objects = objects
    this.#policies = policies
    this.#admission = admission
    this.#storage = storage
    this.#pods = pods
  }

  /** API-3: admission that changes, the name, validation, admission that looks, the write. */
  create(object: KubernetesObject, cause: number): StoredObject {
    const { kind } = object
    const { profile } = this.#parts.environment
    const { isNamespaced } = KINDS[kind]
    const { namespace = 'default', name: given = '', generateName = '' } = object.metadata
    const plain = withoutSystemFields(object)
    const placed = (isNamespaced ? { ...plain, metadata: { ...plain.metadata, namespace } } : plain) as KubernetesObject
    if (isNamespaced) this.#policies.checkOpen(kind, namespace, given === '' ? generateName : given)
    const admitted = placed.kind === 'Pod' ? this.#admission.mutate(placed) : this.#storage.mutate(placed)
    const name = given === '' && generateName !== '' ? this.#generatedName(kind, namespace, generateName) : given
    const named = {
      ...admitted,
      metadata: { ...admitted.metadata, ...(name === '' ? {} : { name }) },
    } as KubernetesObject
    checkNew(named, profile)
    const existing = this.#objects.find(kind, namespace, name)
    if (existing !== null) throw alreadyExistsError(kind, name, existing.isDeleting)
    if (named.kind === 'Pod') {
      this.#admission.validate(named, cause)
      this.#pods.create(named, cause)
    } else {
      if (isNamespaced) this.#policies.charge(named, cause)
      this.#put(named, cause)
    }
    return this.#objects.get(kind, namespace, name)
  }

  #put(object: KubernetesObject, cause: number): void {
    const { workloads, resources } = this.#parts
    if (isOwnerKind(object.kind)) workloads.wired().createObject(object as OwnerObject, cause)
    else resources.createResource(object.kind === 'Namespace' ? withNamespaceDefaults(object) : object, cause)
  }

  /** API-4: other characters where the name is taken. */
  #generatedName(kind: Kind, namespace: string, base: string): string {
    for (let attempt = 1; ; attempt++) {
      const name = `${base.slice(0, MOST_BASE)}${this.#pods.nameSuffix(`${kind}/${namespace}/${base}`)}`
      if (attempt === MOST_ATTEMPTS || this.#objects.find(kind, namespace, name) === null) return name
    }
  }

  replace(stored: StoredObject, next: KubernetesObject, cause: number): void {
    const { workloads, resources } = this.#parts
    const { owner, resource } = stored
    if (stored.pod !== undefined) this.#pods.replace(stored, next, cause)
    else if (owner !== undefined) workloads.wired().updateObject(owner, next as OwnerObject, cause)
    else if (resource !== undefined) {
      const written = resources.updateResource(resource, next as never, cause)
      // A Namespace waits for its own finalizers, too.
      if (next.kind !== 'Namespace') resources.releaseResource(written as never)
    }
  }

  /** @throws ApiError Conflict, Forbidden. */
  delete(stored: StoredObject, request: ApiRequest, cause: number): void {
    const { kind, namespace, name, pod, owner } = stored
    const { store, workloads } = this.#parts
    if (kind === 'Namespace' && IMMORTAL.has(name))
      throw forbiddenError(kind, name, 'this namespace may not be deleted')
    checkPreconditions(kind, name, request.preconditions ?? {}, stored)
    const { propagationPolicy, gracePeriodSeconds } = request
    if (pod !== undefined) store.deletePod(pod.identity.index, gracePeriodSeconds ?? OWN_GRACE, cause)
    else if (owner !== undefined)
      workloads.wired().deleteObject(owner.kind, namespace, name, { propagationPolicy }, cause)
    else this.#deleteResource(stored, cause)
  }

  #deleteResource({ resource }: StoredObject, cause: number): void {
    const { resources } = this.#parts
    if (resource === undefined) return
    const { object } = resource
    if (object.kind === 'Namespace') {
      const ending: Namespace = { ...object, status: { ...object.status, phase: 'Terminating' } }
      resources.markDeleting(resource, ending as never, cause)
    } else resources.deleteResource(resource, cause)
  }

  evict(stored: StoredObject, cause: number): void {
    if (stored.pod === undefined) throw new ApiError('NotFound', 'the server could not find the requested resource')
    this.#pods.evict(stored, cause)
  }
}

/** A generated name has at most 63 characters. */
const MOST_BASE = 58
const MOST_ATTEMPTS = 8
