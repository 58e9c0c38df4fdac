import { choiceLabel } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { type Environment, isDeleting, isTerminalPhase, type PodVersion, RUNTIME_STATE } from '../contract/index.js'
import { type KillRequest, type KubeletPod, STEP, WORKER_PHASE } from './kubelet-pod.js'
import type { Pleg } from './pleg.js'
import type { WorkQueue } from './work-queue.js'

const ERROR_RESYNC = choiceLabel('error-resync', 'the plan’s timing: 12.5 s of U[10, 15) s')
const QUIET_RESYNC = choiceLabel('quiet-resync', 'the plan’s timing: 75 s of U[60, 90) s')

/** Carries out the round of a worker; each ends in `PodWorkers.endRound`. */
export interface PodSyncer {
  syncPod(pod: KubeletPod): void
  syncTerminatingPod(pod: KubeletPod): void
  syncTerminatedPod(pod: KubeletPod): void
  /** Whether another sync of the pod, with nothing new, could have an effect. */
  couldResyncMatter(pod: KubeletPod): boolean
}

/** How a round ended. */
export type RoundEnd = 'done' | 'failed' | 'transition'

/**
 * One worker per pod: its rounds are strictly serial, at most one update is pending, the phases go one way.
 *
 * kubelet: pkg/kubelet/pod_workers.go, v1.32 (R-101 … R-115).
 */
export class PodWorkers {
  readonly #environment: Environment
  readonly #pleg: Pleg
  readonly #queue: WorkQueue
  #syncer!: PodSyncer

  constructor(environment: Environment, pleg: Pleg, queue: WorkQueue) {
    this.#environment = environment
    this.#pleg = pleg
    this.#queue = queue
  }

  connect(syncer: PodSyncer): void {
    this.#syncer = syncer
  }

  /** The first sight of a pod that is over already goes straight to its end. */
  createWorker(pod: KubeletPod): void {
    const { status } = pod.active
    if (!isTerminalPhase(status.phase)) return
    const isAlive =
      pod.cache.containers.some(each => each.state === RUNTIME_STATE.running) ||
      pod.cache.sandboxes.some(each => each.isReady)
    if (!isAlive) pod.phase = WORKER_PHASE.terminated
  }

  /** A trigger for the pod: a new version, a relist, a probe, a tick, or a kill. */
  update(
    pod: KubeletPod,
    version: PodVersion,
    cause: number,
    kill: KillRequest | null = null,
    isRemoved = false,
    overrideSeconds = -1,
  ): void {
    if (pod.phase === WORKER_PHASE.finished) return
    if (pod.phase === WORKER_PHASE.sync) {
      const isEnding = isRemoved || isDeleting(version) || isTerminalPhase(version.status.phase) || kill !== null
      if (isEnding) pod.phase = WORKER_PHASE.terminating
    }
    if (kill !== null) {
      pod.isEvicted = true
      pod.killRequest = kill
    }
    if (isDeleting(version)) pod.isDeletionRequested = true
    let grace = -1
    if (pod.phase >= WORKER_PHASE.terminating) {
      grace = effectiveGraceSeconds(pod.graceSeconds, version, overrideSeconds)
      pod.graceSeconds = grace
    }
    if (!pod.hasPending) {
      pod.hasPending = true
      pod.pendingCause = cause
    } else if (cause >= 0) {
      pod.alsoPending.push(cause)
    }
    pod.pending = version
    pod.pendingGrace = grace
    if (pod.step === STEP.idle) this.#beginRound(pod)
  }

  /** The kind of work is fixed now, before the wait for a status newer than the last round's end. */
  #beginRound(pod: KubeletPod): void {
    pod.hasPending = false
    pod.active = pod.pending
    pod.activeGrace = pod.pendingGrace
    pod.activePhase = pod.phase
    pod.cause = pod.pendingCause
    if (pod.alsoPending.length > 0) {
      for (const other of pod.alsoPending) this.#environment.trace.noteAlsoCausedBy(pod.cause, other)
      pod.alsoPending.length = 0
    }
    pod.step = STEP.waitingForCache
    if (pod.lastSyncTime < 0 || this.#pleg.isNewerThan(pod, pod.lastSyncTime, pod.cause)) this.runRound(pod)
  }

