import type { Kind, KubernetesObject, Labels, Node, Taint } from '../../model/index.js'
import type { PodIdentity, PodSpec, Resources } from './spec.js'
import type { PodStatus } from './status.js'

/** A version of a pod object in the store. Immutable: a write makes a new one. */
export interface PodVersion {
  readonly identity: PodIdentity
  readonly spec: PodSpec
  /** Number of the row that wrote it: what caused whatever follows from it. */
  readonly row: number
  readonly resourceVersion: number
  /** Counts the changes of the spec and the request to delete; 0 in releases in which pods have none (API-7). */
  readonly generation: number
  /** The generation that the status is about; 0: none yet. */
  readonly observedGeneration: number
  /** Index of the node; −1: not bound. */
  readonly node: number
  /** −1: not being deleted. */
  readonly deletionGraceSeconds: number
  /** deletionTimestamp in whole seconds. */
  readonly deletionSeconds: number
  readonly hasFinalizers: boolean
  readonly creationSeconds: number
  readonly status: PodStatus
}

export const isDeleting = (pod: PodVersion): boolean => pod.deletionGraceSeconds >= 0

/** What happened to an object, as a watch tells it. */
export const CHANGE = { added: 0, modified: 1, removed: 2 } as const

/** Takes notifications of pods in the order of their writes. */
export interface PodWatcher {
  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void
}

/** A node as the store holds it. */
export interface NodeRecord {
  readonly index: number
  readonly name: string
  readonly path: number
  readonly nameSymbol: number
  object: Node
  allocatable: Resources
  /** How many pods it may run. */
  podLimit: number
  isUnschedulable: boolean
  /** Whether the Node object was deleted. */
  isGone: boolean
}

/** A node before a change of it. */
export type NodeBefore = Readonly<Pick<NodeRecord, 'object' | 'allocatable' | 'podLimit' | 'isUnschedulable'>>

/** What components may ask of the API server. Writes take effect at once; watchers hear of them after the watch latency. */
export interface StoreClient {
  readonly nodes: readonly NodeRecord[]
  pod(index: number): PodVersion | null
  /** The pods bound to a node, in order of creation. */
  podsOfNode(node: number): readonly PodVersion[]
  /** A ConfigMap, Secret or other object that the plan or a step created; null: not found. */
  find(kind: string, namespace: string, name: string): KubernetesObject | null
  /** All objects of a kind, in order of their creation. */
  list<Name extends Kind>(kind: Name): readonly Extract<KubernetesObject, { readonly kind: Name }>[]
  bindPod(index: number, node: number, cause: number): void
  /** Replaces the status; rows tell each difference. Answers the row of the first difference, −1 when there is none. */
  updateStatus(index: number, status: PodStatus, cause: number, observedGeneration?: number): number
  /** The rejection by a kubelet: the status is replaced by one without conditions and containers. */
  replaceStatus(index: number, status: PodStatus, cause: number): number
  /** Deletes; `graceSeconds` −1 stands for the pod's own. */
  deletePod(index: number, graceSeconds: number, cause: number): void
}

/** What a component says of a condition of a node. */
export interface NodeConditionWords {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
}

/** What components may ask of the API server about nodes. Writes take effect at once and answer their row, −1 when they change nothing. */
export interface NodeClient {
  readonly nodes: readonly NodeRecord[]
  setConditions(index: number, conditions: readonly NodeConditionWords[], cause: number): number
  setTaints(index: number, taints: readonly Taint[], cause: number): number
  setUnschedulable(index: number, isUnschedulable: boolean, cause: number): number
  setLabels(index: number, labels: Labels, cause: number): number
  /** The Node object goes, its pods stay for the time being (ND-1). */
  remove(index: number, cause: number): number
  /** A kubelet registers a node whose object is gone. */
  register(index: number, cause: number): number
}

/** Takes changes of nodes some time after they were written. */
export interface NodeWatcher {
  nodeChanged(node: NodeRecord, cause: number): void
}
