import type { WorkQueue } from '../../client/index.js'
import {
  CHANGE,
  claimsOf,
  isClaimOfPod,
  isTerminalPhase,
  type PodVersion,
  type ResourceVersion,
} from '../../contract/index.js'
import type { ResourceController } from '../resource-controller.js'
import {
  asVolume,
  type ClaimVersion,
  claimAt,
  claimKey,
  dropFinalizer,
  type StorageContext,
  volumeAt,
} from './storage-controller.js'

const CLAIM_PROTECTION = 'kubernetes.io/pvc-protection'
const VOLUME_PROTECTION = 'kubernetes.io/pv-protection'

/**
 * Lets claims and volumes that are being deleted go when nobody needs them any more: a claim while no pod with a node has it, a
 * volume while it is not bound.
 *
 * controllers: pkg/controller/volume/pvcprotection, pkg/controller/volume/pvprotection, v1.32.
 */
export class StorageProtection implements ResourceController {
  readonly queue: WorkQueue
  readonly #context: StorageContext

  constructor(context: StorageContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
  }

  resourceChanged(change: number, version: ResourceVersion, cause: number): void {
    const isStorage = version.kind === 'PersistentVolumeClaim' || version.kind === 'PersistentVolume'
    if (change === CHANGE.removed || version.deletionSeconds < 0 || !isStorage) return
    this.queue.addAfter(version.path, this.#context.environment.timing.watch, cause)
  }

  podChanged(change: number, pod: PodVersion, cause: number): void {
    const { environment } = this.#context
    // The others cannot free a claim.
    if (change !== CHANGE.removed && !isTerminalPhase(pod.status.phase) && !isShutDown(pod)) return
    for (const { claim } of claimsOf(pod.spec.object))
      this.queue.addAfter(claimKey(this.#context, pod.identity.namespace, claim), environment.timing.watch, cause)
  }

  sync(key: number, cause: number): void {
    const { symbols } = this.#context.environment
    const isClaim = symbols.text(key).startsWith('PersistentVolumeClaim/')
    const version = (isClaim ? claimAt(this.#context, key) : volumeAt(this.#context, key)) as ResourceVersion | null
    const finalizer = isClaim ? CLAIM_PROTECTION : VOLUME_PROTECTION
    if (version === null || version.deletionSeconds < 0) return
    if (version.object.metadata.finalizers?.includes(finalizer) !== true) return
    const isUsed = isClaim ? this.#isMounted(version as never) : asVolume(version)?.object.status?.phase === 'Bound'
    if (!isUsed) dropFinalizer(this.#context, version, finalizer, cause)
  }

  #isMounted(claim: ClaimVersion): boolean {
    return this.#context.pods(claim.namespace).some(pod => pod.node >= 0 && isUser(pod, claim))
  }
}

/** podUsesPVC: a pod that has ended uses its claims until it is gone; one that was killed leaves those of its own. */
const isUser = (pod: PodVersion, claim: ClaimVersion): boolean =>
  claimsOf(pod.spec.object).some(
    use =>
      use.claim === claim.name &&
      (use.template === undefined || (!isShutDown(pod) && isClaimOfPod(claim.object, pod.identity.uid))),
  )

/** podIsShutDown: nothing but its removal is left of it. */
const isShutDown = ({ deletionGraceSeconds }: PodVersion): boolean => deletionGraceSeconds === 0
