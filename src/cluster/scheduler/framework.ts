import type { NodeInfo } from './node-info.js'
import { Nominator } from './nominator.js'
import {
  type ChangeablePodFilter,
  type ClusterView,
  type Plugin,
  type PluginName,
  type PodFilter,
  type PodScorer,
  type Refusal,
  refusal,
} from './plugin.js'
import type { PodInfo } from './pod-info.js'

/** What filtering found out. */
export interface Search {
  readonly filters: readonly PodFilter[]
  readonly feasible: readonly NodeInfo[]
  /** Why each node that was asked refused. */
  readonly refusals: ReadonlyMap<NodeInfo, Refusal>
  /** Why the nodes that were not asked will not do. */
  readonly absent: Refusal | undefined
  /** Why no node was even asked. */
  readonly refusedByAll: string | undefined
  readonly rejectedBy: ReadonlySet<PluginName>
}

/** Fewer nodes than this are all looked at (SCH-2). */
const LEAST_FEASIBLE = 100
const LEAST_PERCENT = 5

const NO_REFUSALS: ReadonlyMap<NodeInfo, Refusal> = new Map()
const NO_PLUGINS: ReadonlySet<PluginName> = new Set()

/**
 * Runs the plugins in their order: first what each finds out about the pod, then filters node by node, then scores.
 *
 * scheduler: schedule_one.go findNodesThatFitPod, prioritizeNodes; framework/runtime/framework.go, v1.32 (CY-1, CY-3 to CY-5).
 */
export class Framework {
  readonly plugins: readonly Plugin[]
  readonly view: ClusterView
  readonly nominator = new Nominator()
  /** Where the next search begins, so that large clusters are used evenly (SCH-2). */
  #nextNode = 0

  constructor(plugins: readonly Plugin[], view: ClusterView) {
    this.plugins = plugins
    this.view = view
  }

  reset(): void {
    this.nominator.reset()
    this.#nextNode = 0
  }

  /** The nodes where a pod could go; `nominated`: the node where room was made for it. */
  search(pod: PodInfo, index: number, nominated: NodeInfo | undefined): Search {
    const { view } = this
    const filters: PodFilter[] = []
    let nodes = view.nodes
    let absent: Refusal | undefined
    for (const plugin of this.plugins) {
      const result = plugin.preFilter?.(pod, view)
      if (result === undefined || result.filter === null) continue
      if (result.refusal !== undefined) return refusedByAll(plugin.name, result.refusal)
      filters.push(result.filter)
      const { nodeNames } = result
      if (nodeNames === undefined) continue
      nodes = nodes.filter(({ name }) => nodeNames.has(name))
      absent = refusal(plugin.name, `node(s) didn't satisfy plugin(s) [${plugin.name}]`, false)
    }
    // The node where room was made goes first; if the pod fits there, no other is asked.
    if (nominated !== undefined && this.refusalOf(pod, index, nominated, filters) === null) {
      const found = { filters, refusals: NO_REFUSALS, absent, refusedByAll: undefined, rejectedBy: NO_PLUGINS }
      return { ...found, feasible: [nominated] }
    }
    return this.#filter(pod, index, nodes, filters, absent)
  }

