import type { Milliseconds } from '../time/index.js'
import { HOOK, NEVER, STATE } from './container-record.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts } from './law-parts.js'
import type { ContainerRecord } from './pod-record.js'

/** Laws of the crash-loop back-off. */
export const BACK_OFF_LAWS: readonly Law[] = [
  {
    name: 'back-off-is-kept',
    family: 'restarts',
    sentence:
      'From the second on a restart comes no sooner after the exit than 10 s, then 20 s, 40 s … up to 5 min; ten minutes without a restart, another image or a restart of the kubelet begin anew.',
    source:
      'pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff; client-go util/flowcontrol/backoff.go (R-402 … R-407)',
  },
  {
    name: 'back-off-ends',
    family: 'restarts',
    sentence:
      'The only container of a pod, its image on the node, is started again at most 20 s after its back-off is over, which is never longer than 5 min.',
    source:
      'pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff; pod_workers.go completeWork (R-113, R-403, R-404)',
  },
  {
    name: 'back-off-is-shown',
    family: 'restarts',
    sentence:
      'The only container of a pod that is told to be in back-off, and is not created again, is shown waiting with the next sync, 30 s later at most, or 100 s from 1.35 on.',
    source: 'pkg/kubelet/reason_cache.go; kubelet_pods.go convertToAPIContainerStatuses (R-113, R-143, R-415, R-813)',
  },
]

const INITIAL_MS = 10_000
/** An entry that was not touched for so long is forgotten. */
const EXPIRY_MS = 600_000
/** Between asking for the back-off and CreateContainer no more than this passes where nothing is pulled. */
const START_LATENCY_MS = 1000
/** An error's resync, a tick of the sync loop and two relists. */
const RESYNC_MS = 20_000

/** A sync shows what the sync before has found. */
const SHOWN_MS = 30_000
const SHOWN_LATE_MS = 100_000

/** Follows each container's back-off as the rows bound it. */
export class BackOffLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /**
   * A container is about to be created once more. The back-off counts from the newest exit in the status that the round looked at:
   * that of the instance before, where the round itself killed this one. Where that is not sure, the earlier exit counts.
   */
  created(container: ContainerRecord, image: number): void {
    const { row, findings } = this.#parts
    const { facts, pod } = container
    this.#isInTime(container, row.time)
    container.restartBy = NEVER
    if (container.backOffToldAt !== NEVER) this.toldOver(container, row.time)
    if (container.created < 0 || facts.role === 'ephemeral') return
    const isNewSandbox = container.startSandbox !== pod.sandboxes
    // A new sandbox comes with a purge of what is left of the init containers.
    if (isNewSandbox && facts.role !== 'container') return
    const wasStopped = container.killAt !== NEVER || container.stopAt !== NEVER || container.preStop !== HOOK.none
    const isNewImage = image !== container.image
    const isStale = wasStopped || container.hasFailedProbe || isNewSandbox || isNewImage
    const since = isStale ? container.previousKnownExitAt : container.knownExitAt
    if (isNewImage) container.backOffMs = 0
    if (since === NEVER) return
    const isKnown = container.backOffMs > 0 && row.time - container.backOffUpdatedAt <= EXPIRY_MS
    if (isKnown && row.time - since < container.backOffMs) {
      findings.add(
        'back-off-is-kept',
        facts.path,
        `${containerNamed(container)} is created again ${at(row.time - since)} after its exit at ${at(since)}; its back-off is at least ${at(container.backOffMs)}`,
        container.exitRow,
      )
    }
    const longest = this.#parts.longestBackOffMs
    container.backOffMs = Math.min(longest, isKnown ? 2 * container.backOffMs : INITIAL_MS)
    container.backOffUpdatedAt = container.wasPulled ? since : row.time - START_LATENCY_MS
  }

  /** A container has exited: until when has it to be back? */
  exited(container: ContainerRecord): void {
    const { row, profile, longestBackOffMs } = this.#parts
    const { facts, pod } = container
    container.restartBy = NEVER
    const isSimple =
      pod.facts.containers.length === 1 &&
      !pod.isGone &&
      !facts.hasPostStart &&
      facts.pullPolicy !== 'Always' &&
      facts.isRestartedAfter(container.exitCode) &&
      container.stopAt === NEVER &&
      container.preStop === HOOK.none &&
      !container.hasFailedProbe &&
      pod.isSandboxReady &&
      !pod.hasOldManifest &&
      pod.kubeletRestarts === 0 &&
      pod.deletedAt === NEVER &&
      pod.facts.activeDeadlineSeconds === 0
    if (!isSimple) return
    const n = container.created
    const backOff = n < 1 ? 0 : Math.min(longestBackOffMs, INITIAL_MS * 2 ** Math.min(n - 1, 30))
    container.restartBy = row.time + (profile.backOffDrivesRequeue ? backOff * 1.5 : backOff) + RESYNC_MS
  }

  /** A BackOff event is written about the container. */
  told(container: ContainerRecord): void {
    const { pod, isAlive, exitedAt, backOffToldAt } = container
    if (backOffToldAt !== NEVER || isAlive || exitedAt === NEVER || pod.hasFailedPull) return
    if (pod.facts.containers.length !== 1 || pod.deletedAt !== NEVER || pod.facts.activeDeadlineSeconds > 0) return
    container.backOffToldAt = this.#parts.row.time
  }

  /** The container is created again, or the run is over. */
  toldOver(container: ContainerRecord, now: Milliseconds): void {
    const { backOffToldAt, state, pod } = container
    container.backOffToldAt = NEVER
    if (backOffToldAt === NEVER || pod.kubeletRestarts > 0 || pod.hasOldManifest || pod.isGone) return
    const due = backOffToldAt + (this.#parts.profile.backOffDrivesRequeue ? SHOWN_LATE_MS : SHOWN_MS)
    const until = pod.deletedAt === NEVER ? now : Math.min(now, pod.deletedAt)
    if (state === STATE.waiting || until <= due || !pod.isSandboxReady) return
    this.#parts.findings.addAt(
      'back-off-is-shown',
      due,
      container.exitRow,
      container.facts.path,
      `${containerNamed(container)} is told to be in back-off at ${at(backOffToldAt)}, and not shown waiting by ${at(due)}`,
      container.exitRow,
    )
  }

  /** The run is over, or the pod ends. */
  over(container: ContainerRecord, now: Milliseconds): void {
    this.#isInTime(container, now)
    container.restartBy = NEVER
  }

  #isInTime(container: ContainerRecord, now: Milliseconds): void {
    const { restartBy } = container
    if (restartBy === NEVER || now <= restartBy) return
    this.#parts.findings.addAt(
      'back-off-ends',
      restartBy,
      container.exitRow,
      container.facts.path,
      `${containerNamed(container)} is not created again by ${at(restartBy)} although it exited at ${at(container.exitedAt)}`,
      container.exitRow,
    )
  }
}
