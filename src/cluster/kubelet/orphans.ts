import { type PodVersion, RUNTIME_STATE, type StoreClient } from '../contract/index.js'
import { KubeletPod } from './kubelet-pod.js'
import type { Pleg } from './pleg.js'
import type { PodWorkers } from './pod-workers.js'

const GRACE_SECONDS = 1

/**
 * Pods that went while their kubelet was down: what still runs of them is ended once it is up again.
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

  /** The kubelet is up: a pod that the API server has no more is known from the runtime alone. */
  end(pods: (KubeletPod | undefined)[], cause: number): void {
    const versions = this.#lookedAfter
    this.#lookedAfter = []
    for (const version of versions) {
      const { index } = version.identity
      if (this.#store.pod(index) !== null) continue
      const pod = new KubeletPod(version)
      pod.current = null
      this.#pleg.adopt(pod)
      if (!pod.cache.containers.some(each => each.state === RUNTIME_STATE.running)) continue
      pods[index] = pod
      this.#workers.update(pod, version, cause, null, true, GRACE_SECONDS)
    }
  }
}
