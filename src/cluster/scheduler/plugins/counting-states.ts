import { LabelIndex } from '../label-index.js'
import type { NodeInfo, PlacedPod } from '../node-info.js'
import type { ClusterView } from '../plugin.js'
import type { PodInfo } from '../pod-info.js'
import { StateCache } from './state-cache.js'

/** What is counted for one kind of pod, and of which pods. */
export interface CountingState {
  /** Of these labels every pod that counts has one; null: there are no such labels. */
  readonly labelsInCommon: Readonly<Record<string, string>> | null
  /** Whether pods that look like this one count. */
  concerns(info: PodInfo): boolean
  change(pod: PlacedPod, node: NodeInfo, delta: 1 | -1): void
}

/** So many looks of pods are remembered: more than there are templates in a cluster, fewer than pods. */
const MOST_LOOKS = 16_384

/**
 * Counting states by the kind of pod they are for, each told of those pods alone that count for it: where every Deployment has a state
 * of its own, a pod is not shown to all of them.
 */
export class CountingStates<State extends CountingState> {
  readonly #states = new StateCache<State>()
  readonly #byLabel = new LabelIndex<State>()
  /** Those without labels in common. */
  #others = new Set<State>()
  /** By the look of a pod that was met: the states that count it. */
  #concerned = new Map<PodInfo, State[]>()
  readonly #looks = new LabelIndex<PodInfo>()

  get isEmpty(): boolean {
    return this.#states.isEmpty
  }

  /** The state for a kind of pod, made where none is kept. */
  get(signature: string, make: () => State): State {
    return this.#states.get(signature, () => this.#add(make()))
  }

  #add(state: State): State {
    // The cache forgets everything when it is full.
    if (this.#states.isEmpty) this.#forget()
    const { labelsInCommon } = state
    if (labelsInCommon === null) this.#others.add(state)
    else this.#byLabel.add(labelsInCommon, state)
    const looks = labelsInCommon === null ? this.#concerned.keys() : underAny(labelsInCommon, this.#looks)
    for (const info of looks) if (state.concerns(info)) this.#concerned.get(info)?.push(state)
    return state
  }

  /** The states that count pods of this look. */
  concernedBy(info: PodInfo): readonly State[] {
    const known = this.#concerned.get(info)
    if (known !== undefined) return known
    if (this.#concerned.size >= MOST_LOOKS) this.#forgetLooks()
    const candidates = new Set([...this.#others, ...underAny(info.labels ?? {}, this.#byLabel)])
    const concerned = [...candidates].filter(state => state.concerns(info))
    this.#concerned.set(info, concerned)
    this.#looks.add(info.labels, info)
    return concerned
  }

  clear(): void {
    this.#states.clear()
    this.#forget()
  }

  #forget(): void {
    this.#byLabel.clear()
    if (this.#others.size > 0) this.#others = new Set()
    this.#forgetLooks()
  }

  #forgetLooks(): void {
    if (this.#concerned.size > 0) this.#concerned = new Map()
    this.#looks.clear()
  }
}

/** The placed pods that count for a state. */
export function* placedOf(state: CountingState, view: ClusterView): Iterable<PlacedPod> {
  const { labelsInCommon } = state
  const infos =
    labelsInCommon === null
      ? view.podsByInfo.keys()
      : underAny(labelsInCommon, { get: (key, value) => view.infosWith(key, value) })
  for (const info of infos) if (state.concerns(info)) yield* view.podsByInfo.get(info) ?? []
}

/** What stands under at least one of these labels, once. */
function underAny<Item>(
  labels: Readonly<Record<string, string>>,
  index: Pick<LabelIndex<Item>, 'get'>,
): Iterable<Item> {
  const keys = Object.keys(labels)
  if (keys.length === 1) return index.get(keys[0], labels[keys[0]])
  return new Set(keys.flatMap(key => [...index.get(key, labels[key])]))
}
