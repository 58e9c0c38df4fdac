import { type ObjectCache, type PodCache, type Retries, WorkQueue } from '../client/index.js'
import {
  ApiError,
  type NodeRecord,
  type ObjectVersion,
  type ObjectWatcher,
  type PodVersion,
  type PodWatcher,
} from '../contract/index.js'
import type { Controller, ControllerContext } from './controller.js'
import { CronJobController } from './cron-job/cron-job-controller.js'
import { DaemonSetController } from './daemon-set/daemon-set-controller.js'
import { DeploymentController } from './deployment/deployment-controller.js'
import { DisruptionController } from './disruption/disruption-controller.js'
import { GarbageCollector } from './garbage-collector/garbage-collector.js'
import { HorizontalPodAutoscalerController } from './horizontal-pod-autoscaler/horizontal-pod-autoscaler-controller.js'
import { JOB_RETRIES, JobController } from './job/job-controller.js'
import { TtlAfterFinishedController } from './job/ttl-after-finished-controller.js'
import { ReplicaSetController } from './replica-set/replica-set-controller.js'
import { StatefulSetController } from './stateful-set/stateful-set-controller.js'

/**
 * The controllers of workloads, behind informers that they share: what a watch shows is in the cache before any of them hears
 * of it.
 */
export class ControllerManager implements PodWatcher, ObjectWatcher {
  readonly #pods: PodCache
  readonly #objects: ObjectCache
  /** By number, which the kernel's entries carry. */
  readonly #controllers: readonly Controller[]

  constructor(context: ControllerContext) {
    this.#pods = context.pods
    this.#objects = context.objects
    const queue = (number: number, retries?: Retries): WorkQueue => new WorkQueue(context.environment, number, retries)
    this.#controllers = [
      new DeploymentController(context, queue(0)),
      new ReplicaSetController(context, queue(1), 'ReplicaSet'),
      new ReplicaSetController(context, queue(2), 'ReplicationController'),
      new GarbageCollector(context, queue(3)),
      new JobController(context, queue(4, JOB_RETRIES[context.profile.jobBackOff])),
      new TtlAfterFinishedController(context, queue(5)),
      new StatefulSetController(context, queue(6)),
      new DaemonSetController(context, queue(7)),
      new DisruptionController(context, queue(8)),
      new CronJobController(context, queue(9)),
      new HorizontalPodAutoscalerController(context, queue(10)),
    ]
  }

  reset(): void {
    this.#pods.reset()
    this.#objects.reset()
    for (const controller of this.#controllers) {
      controller.queue.reset()
      controller.reset()
    }
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    this.#pods.apply(change, pod)
    for (const controller of this.#controllers) controller.podChanged(change, pod, previous, cause)
  }

  objectChanged(change: number, version: ObjectVersion, previous: ObjectVersion | null, cause: number): void {
    this.#objects.apply(change, version)
    for (const controller of this.#controllers) controller.objectChanged(change, version, previous, cause)
  }

  nodeChanged(cause: number, node?: NodeRecord): void {
    for (const controller of this.#controllers) controller.nodeChanged?.(cause, node)
  }

  /** A controller takes its next key (C-1, C-10). */
  sync(number: number): void {
    const controller = this.#controllers[number]
    const { queue } = controller
    const next = queue.take()
    if (next === undefined) return
    const { key, cause } = next
    try {
      controller.sync(key, cause)
      if (controller.keepsFailures !== true) queue.forget(key)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (queue.failures(key) < controller.mostRetries) queue.addRateLimited(key, cause)
      else queue.forget(key)
    }
  }

  /** A key's delay is over. */
  delayOver(argument: number): void {
    const { controller, slot } = WorkQueue.delayOf(argument)
    this.#controllers[controller].queue.due(slot)
  }
}
