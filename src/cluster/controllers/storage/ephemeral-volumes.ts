import type { PersistentVolumeClaim } from '../../../model/index.js'
import { EventRecorder, type WorkQueue } from '../../client/index.js'
import {
  ApiError,
  CHANGE,
  type ClaimUse,
  claimsOf,
  isClaimOfPod,
  isDeleting,
  type PodVersion,
  type ResourceVersion,
} from '../../contract/index.js'
import { EVENT_SOURCE } from '../event-source.js'
import type { ResourceController } from '../resource-controller.js'
import { asClaim, type StorageContext } from './storage-controller.js'

/**
 * Makes the claims of generic ephemeral volumes: `POD-VOLUME`, owned by the pod, so that it goes with it.
 *
 * controllers: pkg/controller/volume/ephemeral/controller.go, v1.32.
 */
export class EphemeralVolumes implements ResourceController {
  readonly queue: WorkQueue
  readonly #context: StorageContext
  readonly #events: EventRecorder

  constructor(context: StorageContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    this.#events = new EventRecorder(context.environment, EVENT_SOURCE.EphemeralVolume)
  }

  reset(): void {
    this.#events.reset()
  }

  /** A claim that was deleted is made again as long as its pod is there. */
  resourceChanged(change: number, version: ResourceVersion, cause: number): void {
    const claim = change === CHANGE.removed ? asClaim(version) : null
    if (claim === null) return
    const { environment } = this.#context
    for (const owner of claim.object.metadata.ownerReferences ?? []) {
      if (owner.kind !== 'Pod') continue
      const path = environment.symbols.intern(`Pod/${claim.namespace}/${owner.name}`)
      this.queue.addAfter(path, environment.timing.watch, cause)
    }
  }

  podChanged(change: number, pod: PodVersion, cause: number): void {
    if (change !== CHANGE.added || claimsOf(pod.spec.object).every(({ template }) => template === undefined)) return
    this.queue.addAfter(pod.identity.path, this.#context.environment.timing.watch, cause)
  }

  sync(key: number, cause: number): void {
    const pod = this.#context.podAt(key)
    if (pod === null || isDeleting(pod)) return
    for (const use of claimsOf(pod.spec.object)) {
      try {
        this.#ensure(use, pod, cause)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        this.#tell(pod, `ephemeral volume ${use.volume}: ${error.message}`, cause)
        throw error
      }
    }
  }

  #ensure({ claim: name, template }: ClaimUse, pod: PodVersion, cause: number): void {
    if (template === undefined) return
    const { client } = this.#context
    const { namespace, name: podName, uid } = pod.identity
    const existing = client.resource('PersistentVolumeClaim', namespace, name)
    if (existing !== null) {
      if (isClaimOfPod(existing.object, uid)) return
      throw new ApiError('Invalid', notOwnClaim(namespace, name, podName))
    }
    const { labels, annotations } = template.metadata ?? {}
    const owner = { apiVersion: 'v1', kind: 'Pod', name: podName, uid, controller: true, blockOwnerDeletion: true }
    const claim: PersistentVolumeClaim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace, labels, annotations, ownerReferences: [owner] },
      spec: template.spec,
    }
    try {
      client.createResource(claim, cause)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      throw new ApiError(error.reason, `create PVC ${name}: ${error.message}`)
    }
  }

  #tell({ identity: { index, path } }: PodVersion, message: string, cause: number): void {
    const { symbols } = this.#context.environment
    this.#events.record(index, path, true, symbols.intern('FailedBinding'), symbols.intern(message), cause)
  }
}

const notOwnClaim = (namespace: string, claim: string, pod: string): string =>
  `PVC ${namespace}/${claim} was not created for pod ${namespace}/${pod} (pod is not owner)`
