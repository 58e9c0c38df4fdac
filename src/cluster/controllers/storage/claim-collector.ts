import type { WorkQueue } from '../../client/index.js'
import { CHANGE, type ResourceVersion } from '../../contract/index.js'
import { decideItem } from '../garbage-collector/decide-item.js'
import type { ResourceController } from '../resource-controller.js'
import { asClaim, claimAt, type StorageContext, write } from './storage-controller.js'

/**
 * Deletes claims whose owners are gone: those of ephemeral volumes, and those that a StatefulSet's retention policy gives to it or to
 * its pods. It is the garbage collector's part for claims; that such a claim holds up an owner which is deleted in the foreground is
 * left out.
 *
 * controllers: pkg/controller/garbagecollector/garbagecollector.go attemptToDeleteItem, v1.32 (DEL-10).
 */
export class ClaimCollector implements ResourceController {
  readonly queue: WorkQueue
  readonly #context: StorageContext

  constructor(context: StorageContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
  }

  resourceChanged(change: number, version: ResourceVersion, cause: number): void {
    const claim = change === CHANGE.removed ? null : asClaim(version)
    const { ownerReferences = [] } = claim?.object.metadata ?? {}
    if (claim === null || claim.deletionSeconds >= 0) return
    const isOrphan = ownerReferences.some(({ kind, name, uid }) => this.#uidOf(kind, claim.namespace, name) !== uid)
    if (isOrphan) this.#add(claim.path, cause)
  }

  /** A pod or a workload is gone. */
  ownerGone(uid: string, namespace: string, cause: number): void {
    for (const { path, object } of this.#context.client.resources('PersistentVolumeClaim', namespace))
      if ((object.metadata.ownerReferences ?? []).some(owner => owner.uid === uid)) this.#add(path, cause)
  }

  #add(key: number, cause: number): void {
    this.queue.addAfter(key, this.#context.environment.timing.watch, cause)
  }

  #uidOf(kind: string, namespace: string, name: string): string | undefined {
    return this.#context.uidOf(kind, namespace, name)
  }

  sync(key: number, cause: number): void {
    const claim = claimAt(this.#context, key)
    if (claim === null || claim.deletionSeconds >= 0) return
    const { ownerReferences: owners = [], finalizers = [], ...metadata } = claim.object.metadata
    const decision = decideItem({ owners, finalizers, hasDependents: false }, ({ kind, name, uid }) =>
      this.#uidOf(kind, claim.namespace, name) === uid ? 'solid' : 'absent',
    )
    if (decision.do === 'delete') this.#context.client.deleteResource(claim as never, cause)
    else if (decision.do === 'release') {
      const left = owners.filter(({ uid }) => !decision.uids.has(uid))
      const next = { ...metadata, finalizers, ...(left.length === 0 ? {} : { ownerReferences: left }) }
      write(this.#context, claim, { metadata: next }, cause)
    }
  }
}
