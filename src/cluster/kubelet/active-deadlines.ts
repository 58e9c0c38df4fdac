import { type Environment, OP, type PodVersion } from '../contract/index.js'
import { type KubeletPod, WORKER_PHASE } from './kubelet-pod.js'
import type { PodWorkers } from './pod-workers.js'
import type { StatusGenerator } from './status-generation.js'
import type { WorkQueue } from './work-queue.js'

/**
 * The pods with `spec.activeDeadlineSeconds`: looked at in each tick of the sync loop once status.startTime and the deadline have passed.
 *
 * kubelet: pkg/kubelet/active_deadline.go, v1.32.
 */
export class ActiveDeadlines {
  readonly #environment: Environment
  readonly #queue: WorkQueue
  readonly #generator: StatusGenerator
  readonly #workers: PodWorkers

  constructor(environment: Environment, queue: WorkQueue, generator: StatusGenerator, workers: PodWorkers) {
    this.#environment = environment
    this.#queue = queue
    this.#generator = generator
    this.#workers = workers
  }

  /** Looks after a pod that has a deadline, from the version on in which it is new. */
  watch(pod: KubeletPod, version: PodVersion, cause: number): void {
    const { activeDeadlineSeconds } = version.spec
    if (activeDeadlineSeconds === 0 || activeDeadlineSeconds === pod.deadlineSeconds) return
    pod.deadlineSeconds = activeDeadlineSeconds
    const { kernel, timing } = this.#environment
    kernel.cancel(pod.deadlineEntry)
    const startedAt = pod.startSeconds >= 0 ? pod.startSeconds * 1000 - timing.clockOffset : kernel.now
    const due = startedAt + activeDeadlineSeconds * 1000 - 1000
    pod.deadlineEntry = kernel.schedule(
      this.#queue.tickAfter(Math.max(due, kernel.now)),
      OP.deadline,
      pod.identity.index,
      cause,
    )
  }

  /** The tick has come in which a pod is past its deadline; its worker is told, and again in each tick until it is over. */
  due(pod: KubeletPod, cause: number): void {
    if (pod.current === null || pod.phase === WORKER_PHASE.finished) return
    const { kernel } = this.#environment
    if (this.#generator.isPastDeadline(pod, pod.current)) this.#workers.update(pod, pod.current, cause)
    pod.deadlineEntry = kernel.schedule(this.#queue.tickAfter(kernel.now), OP.deadline, pod.identity.index, cause)
  }
}
