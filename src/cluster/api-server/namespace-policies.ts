import type { Kind, KubernetesObject, ResourceQuota } from '../../model/index.js'
import { forbiddenError, notFoundError } from '../contract/index.js'
import { chargeQuotas } from './admission-plugins/resource-quota.js'
import type { ResourceStore } from './resource-store.js'

/** What namespaces say to new objects of any kind: whether they take them, and how many. */
export class NamespacePolicies {
  readonly #resources: ResourceStore
  /** Namespaces of the plan whose service accounts nobody wrote down. */
  readonly #assumed: ReadonlySet<string>

  constructor(resources: ResourceStore, assumed: ReadonlySet<string>) {
    this.#resources = resources
    this.#assumed = assumed
  }

  /** Whether the service accounts of a namespace count as there, because the plan says nothing of them. */
  isAssumed(namespace: string): boolean {
    return this.#assumed.has(namespace)
  }

  /** apiserver: pkg/admission/plugin/namespace/lifecycle/admission.go Admit, v1.32 (ADM-1). @throws ApiError NotFound, Forbidden. */
  checkOpen(kind: Kind, namespace: string, name: string): void {
    const home = this.#resources.resource('Namespace', '', namespace)
    if (home === null) throw notFoundError('Namespace', namespace)
    if (home.deletionSeconds < 0) return
    const cause = `unable to create new content in namespace ${namespace} because it is being terminated`
    throw forbiddenError(kind, name, cause, 'NamespaceTerminating')
  }

  /** Counts a new object in the quotas of its namespace (ADM-7). @throws ApiError Forbidden. */
  charge(object: KubernetesObject, cause: number): void {
    const { kind, metadata } = object
    const quotas = this.#resources.resources('ResourceQuota', metadata.namespace ?? 'default')
    if (quotas.length === 0) return
    const { refusal, charged = [] } = chargeQuotas(
      object,
      quotas.map(({ object: quota }) => quota),
    )
    if (refusal !== undefined) throw forbiddenError(kind, metadata.name ?? '', refusal)
    for (const { quota, used } of charged) {
      const version = quotas.find(each => each.object === quota)
      const next: ResourceQuota = { ...quota, status: { ...quota.status, used } }
      if (version !== undefined) this.#resources.updateResource(version, next, cause)
    }
  }
}
