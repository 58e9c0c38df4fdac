import type { NodeInfo, PlacedPod } from '../node-info.js'
import { type ChangeablePodFilter, type ClusterView, type Refusal, refusal } from '../plugin.js'
import { type AffinityTerm, matchesTerm, type PodInfo } from '../pod-info.js'
import { TopologyCounts } from './topology-counts.js'

const NAME = 'InterPodAffinity'
const NO_AFFINITY = refusal(NAME, "node(s) didn't match pod affinity rules", false)
const ANTI_AFFINITY = refusal(NAME, "node(s) didn't match pod anti-affinity rules", true)
const EXISTING = refusal(NAME, "node(s) didn't satisfy existing pods anti-affinity rules", true)

/**
 * What required affinity and anti-affinity, in both directions, mean for one kind of pod.
 *
 * scheduler: interpodaffinity/filtering.go, v1.32 (F-12, IPA-3 to IPA-6).
 */
export class AffinityFilter implements ChangeablePodFilter {
  readonly plugin = NAME
  readonly #pod: PodInfo
  readonly #view: ClusterView
  /** Where pods are that the incoming one wants to be with, that it avoids, and that avoid it. */
  readonly #wanted: TopologyCounts
  readonly #avoided: TopologyCounts
  readonly #avoiding: TopologyCounts

  constructor(
    pod: PodInfo,
    view: ClusterView,
    wanted = new TopologyCounts(),
    avoided = new TopologyCounts(),
    avoiding = new TopologyCounts(),
  ) {
    this.#pod = pod
    this.#view = view
    this.#wanted = wanted
    this.#avoided = avoided
    this.#avoiding = avoiding
  }

  static of(pod: PodInfo, view: ClusterView): AffinityFilter {
    const made = new AffinityFilter(pod, view)
    const asksItself = pod.requiredAffinity.length > 0 || pod.requiredAntiAffinity.length > 0
    for (const node of view.nodes) {
      const others = asksItself ? node.pods : node.withRequiredAntiAffinity
      if (others !== null) for (const other of others.values()) made.change(other, node, 1)
    }
    return made
  }

  /** Nobody asks for anything: the filter can be left out. */
  get isIdle(): boolean {
    const { requiredAffinity, requiredAntiAffinity } = this.#pod
    return requiredAffinity.length === 0 && requiredAntiAffinity.length === 0 && this.#avoiding.isEmpty
  }

  filter(pod: PodInfo, node: NodeInfo): Refusal | null {
    if (!this.#isWithWanted(pod, node)) return NO_AFFINITY
    const { labels } = node
    for (const { topologyKey } of pod.requiredAntiAffinity) {
      if (labels === undefined || !Object.hasOwn(labels, topologyKey)) continue
      if (this.#avoided.get(topologyKey, labels[topologyKey]) > 0) return ANTI_AFFINITY
    }
    return this.#avoiding.hasAny(labels) ? EXISTING : null
  }

  #isWithWanted(pod: PodInfo, { labels }: NodeInfo): boolean {
    const terms = pod.requiredAffinity
    if (terms.length === 0) return true
    let isWithAll = true
    for (const { topologyKey } of terms) {
      if (labels === undefined || !Object.hasOwn(labels, topologyKey)) return false
      if (this.#wanted.get(topologyKey, labels[topologyKey]) <= 0) isWithAll = false
    }
    // IPA-3: the first pod of a series that wants to be together starts it.
    return isWithAll || (this.#wanted.isEmpty && this.#matchesAll(terms, pod))
  }

  #matches(term: AffinityTerm, pod: PodInfo): boolean {
    return matchesTerm(term, pod.namespace, pod.labels, namespace => this.#view.namespaceLabels(namespace))
  }

  #matchesAll(terms: readonly AffinityTerm[], pod: PodInfo): boolean {
    return terms.length > 0 && terms.every(term => this.#matches(term, pod))
  }

  change(other: PlacedPod, node: NodeInfo, delta: 1 | -1): void {
    const { labels } = node
    const { requiredAffinity, requiredAntiAffinity } = this.#pod
    for (const term of other.info.requiredAntiAffinity) {
      if (this.#matches(term, this.#pod)) this.#avoiding.add(term.topologyKey, labels, delta)
    }
    if (this.#matchesAll(requiredAffinity, other.info)) {
      for (const { topologyKey } of requiredAffinity) this.#wanted.add(topologyKey, labels, delta)
    }
    for (const term of requiredAntiAffinity) {
      if (this.#matches(term, other.info)) this.#avoided.add(term.topologyKey, labels, delta)
    }
  }

  fork(): ChangeablePodFilter {
    const [wanted, avoided, avoiding] = [this.#wanted, this.#avoided, this.#avoiding].map(counts => counts.clone())
    return new AffinityFilter(this.#pod, this.#view, wanted, avoided, avoiding)
  }
}
