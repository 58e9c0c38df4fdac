import { RUNTIME_STATE } from '../contract/index.js'
import { type KubeletPod, STEP } from './kubelet-pod.js'
import { parkRound, type SyncParts } from './sync-parts.js'

/**
 * The rounds that end a pod: its containers are killed, then its status is made final.
 *
 * kubelet: pkg/kubelet/kubelet.go SyncTerminatingPod, SyncTerminatedPod, v1.32.
 */
export class PodTermination {
  readonly #parts: SyncParts

  constructor(parts: SyncParts) {
    this.#parts = parts
  }

  /** R-150 (1). */
  begin(pod: KubeletPod): void {
    const { generator, environment } = this.#parts
    pod.generated = generator.generate(pod, pod.active, pod.roundStatus, false, pod.cause)
    if (!parkRound(environment, pod, STEP.terminatingGenerated, environment.timing.containerStop)) this.kill(pod)
  }

  /** R-150 (2) to (5): the status is stored, and everything that runs is killed. */
  kill(pod: KubeletPod): void {
    const { statuses, probes, killer } = this.#parts
    let status = pod.generated
    if (status === null) return
    if (pod.killRequest !== null) {
      const { phase, reason, message } = pod.killRequest
      status = { ...status, phase, reason, message }
    }
    statuses.setPodStatus(pod, pod.active, status, pod.cause)
    probes.stopLivenessAndStartup(pod)
    pod.step = STEP.terminatingKill
    if (!killer.killAll(pod, pod.roundStatus, pod.active.spec, pod.activeGrace, pod.cause)) this.killed(pod, pod.cause)
  }

  /** R-150 (5) to (10): the sandbox goes, and the status is made from what the runtime says now. */
  killed(pod: KubeletPod, cause: number): void {
    const { runtime, probes, generator, statuses, workers } = this.#parts
    pod.cause = cause
    for (const sandbox of pod.roundStatus.sandboxes) runtime.stopPodSandbox(pod.identity.index, sandbox.attempt, cause)
    probes.removePod(pod)
    const now = runtime.podStatus(pod.identity.index)
    if (now.containers.some(each => each.state === RUNTIME_STATE.running)) {
      workers.endRound(pod, 'failed')
      return
    }
    const status = generator.generate(pod, pod.active, now, true, cause)
    statuses.setPodStatus(pod, pod.active, status, cause)
    workers.endRound(pod, 'transition')
  }

  /** the volumes are gone at once, then the pod's status is made final. */
  complete(pod: KubeletPod): void {
    const { generator, statuses, workers } = this.#parts
    const status = generator.generate(pod, pod.active, pod.roundStatus, true, pod.cause)
    statuses.setPodStatus(pod, pod.active, status, pod.cause)
    statuses.terminatePod(pod, pod.active, pod.cause)
    workers.endRound(pod, 'transition')
  }
}