  #filter(
    pod: PodInfo,
    index: number,
    nodes: readonly NodeInfo[],
    filters: readonly PodFilter[],
    absent: Refusal | undefined,
  ): Search {
    const wanted = nodesToFind(nodes.length)
    const feasible: NodeInfo[] = []
    let refusals: Map<NodeInfo, Refusal> | null = null
    let rejectedBy: Set<PluginName> | null = null
    let looked = 0
    const start = nodes.length === 0 ? 0 : this.#nextNode % nodes.length
    for (; looked < nodes.length && feasible.length < wanted; looked++) {
      const at = start + looked
      const node = nodes[at < nodes.length ? at : at - nodes.length]
      const refused = this.refusalOf(pod, index, node, filters)
      if (refused === null) {
        feasible.push(node)
        continue
      }
      refusals ??= new Map()
      refusals.set(node, refused)
      rejectedBy ??= new Set()
      rejectedBy.add(refused.plugin)
    }
    if (nodes.length > 0) this.#nextNode = (this.#nextNode + looked) % this.view.nodes.length
    if (absent !== undefined) {
      rejectedBy ??= new Set()
      rejectedBy.add(absent.plugin)
    }
    return {
      filters,
      feasible,
      refusals: refusals ?? NO_REFUSALS,
      absent,
      refusedByAll: undefined,
      rejectedBy: rejectedBy ?? NO_PLUGINS,
    }
  }

  /**
   * Why a node refuses a pod; null: it does not. Where pods of at least its priority are nominated to the node, the pod has to fit
   * with them and without them (CY-3).
   */
  refusalOf(pod: PodInfo, index: number, node: NodeInfo, filters: readonly PodFilter[]): Refusal | null {
    if (!this.nominator.isEmpty) {
      const refused = this.#refusalWithNominated(pod, index, node, filters)
      if (refused !== null) return refused
    }
    return firstRefusal(pod, node, filters)
  }

  #refusalWithNominated(pod: PodInfo, index: number, node: NodeInfo, filters: readonly PodFilter[]): Refusal | null {
    let trial: NodeInfo | null = null
    let forks = filters
    for (const other of this.nominator.on(node)) {
      if (other.index === index || other.info.priority < pod.priority) continue
      if (trial === null) {
        trial = node.clone()
        forks = forkAll(filters)
      }
      trial.add(other)
      changeAll(forks, other, trial, 1)
    }
    return trial === null ? null : firstRefusal(pod, trial, forks)
  }

  /** Why several nodes cannot be compared for a pod; undefined: they can. */
  scoreError(pod: PodInfo): string | undefined {
    for (const { name, preScoreError } of this.plugins) {
      const error = preScoreError?.(pod)
      if (error !== undefined) return `running PreScore plugin "${name}": ${error}`
    }
    return undefined
  }

  /** The nodes with the highest score, in the order in which they were found. */
  best(pod: PodInfo, feasible: readonly NodeInfo[]): readonly NodeInfo[] {
    if (feasible.length === 1) return feasible
    const totals = this.scores(pod, feasible)
    let highest = Number.NEGATIVE_INFINITY
    const top: NodeInfo[] = []
    for (let i = 0; i < feasible.length; i++) {
      if (totals[i] < highest) continue
      if (totals[i] > highest) top.length = 0
      highest = totals[i]
      top.push(feasible[i])
    }
    return top
  }

  /** The sum of the plugins' weighted scores of each node (S-1). */
  scores(pod: PodInfo, feasible: readonly NodeInfo[]): readonly number[] {
    const totals = new Array<number>(feasible.length).fill(0)
    const scores = new Array<number>(feasible.length).fill(0)
    for (const plugin of this.plugins) {
      const scorer: PodScorer | null = plugin.preScore?.(pod, this.view, feasible) ?? null
      if (scorer === null) continue
      if (scorer.fill !== undefined) scorer.fill(scores, feasible, pod)
      else for (let i = 0; i < feasible.length; i++) scores[i] = scorer.score(pod, feasible[i])
      scorer.normalize?.(scores, feasible)
      const { weight } = scorer
      for (let i = 0; i < feasible.length; i++) totals[i] += weight * scores[i]
    }
    return totals
  }
}

function firstRefusal(pod: PodInfo, node: NodeInfo, filters: readonly PodFilter[]): Refusal | null {
  for (let i = 0; i < filters.length; i++) {
    const refused = filters[i].filter(pod, node)
    if (refused !== null) return refused
  }
  return null
}

/** Filters that may be changed for a trial; those that only look at the node are the same. */
export const forkAll = (filters: readonly PodFilter[]): readonly PodFilter[] =>
  filters.map(filter => filter.fork?.() ?? filter)

/** Tells the forked filters of a pod that comes to a node, or leaves it, on trial. */
export function changeAll(
  filters: readonly PodFilter[],
  pod: Parameters<ChangeablePodFilter['change']>[0],
  node: NodeInfo,
  delta: 1 | -1,
): void {
  for (const filter of filters) if (isChangeable(filter)) filter.change(pod, node, delta)
}

const isChangeable = (filter: PodFilter): filter is ChangeablePodFilter => 'change' in filter

const refusedByAll = (plugin: PluginName, text: string): Search => ({
  filters: [],
  feasible: [],
  refusals: NO_REFUSALS,
  absent: refusal(plugin, text, false),
  refusedByAll: text,
  rejectedBy: new Set([plugin]),
})

/** How many feasible nodes are enough (SCH-2). */
export function nodesToFind(nodes: number): number {
  if (nodes < LEAST_FEASIBLE) return nodes
  const percent = Math.max(LEAST_PERCENT, 50 - Math.floor(nodes / 125))
  return Math.max(LEAST_FEASIBLE, Math.floor((nodes * percent) / 100))
}
