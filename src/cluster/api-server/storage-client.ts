import { KINDS, type Kind, type KubernetesObject } from '../../model/index.js'
import type { ObjectOf, ResourceClient, ResourceVersion } from '../contract/index.js'
import { admitStorage, defaultClassOf } from './admission-plugins/storage.js'
import type { NamespacePolicies } from './namespace-policies.js'
import type { ResourceStore } from './resource-store.js'

/**
 * The client of those who work with claims and volumes. What it creates goes through admission, as from any client: namespace,
 * defaults, quotas, the write.
 */
export class StorageClient implements ResourceClient {
  readonly #resources: ResourceStore
  readonly #policies: NamespacePolicies

  constructor(resources: ResourceStore, policies: NamespacePolicies) {
    this.#resources = resources
    this.#policies = policies
  }

  /** What a new object becomes; the same where it is neither a claim nor a volume. */
  mutate<Object extends KubernetesObject>(object: Object): Object {
    return admitStorage(object, () => this.#resources.resources('StorageClass'))
  }

  /** The class of claims that name none; undefined: there is none. */
  defaultClass(): string | undefined {
    return defaultClassOf(this.#resources.resources('StorageClass'))
  }

  /** @throws ApiError AlreadyExists, Forbidden, NotFound. */
  createResource(object: KubernetesObject, cause: number): ResourceVersion {
    const { kind, metadata } = object
    const { isNamespaced } = KINDS[kind]
    if (isNamespaced) this.#policies.checkOpen(kind, metadata.namespace ?? 'default', metadata.name ?? '')
    const admitted = this.mutate(object)
    this.#resources.checkFree(admitted)
    if (isNamespaced) this.#policies.charge(admitted, cause)
    return this.#resources.createResource(admitted, cause)
  }

  resource<Name extends Kind>(kind: Name, namespace: string, name: string): ResourceVersion<Name> | null {
    return this.#resources.resource(kind, namespace, name)
  }

  resources<Name extends Kind>(kind: Name, namespace?: string): readonly ResourceVersion<Name>[] {
    return this.#resources.resources(kind, namespace)
  }

  updateResource<Name extends Kind>(
    seen: ResourceVersion<Name>,
    object: ObjectOf<Name>,
    cause: number,
  ): ResourceVersion<Name> {
    return this.#resources.updateResource(seen, object, cause)
  }

  removeResource(version: ResourceVersion, cause: number): void {
    this.#resources.removeResource(version, cause)
  }

  deleteResource(version: ResourceVersion, cause: number): void {
    this.#resources.deleteResource(version, cause)
  }

  releaseResource(version: ResourceVersion): void {
    this.#resources.releaseResource(version)
  }
}
