import type { DaemonSetCounts, ObjectVersion, PodVersion } from '../../contract/index.js'
import { calculateStatus, NODE_SUMS, type NodeSums, noNodeSums } from './daemon-set-status.js'
import {
  type DaemonLimits,
  type DaemonViews,
  isInUpdate,
  type NodePods,
  type NodeUpdate,
  podsShouldBeOnNode,
  replaceFound,
  replaceOld,
  surge,
  type UpdateDeeds,
  updateOnNode,
} from './decide.js'

/** What a sync reads of a set's nodes. */
export interface NodeSurvey {
  /** How many nodes are to have a pod. */
  readonly desired: number
  /** The nodes on which there may be something to do before any update, in their order. */
  busy(): Iterable<NodePods>
  /** What an update does next. */
  update(limits: DaemonLimits): UpdateDeeds
  status(set: ObjectVersion<'DaemonSet'>, observedGeneration: number): DaemonSetCounts
  /** The set's pods, in no particular order. */
  pods(): Iterable<PodVersion>
}

/** The survey of all nodes, each looked at. */
export const surveyOf = (
  nodes: readonly NodePods[],
  pods: readonly PodVersion[],
  countsOldUnavailable: boolean,
  views: DaemonViews,
): NodeSurvey => ({
  desired: nodes.filter(({ placement }) => placement?.shouldRun === true).length,
  busy: () => nodes,
  update: limits => {
    const counted = nodes.filter(isInUpdate)
    return limits.maxSurge === 0
      ? replaceOld(counted, limits, countsOldUnavailable, views)
      : surge(counted, limits, views)
  },
  status: (set, observedGeneration) => calculateStatus(set, nodes, observedGeneration, views),
  pods: () => pods,
})

/** What is worked out of pods for a ledger. */
interface LedgerRules {
  readonly views: DaemonViews
  readonly isSurging: boolean
  readonly countsOldUnavailable: boolean
  pods(): Iterable<PodVersion>
  matches(pod: PodVersion): boolean
  /** Whether it needs its node no more. */
  isOver(pod: PodVersion): boolean
  nodeOf(pod: PodVersion): string | undefined
}

/** What one node adds to the sums. */
interface KnownNode extends NodePods {
  readonly pods: PodVersion[]
  sums: NodeSums
  isBusy: boolean
  update: NodeUpdate
}

const NO_UPDATE: NodeUpdate = { unavailable: 0 }

/**
 * The nodes of one DaemonSet with what each adds to its syncs, brought up to date where a pod changed: a rollout that goes from node to
 * node makes a sync for each step, and each would look at all nodes.
 *
 * It decides nothing by itself: each node is asked of the same functions that a survey of all nodes asks.
 */
export class NodeLedger implements NodeSurvey {
  readonly #rules: LedgerRules
  readonly #nodes: KnownNode[]
  readonly #positions: ReadonlyMap<string, number>
  /** By pod: the position of its node. */
  readonly #positionOf = new Map<number, number>()
  /** Pods that do not match any more, or whose node is none of these: with such, all are to be looked at anew. */
  readonly #strangers = new Set<number>()
  readonly #dirty = new Set<number>()
  readonly #sums = noNodeSums()
  #unavailable = 0
  #busyNodes = 0
  /** How many nodes have an old pod that goes at once. */
  #urgentNodes = 0

  constructor(nodes: readonly NodePods[], rules: LedgerRules) {
    this.#rules = rules
    const fresh = { isBusy: false, update: NO_UPDATE }
    this.#nodes = nodes.map(({ name, placement }) => ({ name, placement, pods: [], sums: noNodeSums(), ...fresh }))
    this.#positions = new Map(nodes.map(({ name }, position) => [name, position]))
    for (let position = 0; position < nodes.length; position++) this.#dirty.add(position)
    for (const pod of rules.pods()) this.put(pod)
  }

  pods(): Iterable<PodVersion> {
    return this.#rules.pods()
  }

  /** A pod of the set as it is now. */
  put(pod: PodVersion): void {
    const { index } = pod.identity
    this.remove(index)
    if (!this.#rules.matches(pod)) {
      this.#strangers.add(index)
      return
    }
    const name = this.#rules.isOver(pod) ? undefined : this.#rules.nodeOf(pod)
    if (name === undefined) return
    const position = this.#positions.get(name)
    if (position === undefined) {
      this.#strangers.add(index)
      return
    }
    this.#nodes[position].pods.push(pod)
    this.#positionOf.set(index, position)
    this.#dirty.add(position)
  }

  remove(index: number): void {
    this.#strangers.delete(index)
    const position = this.#positionOf.get(index)
    if (position === undefined) return
    this.#positionOf.delete(index)
    const { pods } = this.#nodes[position]
    pods.splice(
      pods.findIndex(({ identity }) => identity.index === index),
      1,
    )
    this.#dirty.add(position)
  }

  /** Brings the sums up to date; false: they say nothing, because there are pods that do not belong. */
  refresh(set: ObjectVersion<'DaemonSet'>): boolean {
    if (this.#strangers.size > 0) return false
    for (const position of this.#dirty) this.#look(set, this.#nodes[position])
    this.#dirty.clear()
    return true
  }

  #look(set: ObjectVersion<'DaemonSet'>, node: KnownNode): void {
    const { views, isSurging, countsOldUnavailable } = this.#rules
    const { needsPod, failed, succeeded, surplus } = podsShouldBeOnNode(node, isSurging, views)
    const isBusy = needsPod || failed.length > 0 || succeeded.length > 0 || surplus.length > 0
    this.#busyNodes += Number(isBusy) - Number(node.isBusy)
    node.isBusy = isBusy
    const update = isInUpdate(node) ? updateOnNode(node, countsOldUnavailable, views) : NO_UPDATE
    this.#unavailable += update.unavailable - node.update.unavailable
    this.#urgentNodes += Number(update.replaced !== undefined) - Number(node.update.replaced !== undefined)
    node.update = update
    const sums = calculateStatus(set, [node], 0, views)
    for (const field of NODE_SUMS) this.#sums[field] += sums[field] - node.sums[field]
    node.sums = sums
  }

  get desired(): number {
    return this.#sums.desiredNumberScheduled
  }

  *busy(): Iterable<NodePods> {
    let left = this.#busyNodes
    for (let position = 0; left > 0; position++) {
      const node = this.#nodes[position]
      if (!node.isBusy) continue
      left--
      yield node
    }
  }

  /** DS-5. */
  update(limits: DaemonLimits): UpdateDeeds {
    if (limits.maxSurge > 0) return surge(this.#nodes.filter(isInUpdate), limits, this.#rules.views)
    return replaceFound(this.#updates(), limits, this.#unavailable, this.#urgentNodes)
  }

  *#updates(): Iterable<NodeUpdate> {
    for (const { update } of this.#nodes) yield update
  }

  status({ counts: { collisionCount } }: ObjectVersion<'DaemonSet'>, observedGeneration: number): DaemonSetCounts {
    return { observedGeneration, ...this.#sums, collisionCount }
  }
}
