import type { EventRecorder } from '../client/index.js'
import {
  CHANGE,
  type Environment,
  isDeleting,
  isTerminalPhase,
  type NodeRecord,
  type PodVersion,
  type StoreClient,
} from '../contract/index.js'
import { NodeUse } from '../predicates/index.js'
import type { ActiveDeadlines } from './active-deadlines.js'
import { type Admission, admitPod, rejectedStatus, shutdownRefusal } from './admission.js'
import { isReadySettled } from './conditions.js'
import type { EvictionManager } from './eviction/eviction-manager.js'
import { isUpdate } from './is-update.js'
import { KubeletPod, WORKER_PHASE } from './kubelet-pod.js'
import type { NodeShutdown } from './node-shutdown.js'
import type { Pleg } from './pleg.js'
import type { PodWorkers } from './pod-workers.js'
import type { ProbeManager } from './probe-manager.js'
import type { StatusManager } from './status-manager.js'
import type { PodSync } from './sync-pod.js'

/** What the handlers act on: the other parts of their kubelet. */
export interface PodHandlersParts {
  readonly environment: Environment
  readonly store: StoreClient
  readonly node: NodeRecord
  /** Shared by all kubelets of a run: a pod's index finds its state. */
  readonly pods: (KubeletPod | undefined)[]
  readonly events: EventRecorder
  readonly pleg: Pleg
  readonly probes: ProbeManager
  readonly statuses: StatusManager
  readonly workers: PodWorkers
  readonly sync: PodSync
  readonly eviction: EvictionManager
  readonly shutdown: NodeShutdown
  readonly deadlines: ActiveDeadlines
}

/**
 * What a kubelet does with each change of a pod that the watch delivers: pods that are new, updated, reconciled and removed.
 *
 * kubelet: pkg/kubelet/kubelet.go HandlePodAdditions, HandlePodUpdates, HandlePodReconcile, HandlePodRemoves, v1.32 (R-120 … R-124).
 */
export class PodHandlers {
  readonly #environment: Environment
  readonly #store: StoreClient
  readonly #node: NodeRecord
  readonly #pods: (KubeletPod | undefined)[]
  readonly #events: EventRecorder
  readonly #pleg: Pleg
  readonly #probes: ProbeManager
  readonly #statuses: StatusManager
  readonly #workers: PodWorkers
  readonly #sync: PodSync
  readonly #eviction: EvictionManager
  readonly #shutdown: NodeShutdown
  readonly #deadlines: ActiveDeadlines
  /** What the active pods of this node have taken. */
  #use = new NodeUse()
  #firstRound = 0

  constructor(parts: PodHandlersParts) {
    this.#environment = parts.environment
    this.#store = parts.store
    this.#node = parts.node
    this.#pods = parts.pods
    this.#events = parts.events
    this.#pleg = parts.pleg
    this.#probes = parts.probes
    this.#statuses = parts.statuses
    this.#workers = parts.workers
    this.#sync = parts.sync
    this.#eviction = parts.eviction
    this.#shutdown = parts.shutdown
    this.#deadlines = parts.deadlines
  }

  /** Forgets what the pods have taken; the rounds of pods that come from now on are counted from `firstRound`. */
  reset(firstRound: number): void {
    this.#use = new NodeUse()
    this.#firstRound = firstRound
  }

  podChanged(change: number, version: PodVersion, previous: PodVersion | null, cause: number): void {
    const pod = this.#pods[version.identity.index]
    if (change === CHANGE.removed) {
      if (pod !== undefined) this.#podRemoved(pod, version, cause)
    } else if (pod === undefined) {
      this.#admit(this.#put(version), version, cause)
    } else if (pod.current === null || version.resourceVersion > pod.current.resourceVersion) {
      // A restarted kubelet may have read this version, or a newer one, already.
      pod.current = version
      if (isTerminalPhase(version.status.phase)) this.#release(pod)
      if (previous === null || isUpdate(previous, version)) this.#podUpdated(pod, version, cause)
      else this.#podReconciled(pod, version, cause)
    }
  }

