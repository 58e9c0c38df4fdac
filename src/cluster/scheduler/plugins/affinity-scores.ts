import type { NodeInfo, PlacedPod } from '../node-info.js'
import { type ClusterView, MAX_NODE_SCORE, type PodScorer } from '../plugin.js'
import { type AffinityTerm, matchesTerm, type PodInfo } from '../pod-info.js'
import { TopologyCounts } from './topology-counts.js'

const WEIGHT = 2
/** Required affinity of pods that run counts as much as a preferred term of this weight (IPA-5). */
const HARD_POD_AFFINITY_WEIGHT = 1

/**
 * What preferred terms, in both directions, give to each domain for one kind of pod.
 *
 * scheduler: interpodaffinity/scoring.go, v1.32 (IPA-7).
 */
export class AffinityScores implements PodScorer {
  readonly weight = WEIGHT
  readonly #pod: PodInfo
  readonly #view: ClusterView
  readonly #sums = new TopologyCounts()

  constructor(pod: PodInfo, view: ClusterView) {
    this.#pod = pod
    this.#view = view
    const prefersItself = pod.preferredAffinity.length > 0 || pod.preferredAntiAffinity.length > 0
    for (const node of view.nodes) {
      const others = prefersItself ? node.pods : node.withAffinity
      if (others !== null) for (const other of others.values()) this.change(other, node, 1)
    }
  }

  get isEmpty(): boolean {
    return this.#sums.isEmpty
  }

  change({ info }: PlacedPod, node: NodeInfo, delta: 1 | -1): void {
    const pod = this.#pod
    this.#add(pod.preferredAffinity, info, node, delta)
    this.#add(pod.preferredAntiAffinity, info, node, -delta)
    for (const term of info.requiredAffinity) this.#addTerm(term, HARD_POD_AFFINITY_WEIGHT, pod, node, delta)
    this.#add(info.preferredAffinity, pod, node, delta)
    this.#add(info.preferredAntiAffinity, pod, node, -delta)
  }

  #add(terms: readonly AffinityTerm[], meant: PodInfo, node: NodeInfo, sign: number): void {
    for (const term of terms) this.#addTerm(term, term.weight, meant, node, sign)
  }

  #addTerm(term: AffinityTerm, weight: number, { namespace, labels }: PodInfo, node: NodeInfo, sign: number): void {
    if (!matchesTerm(term, namespace, labels, name => this.#view.namespaceLabels(name))) return
    this.#sums.add(term.topologyKey, node.labels, weight * sign)
  }

  score(_: PodInfo, node: NodeInfo): number {
    return this.#sums.sum(node.labels)
  }

  normalize(scores: number[]): void {
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (const score of scores) {
      if (score < least) least = score
      if (score > most) most = score
    }
    const range = most - least
    for (let i = 0; i < scores.length; i++) {
      scores[i] = range > 0 ? Math.trunc(MAX_NODE_SCORE * ((scores[i] - least) / range)) : 0
    }
  }
}
