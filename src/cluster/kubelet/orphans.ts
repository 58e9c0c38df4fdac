import { type PodVersion, RUNTIME_STATE, type StoreClient } from '../contract/index.js'
import { KubeletPod, WORKER_PHASE } from './kubelet-pod.js'
import type { Pleg } from './pleg.js'
import type { PodWorkers } from './pod-workers.js'

const GRACE_SECONDS = 1

/**
 * Pods that went while their kubelet was down, and those that it rejects once it is up: they have no worker, and what still runs of
 * them is ended as what housekeeping finds in the runtime alone.
 *
 * kubelet: pkg/kubelet/kubelet_pods.go HandlePodCleanups, kubelet.go SyncTerminatingRuntimePod, v1.32.
 */
export class Orphans {
  readonly #store: StoreClient
  readonly #pleg: Pleg
  readonly #workers: PodWorkers
  #lookedAfter: PodVersion[] = []

  constructor(store: StoreClient, pleg: Pleg, workers: PodWorkers) {
    this.#store = store
    this.#pleg = pleg
    this.#workers = workers
  }

  /** The kubelet goes down; it looked after this pod. */
  remember(pod: KubeletPod): void {
    this.#lookedAfter.push(pod.current ?? pod.active)
  }

  /** The kubelet is up, and has taken in what it admits. */
  end(pods: (KubeletPod | undefined)[], cause: number, firstRound: number): void {
    const versions = this.#lookedAfter
    this.#lookedAfter = []
    for (const version of versions) {
      const { index } = version.identity
      const known = pods[index]
      const isRejected = known !== undefined && known.phase === WORKER_PHASE.finished
      if (this.#store.pod(index) !== null && !isRejected) continue
      const pod = isRejected ? known : new KubeletPod(version)
      if (!isRejected) {
        pod.rounds = firstRound
        pod.current = null
        this.#pleg.adopt(pod)
      }
      const isAlive =
        pod.cache.containers.some(each => each.state === RUNTIME_STATE.running) ||
        pod.cache.sandboxes.some(each => each.isReady)
      if (!isAlive) continue
      pods[index] = pod
      pod.isOrphan = true
      pod.phase = WORKER_PHASE.sync
      this.#workers.update(pod, version, cause, null, true, GRACE_SECONDS)
    }
  }
}
