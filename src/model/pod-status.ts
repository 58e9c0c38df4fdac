import type { ConditionStatus, Time } from './object-meta.js'
import type { ResourceList, ResourceRequirements } from './resource-requirements.js'

/** The coarse state of a pod. */
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'

/** How well a pod's resources are guaranteed; computed when it is created. */
export type PodQOSClass = 'Guaranteed' | 'Burstable' | 'BestEffort'

/** What the cluster says about a pod (core/v1 PodStatus). */
export interface PodStatus {
  readonly observedGeneration?: number
  readonly phase?: PodPhase
  readonly conditions?: readonly PodCondition[]
  readonly message?: string
  readonly reason?: string
  readonly nominatedNodeName?: string
  readonly hostIP?: string
  readonly hostIPs?: readonly { readonly ip: string }[]
  readonly podIP?: string
  readonly podIPs?: readonly { readonly ip: string }[]
  readonly startTime?: Time
  readonly initContainerStatuses?: readonly ContainerStatus[]
  readonly containerStatuses?: readonly ContainerStatus[]
  readonly qosClass?: PodQOSClass
  readonly ephemeralContainerStatuses?: readonly ContainerStatus[]
  readonly resize?: 'Proposed' | 'InProgress' | 'Deferred' | 'Infeasible' | ''
  readonly resourceClaimStatuses?: readonly { readonly name: string; readonly resourceClaimName?: string }[]
}

/** The conditions Kubernetes itself sets; readiness gates add others. */
export type PodConditionType =
  | 'PodReadyToStartContainers'
  | 'Initialized'
  | 'Ready'
  | 'ContainersReady'
  | 'PodScheduled'
  | 'DisruptionTarget'

/** One condition of a pod. */
export interface PodCondition {
  readonly type: PodConditionType | (string & {})
  readonly observedGeneration?: number
  readonly status: ConditionStatus
  readonly lastProbeTime?: Time | null
  readonly lastTransitionTime?: Time | null
  readonly reason?: string
  readonly message?: string
}

/** What the kubelet says about one container. */
export interface ContainerStatus {
  readonly name: string
  readonly state?: ContainerState
  readonly lastState?: ContainerState
  readonly ready: boolean
  readonly restartCount: number
  readonly image: string
  readonly imageID: string
  readonly containerID?: string
  readonly started?: boolean
  readonly allocatedResources?: ResourceList
  readonly resources?: ResourceRequirements
  readonly volumeMounts?: readonly VolumeMountStatus[]
  readonly user?: { readonly linux?: Readonly<Record<string, unknown>> }
}

/** A volume as it is mounted. */
export interface VolumeMountStatus {
  readonly name: string
  readonly mountPath: string
  readonly readOnly?: boolean
  readonly recursiveReadOnly?: 'Disabled' | 'IfPossible' | 'Enabled'
}

/** Waiting, running or terminated; at most one field. */
export interface ContainerState {
  readonly waiting?: ContainerStateWaiting
  readonly running?: ContainerStateRunning
  readonly terminated?: ContainerStateTerminated
}

/** Not running yet, or not again. */
export interface ContainerStateWaiting {
  readonly reason?: string
  readonly message?: string
}

/** Running since. */
export interface ContainerStateRunning {
  readonly startedAt?: Time | null
}

/** Exited, and how. */
export interface ContainerStateTerminated {
  readonly exitCode: number
  readonly signal?: number
  readonly reason?: string
  readonly message?: string
  readonly startedAt?: Time | null
  readonly finishedAt?: Time | null
  readonly containerID?: string
}
