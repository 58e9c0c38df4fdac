import type { Taint } from './affinity.js'
import type { ConditionStatus, ObjectMeta, Time } from './object-meta.js'
import type { ResourceList } from './resource-requirements.js'

/** A machine that runs pods (core/v1 Node). */
export interface Node {
  readonly apiVersion: 'v1'
  readonly kind: 'Node'
  readonly metadata: ObjectMeta
  readonly spec: NodeSpec
  readonly status: NodeStatus
}

/** What a node is to be. */
export interface NodeSpec {
  readonly podCIDR?: string
  readonly podCIDRs?: readonly string[]
  readonly providerID?: string
  readonly unschedulable?: boolean
  readonly taints?: readonly Taint[]
}

/** What the kubelet and the controllers say about a node. */
export interface NodeStatus {
  readonly capacity?: ResourceList
  readonly allocatable?: ResourceList
  readonly phase?: string
  readonly conditions?: readonly NodeCondition[]
  readonly addresses?: readonly NodeAddress[]
  readonly daemonEndpoints?: Readonly<Record<string, unknown>>
  readonly nodeInfo?: Readonly<Record<string, string>>
  readonly images?: readonly { readonly names: readonly string[]; readonly sizeBytes?: number }[]
  readonly volumesInUse?: readonly string[]
  readonly volumesAttached?: readonly { readonly name: string; readonly devicePath: string }[]
}

/** The conditions a kubelet reports. */
export type NodeConditionType = 'Ready' | 'MemoryPressure' | 'DiskPressure' | 'PIDPressure' | 'NetworkUnavailable'

/** One condition of a node. */
export interface NodeCondition {
  readonly type: NodeConditionType | (string & {})
  readonly status: ConditionStatus
  readonly lastHeartbeatTime?: Time | null
  readonly lastTransitionTime?: Time | null
  readonly reason?: string
  readonly message?: string
}

/** One address of a node. */
export interface NodeAddress {
  readonly type: 'Hostname' | 'InternalIP' | 'ExternalIP' | 'InternalDNS' | 'ExternalDNS'
  readonly address: string
}
