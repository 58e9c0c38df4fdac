import { WorkQueue } from '../client/index.js'
import {
  ApiError,
  CHANGE,
  claimsOf,
  isTerminalPhase,
  type PodVersion,
  type PodWatcher,
  type ResourceVersion,
  type ResourceWatcher,
} from '../contract/index.js'
import { NamespaceController } from './namespace/namespace-controller.js'
import type { ResourceController, ResourceControllerContext } from './resource-controller.js'
import { ResourceQuotaController } from './resource-quota/resource-quota-controller.js'
import { ServiceAccountController } from './service-account/service-account-controller.js'
import { ClaimCollector } from './storage/claim-collector.js'
import { EphemeralVolumes } from './storage/ephemeral-volumes.js'
import type { StorageContext } from './storage/storage-controller.js'
import { StorageProtection } from './storage/storage-protection.js'
import { VolumeBinder } from './storage/volume-binder.js'
import { VolumeProvisioner } from './storage/volume-provisioner.js'

/** Numbers of these controllers go on from here, beside those of workloads. */
const FIRST = 512

/** The controllers of namespaces, quotas, service accounts and storage. They hear of writes at once and wait for the watch by themselves. */
export class ResourceControllers implements ResourceWatcher, PodWatcher {
  readonly #controllers: readonly ResourceController[]

  constructor(context: ResourceControllerContext, storage: StorageContext) {
    const queue = (number: number): WorkQueue => new WorkQueue(context.environment, FIRST + number)
    this.#controllers = [
      new ServiceAccountController(context, queue(0)),
      new ResourceQuotaController(context, queue(1)),
      new NamespaceController(context, queue(2)),
      new VolumeBinder(storage, queue(3)),
      new VolumeProvisioner(storage, queue(4)),
      new StorageProtection(storage, queue(5)),
      new EphemeralVolumes(storage, queue(6)),
      new ClaimCollector(storage, queue(7)),
    ]
  }

  reset(): void {
    for (const controller of this.#controllers) {
      controller.queue.reset()
      controller.reset?.()
    }
  }

  /** Whether a number is that of one of these controllers. */
  static has(number: number): boolean {
    return number >= FIRST
  }

  /** The number of the controller that a delay is of. */
  static ofDelay(argument: number): number {
    return WorkQueue.delayOf(argument).controller
  }

  resourceChanged(change: number, version: ResourceVersion, cause: number): void {
    for (const controller of this.#controllers) controller.resourceChanged(change, version, cause)
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    if (claimsOf(pod.spec.object).length > 0)
      for (const controller of this.#controllers) controller.podChanged?.(change, pod, cause)
    if (change === CHANGE.removed) this.ownerGone(pod.identity.uid, pod.identity.namespace, cause)
    const isEnd = isTerminalPhase(pod.status.phase) && previous !== null && !isTerminalPhase(previous.status.phase)
    if (change !== CHANGE.removed && !isEnd) return
    for (const controller of this.#controllers) controller.podEnded?.(pod.spec.object, pod.identity.namespace, cause)
  }

  /** A pod or workload is gone. */
  ownerGone(uid: string, namespace: string, cause: number): void {
    for (const controller of this.#controllers) controller.ownerGone?.(uid, namespace, cause)
  }

  /** A controller takes its next key (C-1). */
  sync(number: number): void {
    const controller = this.#controllers[number - FIRST]
    const next = controller.queue.take()
    if (next === undefined) return
    const { key, cause } = next
    try {
      controller.sync(key, cause)
      controller.queue.forget(key)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      controller.queue.addRateLimited(key, cause)
    }
  }

  /** A key's delay is over. */
  delayOver(argument: number): void {
    const { controller, slot } = WorkQueue.delayOf(argument)
    this.#controllers[controller - FIRST].queue.due(slot)
  }
}
