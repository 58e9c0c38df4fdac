import type { NodeInfo, PlacedPod } from '../node-info.js'
import { type ChangeablePodFilter, type ClusterView, type Refusal, refusal } from '../plugin.js'
import type { PodInfo, SpreadConstraint } from '../pod-info.js'
import { labelsInCommon, matchesMerged } from '../selector.js'
import { type CountingState, placedOf } from './counting-states.js'
import { DomainCounts } from './domain-counts.js'
import { countsFor, hasAllKeys, isIncluded } from './spread-inclusion.js'

const NAME = 'PodTopologySpread'
const SKEWED = refusal(NAME, "node(s) didn't match pod topology spread constraints", true)
const NO_KEY = refusal(NAME, "node(s) didn't match pod topology spread constraints (missing required label)", false)

/**
 * The hard constraints of one kind of pod, with the pods counted in each domain.
 *
 * scheduler: podtopologyspread/filtering.go calPreFilterState, Filter, updateWithPod, v1.32 (PTS-2 to PTS-5).
 */
export class HardSpread implements ChangeablePodFilter, CountingState {
  readonly plugin = NAME
  readonly #pod: PodInfo
  readonly #counts: readonly DomainCounts[]
  /** Whether the pod itself is among those that each constraint counts. */
  readonly #own: readonly number[]
  /** Whether this is a copy for "what if". */
  readonly #isTrial: boolean

  constructor(pod: PodInfo, counts: readonly DomainCounts[], isTrial = false) {
    this.#pod = pod
    this.#counts = counts
    this.#isTrial = isTrial
    this.#own = pod.hardSpread.map(({ selector }) => (matchesMerged(selector, pod.labels) ? 1 : 0))
  }

  static of(pod: PodInfo, view: ClusterView): HardSpread {
    const counts = pod.hardSpread.map(() => new DomainCounts())
    const made = new HardSpread(pod, counts)
    for (const node of view.nodes) {
      if (!hasAllKeys(node, pod.hardSpread)) continue
      pod.hardSpread.forEach((constraint, i) => {
        if (isIncluded(constraint, pod, node)) counts[i].add(domainOf(node, constraint.topologyKey), 0)
      })
    }
    for (const other of placedOf(made, view)) {
      const node = view.nodeOf(other.index)
      if (node !== undefined && !node.record.isGone) made.change(other, node, 1)
    }
    return made
  }

  get labelsInCommon(): CountingState['labelsInCommon'] {
    return labelsInCommon(this.#pod.hardSpread.map(({ selector }) => selector))
  }

  concerns({ namespace, labels }: PodInfo): boolean {
    if (namespace !== this.#pod.namespace) return false
    return this.#pod.hardSpread.some(({ selector }) => !selector.isEverything && matchesMerged(selector, labels))
  }

  filter(_: PodInfo, node: NodeInfo): Refusal | null {
    const { labels } = node
    const constraints = this.#pod.hardSpread
    for (let i = 0; i < constraints.length; i++) {
      const { topologyKey, maxSkew, minDomains } = constraints[i]
      if (labels === undefined || !Object.hasOwn(labels, topologyKey)) return NO_KEY
      const counts = this.#counts[i]
      const least = counts.size < minDomains ? 0 : counts.least
      if (counts.get(labels[topologyKey]) + this.#own[i] - least > maxSkew) return SKEWED
    }
    return null
  }

  change(other: PlacedPod, node: NodeInfo, delta: 1 | -1): void {
    const constraints = this.#pod.hardSpread
    if (other.info.namespace !== this.#pod.namespace) return
    if (!hasAllKeys(node, constraints)) return
    for (let i = 0; i < constraints.length; i++) {
      const constraint = constraints[i]
      if (!this.#isMeant(constraint, other) || !isIncluded(constraint, this.#pod, node)) continue
      this.#counts[i].add(domainOf(node, constraint.topologyKey), delta)
    }
  }

  /**
   * Quirk: on trial (AddPod, RemovePod) upstream looks at the selector alone, so that a pod on its way out, or one that an empty
   * selector selects, is taken off a count in which it never was.
   */
  #isMeant(constraint: SpreadConstraint, other: PlacedPod): boolean {
    return this.#isTrial
      ? matchesMerged(constraint.selector, other.info.labels)
      : countsFor(constraint, this.#pod, other)
  }

  fork(): ChangeablePodFilter {
    return new HardSpread(
      this.#pod,
      this.#counts.map(counts => counts.clone()),
      true,
    )
  }
}

const domainOf = (node: NodeInfo, topologyKey: string): string => node.labels?.[topologyKey] ?? ''
