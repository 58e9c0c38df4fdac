import { KINDS, type KubernetesObject } from '../../model/index.js'
import type { ResourceVersion } from '../contract/index.js'
import { admitStorage } from './admission-plugins/storage.js'
import type { NamespacePolicies } from './namespace-policies.js'
import type { ResourceStore } from './resource-store.js'

/** How claims and volumes come into the store, whoever creates them: namespace, defaults, quotas, the write. */
export class StorageAdmission {
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

  /** @throws ApiError AlreadyExists, Forbidden, NotFound. */
  create(object: KubernetesObject, cause: number): ResourceVersion {
    const { kind, metadata } = object
    const { isNamespaced } = KINDS[kind]
    if (isNamespaced) this.#policies.checkOpen(kind, metadata.namespace ?? 'default', metadata.name ?? '')
    const admitted = this.mutate(object)
    this.#resources.checkFree(admitted)
    if (isNamespaced) this.#policies.charge(admitted, cause)
    return this.#resources.createResource(admitted, cause)
  }
}
