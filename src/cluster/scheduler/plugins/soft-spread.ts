import { HOSTNAME, type NodeDomains } from '../node-domains.js'
import type { NodeInfo, PlacedPod } from '../node-info.js'
import { type ClusterView, MAX_NODE_SCORE, type PodScorer } from '../plugin.js'
import type { PodInfo, SpreadConstraint } from '../pod-info.js'
import { labelsInCommon, matchesMerged } from '../selector.js'
import { type CountingState, placedOf } from './counting-states.js'
import { naturalLog } from './natural-log.js'
import { hasAllKeys, isIncluded } from './spread-inclusion.js'

const WEIGHT = 2

/** The pods that soft constraints of one kind of pod count: by domain, and by node where the domain is the node. */
export class SoftSpread implements CountingState {
  readonly constraints: readonly SpreadConstraint[]
  readonly domains: readonly NodeDomains[]
  /** By constraint and domain. */
  readonly counts: readonly Int32Array[]
  readonly #pod: PodInfo

  constructor(pod: PodInfo, constraints: readonly SpreadConstraint[], view: ClusterView) {
    this.#pod = pod
    this.constraints = constraints
    this.domains = constraints.map(({ topologyKey }) => view.domains(topologyKey))
    this.counts = this.domains.map(({ size }) => new Int32Array(size))
    for (const other of placedOf(this, view)) {
      const node = view.nodeOf(other.index)
      if (node !== undefined && !node.record.isGone) this.change(other, node, 1)
    }
  }

  get labelsInCommon(): CountingState['labelsInCommon'] {
    return labelsInCommon(this.constraints.map(({ selector }) => selector))
  }

  /** The pod's own constraints count only nodes that have all their keys; the default ones do not ask for that (PTS-6). */
  isIgnored(node: NodeInfo): boolean {
    return this.#pod.hasSpreadConstraints && !hasAllKeys(node, this.constraints)
  }

  concerns({ namespace, labels }: PodInfo): boolean {
    if (namespace !== this.#pod.namespace) return false
    return this.constraints.some(({ selector }) => !selector.isEverything && matchesMerged(selector, labels))
  }

  change({ isTerminating, info: { namespace, labels } }: PlacedPod, node: NodeInfo, delta: 1 | -1): void {
    if (isTerminating || namespace !== this.#pod.namespace) return
    for (let i = 0; i < this.constraints.length; i++) {
      const constraint = this.constraints[i]
      const { selector, topologyKey } = constraint
      if (selector.isEverything || !matchesMerged(selector, labels)) continue
      const isCounted = topologyKey === HOSTNAME || (!this.isIgnored(node) && isIncluded(constraint, this.#pod, node))
      if (isCounted) this.counts[i][this.domains[i].ids[node.record.index]] += delta
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
    const nodes = feasible.some(node => spread.isIgnored(node))
      ? feasible.filter(node => !spread.isIgnored(node))
      : feasible
    this.#weights = spread.constraints.map(({ topologyKey }, i) => {
      const size = topologyKey === HOSTNAME ? nodes.length : countDomains(spread.domains[i], nodes)
      return naturalLog(size + 2)
    })
  }

  score(_: PodInfo, node: NodeInfo): number {
    const { constraints, domains, counts } = this.#spread
    if (this.#spread.isIgnored(node)) return IGNORED
    const { index } = node.record
    let score = 0
    for (let i = 0; i < constraints.length; i++) {
      const { ids, isLabelled } = domains[i]
      if (isLabelled[index] === 0) continue
      score += counts[i][ids[index]] * this.#weights[i] + (constraints[i].maxSkew - 1)
    }
    return Math.round(score)
  }

  /** The same for all, with what hangs on the constraint alone taken out of the loop. */
  fill(scores: number[], nodes: readonly NodeInfo[]): void {
    const { constraints, domains, counts } = this.#spread
    for (let i = 0; i < nodes.length; i++) scores[i] = this.#spread.isIgnored(nodes[i]) ? IGNORED : 0
    for (let each = 0; each < constraints.length; each++) {
      const { ids, isLabelled } = domains[each]
      const [count, weight, least] = [counts[each], this.#weights[each], constraints[each].maxSkew - 1]
      for (let i = 0; i < nodes.length; i++) {
        const { index } = nodes[i]
        if (isLabelled[index] === 1 && scores[i] !== IGNORED) scores[i] += count[ids[index]] * weight + least
      }
    }
    for (let i = 0; i < nodes.length; i++) scores[i] = Math.round(scores[i])
  }

  normalize(scores: number[]): void {
    let least = Number.POSITIVE_INFINITY
    let most = 0
    for (const score of scores) {
      if (score === IGNORED) continue
      if (score < least) least = score
      if (score > most) most = score
    }
    const sum = most + least
    // Most nodes have the same score as the one before.
    let last = IGNORED
    let normalized = 0
    for (let i = 0; i < scores.length; i++) {
      if (scores[i] !== last) {
        last = scores[i]
        if (last === IGNORED) normalized = 0
        else normalized = most === 0 ? MAX_NODE_SCORE : Math.trunc((MAX_NODE_SCORE * (sum - last)) / most)
      }
      scores[i] = normalized
    }
  }
}

/** In how many domains nodes are. */
function countDomains({ size, ids }: NodeDomains, nodes: readonly NodeInfo[]): number {
  if (size === 1) return Math.min(1, nodes.length)
  const isSeen = new Uint8Array(size)
  let count = 0
  for (const { record } of nodes) {
    const id = ids[record.index]
    if (isSeen[id] === 1) continue
    isSeen[id] = 1
    count++
  }
  return count
}

const IGNORED = -1
