import type { Milliseconds } from '../../time/index.js'
import type { EventRecorder } from '../client/index.js'
import { claimsOf, type Environment, OP, type StoreClient, WORD } from '../contract/index.js'
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

  /** A round looks whether its volumes are mounted; if not, it waits for the reconciler to mount them. */
  look(pod: KubeletPod): MountOutcome {
    const { kernel } = this.#environment
    if (!pod.hasClaims && this.#isAnyClaimOpen(pod)) {
      this.#endWait(pod)
      return 'failed'
    }
    pod.hasClaims = true
    if (this.#reconcile(pod)) {
      this.#endWait(pod)
      return 'mounted'
    }
    if (pod.phase !== WORKER_PHASE.sync) kernel.cancel(pod.mountEntry)
    const isTimedOut = pod.volumeWaitSince >= 0 && kernel.now - pod.volumeWaitSince >= MOUNT_TIMEOUT_MS
    if (pod.phase !== WORKER_PHASE.sync || isTimedOut) {
      this.#endWait(pod)
      return 'failed'
    }
    if (pod.volumeWaitSince < 0) {
      pod.volumeWaitSince = kernel.now
      pod.volumeTimeoutEntry = this.#schedule(pod, kernel.now + MOUNT_TIMEOUT_MS)
    }
    pod.step = STEP.waitingForVolumes
    return 'waiting'
  }

  /** desired_state_of_world_populator.go getPVCExtractPV: a claim that is missing or not bound ends the round at once, with a word. */
  #isAnyClaimOpen({ identity, active, cause }: KubeletPod): boolean {
    const { index, path, namespace } = identity
    const { symbols } = this.#environment
    const open = claimsOf(active.spec.object).flatMap(({ volume, claim }) => {
      const found = this.#store.find('PersistentVolumeClaim', namespace, claim)
      if (found?.kind === 'PersistentVolumeClaim' && found.status?.phase === 'Bound') return []
      const problem =
        found === null
          ? `failed to fetch PVC from API server: persistentvolumeclaims "${claim}" not found`
          : 'PVC is not bound'
      return [{ volume, error: `error processing PVC ${namespace}/${claim}: ${problem}` }]
    })
    if (open.length === 0) return false
    const names = `[${open.map(({ volume }) => volume).join(' ')}]`
    const volumes = `unmounted volumes=${names}, unattached volumes=[], failed to process volumes=${names}`
    const errors = open.map(({ error }) => error).join('; ')
    const message = symbols.intern(`Unable to attach or mount volumes: ${volumes}: ${errors}`)
    this.#events.record(index, path, true, WORD.FailedMount, message, cause)
    return true
  }

  /** Tries what is due; answers whether everything is mounted. The back-off is the mounts' own: rounds come and go. */
  #reconcile(pod: KubeletPod): boolean {
    const { kernel } = this.#environment
    if (kernel.now < pod.mountRetryAt) return false
    if (!this.#isAnyMissing(pod)) {
      pod.mountRetryAt = -1
      pod.mountRetries = 0
      return true
    }
    const delay = Math.min(MOUNT_RETRY_MS << Math.min(pod.mountRetries++, 20), LONGEST_MOUNT_RETRY_MS)
    pod.mountRetryAt = kernel.now + delay
    pod.mountEntry = this.#schedule(pod, pod.mountRetryAt)
    return false
  }

  #schedule(pod: KubeletPod, at: Milliseconds): number {
    return this.#environment.kernel.schedule(at, OP.volumeRetry, pod.identity.index, pod.cause)
  }

  #endWait(pod: KubeletPod): void {
    if (pod.volumeWaitSince < 0) return
    this.#environment.kernel.cancel(pod.volumeTimeoutEntry)
    pod.volumeWaitSince = -1
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

  /** A retry or the end of a wait is due; answers whether a round waits for it. Without a round the retry goes on all the same. */
  retry(pod: KubeletPod): boolean {
    const { entry } = this.#environment.kernel
    if (entry !== pod.mountEntry && entry !== pod.volumeTimeoutEntry) return false
    if (pod.step === STEP.waitingForVolumes) return true
    if (entry === pod.mountEntry && pod.phase === WORKER_PHASE.sync) this.#reconcile(pod)
    return false
  }

  /** Ends the retries and the wait; answers whether there was a round that waited. */
  cancel(pod: KubeletPod): boolean {
    this.#environment.kernel.cancel(pod.mountEntry)
    this.#endWait(pod)
    return pod.step === STEP.waitingForVolumes
  }
}
