import { controllerOf } from '../../model/index.js'
import { CHANGE, type PodVersion } from '../contract/index.js'

type Pods = Map<number, PodVersion>
const NO_PODS: ReadonlyMap<number, PodVersion> = new Map()

/** The pods that a shared informer has shown so far, by who controls them. */
export class PodCache {
  #pods: Pods = new Map()
  /** By UID of the controller. */
  #owned = new Map<string, Pods>()
  /** Those without a controller, by namespace. */
  #orphans = new Map<string, Pods>()

  reset(): void {
    this.#pods = new Map()
    this.#owned = new Map()
    this.#orphans = new Map()
  }

  apply(change: number, pod: PodVersion): void {
    const { index } = pod.identity
    const old = this.#pods.get(index)
    if (old !== undefined) this.#listOf(old)?.delete(index)
    if (change === CHANGE.removed) {
      this.#pods.delete(index)
      const uid = controllerUidOf(pod)
      if (uid !== undefined && this.#owned.get(uid)?.size === 0) this.#owned.delete(uid)
      return
    }
    this.#pods.set(index, pod)
    this.#ensureList(pod).set(index, pod)
  }

  get(index: number): PodVersion | undefined {
    return this.#pods.get(index)
  }

  all(): Iterable<PodVersion> {
    return this.#pods.values()
  }

  /** The pods that an object controls, in no particular order. */
  ownedBy(uid: string): Iterable<PodVersion> {
    return (this.#owned.get(uid) ?? NO_PODS).values()
  }

  countOwnedBy(uid: string): number {
    return this.#owned.get(uid)?.size ?? 0
  }

  /** The pods of a namespace that nobody controls. */
  orphansOf(namespace: string): Iterable<PodVersion> {
    return (this.#orphans.get(namespace) ?? NO_PODS).values()
  }

  #listOf(pod: PodVersion): Pods | undefined {
    const uid = controllerUidOf(pod)
    return uid === undefined ? this.#orphans.get(pod.identity.namespace) : this.#owned.get(uid)
  }

  #ensureList(pod: PodVersion): Pods {
    const known = this.#listOf(pod)
    if (known !== undefined) return known
    const uid = controllerUidOf(pod)
    const list: Pods = new Map()
    if (uid === undefined) this.#orphans.set(pod.identity.namespace, list)
    else this.#owned.set(uid, list)
    return list
  }
}

/** The UID of the object that controls a pod. */
export const controllerUidOf = (pod: PodVersion): string | undefined => controllerOf(pod.spec.object.metadata)?.uid
