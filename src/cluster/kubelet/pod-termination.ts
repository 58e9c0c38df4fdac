import { condition, type PodStatus, RUNTIME_STATE, TRUTH, WORD, withConditions } from '../contract/index.js'
import { type KillRequest, type KubeletPod, STEP } from './kubelet-pod.js'
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
    if (pod.killRequest !== null) status = killedStatus(status, pod.killRequest)
    if (!pod.isOrphan) statuses.setPodStatus(pod, pod.active, status, pod.cause)
    probes.stopLivenessAndStartup(pod)
    pod.step = STEP.terminatingKill
    if (killer.killAll(pod, pod.roundStatus, pod.active.spec, pod.activeGrace, pod.cause)) return
    this.#stopSandboxes(pod)
    this.settle(pod)
  }

  /** R-150 (5) and (6): the sandbox goes; then the status is made from what the runtime says. */
  killed(pod: KubeletPod, cause: number): void {
    const { environment } = this.#parts
    pod.cause = cause
    this.#stopSandboxes(pod)
    if (!parkRound(environment, pod, STEP.sandboxStopped, environment.timing.sandboxStop)) this.settle(pod)
  }

  #stopSandboxes(pod: KubeletPod): void {
    const { runtime, probes } = this.#parts
    for (const { attempt } of pod.roundStatus.sandboxes) runtime.stopPodSandbox(pod.identity.index, attempt, pod.cause)
    probes.removePod(pod)
  }

  /** R-150 (7) to (10). */
  settle(pod: KubeletPod): void {
    const { runtime, generator, statuses, workers } = this.#parts
    const { cause } = pod
    const now = runtime.podStatus(pod.identity.index)
    if (now.containers.some(each => each.state === RUNTIME_STATE.running)) {
      workers.endRound(pod, 'failed')
      return
    }
    if (!pod.isOrphan) {
      const status = generator.generate(pod, pod.active, now, true, cause)
      statuses.setPodStatus(pod, pod.active, status, cause)
    }
    workers.endRound(pod, 'transition')
    if (pod.killRequest !== null) this.#parts.killReturned(pod, cause)
  }

  /** the volumes are gone at once, then the pod's status is made final. */
  complete(pod: KubeletPod): void {
    const { generator, statuses, workers } = this.#parts
    if (!pod.isOrphan) {
      const status = generator.generate(pod, pod.active, pod.roundStatus, true, pod.cause)
      statuses.setPodStatus(pod, pod.active, status, pod.cause)
      statuses.terminatePod(pod, pod.active, pod.cause)
    }
    workers.endRound(pod, 'transition')
  }
}

/** The status of a pod that its kubelet ends. */
function killedStatus(status: PodStatus, { reason, message, disruption, keepsSuccess }: KillRequest): PodStatus {
  const phase = keepsSuccess && status.phase === WORD.Succeeded ? status.phase : WORD.Failed
  const failed = { ...status, phase, reason, message }
  if (disruption === 0) return failed
  const others = failed.conditions.filter(({ type }) => type !== WORD.DisruptionTarget)
  const target = condition(WORD.DisruptionTarget, TRUTH.True, WORD.TerminationByKubelet, disruption)
  return withConditions(failed, [...others, target])
}