  /** Takes up a pod that was this node's before its kubelet was restarted, with what the runtime shows of it. */
  adopt(version: PodVersion, cause: number): void {
    const pod = this.#put(version)
    this.#pleg.adopt(pod)
    this.#admit(pod, version, cause)
  }

  #put(version: PodVersion): KubeletPod {
    const pod = new KubeletPod(version)
    pod.rounds = this.#firstRound
    this.#pods[version.identity.index] = pod
    return pod
  }

  #admit(pod: KubeletPod, version: PodVersion, cause: number): void {
    if (!isDeleting(version) && !isTerminalPhase(version.status.phase)) {
      const refusal =
        this.#eviction.refusal(version) ??
        admitPod(this.#environment.symbols, this.#node, version, this.#use) ??
        (this.#shutdown.isUnderWay ? shutdownRefusal(this.#environment.symbols) : null)
      if (refusal !== null) {
        this.#reject(pod, version, refusal, cause)
        return
      }
    }
    this.#workers.createWorker(pod)
    // A pod that was over before its kubelet saw it is not among those that admission counts (pod_workers.go UpdatePod).
    if (pod.phase !== WORKER_PHASE.terminated) pod.admitted = version
    if (pod.admitted !== null) this.#use.add(version)
    this.#workers.update(pod, version, cause)
    this.#deadlines.watch(pod, version, cause)
  }

  /** A pod whose status became terminal, or that is gone, counts no more. */
  #release(pod: KubeletPod): void {
    if (pod.admitted === null) return
    this.#use.remove(pod.admitted)
    pod.admitted = null
  }

  /** the pod never runs; its whole status is the rejection. */
  #reject(pod: KubeletPod, version: PodVersion, refusal: Admission, cause: number): void {
    const { symbols } = this.#environment
    const { index, path } = pod.identity
    pod.phase = WORKER_PHASE.finished
    const row = this.#events.record(index, path, true, refusal.reason, refusal.message, cause)
    const status = rejectedStatus(symbols, version.status, refusal)
    pod.status = status
    pod.isFinished = true
    this.#store.replaceStatus(index, status, row >= 0 ? row : cause)
  }

  #podUpdated(pod: KubeletPod, version: PodVersion, cause: number): void {
    const wasSyncing = pod.phase === WORKER_PHASE.sync
    this.#workers.update(pod, version, cause)
    // Termination ends the waits that can be ended: those for volumes.
    if (wasSyncing && pod.phase !== WORKER_PHASE.sync) this.#sync.cancelVolumeWait(pod)
    if (pod.phase === WORKER_PHASE.finished && isDeleting(version)) this.#statuses.reconcile(pod, cause)
    this.#deadlines.watch(pod, version, cause)
  }

  /** only the status differs; a pod with readiness gates may need another Ready condition. */
  #podReconciled(pod: KubeletPod, version: PodVersion, cause: number): void {
    const { spec, status } = version
    if (spec.readinessGates.length === 0) return
    if (!isReadySettled(spec, status, this.#environment.symbols)) this.#workers.update(pod, version, cause)
  }

  #podRemoved(pod: KubeletPod, version: PodVersion, cause: number): void {
    pod.current = null
    // Admission counts the pods that the kubelet is told of: what still runs of one that is gone takes no room.
    this.#release(pod)
    if (pod.phase === WORKER_PHASE.finished) this.#forget(pod)
    else {
      this.#workers.update(pod, version, cause, null, true)
      this.#sync.cancelVolumeWait(pod)
    }
  }

  #forget(pod: KubeletPod): void {
    this.#release(pod)
    this.#probes.removePod(pod)
    // A failure that is still to be told counts on with those before it.
    if (pod.openProbes === 0) this.#events.forget(pod.identity.index)
    if (this.#pods[pod.identity.index] === pod) this.#pods[pod.identity.index] = undefined
  }
}
