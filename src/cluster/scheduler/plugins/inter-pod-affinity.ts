import type { Profile } from '../../../model/index.js'
import type { NodeBefore } from '../../contract/index.js'
import { ACTION, type ClusterChange } from '../cluster-change.js'
import type { NodeInfo, PlacedPod } from '../node-info.js'
import {
  type ClusterView,
  type Plugin,
  type PodScorer,
  type PreFilterResult,
  type QueueingHint,
  SKIP,
} from '../plugin.js'
import { type AffinityTerm, matchesTerm, type PodInfo, signatureOf } from '../pod-info.js'
import { AffinityFilter } from './affinity-filter.js'
import { AffinityScores } from './affinity-scores.js'
import { StateCache } from './state-cache.js'

/**
 * Sends pods to where certain other pods are, or are not.
 *
 * scheduler: framework/plugins/interpodaffinity, v1.32 (F-12, IPA-1 to IPA-7).
 */
export class InterPodAffinity implements Plugin {
  readonly name = 'InterPodAffinity'
  readonly #filters = new StateCache<AffinityFilter>()
  readonly #scores = new StateCache<AffinityScores>()
  /** The Namespaces by whose labels terms were matched. */
  #namespaces: readonly unknown[] = []
  readonly hints: readonly QueueingHint[]

  constructor({ affinityHintComparesNodes }: Pick<Profile, 'affinityHintComparesNodes'>) {
    const isHelpful = affinityHintComparesNodes ? mayHelpAfterMove : mayHelpAfterNode
    this.hints = [
      { resource: 'pod', actions: ACTION.add | ACTION.delete | ACTION.podLabel, isHelpful: mayHelpAfterPod },
      { resource: 'node', actions: ACTION.add | ACTION.nodeLabel, isHelpful },
    ]
  }

  preFilter(pod: PodInfo, view: ClusterView): PreFilterResult {
    const asksItself = pod.requiredAffinity.length > 0 || pod.requiredAntiAffinity.length > 0
    if (!asksItself && view.podsWithRequiredAntiAffinity === 0) return SKIP
    this.#lookAtNamespaces(view)
    const filter = this.#filters.get(signatureOf(pod), () => AffinityFilter.of(pod, view))
    return filter.isIdle ? SKIP : { filter }
  }

  preScore(pod: PodInfo, view: ClusterView): PodScorer | null {
    const prefersItself = pod.preferredAffinity.length > 0 || pod.preferredAntiAffinity.length > 0
    if (!prefersItself && view.podsWithAffinity === 0) return null
    this.#lookAtNamespaces(view)
    const scores = this.#scores.get(signatureOf(pod), () => new AffinityScores(pod, view))
    return scores.isEmpty ? null : scores
  }

  #lookAtNamespaces(view: ClusterView): void {
    const namespaces = view.objects.list('Namespace')
    if (namespaces === this.#namespaces) return
    this.forget()
    this.#namespaces = namespaces
  }

  podPlaced(pod: PlacedPod, node: NodeInfo, delta: 1 | -1): void {
    if (!this.#filters.isEmpty) for (const each of this.#filters.values()) each.change(pod, node, delta)
    if (!this.#scores.isEmpty) for (const each of this.#scores.values()) each.change(pod, node, delta)
  }

  forget(): void {
    this.#filters.clear()
    this.#scores.clear()
    this.#namespaces = []
  }
}

/** Hints do not look namespaces up: a selector of namespaces matches only if it is empty. */
const NO_LABELS = (): undefined => undefined

const matchesAll = (terms: readonly AffinityTerm[], { namespace, labels }: PodInfo): boolean =>
  terms.length > 0 && terms.every(term => matchesTerm(term, namespace, labels, NO_LABELS))

/**
 * Quirk: a pod kept away by an EXISTING pod's anti-affinity is woken only if that pod is one it avoids itself.
 *
 * scheduler: interpodaffinity/plugin.go isSchedulableAfterPodChange, v1.32.
 */
function mayHelpAfterPod(pod: PodInfo, _: number, change: ClusterChange): boolean {
  if (change.resource !== 'pod') return false
  const { before, after } = change
  if ((after !== null && after.node < 0) || (before !== null && before.node < 0)) return false
  const { requiredAffinity, requiredAntiAffinity } = pod
  if (before !== null && after !== null) {
    const joins = !matchesAll(requiredAffinity, before.info) && matchesAll(requiredAffinity, after.info)
    return joins || (matchesAll(requiredAntiAffinity, before.info) && !matchesAll(requiredAntiAffinity, after.info))
  }
  if (after !== null) return matchesAll(requiredAffinity, after.info)
  return before !== null && matchesAll(requiredAntiAffinity, before.info)
}

/**
 * Any node that has a topology key of the pod, whatever changed about it.
 *
 * scheduler: interpodaffinity/plugin.go isSchedulableAfterNodeChange, v1.32.
 */
const mayHelpAfterNode = (pod: PodInfo, _: number, change: ClusterChange): boolean =>
  change.resource === 'node' &&
  [...pod.requiredAffinity, ...pod.requiredAntiAffinity].some(({ topologyKey }) =>
    Object.hasOwn(change.after?.object.metadata.labels ?? {}, topologyKey),
  )

/** The same in later releases, which ask whether the node came into another domain. */
function mayHelpAfterMove(pod: PodInfo, _: number, change: ClusterChange): boolean {
  if (change.resource !== 'node' || change.after === null) return false
  const { before, after } = change
  const valueIn = ({ object }: NodeBefore, key: string): string | undefined => object.metadata.labels?.[key]
  const isWanted = pod.requiredAffinity.some(({ topologyKey }) => {
    const value = valueIn(after, topologyKey)
    return value !== undefined && (before === null || valueIn(before, topologyKey) !== value)
  })
  if (isWanted || before === null) return isWanted || pod.requiredAntiAffinity.length > 0
  return pod.requiredAntiAffinity.some(({ topologyKey }) => {
    const value = valueIn(before, topologyKey)
    return value !== undefined && valueIn(after, topologyKey) !== value
  })
}
