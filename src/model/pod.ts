import type { Affinity, Toleration, TopologySpreadConstraint } from './affinity.js'
import type { Container, EphemeralContainer } from './container.js'
import type { LocalObjectReference, ObjectMeta } from './object-meta.js'
import type { PodStatus } from './pod-status.js'
import type { ResourceList, ResourceRequirements } from './resource-requirements.js'
import type { PodSecurityContext } from './security-context.js'
import type { Volume } from './volume.js'

/** A group of containers that live and die on one node (core/v1 Pod). */
export interface Pod {
  readonly apiVersion: 'v1'
  readonly kind: 'Pod'
  readonly metadata: ObjectMeta
  readonly spec: PodSpec
  readonly status?: PodStatus
}

/** The pod a workload makes. */
export interface PodTemplateSpec {
  readonly metadata?: ObjectMeta
  readonly spec: PodSpec
}

/** What happens to containers that exit. */
export type RestartPolicy = 'Always' | 'OnFailure' | 'Never'

/** What a pod is to be; the fields in the API's order (core/v1 PodSpec, v1.32). */
export interface PodSpec {
  readonly volumes?: readonly Volume[]
  readonly initContainers?: readonly Container[]
  readonly containers: readonly Container[]
  readonly ephemeralContainers?: readonly EphemeralContainer[]
  readonly restartPolicy?: RestartPolicy
  readonly terminationGracePeriodSeconds?: number
  readonly activeDeadlineSeconds?: number
  readonly dnsPolicy?: 'ClusterFirstWithHostNet' | 'ClusterFirst' | 'Default' | 'None'
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly serviceAccountName?: string
  readonly serviceAccount?: string
  readonly automountServiceAccountToken?: boolean
  readonly nodeName?: string
  readonly hostNetwork?: boolean
  readonly hostPID?: boolean
  readonly hostIPC?: boolean
  readonly shareProcessNamespace?: boolean
  readonly securityContext?: PodSecurityContext
  readonly imagePullSecrets?: readonly LocalObjectReference[]
  readonly hostname?: string
  readonly subdomain?: string
  readonly affinity?: Affinity
  readonly schedulerName?: string
  readonly tolerations?: readonly Toleration[]
  readonly hostAliases?: readonly HostAlias[]
  readonly priorityClassName?: string
  readonly priority?: number
  readonly dnsConfig?: PodDNSConfig
  readonly readinessGates?: readonly PodReadinessGate[]
  readonly runtimeClassName?: string
  readonly enableServiceLinks?: boolean
  readonly preemptionPolicy?: 'PreemptLowerPriority' | 'Never'
  readonly overhead?: ResourceList
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[]
  readonly setHostnameAsFQDN?: boolean
  readonly os?: { readonly name: 'linux' | 'windows' }
  readonly hostUsers?: boolean
  readonly schedulingGates?: readonly PodSchedulingGate[]
  readonly resourceClaims?: readonly PodResourceClaim[]
  readonly resources?: ResourceRequirements
}

/** Extra lines of the pod's hosts file. */
export interface HostAlias {
  readonly ip: string
  readonly hostnames?: readonly string[]
}

/** Name resolution beyond `dnsPolicy`. */
export interface PodDNSConfig {
  readonly nameservers?: readonly string[]
  readonly searches?: readonly string[]
  readonly options?: readonly { readonly name?: string; readonly value?: string }[]
}

/** A condition that has to be True before the pod is Ready. */
export interface PodReadinessGate {
  readonly conditionType: string
}

/** Keeps the pod from being scheduled until it is removed. */
export interface PodSchedulingGate {
  readonly name: string
}

/** A claim on devices, by name or by template. */
export interface PodResourceClaim {
  readonly name: string
  readonly resourceClaimName?: string
  readonly resourceClaimTemplateName?: string
}
