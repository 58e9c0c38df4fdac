import { WorkQueue } from '../client/index.js'
import {
  ApiError,
  CHANGE,
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

/** Numbers of these controllers go on from here, beside those of workloads. */
const FIRST = 512

/** The controllers of namespaces, quotas and service accounts. They hear of writes at once and wait for the watch by themselves. */
export class ResourceControllers implements ResourceWatcher, PodWatcher {
  readonly #controllers: readonly ResourceController[]

  constructor(context: ResourceControllerContext) {
    const queue = (number: number): WorkQueue => new WorkQueue(context.environment, FIRST + number)
    this.#controllers = [
      new ServiceAccountController(context, queue(0)),
      new ResourceQuotaController(context, queue(1)),
      new NamespaceController(context, queue(2)),
    ]
  }

  reset(): void {
    for (const { queue } of this.#controllers) queue.reset()
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
    const isEnd = isTerminalPhase(pod.status.phase) && previous !== null && !isTerminalPhase(previous.status.phase)
    if (change !== CHANGE.removed && !isEnd) return
    for (const controller of this.#controllers) controller.podEnded?.(pod.spec.object, pod.identity.namespace, cause)
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
