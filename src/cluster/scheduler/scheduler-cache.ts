import type { Labels } from '../../model/index.js'
import { isDeleting, type NodeRecord, type PodVersion } from '../contract/index.js'
import { LabelIndex } from './label-index.js'
import { NodeDomains } from './node-domains.js'
import { NodeInfo, PlacedPod } from './node-info.js'
import { NodeTree } from './node-tree.js'
import type { ClusterView, ObjectLister, Plugin } from './plugin.js'
import { type PodInfo, podInfoOf } from './pod-info.js'
import type { StorageLister } from './volumes/pod-volumes.js'

/** A cluster without claims. */
const NO_STORAGE: StorageLister = {
  claim: () => null,
  volume: () => null,
  volumes: () => [],
  storageClass: () => null,
}

/**
 * Nodes with the pods that count on them: bound ones and those assumed there. Plugins are told of every change, so that what they
 * keep follows.
 *
 * scheduler: backend/cache/cache.go, v1.32. One cycle runs at a time here, so the cache is its own snapshot.
 */
export class SchedulerCache implements ClusterView {
  readonly objects: ObjectLister
  readonly storage: StorageLister
  readonly #plugins: readonly Plugin[]
  /** Those that are told of each pod. */
  readonly #counting: readonly Plugin[]
  /** By the index of the node. */
  #infos: NodeInfo[] = []
  readonly #tree = new NodeTree()
  #ordered: readonly NodeInfo[] | null = null
  #byName: Map<string, NodeInfo> | null = null
  /** By the index of the pod: it, and the node that it counts on. */
  #placed: (PlacedPod | undefined)[] = []
  #nodeOf: (NodeInfo | undefined)[] = []
  /** Placed pods by what they are; null until somebody asks, and kept up from then on. */
  #byInfo: Map<PodInfo, Set<PlacedPod>> | null = null
  readonly #infosByLabel = new LabelIndex<PodInfo>()
  #domains = new Map<string, NodeDomains>()
  taintedNodes = 0
  preferNoScheduleNodes = 0
  unschedulableNodes = 0
  nodesWithImages = 0
  podsWithAffinity = 0
  podsWithRequiredAntiAffinity = 0

  constructor(objects: ObjectLister, plugins: readonly Plugin[], storage: StorageLister = NO_STORAGE) {
    this.objects = objects
    this.storage = storage
    this.#plugins = plugins
    this.#counting = plugins.filter(plugin => plugin.podPlaced !== undefined)
  }

