import type { NodeBefore } from '../../contract/index.js'
import { ACTION, type ClusterChange } from '../cluster-change.js'
import type { NodeInfo, PlacedPod } from '../node-info.js'
import { type ClusterView, type Plugin, type PodScorer, type PreFilterResult, SKIP } from '../plugin.js'
import { type PodInfo, signatureOf } from '../pod-info.js'
import { matchesMerged } from '../selector.js'
import { shallowEqual } from '../shallow-equal.js'
import { CountingStates } from './counting-states.js'
import { defaultSpread } from './default-spread.js'
import { HardSpread } from './hard-spread.js'
import { SoftSpread, SoftSpreadScorer } from './soft-spread.js'

/**
 * Spreads pods over the values of node labels: as a condition, or as a preference.
 *
 * scheduler: framework/plugins/podtopologyspread, v1.32 (F-11, PTS-1 to PTS-7).
 */
export class PodTopologySpread implements Plugin {
  readonly name = 'PodTopologySpread'
  readonly #hard = new CountingStates<HardSpread>()
  readonly #soft = new CountingStates<SoftSpread>()
  /** The Services by which the default constraints were found. */
  #services: readonly unknown[] = []

  preFilter(pod: PodInfo, view: ClusterView): PreFilterResult {
    if (pod.hardSpread.length === 0) return SKIP
    return { filter: this.#hard.get(signatureOf(pod), () => HardSpread.of(pod, view)) }
  }

  preScore(pod: PodInfo, view: ClusterView, feasible: readonly NodeInfo[]): PodScorer | null {
    if (pod.hasSpreadConstraints ? pod.softSpread.length === 0 : !hasDefaults(pod, view)) return null
    const services = view.objects.list('Service')
    if (services !== this.#services) {
      this.#soft.clear()
      this.#services = services
    }
    const spread = this.#soft.get(signatureOf(pod), () => this.#createSoft(pod, view))
    return spread.constraints.length === 0 ? null : new SoftSpreadScorer(spread, feasible)
  }

  #createSoft(pod: PodInfo, view: ClusterView): SoftSpread {
    const constraints = pod.hasSpreadConstraints ? pod.softSpread : defaultSpread(pod, view.objects)
    return new SoftSpread(pod, constraints, view)
  }

  podPlaced(pod: PlacedPod, node: NodeInfo, delta: 1 | -1): void {
    if (!this.#hard.isEmpty) for (const each of this.#hard.concernedBy(pod.info)) each.change(pod, node, delta)
    if (!this.#soft.isEmpty) for (const each of this.#soft.concernedBy(pod.info)) each.change(pod, node, delta)
  }

  forget(): void {
    this.#hard.clear()
    this.#soft.clear()
    this.#services = []
  }

  readonly hints = [
    {
      resource: 'pod',
      actions: ACTION.add | ACTION.delete | ACTION.podLabel | ACTION.podTolerations,
      isHelpful: mayHelpAfterPod,
    },
    {
      resource: 'node',
      actions: ACTION.add | ACTION.delete | ACTION.nodeLabel | ACTION.nodeTaint,
      isHelpful: mayHelpAfterNode,
    },
  ] as const
}

/** Default constraints need a Service or an owner to say which pods belong together. */
const hasDefaults = ({ spec }: PodInfo, { objects }: ClusterView): boolean =>
  objects.list('Service').length > 0 || spec.object.metadata.ownerReferences !== undefined

/** scheduler: podtopologyspread/plugin.go isSchedulableAfterPodChange, v1.32. */
function mayHelpAfterPod(pod: PodInfo, index: number, change: ClusterChange): boolean {
  if (change.resource !== 'pod') return false
  const { before, after } = change
  for (const side of [before, after]) {
    if (side === null || side.index === index) continue
    if (side.node < 0 || side.info.namespace !== pod.namespace) return false
  }
  const constraints = pod.hardSpread
  if (before !== null && after !== null) {
    const honorsTaints = constraints.some(each => each.honorsTaints)
    if (after.index === index && (change.actions & ACTION.podTolerations) !== 0 && honorsTaints) return true
    return constraints.some(
      ({ selector }) => matchesMerged(selector, before.info.labels) !== matchesMerged(selector, after.info.labels),
    )
  }
  const labels = (after ?? before)?.info.labels
  return constraints.some(({ selector }) => matchesMerged(selector, labels))
}

/** scheduler: podtopologyspread/plugin.go isSchedulableAfterNodeChange, v1.32. */
function mayHelpAfterNode(pod: PodInfo, _: number, change: ClusterChange): boolean {
  if (change.resource !== 'node') return false
  const { before, after } = change
  const keys = pod.hardSpread.map(({ topologyKey }) => topologyKey)
  const labelsOf = (side: NodeBefore | null): Readonly<Record<string, string>> => side?.object.metadata.labels ?? {}
  const hasKeys = (side: NodeBefore | null): boolean => keys.every(key => Object.hasOwn(labelsOf(side), key))
  if (before === null || after === null) return hasKeys(before ?? after)
  if (hasKeys(before) !== hasKeys(after)) return true
  if (!hasKeys(after)) return false
  const moved = !shallowEqual(pick(labelsOf(before), keys), pick(labelsOf(after), keys))
  return moved || JSON.stringify(before.object.spec.taints) !== JSON.stringify(after.object.spec.taints)
}

const pick = (labels: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> =>
  Object.fromEntries(keys.map(key => [key, labels[key]]))
