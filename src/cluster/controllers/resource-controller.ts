import type { KubernetesObject, Pod } from '../../model/index.js'
import type { WorkQueue } from '../client/index.js'
import type { Environment, NamespaceCleaner, PodVersion, ResourceClient, ResourceWatcher } from '../contract/index.js'

/** What the controllers of namespaces and of what is in them share. */
export interface ResourceControllerContext {
  readonly environment: Environment
  readonly client: ResourceClient
  readonly cleaner: NamespaceCleaner
  /** Everything that a quota may count in a namespace. */
  counted(namespace: string): Iterable<KubernetesObject>
  /** The service account that every namespace has. */
  defaultAccount(namespace: string): KubernetesObject
  /** How much of a quota is used by objects. */
  usedOf(
    quota: Extract<KubernetesObject, { readonly kind: 'ResourceQuota' }>,
    objects: Iterable<KubernetesObject>,
  ): Readonly<Record<string, string>>
}

/** A controller of what stands in the store beside pods and workloads; its keys are symbols of paths. */
export interface ResourceController extends ResourceWatcher {
  readonly queue: WorkQueue
  reset?(): void
  /** A pod of a namespace ended or went. */
  podEnded?(pod: Pod, namespace: string, cause: number): void
  /** A pod that has claims came, changed or went. */
  podChanged?(change: number, pod: PodVersion, cause: number): void
  /** A pod or workload is gone. */
  ownerGone?(uid: string, namespace: string, cause: number): void
  /** @throws ApiError where the API server refused a write: the key is tried again (C-1). */
  sync(key: number, cause: number): void
}
