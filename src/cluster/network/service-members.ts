import { type Labels, matchesLabels, type Service } from '../../model/index.js'
import { CHANGE, type PodVersion, type PodWatcher } from '../contract/index.js'

/** A Service with the pods that it selects. */
export interface Selecting {
  readonly index: number
  readonly service: Service
  readonly namespace: string
  readonly members: Members
}

/** Indices of stored pods, in order of creation when they are asked for. */
class Members {
  #indices = new Set<number>()
  #highest = -1
  #isSorted = true

  add(index: number): void {
    if (this.#indices.has(index)) return
    if (index < this.#highest) this.#isSorted = false
    else this.#highest = index
    this.#indices.add(index)
  }

  delete(index: number): void {
    this.#indices.delete(index)
  }

  inOrder(): Iterable<number> {
    if (!this.#isSorted) this.#indices = new Set([...this.#indices].sort((a, b) => a - b))
    this.#isSorted = true
    return this.#indices
  }
}

export const selects = ({ service, namespace }: Selecting, { identity, spec }: PodVersion): boolean =>
  identity.namespace === namespace && matchesLabels(service.spec.selector, spec.object.metadata.labels)

/**
 * Which Services select which pods, so that a pod is not shown to every Service, nor every pod to a Service that looks for its own. The
 * pods of a template share their labels: for those it is worked out once.
 */
export class ServiceMembers implements PodWatcher {
  #services: readonly Selecting[] = []
  #byLabels = new WeakMap<
    NonNullable<Labels>,
    { readonly namespace: string; readonly services: readonly Selecting[] }
  >()

  reset(): void {
    this.#services = []
    this.#byLabels = new WeakMap()
  }

  static create(): Members {
    return new Members()
  }

  /** There is one more Service, or one selects by other labels; `pods` are all that are stored. */
  servicesChanged(services: readonly Selecting[], changed: Selecting, pods: readonly PodVersion[]): void {
    this.#services = services
    this.#byLabels = new WeakMap()
    for (const pod of pods) {
      if (selects(changed, pod)) changed.members.add(pod.identity.index)
      else changed.members.delete(pod.identity.index)
    }
  }

  /** The Services that select a pod, in their order. */
  servicesOf(pod: PodVersion): readonly Selecting[] {
    const { labels } = pod.spec.object.metadata
    const { namespace } = pod.identity
    if (labels === undefined) return this.#selecting(pod)
    const known = this.#byLabels.get(labels)
    if (known?.namespace === namespace) return known.services
    const services = this.#selecting(pod)
    this.#byLabels.set(labels, { namespace, services })
    return services
  }

  #selecting(pod: PodVersion): readonly Selecting[] {
    return this.#services.filter(service => selects(service, pod))
  }

  /** Told of every write as it is made. */
  podChanged(change: number, pod: PodVersion, previous: PodVersion | null): void {
    if (this.#services.length === 0) return
    const { index } = pod.identity
    if (change === CHANGE.removed) {
      for (const { members } of this.servicesOf(pod)) members.delete(index)
      return
    }
    const isOther = previous === null || previous.spec.object.metadata.labels !== pod.spec.object.metadata.labels
    if (!isOther) return
    if (previous !== null) for (const { members } of this.servicesOf(previous)) members.delete(index)
    for (const { members } of this.servicesOf(pod)) members.add(index)
  }
}