  reset(nodes: readonly NodeRecord[]): void {
    const isSame = this.#infos.length === nodes.length && this.#infos.every((info, i) => info.record === nodes[i])
    if (isSame) for (const info of this.#infos) info.clear()
    else this.#infos = nodes.map(record => new NodeInfo(record))
    this.#tree.clear()
    this.#placed = []
    this.#nodeOf = []
    this.#byInfo = null
    this.#infosByLabel.clear()
    this.podsWithAffinity = 0
    this.podsWithRequiredAntiAffinity = 0
    this.nodesChanged()
  }

  /** In the order of SCH-3, worked out once per change of the nodes. */
  get nodes(): readonly NodeInfo[] {
    if (this.#ordered === null) {
      this.#tree.update(this.#infos)
      this.#ordered = this.#tree.list()
      this.#countNodes(this.#ordered)
    }
    return this.#ordered
  }

  nodeNamed(name: string): NodeInfo | undefined {
    this.#byName ??= new Map(this.nodes.map(info => [info.name, info]))
    return this.#byName.get(name)
  }

  node(index: number): NodeInfo | undefined {
    return this.#infos[index]
  }

  /** Labels, taints or amounts of a node are others now: the next cycle looks at the nodes anew. */
  nodesChanged(): void {
    this.#ordered = null
    this.#byName = null
    if (this.#domains.size > 0) this.#domains = new Map()
    for (const plugin of this.#plugins) plugin.forget?.()
  }

  /** A node is gone: should it come back before the next cycle, it has lost its place all the same. */
  nodeGone(): void {
    this.nodesChanged()
    this.#tree.update(this.#infos)
  }

  get podsByInfo(): ReadonlyMap<PodInfo, ReadonlySet<PlacedPod>> {
    if (this.#byInfo === null) {
      this.#byInfo = new Map()
      for (const pod of this.pods()) this.#putAlike(this.#byInfo, pod)
    }
    return this.#byInfo
  }

  infosWith(key: string, value: string): Iterable<PodInfo> {
    return this.podsByInfo.size === 0 ? [] : this.#infosByLabel.get(key, value)
  }

  domains(topologyKey: string): NodeDomains {
    let domains = this.#domains.get(topologyKey)
    if (domains === undefined) {
      domains = new NodeDomains(topologyKey, this.#infos)
      this.#domains.set(topologyKey, domains)
    }
    return domains
  }

  #countNodes(nodes: readonly NodeInfo[]): void {
    this.taintedNodes = 0
    this.preferNoScheduleNodes = 0
    this.unschedulableNodes = 0
    this.nodesWithImages = 0
    for (const info of nodes) {
      const { object, isUnschedulable } = info.record
      const { taints = [] } = object.spec
      if (taints.length > 0) this.taintedNodes++
      if (taints.some(({ effect }) => effect === 'PreferNoSchedule')) this.preferNoScheduleNodes++
      if (isUnschedulable) this.unschedulableNodes++
      if ((object.status.images ?? []).length > 0) this.nodesWithImages++
    }
  }

  namespaceLabels(namespace: string): Labels {
    const object = this.objects.list('Namespace').find(({ metadata }) => metadata.name === namespace)
    return { ...object?.metadata.labels, 'kubernetes.io/metadata.name': namespace }
  }

  /** The node that a pod counts on. */
  nodeOf(pod: number): NodeInfo | undefined {
    return this.#nodeOf[pod]
  }

  placed(pod: number): PlacedPod | undefined {
    return this.#placed[pod]
  }

  /** Every placed pod. */
  *pods(): Iterable<PlacedPod> {
    for (const pod of this.#placed) if (pod !== undefined) yield pod
  }

  add(version: PodVersion, node: NodeInfo): void {
    const { index } = version.identity
    const pod = new PlacedPod(version)
    this.#placed[index] = pod
    this.#nodeOf[index] = node
    this.#put(pod, node)
  }

  remove(index: number): void {
    const pod = this.#placed[index]
    const node = this.#nodeOf[index]
    if (pod === undefined || node === undefined) return
    this.#placed[index] = undefined
    this.#nodeOf[index] = undefined
    this.#take(pod, node)
  }

  /** A newer version of a placed pod. */
  update(version: PodVersion): void {
    const { index } = version.identity
    const pod = this.#placed[index]
    const node = this.#nodeOf[index]
    if (pod === undefined || node === undefined) return
    const isTerminating = isDeleting(version)
    if (pod.version.spec === version.spec && pod.isTerminating === isTerminating) {
      pod.version = version
      return
    }
    this.#take(pod, node)
    pod.version = version
    pod.info = podInfoOf(version.spec)
    pod.isTerminating = isTerminating
    this.#put(pod, node)
  }

  #put(pod: PlacedPod, node: NodeInfo): void {
    node.add(pod)
    if (this.#byInfo !== null) this.#putAlike(this.#byInfo, pod)
    this.#count(pod, 1)
    for (const plugin of this.#counting) plugin.podPlaced?.(pod, node, 1)
  }

  #putAlike(byInfo: Map<PodInfo, Set<PlacedPod>>, pod: PlacedPod): void {
    const alike = byInfo.get(pod.info)
    if (alike === undefined) {
      byInfo.set(pod.info, new Set([pod]))
      this.#infosByLabel.add(pod.info.labels, pod.info)
    } else alike.add(pod)
  }

  #take(pod: PlacedPod, node: NodeInfo): void {
    node.remove(pod)
    const alike = this.#byInfo?.get(pod.info)
    alike?.delete(pod)
    if (alike?.size === 0) {
      this.#byInfo?.delete(pod.info)
      this.#infosByLabel.remove(pod.info.labels, pod.info)
    }
    this.#count(pod, -1)
    for (const plugin of this.#counting) plugin.podPlaced?.(pod, node, -1)
  }

  #count({ info }: PlacedPod, delta: 1 | -1): void {
    if (!info.hasPodAffinity) return
    this.podsWithAffinity += delta
    if (info.requiredAntiAffinity.length > 0) this.podsWithRequiredAntiAffinity += delta
  }
}
