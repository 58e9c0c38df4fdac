import type { LocalObjectReference } from './object-meta.js'
import type { Lifecycle, Probe } from './probe.js'
import type { QuantityText, ResourceRequirements } from './resource-requirements.js'
import type { SecurityContext } from './security-context.js'

/** When the kubelet asks the registry for an image. */
export type PullPolicy = 'Always' | 'Never' | 'IfNotPresent'

/** The transport of a port. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** One container of a pod: regular, init, or (an init container with `restartPolicy: Always`) a sidecar. */
export interface Container {
  readonly name: string
  readonly image: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly workingDir?: string
  readonly ports?: readonly ContainerPort[]
  readonly envFrom?: readonly EnvFromSource[]
  readonly env?: readonly EnvVar[]
  readonly resources?: ResourceRequirements
  readonly resizePolicy?: readonly ContainerResizePolicy[]
  /** Of an init container `Always` makes a sidecar; anything else needs the gate ContainerRestartRules. */
  readonly restartPolicy?: ContainerRestartPolicy
  readonly restartPolicyRules?: readonly ContainerRestartRule[]
  readonly volumeMounts?: readonly VolumeMount[]
  readonly volumeDevices?: readonly VolumeDevice[]
  readonly livenessProbe?: Probe
  readonly readinessProbe?: Probe
  readonly startupProbe?: Probe
  readonly lifecycle?: Lifecycle
  readonly terminationMessagePath?: string
  readonly terminationMessagePolicy?: 'File' | 'FallbackToLogsOnError'
  readonly imagePullPolicy?: PullPolicy
  readonly securityContext?: SecurityContext
  readonly stdin?: boolean
  readonly stdinOnce?: boolean
  readonly tty?: boolean
}

/** When one container of a pod is restarted, whatever its pod says. */
export type ContainerRestartPolicy = 'Always' | 'OnFailure' | 'Never'

/** What an exit leads to that a container's restart policy would not (gate ContainerRestartRules). */
export interface ContainerRestartRule {
  readonly action: 'Restart'
  readonly exitCodes?: ContainerRestartRuleOnExitCodes
}

/** The exit codes that a rule is for. */
export interface ContainerRestartRuleOnExitCodes {
  readonly operator: 'In' | 'NotIn'
  readonly values?: readonly number[]
}

/** A container added to a running pod for debugging. */
export interface EphemeralContainer extends Container {
  readonly targetContainerName?: string
}

/** A port a container listens on. */
export interface ContainerPort {
  readonly name?: string
  readonly hostPort?: number
  readonly containerPort: number
  readonly protocol?: Protocol
  readonly hostIP?: string
}

/** All variables of a ConfigMap or Secret. */
export interface EnvFromSource {
  readonly prefix?: string
  readonly configMapRef?: OptionalReference
  readonly secretRef?: OptionalReference
}

/** A reference by name that may be allowed to lead nowhere. */
export interface OptionalReference extends LocalObjectReference {
  readonly optional?: boolean
}

/** A reference to one key of a ConfigMap or Secret. */
export interface KeySelector extends OptionalReference {
  readonly key: string
}

/** One environment variable. */
export interface EnvVar {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: EnvVarSource
}

/** Where a variable's value comes from; exactly one field. */
export interface EnvVarSource {
  readonly fieldRef?: ObjectFieldSelector
  readonly resourceFieldRef?: ResourceFieldSelector
  readonly configMapKeyRef?: KeySelector
  readonly secretKeyRef?: KeySelector
}

/** A field of the pod itself. */
export interface ObjectFieldSelector {
  readonly apiVersion?: string
  readonly fieldPath: string
}

/** A request or limit of a container of the pod. */
export interface ResourceFieldSelector {
  readonly containerName?: string
  readonly resource: string
  readonly divisor?: QuantityText
}

/** What a resize of a resource does to the container. */
export interface ContainerResizePolicy {
  readonly resourceName: string
  readonly restartPolicy: 'NotRequired' | 'RestartContainer'
}

/** Where a volume appears in a container. */
export interface VolumeMount {
  readonly name: string
  readonly readOnly?: boolean
  readonly recursiveReadOnly?: 'Disabled' | 'IfPossible' | 'Enabled'
  readonly mountPath: string
  readonly subPath?: string
  readonly mountPropagation?: 'None' | 'HostToContainer' | 'Bidirectional'
  readonly subPathExpr?: string
}

/** Where a block device appears in a container. */
export interface VolumeDevice {
  readonly name: string
  readonly devicePath: string
}
