import type { Pod } from '../../model/index.js'
import type { ContainerBehaviour, SandboxBehaviour } from '../../scenario/index.js'

/** Probe types by number, in the order in which the kubelet's results are kept. */
export const PROBE = { liveness: 0, readiness: 1, startup: 2 } as const
export const HANDLER = { exec: 0, httpGet: 1, tcpSocket: 2, grpc: 3 } as const
export const HOOK = { postStart: 0, preStop: 1 } as const
export const HOOK_HANDLER = { exec: 0, httpGet: 1, sleep: 2, tcpSocket: 3 } as const

/** A probe as the prober runs it. */
export interface ProbeSpec {
  readonly type: number
  readonly handler: number
  readonly initialDelaySeconds: number
  readonly timeoutMs: number
  readonly periodMs: number
  readonly successThreshold: number
  readonly failureThreshold: number
  /** −1: the probe has no grace of its own. */
  readonly graceSeconds: number
  /** Symbols of the texts that failures quote: the command, `path`, `:port`. */
  readonly command: number
  readonly url: number
  readonly port: number
  /** A named port that no container port has: every attempt is an error. */
  readonly portError: number
}

/** A lifecycle hook. */
export interface HookSpec {
  readonly hook: number
  readonly handler: number
  /** Duration of a sleep hook in milliseconds. */
  readonly sleepMs: number
  /** Symbols that failure messages quote: the command in brackets or the path; the command; `:port/path`; and the port. */
  readonly subject: number
  readonly command: number
  readonly url: number
  readonly port: number
}

/** What a container is within its pod. */
export type ContainerRole = 'container' | 'init' | 'sidecar' | 'ephemeral'

/** A container of a pod's spec, with everything that decisions need worked out once. */
export interface ContainerSpec {
  readonly name: string
  readonly role: ContainerRole
  /** Index in its list of the spec: initContainers, containers or ephemeralContainers. */
  readonly index: number
  /** Number among all containers of the pod: init containers first, then containers, then ephemeral ones. */
  readonly slot: number
  /** Symbols: the object's path, the name, the image. */
  readonly path: number
  readonly nameSymbol: number
  readonly image: number
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never'
  /** Symbol of the parser's complaint about the image's name; 0: it is fine. */
  readonly imageError: number
  /** What the container says itself of restarts; null: its pod's policy counts (gate ContainerRestartRules). */
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never' | null
  readonly restartRules: readonly RestartRule[]
  readonly probes: readonly [ProbeSpec | null, ProbeSpec | null, ProbeSpec | null]
  readonly postStart: HookSpec | null
  readonly preStop: HookSpec | null
  /** What CreateContainer's configuration refers to; looked up at each attempt. */
  readonly references: readonly Reference[]
  /** runAsNonRoot with a user that breaks it; decided against the image when it is pulled. */
  readonly user: { readonly mustBeNonRoot: boolean; readonly uid: number | null }
  readonly behaviour: ContainerBehaviour
}

/** Exits after which a container is restarted whatever its policy is. */
export interface RestartRule {
  /** Whether the codes are those that match, or those that do not. */
  readonly isIn: boolean
  readonly exitCodes: readonly number[]
}

/** A ConfigMap or Secret that a container or volume needs. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  /** null: the whole object. */
  readonly key: string | null
  readonly isOptional: boolean
}

/** A volume that has to be mounted before containers start. */
export interface VolumeSpec {
  readonly name: string
  readonly reference: Reference
}

/** Amounts of resources as fit compares them: millicores, bytes, and whole numbers by name for the rest. */
export interface Resources {
  readonly milliCpu: number
  readonly memory: number
  readonly ephemeralStorage: number
  readonly scalars: ReadonlyMap<string, number>
}

/** A port of the host that a container wants. */
export interface HostPort {
  readonly protocol: string
  readonly ip: string
  readonly port: number
}

/** A pod's spec as components use it; a change of the spec makes a new one. */
export interface PodSpec {
  /** The API object that this was made from, and its index in the trace's manifests. */
  readonly object: Pod
  readonly manifest: number
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
  readonly graceSeconds: number
  /** Seconds; 0: none. */
  readonly activeDeadlineSeconds: number
  readonly hostNetwork: boolean
  readonly initContainers: readonly ContainerSpec[]
  readonly containers: readonly ContainerSpec[]
  readonly ephemeralContainers: readonly ContainerSpec[]
  /** All of them, by slot. */
  readonly bySlot: readonly ContainerSpec[]
  /** Regular containers sorted by name, the order of containerStatuses. */
  readonly byName: readonly ContainerSpec[]
  readonly hasSidecars: boolean
  /** Symbols of the condition types that gate readiness. */
  readonly readinessGates: readonly number[]
  readonly schedulingGates: number
  readonly volumes: readonly VolumeSpec[]
  readonly qosClass: number
  /** Effective requests (R-1 of control-plane.md 2.6). */
  readonly requests: Resources
  readonly hostPorts: readonly HostPort[]
  readonly sandbox: SandboxBehaviour
}

/** What stays the same for a pod's whole life. */
export interface PodIdentity {
  readonly index: number
  readonly name: string
  readonly namespace: string
  readonly uid: string
  /** Symbols: the object's path, `NAMESPACE/NAME`, and `NAME_NAMESPACE(UID)` as the kubelet's messages print it. */
  readonly path: number
  readonly reference: number
  readonly fullName: number
}