  /** The cache is new enough. */
  runRound(pod: KubeletPod): void {
    if (pod.step !== STEP.waitingForCache) return
    pod.rounds++
    pod.retryAt = Number.POSITIVE_INFINITY
    pod.roundStatus = pod.cache
    // What the round will say follows from what the cache shows as much as from what set it off.
    if (pod.cacheCause > pod.cause) this.#environment.trace.noteAlsoCausedBy(pod.cause, pod.cacheCause)
    if (pod.activePhase === WORKER_PHASE.sync) this.#syncer.syncPod(pod)
    else if (pod.activePhase === WORKER_PHASE.terminating) this.#syncer.syncTerminatingPod(pod)
    else this.#syncer.syncTerminatedPod(pod)
  }

  /** A round is over: a transition runs the next phase at once, anything else waits for its time in the work queue. */
  endRound(pod: KubeletPod, end: RoundEnd): void {
    const { kernel, timing, choices } = this.#environment
    pod.step = STEP.idle
    pod.lastSyncTime = kernel.now
    pod.generated = null
    pod.actions = null
    if (end === 'transition') {
      pod.phase = Math.max(pod.phase, pod.activePhase + 1)
      this.#queue.enqueue(pod, -1, pod.cause)
      if (pod.phase === WORKER_PHASE.finished) {
        pod.hasPending = false
        return
      }
      if (!pod.hasPending) {
        pod.hasPending = true
        pod.pending = pod.active
        // A natural end hands no grace on; a requeued update keeps its own.
        pod.pendingGrace = pod.activeGrace
        pod.pendingCause = pod.cause
      }
    } else if (end === 'failed') {
      this.#queue.enqueue(pod, kernel.now + this.#retryDelay(pod), pod.cause)
    } else if (this.#syncer.couldResyncMatter(pod)) {
      const jitter = choices.draw(QUIET_RESYNC, pod.identity.path, pod.rounds, 30_000, timing.quietResync - 60_000)
      this.#queue.enqueue(pod, kernel.now + 60_000 + jitter, pod.cause)
    } else {
      this.#queue.enqueue(pod, -1, pod.cause)
    }
    if (pod.hasPending) this.#beginRound(pod)
  }

  /** 10 s and up to half as much again; from 1.35 on the end of a back-off stands for the 10 s. */
  #retryDelay(pod: KubeletPod): Milliseconds {
    const { kernel, timing, choices, profile, kubelet } = this.#environment
    let delay = ERROR_PERIOD_MS
    if (profile.backOffDrivesRequeue && pod.retryAt !== Number.POSITIVE_INFINITY) {
      delay = Math.min(Math.max(pod.retryAt - kernel.now, 0), kubelet.syncFrequencyMs)
    }
    const range = Math.max(1, Math.trunc(delay / 2))
    const canonical = Math.trunc((delay * (timing.errorResync - ERROR_PERIOD_MS)) / ERROR_PERIOD_MS)
    return delay + choices.draw(ERROR_RESYNC, pod.identity.path, pod.rounds, range, canonical)
  }
}

const ERROR_PERIOD_MS = 10_000

/**
 * The grace of a terminating worker only ever shrinks, and never below one second.
 *
 * kubelet: pkg/kubelet/pod_workers.go calculateEffectiveGracePeriod, v1.32.
 */
export function effectiveGraceSeconds(previous: number, version: PodVersion, overrideSeconds: number): number {
  let grace = previous
  let isOverridden = false
  const { deletionGraceSeconds } = version
  if (deletionGraceSeconds >= 0 && (grace === 0 || deletionGraceSeconds < grace)) {
    grace = deletionGraceSeconds
    isOverridden = true
  }
  if (overrideSeconds >= 0 && (grace === 0 || overrideSeconds < grace)) {
    grace = overrideSeconds
    isOverridden = true
  }
  if (!isOverridden && grace === 0) grace = version.spec.graceSeconds
  return Math.max(grace, 1)
}
