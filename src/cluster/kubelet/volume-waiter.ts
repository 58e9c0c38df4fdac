import type { EventRecorder } from '../client/index.js'
import { type Environment, OP, type StoreClient, WORD } from '../contract/index.js'
import { type KubeletPod, STEP, WORKER_PHASE } from './kubelet-pod.js'
import { MESSAGE } from './messages.js'
import { referenceError } from './reference-error.js'

/** FailedMount is told again after 0.5, 1, 2, 4 … s, at most two minutes apart (R-1116). */
const MOUNT_RETRY_MS = 500
const LONGEST_MOUNT_RETRY_MS = 122_000
/** WaitForAttachAndMount gives up after 2 m 3 s. */
const MOUNT_TIMEOUT_MS = 123_000

/** What came of looking at a pod's volumes; 'waiting' parks the round. */
export type MountOutcome = 'mounted' | 'waiting' | 'failed'

/**
 * Waits for a pod's volumes: missing ConfigMaps and Secrets hold the round until they come.
 *
 * kubelet: pkg/kubelet/volumemanager WaitForAttachAndMount, v1.32 (R-109, R-140, R-1116).
 */
export class VolumeWaiter {
  readonly #environment: Environment
  readonly #store: StoreClient
  readonly #events: EventRecorder

  constructor(environment: Environment, store: StoreClient, events: EventRecorder) {
    this.#environment = environment
    this.#store = store
    this.#events = events
  }

  /** Tries the mounts; each that fails is told. */
  look(pod: KubeletPod): MountOutcome {
    const { kernel } = this.#environment
    if (!this.#isAnyMissing(pod)) {
      pod.volumeWaitSince = -1
      return 'mounted'
    }
    if (pod.volumeWaitSince < 0) {
      pod.volumeWaitSince = kernel.now
      pod.volumeRetries = 0
    }
    const waited = kernel.now - pod.volumeWaitSince
    if (pod.phase !== WORKER_PHASE.sync || waited >= MOUNT_TIMEOUT_MS) {
      pod.volumeWaitSince = -1
      return 'failed'
    }
    pod.step = STEP.waitingForVolumes
    const delay = Math.min(MOUNT_RETRY_MS << Math.min(pod.volumeRetries++, 20), LONGEST_MOUNT_RETRY_MS)
    const retryAt = kernel.now + Math.min(delay, MOUNT_TIMEOUT_MS - waited)
    pod.volumeEntry = kernel.schedule(retryAt, OP.volumeRetry, pod.identity.index, pod.cause)
    return 'waiting'
  }

  #isAnyMissing(pod: KubeletPod): boolean {
    const { symbols } = this.#environment
    let isMissing = false
    for (const { name, reference } of pod.active.spec.volumes) {
      const error = referenceError(this.#environment, this.#store, pod.identity.namespace, reference)
      if (error === 0) continue
      isMissing = true
      const message = symbols.message(MESSAGE.mountFailed, symbols.intern(name), error)
      this.#events.record(pod.identity.index, pod.identity.path, true, WORD.FailedMount, message, pod.cause)
    }
    return isMissing
  }

  /** Whether the entry in hand is the retry that the pod waits for. */
  isRetry(pod: KubeletPod): boolean {
    return pod.step === STEP.waitingForVolumes && pod.volumeEntry === this.#environment.kernel.entry
  }

  /** Ends a wait; answers whether there was one. */
  cancel(pod: KubeletPod): boolean {
    if (pod.step !== STEP.waitingForVolumes) return false
    this.#environment.kernel.cancel(pod.volumeEntry)
    pod.volumeWaitSince = -1
    return true
  }
}
