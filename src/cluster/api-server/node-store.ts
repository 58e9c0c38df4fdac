import type { Labels, Node, Taint } from '../../model/index.js'
import { formatLabels, formatTaints, packStatusAndReason, ROW } from '../../trace/index.js'
import {
  type Environment,
  type NodeBefore,
  type NodeClient,
  type NodeConditionWords,
  type NodeRecord,
  type NodeWatcher,
  OP,
  TRUTH,
} from '../contract/index.js'

/** What hears of a node at once: the scheduler, whose cache reads the nodes themselves. */
export interface NodeListener {
  nodeChanged(node: NodeRecord, before: NodeBefore, cause: number): void
  nodeRemoved(node: NodeRecord, cause: number): void
  nodeAdded(node: NodeRecord, cause: number): void
}

/**
 * The Node objects of the API server: what kubelets, controllers and users write of them. Heartbeats are not written: nobody reads
 * anything out of them but their instants, which are arithmetic.
 */
export class NodeStore implements NodeClient {
  readonly nodes: readonly NodeRecord[]
  readonly #environment: Environment
  readonly #listener: NodeListener
  /** As the plan has them. */
  readonly #originals: readonly Node[]
  readonly #fields: { readonly taints: number; readonly labels: number; readonly unschedulable: number }
  #watchers: readonly NodeWatcher[] = []
  #isChanged = false
  /** By node: whether its watchers will hear of it anyway. */
  #isTold: boolean[] = []

  constructor(environment: Environment, nodes: readonly NodeRecord[], listener: NodeListener) {
    const { symbols } = environment
    this.#environment = environment
    this.nodes = nodes
    this.#listener = listener
    this.#originals = nodes.map(({ object }) => object)
    this.#fields = {
      taints: symbols.intern('taints'),
      labels: symbols.intern('labels'),
      unschedulable: symbols.intern('unschedulable'),
    }
  }

  reset(): void {
    if (this.#isTold.length > 0) this.#isTold = []
    if (!this.#isChanged) return
    this.#isChanged = false
    this.nodes.forEach((node, i) => {
      node.object = this.#originals[i]
      node.isUnschedulable = node.object.spec.unschedulable === true
      node.isGone = false
    })
  }

  watch(...watchers: readonly NodeWatcher[]): void {
    this.#watchers = [...this.#watchers, ...watchers]
  }

  setConditions(index: number, conditions: readonly NodeConditionWords[], cause: number): number {
    const node = this.nodes[index]
    const known = node.object.status.conditions ?? []
    const changed = conditions.filter(each => {
      const old = known.find(({ type }) => type === each.type)
      return old?.status !== each.status || old.reason !== each.reason || old.message !== each.message
    })
    if (node.isGone || changed.length === 0) return -1
    const { kernel, trace, symbols } = this.#environment
    let row = -1
    for (const { type, status, reason, message } of changed) {
      const packed = packStatusAndReason(TRUTH[status], symbols.intern(reason))
      const [what, text] = [symbols.intern(type), symbols.intern(message)]
      const written = trace.append(kernel.now, ROW.nodeCondition, node.path, what, packed, text, cause)
      if (row < 0) row = written
    }
    const types = new Set(changed.map(({ type }) => type))
    const next = [...known.filter(({ type }) => !types.has(type)), ...changed]
    this.#replace(node, { ...node.object, status: { ...node.object.status, conditions: next } }, row)
    return row
  }

  setTaints(index: number, taints: readonly Taint[], cause: number): number {
    const node = this.nodes[index]
    const text = formatTaints(taints)
    if (text === formatTaints(node.object.spec.taints ?? [])) return -1
    const { taints: _, ...spec } = node.object.spec
    const next = taints.length === 0 ? spec : { ...spec, taints }
    return this.#write(node, this.#fields.taints, text, { ...node.object, spec: next }, cause)
  }

  setUnschedulable(index: number, isUnschedulable: boolean, cause: number): number {
    const node = this.nodes[index]
    if (isUnschedulable === (node.object.spec.unschedulable === true)) return -1
    const { unschedulable: _, ...spec } = node.object.spec
    const next = isUnschedulable ? { ...spec, unschedulable: true } : spec
    const text = isUnschedulable ? 'true' : ''
    return this.#write(node, this.#fields.unschedulable, text, { ...node.object, spec: next }, cause)
  }

  setLabels(index: number, labels: Labels, cause: number): number {
    const node = this.nodes[index]
    const text = formatLabels(labels)
    if (text === formatLabels(node.object.metadata.labels)) return -1
    const metadata = { ...node.object.metadata, labels }
    return this.#write(node, this.#fields.labels, text, { ...node.object, metadata }, cause)
  }

  remove(index: number, cause: number): number {
    const node = this.nodes[index]
    if (node.isGone) return -1
    const { kernel, trace } = this.#environment
    const row = trace.append(kernel.now, ROW.removed, node.path, 0, 0, 0, cause)
    node.isGone = true
    this.#isChanged = true
    this.#listener.nodeRemoved(node, row)
    this.#tell(node, row)
    return row
  }

  register(index: number, cause: number): number {
    const node = this.nodes[index]
    if (!node.isGone) return -1
    const { kernel, trace } = this.#environment
    // Manifests of nodes stand before all others, in the order of the nodes.
    const row = trace.append(kernel.now, ROW.created, node.path, index, 0, 0, cause)
    node.object = this.#originals[index]
    node.isUnschedulable = node.object.spec.unschedulable === true
    node.isGone = false
    this.#listener.nodeAdded(node, row)
    this.#tell(node, row)
    return row
  }

  #write(node: NodeRecord, field: number, text: string, object: Node, cause: number): number {
    if (node.isGone) return -1
    const { kernel, trace, symbols } = this.#environment
    const row = trace.append(kernel.now, ROW.nodeChanged, node.path, field, symbols.intern(text), 0, cause)
    this.#replace(node, object, row)
    return row
  }

  #replace(node: NodeRecord, object: Node, row: number): void {
    const { allocatable, podLimit, isUnschedulable } = node
    const before = { object: node.object, allocatable, podLimit, isUnschedulable }
    node.object = object
    node.isUnschedulable = object.spec.unschedulable === true
    this.#isChanged = true
    this.#tell(node, row)
    this.#listener.nodeChanged(node, before, row)
  }

  /** Several changes before the watchers hear of the first are one to them: they read the node as it is then. */
  #tell({ index }: NodeRecord, cause: number): void {
    if (this.#isTold[index]) return
    this.#isTold[index] = true
    const { kernel, timing } = this.#environment
    kernel.schedule(kernel.now + timing.watch, OP.nodeWatch, index, cause)
  }

  /** The watchers hear of a node. */
  deliver(index: number, cause: number): void {
    this.#isTold[index] = false
    for (const watcher of this.#watchers) watcher.nodeChanged(this.nodes[index], cause)
  }
}
