import type { NodeInfo, PlacedPod } from '../node-info.js'
import { type ClusterView, MAX_NODE_SCORE, type PodScorer } from '../plugin.js'
import type { PodInfo, SpreadConstraint } from '../pod-info.js'
import { naturalLog } from './natural-log.js'
import { countsFor, hasAllKeys, isIncluded } from './spread-inclusion.js'

const HOSTNAME = 'kubernetes.io/hostname'
const WEIGHT = 2

/** The pods that soft constraints of one kind of pod count: by domain, and by node where the domain is the node. */
export class SoftSpread {
  readonly constraints: readonly SpreadConstraint[]
  readonly #pod: PodInfo
  readonly #counts: readonly Map<string, number>[]
  readonly #perNode: readonly Map<number, number>[]

  constructor(pod: PodInfo, constraints: readonly SpreadConstraint[], view: ClusterView) {
    this.#pod = pod
    this.constraints = constraints
    this.#counts = constraints.map(() => new Map())
    this.#perNode = constraints.map(() => new Map())
    if (constraints.length === 0) return
    for (const node of view.nodes) for (const other of node.pods.values()) this.change(other, node, 1)
  }

  /** The pod's own constraints count only nodes that have all their keys; the default ones do not ask for that (PTS-6). */
  isIgnored(node: NodeInfo): boolean {
    return this.#pod.hasSpreadConstraints && !hasAllKeys(node, this.constraints)
  }

  count(constraint: number, node: NodeInfo): number {
    const { topologyKey } = this.constraints[constraint]
    if (topologyKey === HOSTNAME) return this.#perNode[constraint].get(node.record.index) ?? 0
    return this.#counts[constraint].get(node.labels?.[topologyKey] ?? '') ?? 0
  }

  change(other: PlacedPod, node: NodeInfo, delta: 1 | -1): void {
    if (other.isTerminating || other.info.namespace !== this.#pod.namespace) return
    for (let i = 0; i < this.constraints.length; i++) {
      const constraint = this.constraints[i]
      if (!countsFor(constraint, this.#pod, other)) continue
      const { topologyKey } = constraint
      if (topologyKey === HOSTNAME) {
        const perNode = this.#perNode[i]
        perNode.set(node.record.index, (perNode.get(node.record.index) ?? 0) + delta)
      } else if (!this.isIgnored(node) && isIncluded(constraint, this.#pod, node)) {
        const domain = node.labels?.[topologyKey] ?? ''
        this.#counts[i].set(domain, (this.#counts[i].get(domain) ?? 0) + delta)
      }
    }
  }
}

/**
 * Prefers nodes in whose domains fewer of the pods run.
 *
 * scheduler: podtopologyspread/scoring.go, v1.32 (PTS-7).
 */
export class SoftSpreadScorer implements PodScorer {
  readonly weight = WEIGHT
  readonly #spread: SoftSpread
  readonly #weights: readonly number[]

  constructor(spread: SoftSpread, feasible: readonly NodeInfo[]) {
    this.#spread = spread
    const nodes = feasible.filter(node => !spread.isIgnored(node))
    this.#weights = spread.constraints.map(({ topologyKey }) => {
      const size =
        topologyKey === HOSTNAME ? nodes.length : new Set(nodes.map(({ labels }) => labels?.[topologyKey] ?? '')).size
      return naturalLog(size + 2)
    })
  }

  score(_: PodInfo, node: NodeInfo): number {
    const { constraints } = this.#spread
    if (this.#spread.isIgnored(node)) return IGNORED
    const { labels } = node
    let score = 0
    for (let i = 0; i < constraints.length; i++) {
      const { topologyKey, maxSkew } = constraints[i]
      if (labels === undefined || !Object.hasOwn(labels, topologyKey)) continue
      score += this.#spread.count(i, node) * this.#weights[i] + (maxSkew - 1)
    }
    return Math.round(score)
  }

  normalize(scores: number[]): void {
    let least = Number.POSITIVE_INFINITY
    let most = 0
    for (const score of scores) {
      if (score === IGNORED) continue
      if (score < least) least = score
      if (score > most) most = score
    }
    for (let i = 0; i < scores.length; i++) {
      if (scores[i] === IGNORED) scores[i] = 0
      else if (most === 0) scores[i] = MAX_NODE_SCORE
      else scores[i] = Math.trunc((MAX_NODE_SCORE * (most + least - scores[i])) / most)
    }
  }
}

const IGNORED = -1
