import { uidOf } from '../hash/index.js'
import {
  type ApiObject,
  type KubernetesObject,
  type Node,
  type Pod,
  type Service,
  STANDARD_STORAGE_CLASS,
} from '../model/index.js'
import { formatTimestamp, type Milliseconds } from '../time/index.js'
import { ClusterState } from './cluster-state.js'
import { PlainObjects, pathOf } from './plain-objects.js'
import { ROW } from './row-kind.js'
import { endpointSliceOf, endpointsOf } from './service-endpoints.js'
import type { Trace } from './trace.js'

/**
 * Everything in the API server's store as it was after a number of rows, kind by kind. Like `ClusterState` it moves forward only.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { StoreView, simulate } from 'podwright'
 *
 * const spec = { selector: { app: 'web' }, ports: [{ port: 80 }] }
 * const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec }
 * const view = new StoreView(simulate([service]))
 * assert.equal(view.list('Service')[0].metadata.name, 'web')
 * assert.deepEqual(view.list('EndpointSlice').length, 1)
 * ```
 */
export class StoreView {
  readonly #trace: Trace
  readonly #state: ClusterState
  readonly #plain: PlainObjects
  /** By symbol of the Service: the row that spoke of its endpoints last. */
  readonly #endpoints = new Map<number, number>()
  #rowCount = 0

  constructor(trace: Trace) {
    this.#trace = trace
    this.#state = new ClusterState(trace)
    this.#plain = new PlainObjects(trace)
  }

  /** Applies the rows up to and including the instant `time`. */
  advanceTo(time: Milliseconds): this {
    this.#state.advanceTo(time)
    return this.#catchUp()
  }

  /** Applies the rows up to and including the row `number`. */
  advancePast(number: number): this {
    this.#state.advancePast(number)
    return this.#catchUp()
  }

  #catchUp(): this {
    const { rows } = this.#trace
    for (; this.#rowCount < this.#state.rowCount; this.#rowCount++) {
      if (rows.kindOf(this.#rowCount) === ROW.endpoints) {
        this.#endpoints.set(rows.objectOf(this.#rowCount), this.#rowCount)
      } else this.#plain.apply(rows.at(this.#rowCount))
    }
    return this
  }

  /** The objects of a kind (`Pod`, `EndpointSlice` …), by namespace, then by name, as the API server lists them. */
  list(kind: string): readonly ApiObject[] {
    return [...this.#objects(kind)].sort((a, b) => compare(keyOf(a), keyOf(b)))
  }

  /** The object of this kind and name; undefined when there is none. The namespace of what has none is empty. */
  get(kind: string, namespace: string, name: string): ApiObject | undefined {
    return this.#objects(kind).find(
      ({ metadata }) => metadata.name === name && (namespace === '' || (metadata.namespace ?? 'default') === namespace),
    )
  }

  #objects(kind: string): readonly ApiObject[] {
    const state = this.#state
    switch (kind) {
      case 'Pod':
        return this.#pods()
      case 'Node':
        return state.nodeSymbols().flatMap(symbol => this.#withVersion(state.node(symbol)) ?? [])
      case 'Event':
        return state.events()
      case 'EndpointSlice':
        return this.#services().map(([service, text, row]) => endpointSliceOf(service, text, row, this.#pods()))
      case 'Endpoints':
        return this.#services().map(([service, text, row]) => endpointsOf(service, text, row, this.#pods()))
      case 'Namespace':
        return this.#with(this.#plain.list(kind), this.#impliedNamespaces())
      case 'ServiceAccount':
        return this.#with(this.#plain.list(kind), this.#impliedAccounts())
      case 'StorageClass':
        return this.#with(this.#plain.list(kind), STORAGE_CLASSES)
      case 'PriorityClass':
        return this.#with(this.#plain.list(kind), SYSTEM_PRIORITIES)
      default:
        return [...this.#owners().filter(object => object.kind === kind), ...this.#plain.list(kind)]
    }
  }

  #pods(): readonly Pod[] {
    return this.#state.podSymbols().flatMap(symbol => this.#state.pod(symbol) ?? [])
  }

