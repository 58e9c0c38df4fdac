import { PodwrightError } from '../errors/index.js'
import { KINDS, type Kind, type KubernetesObject, type Pod } from '../model/index.js'
import { formatTimestamp } from '../time/index.js'
import { type ObjectStore, type ResourceStore, resourcePath, type Store } from './api-server/index.js'
import {
  type Environment,
  isOwnerKind,
  notFoundError,
  type ObjectVersion,
  type PodVersion,
  type ResourceVersion,
} from './contract/index.js'
import { podPath } from './pod-identity.js'

/** An object as it is stored, whichever part of the API server keeps it. */
export interface StoredObject {
  readonly kind: Kind
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly resourceVersion: number
  /** Symbol of its path. */
  readonly path: number
  readonly isDeleting: boolean
  /** As a client gets it. */
  readonly served: KubernetesObject
  readonly pod?: PodVersion
  readonly owner?: ObjectVersion
  readonly resource?: ResourceVersion
}

/** Where workloads are kept, with their controllers. */
export interface WorkloadStore {
  /** Undefined: there are none so far. */
  readonly current: () => ObjectStore | undefined
  /** Wires controllers where there are none yet. */
  readonly wired: () => ObjectStore
}

/** What steps work on. */
export interface ObjectParts {
  readonly environment: Environment
  readonly store: Store
  readonly workloads: WorkloadStore
  readonly resources: ResourceStore
}

/** Reads objects of every kind. */
export class StoredObjects {
  readonly #parts: ObjectParts

  constructor(parts: ObjectParts) {
    this.#parts = parts
  }

  /** The symbol of the path that an object of these names has. */
  path(kind: Kind, namespace: string, name: string): number {
    return this.#parts.environment.symbols.intern(resourcePath(kind, namespace, name))
  }

  find(kind: Kind, namespace: string, name: string): StoredObject | null {
    const { environment, store, workloads, resources } = this.#parts
    if (kind === 'Node')
      throw new PodwrightError({
        code: 'SCENARIO_INVALID',
        where: 'step',
        problem: 'expected an object that requests change, got a Node',
        hint: 'nodes have steps of their own',
      })
    if (kind === 'Pod') {
      const path = environment.symbols.find(podPath(namespace, name))
      const pod = path === undefined ? null : store.podAt(path)
      return pod === null ? null : this.#pod(pod)
    }
    const objects = workloads.current()
    if (isOwnerKind(kind) && objects !== undefined) {
      const owner = objects.object(kind, namespace, name)
      return owner === null ? null : ownerObject(owner)
    }
    const version = resources.resource<Kind>(kind, KINDS[kind].isNamespaced ? namespace : '', name)
    return version === null ? null : resourceObject(version)
  }

  /** @throws ApiError NotFound. */
  get(kind: Kind, namespace: string, name: string): StoredObject {
    const found = this.find(kind, namespace, name)
    if (found === null) throw notFoundError(kind, name)
    return found
  }

  /** Every object of a kind in a namespace, in order of creation. */
  list(kind: Kind, namespace: string): readonly StoredObject[] {
    const { store, workloads, resources } = this.#parts
    const objects = workloads.current()
    if (kind === 'Pod')
      return store
        .pods()
        .filter(({ identity }) => identity.namespace === namespace)
        .map(pod => this.#pod(pod))
    if (isOwnerKind(kind) && objects !== undefined)
      return objects
        .inNamespace(namespace)
        .filter(each => each.kind === kind)
        .map(ownerObject)
    return resources.resources<Kind>(kind, KINDS[kind].isNamespaced ? namespace : undefined).map(resourceObject)
  }

  /** Everything in a namespace, of the pods those that are meant: pods first, then what makes them, then the rest. */
  inNamespace(namespace: string, isMeant: (pod: PodVersion) => boolean = () => true): readonly StoredObject[] {
    const { store, workloads, resources } = this.#parts
    const objects = workloads.current()
    const pods = store.pods().filter(pod => pod.identity.namespace === namespace && isMeant(pod))
    return [
      ...pods.map(pod => this.#pod(pod)),
      ...(objects?.inNamespace(namespace) ?? []).map(ownerObject),
      ...resources.inNamespace(namespace).map(resourceObject),
    ]
  }

  #pod(pod: PodVersion): StoredObject {
    const { identity, spec, node, resourceVersion } = pod
    const { name, namespace, uid, path } = identity
    const nodeName = node < 0 ? {} : { nodeName: this.#parts.store.nodes[node].name }
    const isDeleting = pod.deletionGraceSeconds >= 0
    const metadata = { ...spec.object.metadata, name, namespace, uid, resourceVersion: String(resourceVersion) }
    const served: Pod = { ...spec.object, metadata, spec: { ...spec.object.spec, ...nodeName } }
    return { kind: 'Pod', namespace, name, uid, resourceVersion, path, isDeleting, served, pod }
  }
}

/** A workload as a client gets it. */
export function ownerObject(owner: ObjectVersion): StoredObject {
  const { kind, namespace, name, path, deletionSeconds, object } = owner
  const served = { ...object, metadata: servedMetadata(owner) }
  const { uid, resourceVersion } = owner
  return { kind, namespace, name, uid, resourceVersion, path, isDeleting: deletionSeconds >= 0, served, owner }
}

/** Anything else as a client gets it. */
export function resourceObject(resource: ResourceVersion): StoredObject {
  const { kind, namespace, name, uid, resourceVersion, path, deletionSeconds, object } = resource
  const served = { ...object, metadata: servedMetadata(resource) } as KubernetesObject
  return { kind, namespace, name, uid, resourceVersion, path, isDeleting: deletionSeconds >= 0, served, resource }
}

function servedMetadata({
  object,
  uid,
  resourceVersion,
  generation,
  deletionSeconds,
}: ObjectVersion | ResourceVersion) {
  const deletion = deletionSeconds < 0 ? {} : { deletionTimestamp: formatTimestamp(deletionSeconds * 1000) }
  return { ...object.metadata, uid, resourceVersion: String(resourceVersion), generation, ...deletion }
}
