import type { OwnerReference } from '../../../model/index.js'
import type { WorkQueue } from '../../client/index.js'
import {
  CHANGE,
  finalizersOf,
  isDeleting,
  isOwnerKind,
  type ObjectVersion,
  ownersOf,
  type PodVersion,
} from '../../contract/index.js'
import type { Controller, ControllerContext } from '../controller.js'
import { decideItem, type OwnerState } from './decide-item.js'
import { type Item, OwnershipGraph } from './ownership-graph.js'

/**
 * Deletes what has no owner any more, and owners that wait for their dependents once these are gone.
 *
 * controllers: pkg/controller/garbagecollector, v1.32 (DEL-9, DEL-10, DEL-11). Owners of kinds that no controller of the model runs
 * count as standing.
 */
export class GarbageCollector implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = Number.POSITIVE_INFINITY
  readonly #context: ControllerContext
  readonly #graph = new OwnershipGraph()

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
  }

  reset(): void {
    this.#graph.reset()
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    const { identity, spec } = pod
    if (change === CHANGE.removed) this.#gone(identity.uid, cause)
    else if (change === CHANGE.added || previous === null || previous.spec !== spec) {
      const { ownerReferences = [] } = spec.object.metadata
      this.#seen({ uid: identity.uid, key: identity.path, pod: identity.index, object: null }, ownerReferences, cause)
    }
  }

  objectChanged(change: number, version: ObjectVersion, previous: ObjectVersion | null, cause: number): void {
    if (change === CHANGE.removed) {
      this.#gone(version.uid, cause)
      return
    }
    if (previous?.object === version.object) return
    this.#seen({ uid: version.uid, key: version.path, pod: -1, object: version }, ownersOf(version), cause)
    if (version.deletionSeconds < 0) return
    const finalizers = finalizersOf(version)
    if (!finalizers.includes('foregroundDeletion') && !finalizers.includes('orphan')) return
    this.queue.add(version.path, cause)
    if (finalizers.includes('foregroundDeletion'))
      for (const dependent of this.#graph.dependentsOf(version.uid)) this.queue.add(dependent.key, cause)
  }

  #seen(item: Item, owners: readonly OwnerReference[], cause: number): void {
    const former = this.#graph.put(item, owners)
    for (const owner of former) this.#queueWaiting(owner.uid, cause)
    if (former !== owners && owners.some(owner => !this.#graph.has(owner.uid))) this.queue.add(item.key, cause)
  }

  #gone(uid: string, cause: number): void {
    const owners = this.#graph.remove(uid)
    for (const dependent of this.#graph.dependentsOf(uid)) this.queue.add(dependent.key, cause)
    for (const owner of owners) this.#queueWaiting(owner.uid, cause)
  }

  /** An owner that waits for its dependents looks again. */
  #queueWaiting(uid: string, cause: number): void {
    const owner = this.#context.objects.withUid(uid)
    if (owner !== undefined && isWaiting(owner)) this.queue.add(owner.path, cause)
  }

  sync(key: number, cause: number): void {
    const item = this.#graph.at(key)
    if (item === undefined) return
    if (item.object !== null) this.#syncObject(item.object, cause)
    else this.#syncPod(item, cause)
  }

  #syncObject(seen: ObjectVersion, cause: number): void {
    const { client } = this.#context
    const version = client.object(seen.kind, seen.namespace, seen.name)
    if (version === null || version.uid !== seen.uid) return
    if (version.deletionSeconds >= 0) {
      if (isWaiting(version)) this.#waitForDependents(version, cause)
      else if (finalizersOf(version).includes('orphan')) this.#orphan(version, cause)
      return
    }
    const { kind, namespace, name, uid } = version
    const hasDependents = this.#graph.dependentsOf(uid).size > 0
    const item = { owners: ownersOf(version), finalizers: finalizersOf(version), hasDependents }
    const decision = decideItem(item, owner => this.#stateOf(owner, namespace))
    if (decision.do === 'release') this.#releaseObject(version, decision.uids, cause)
    else if (decision.do === 'delete')
      client.deleteObject(kind, namespace, name, { propagationPolicy: decision.propagationPolicy, uid }, cause)
  }

  #syncPod({ pod: index }: Item, cause: number): void {
    const { store, podControl } = this.#context
    const pod = store.pod(index)
    if (pod === null || isDeleting(pod)) return
    const { ownerReferences: owners = [], finalizers = [] } = pod.spec.object.metadata
    const { namespace } = pod.identity
    const decision = decideItem({ owners, finalizers, hasDependents: false }, owner => this.#stateOf(owner, namespace))
    if (decision.do === 'release') podControl.release(pod, decision.uids, cause)
    else if (decision.do === 'delete') podControl.delete(pod, cause)
  }

  #stateOf({ kind, name, uid }: OwnerReference, namespace: string): OwnerState {
    if (!isOwnerKind(kind)) return 'solid'
    const owner = this.#context.client.object(kind, namespace, name)
    if (owner === null || owner.uid !== uid) return 'absent'
    return isWaiting(owner) ? 'waiting' : 'solid'
  }

  /** An owner being deleted in the foreground goes when nothing that blocks it is left. */
  #waitForDependents(version: ObjectVersion, cause: number): void {
    const blocking = [...this.#graph.dependentsOf(version.uid)].filter(item =>
      this.#graph.isBlocking(item, version.uid),
    )
    if (blocking.length === 0) this.#dropFinalizer(version, 'foregroundDeletion', cause)
    else for (const { key } of blocking) this.queue.add(key, cause)
  }

  /** DEL-9: the dependents live on without this owner. */
  #orphan(version: ObjectVersion, cause: number): void {
    const { client, store, podControl } = this.#context
    const uids = new Set([version.uid])
    for (const { pod: index, object } of [...this.#graph.dependentsOf(version.uid)]) {
      const pod = index < 0 ? null : store.pod(index)
      if (pod !== null) podControl.release(pod, uids, cause)
      const stored = object === null ? null : client.object(object.kind, object.namespace, object.name)
      if (stored !== null && stored.uid === object?.uid) this.#releaseObject(stored, uids, cause)
    }
    this.#dropFinalizer(version, 'orphan', cause)
  }

  #releaseObject(version: ObjectVersion, uids: ReadonlySet<string>, cause: number): void {
    const { ownerReferences: _, ...metadata } = version.object.metadata
    const left = ownersOf(version).filter(({ uid }) => !uids.has(uid))
    const next = left.length === 0 ? metadata : { ...metadata, ownerReferences: left }
    this.#context.client.updateObject(version, { ...version.object, metadata: next } as typeof version.object, cause)
  }

  #dropFinalizer(version: ObjectVersion, finalizer: string, cause: number): void {
    const { finalizers: _, ...metadata } = version.object.metadata
    const left = finalizersOf(version).filter(each => each !== finalizer)
    const next = left.length === 0 ? metadata : { ...metadata, finalizers: left }
    this.#context.client.updateObject(version, { ...version.object, metadata: next } as typeof version.object, cause)
  }
}

const isWaiting = (version: ObjectVersion): boolean =>
  version.deletionSeconds >= 0 && finalizersOf(version).includes('foregroundDeletion')