  /** A kubelet tells its version; a node that the plan gives without it is of the run's release. */
  #withVersion(node: Node | undefined): Node | undefined {
    if (node === undefined || node.status.nodeInfo?.kubeletVersion !== undefined) return node
    const nodeInfo = { ...node.status.nodeInfo, kubeletVersion: `v${this.#trace.header.kubernetes}.0` }
    return { ...node, status: { ...node.status, nodeInfo } }
  }

  #owners(): readonly KubernetesObject[] {
    return this.#state.ownerSymbols().flatMap(symbol => this.#state.owner(symbol) ?? [])
  }

  /** Services with a selector (ES-5), with what their endpoints' last row said and its number. */
  #services(): readonly (readonly [Service, string, number])[] {
    const { objects, rows, symbols } = this.#trace
    const byPath = new Map([...this.#endpoints].map(([symbol, row]) => [objects.get(symbol)?.path, row]))
    return this.#plain.list('Service').flatMap(object => {
      const service = object as Service
      if (Object.keys(service.spec.selector ?? {}).length === 0) return []
      const row = byPath.get(pathOf(service)) ?? -1
      return [[service, row < 0 ? '' : symbols.text(rows.at(row).a), row]]
    })
  }

  /** What is listed, and of the others those that it does not hold and that were not removed. */
  #with(listed: readonly ApiObject[], others: readonly ApiObject[]): readonly ApiObject[] {
    const paths = new Set(listed.map(pathOf))
    return [...listed, ...others.filter(each => !paths.has(pathOf(each)) && !this.#plain.isRemoved(pathOf(each)))]
  }

  /** Namespaces that every cluster has, and those that objects stand in without a manifest of their own. */
  #impliedNamespaces(): readonly ApiObject[] {
    const homes = [...this.#pods(), ...this.#owners()].map(({ metadata }) => metadata.namespace ?? 'default')
    return [...new Set([...SYSTEM_NAMESPACES, ...homes, ...this.#plain.namespaces()])].map(name => {
      const labels = { 'kubernetes.io/metadata.name': name }
      const spec = { finalizers: ['kubernetes'] }
      return { ...implied('v1', 'Namespace', { name, labels }), spec, status: { phase: 'Active' } }
    })
  }

  /** Each namespace has the service account `default`. */
  #impliedAccounts(): readonly ApiObject[] {
    return this.list('Namespace').map(({ metadata }) =>
      implied('v1', 'ServiceAccount', { name: 'default', namespace: metadata.name }),
    )
  }
}

const SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/** An object that is there from the beginning though nothing says so. */
function implied(apiVersion: string, kind: string, metadata: ApiObject['metadata']): ApiObject {
  const object = { apiVersion, kind, metadata }
  const added = { uid: uidOf(pathOf(object)), resourceVersion: '0', creationTimestamp: formatTimestamp(0) }
  return { ...object, metadata: { ...metadata, ...added } }
}

/** ADM-5: the classes that every cluster has. */
const SYSTEM_PRIORITIES: readonly ApiObject[] = [
  { name: 'system-cluster-critical', value: 2_000_000_000 },
  { name: 'system-node-critical', value: 2_000_001_000 },
].map(({ name, value }) => ({
  ...implied('scheduling.k8s.io/v1', 'PriorityClass', { name }),
  value,
  preemptionPolicy: 'PreemptLowerPriority',
}))

/** The class that claims without one get. */
const STORAGE_CLASSES: readonly ApiObject[] = [
  { ...STANDARD_STORAGE_CLASS, ...implied('storage.k8s.io/v1', 'StorageClass', STANDARD_STORAGE_CLASS.metadata) },
]

const keyOf = ({ metadata }: ApiObject): string => `${metadata.namespace ?? ''} ${metadata.name ?? ''}`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
