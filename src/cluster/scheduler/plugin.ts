import type { Kind, KubernetesObject, Labels } from '../../model/index.js'
import type { ClusterChange } from './cluster-change.js'
import type { NodeDomains } from './node-domains.js'
import type { NodeInfo, PlacedPod } from './node-info.js'
import type { PodInfo } from './pod-info.js'
import type { StorageLister } from './volumes/pod-volumes.js'

/** The plugins, by upstream's names. */
export type PluginName =
  | 'NodeUnschedulable'
  | 'NodeName'
  | 'TaintToleration'
  | 'NodeAffinity'
  | 'NodePorts'
  | 'NodeResourcesFit'
  | 'VolumeRestrictions'
  | 'VolumeBinding'
  | 'VolumeZone'
  | 'PodTopologySpread'
  | 'InterPodAffinity'
  | 'NodeResourcesBalancedAllocation'
  | 'ImageLocality'
  | 'DefaultPreemption'

/** Why a node will not do; `isResolvable`: evicting pods might change that (Unschedulable, not …AndUnresolvable). */
export interface Refusal {
  readonly plugin: PluginName
  readonly reasons: readonly string[]
  readonly isResolvable: boolean
}

export const refusal = (plugin: PluginName, reason: string, isResolvable: boolean): Refusal => ({
  plugin,
  reasons: [reason],
  isResolvable,
})

/** Objects that plugins look up: Services, owners, namespaces. */
export interface ObjectLister {
  find(kind: string, namespace: string, name: string): KubernetesObject | null
  list<Name extends Kind>(kind: Name): readonly Extract<KubernetesObject, { readonly kind: Name }>[]
}

/** The cluster as plugins see it during one cycle. */
export interface ClusterView {
  /** In the order in which they are looked at (SCH-3). */
  readonly nodes: readonly NodeInfo[]
  readonly objects: ObjectLister
  readonly storage: StorageLister
  /** How many nodes have taints, and how many are unschedulable: none of them, and nobody asks. */
  readonly taintedNodes: number
  readonly preferNoScheduleNodes: number
  readonly unschedulableNodes: number
  readonly nodesWithImages: number
  /** How many placed pods have pod affinity or anti-affinity, and how many required anti-affinity. */
  readonly podsWithAffinity: number
  readonly podsWithRequiredAntiAffinity: number
  /** Placed pods by what plugins see of them, which is one object for all pods of a template. */
  readonly podsByInfo: ReadonlyMap<PodInfo, ReadonlySet<PlacedPod>>
  /** Those of them that have a label. */
  infosWith(key: string, value: string): Iterable<PodInfo>
  /** The domains of a topology key. */
  domains(topologyKey: string): NodeDomains
  /** The node that a placed pod counts on. */
  nodeOf(pod: number): NodeInfo | undefined
  namespaceLabels(namespace: string): Labels
  nodeNamed(name: string): NodeInfo | undefined
}

/** A filter made for one pod: it may hold what was found out about the cluster before. */
export interface PodFilter {
  readonly plugin: PluginName
  filter(pod: PodInfo, node: NodeInfo): Refusal | null
  /** A copy that may be changed, for "what if that pod were not there"; absent where other nodes' pods do not matter. */
  fork?(): ChangeablePodFilter
}

/** A filter that can be told of pods that come and go on trial (PreFilterExtensions). */
export interface ChangeablePodFilter extends PodFilter {
  change(other: PlacedPod, node: NodeInfo, delta: 1 | -1): void
}

/** What a plugin finds out about a pod before it is asked about nodes (CY-5). */
export interface PreFilterResult {
  /** null: the plugin has nothing to say about this pod, on any node (Skip). */
  readonly filter: PodFilter | null
  /** Why no node will do, whatever it is like. */
  readonly refusal?: string
  /** The only nodes worth asking about; absent: all. */
  readonly nodeNames?: ReadonlySet<string>
}

/** Nothing to say. */
export const SKIP: PreFilterResult = { filter: null }

/** Scores of one pod's feasible nodes. */
export interface PodScorer {
  readonly weight: number
  score(pod: PodInfo, node: NodeInfo): number
  /** All scores at once, where that is faster than one by one. */
  fill?(scores: number[], nodes: readonly NodeInfo[], pod: PodInfo): void
  /** Brings the scores into 0 … 100. */
  normalize?(scores: number[], nodes: readonly NodeInfo[]): void
}

/** Which changes may help a pod that the plugin rejected, and whether this one does. */
export interface QueueingHint {
  readonly resource: ClusterChange['resource']
  /** Bits of ACTION. */
  readonly actions: number
  /** Absent: always. */
  isHelpful?(pod: PodInfo, index: number, change: ClusterChange): boolean
}

/** A plugin of the framework; it has the parts that it needs. */
export interface Plugin {
  readonly name: PluginName
  preFilter?(pod: PodInfo, view: ClusterView): PreFilterResult
  /** null: the plugin has nothing to say about these nodes (Skip). */
  preScore?(pod: PodInfo, view: ClusterView, feasible: readonly NodeInfo[]): PodScorer | null
  /** Why nodes cannot be compared for this pod: its cycle fails (an error of PreScore). */
  preScoreError?(pod: PodInfo): string | undefined
  readonly hints?: readonly QueueingHint[]
  /** Told of every pod that comes to a node or leaves it, so that what is kept can follow. */
  podPlaced?(pod: PlacedPod, node: NodeInfo, delta: 1 | -1): void
  /** Nodes or other objects changed: what was kept is stale. */
  forget?(): void
}

/** The highest score a plugin may give. */
export const MAX_NODE_SCORE = 100
