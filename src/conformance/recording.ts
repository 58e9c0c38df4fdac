import type { KubernetesObject } from '../model/index.js'

/** A probe's script: spans for every run of the container, or a list of them per run. */
export type ScriptedSpans = readonly { readonly from: number; readonly result: 'success' | 'failure' | 'hang' }[]

/** One start of a container, in seconds. */
export interface ScriptedRun {
  readonly exitAfter?: number | null
  readonly exitCode?: number
  readonly oom?: boolean
  readonly startError?: string
  readonly onTerm?: 'ignore' | { readonly exitAfter?: number; readonly exitCode?: number }
}

/** What the recorder's runtime did with one container. */
export interface ScriptedContainer {
  readonly runs?: readonly ScriptedRun[]
  readonly postStart?: { readonly duration?: number; readonly exitCode?: number }
  readonly preStop?: { readonly duration?: number; readonly exitCode?: number }
  readonly liveness?: ScriptedSpans | readonly ScriptedSpans[]
  readonly readiness?: ScriptedSpans | readonly ScriptedSpans[]
  readonly startup?: ScriptedSpans | readonly ScriptedSpans[]
}

/** The scripted world of a recording (recordings.md, "The script"). */
export interface RecordingScript {
  readonly image?: Readonly<
    Record<string, { readonly pull?: number; readonly fail?: readonly string[]; readonly present?: boolean }>
  >
  readonly sandbox?: { readonly delay?: number; readonly fail?: readonly string[]; readonly dieAfter?: number }
  readonly containers?: Readonly<Record<string, ScriptedContainer>>
}

/** Something done to the real cluster; `sentAt` is when it really went out, in seconds. */
export interface RecordedAction {
  readonly at: number
  readonly sentAt?: number
  readonly do: string
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
  readonly name?: string
  readonly kind?: string
  readonly gracePeriodSeconds?: number
  readonly type?: 'merge' | 'json' | 'strategic'
  readonly subresource?: string
  readonly body?: unknown
  readonly object?: KubernetesObject
  readonly error?: string
  /** Of `sh`: what was run, such as `node.sh kill-kubelet NODE`. */
  readonly cmd?: string
}

/** One recording of the real Kubernetes. */
export interface Recording {
  readonly name: string
  readonly class: string
  readonly title?: string
  readonly manifests: readonly KubernetesObject[]
  readonly script: RecordingScript
  readonly actions: readonly RecordedAction[] | null
  /** Seconds observed. */
  readonly duration: number
  readonly runs: readonly Observed[]
}

/** One entry of a container's list of changes. */
export interface ContainerEntry {
  readonly t: number
  readonly state: string
  readonly reason?: string | undefined
  readonly exitCode?: number | undefined
  readonly message?: string | undefined
  readonly restarts: number
  readonly ready: boolean
  readonly started: boolean
  readonly last?:
    | {
        readonly reason?: string | undefined
        readonly exitCode?: number | undefined
        readonly message?: string | undefined
      }
    | undefined
}

/** What was observed of one pod: lists of changes, in seconds since the first creation. */
export interface ObservedPod {
  readonly name?: string
  readonly node?: string | undefined
  readonly createdAt?: number
  readonly phase: readonly { t: number; phase: string; reason?: string | undefined; message?: string | undefined }[]
  readonly conditions: Readonly<
    Record<string, readonly { t: number; status: string; reason?: string | undefined; message?: string | undefined }[]>
  >
  readonly containers: Readonly<Record<string, readonly ContainerEntry[]>>
  readonly terminatingAt: number | null
  readonly deletedAt: number | null
  readonly printed: readonly { t: number; ready: string; status: string; restarts: string }[]
}

/** One entry of a node's list of changes. */
export interface ObservedNode {
  readonly t: number
  readonly conditions: readonly {
    readonly type: string
    readonly status: string
    readonly reason?: string | undefined
    readonly message?: string | undefined
  }[]
  /** `key=value:Effect`. */
  readonly taints: readonly string[]
  readonly unschedulable: boolean
}

/** One run, observed: of one pod flat, of several under `pods`. */
export interface Observed extends Partial<ObservedPod> {
  readonly pods?: readonly ObservedPod[]
  /** Changes of workload objects, by `Kind/name`. */
  readonly objects?: Readonly<Record<string, readonly ObservedObject[]>>
  readonly events?: readonly ObservedEvent[]
  readonly runtime?: readonly ObservedCall[]
  /** By name, of recordings of node faults. */
  readonly nodes?: Readonly<Record<string, readonly ObservedNode[]>>
  readonly endpoints?: readonly {
    t: number
    addresses: readonly { ready: boolean; serving: boolean; terminating: boolean }[]
  }[]
}

/** One change of a workload object. */
export interface ObservedObject {
  readonly t: number
  readonly generation: number
  readonly specReplicas?: number
  readonly revision?: string
  readonly suspend?: boolean
  /** As in the API, without the times of conditions. */
  readonly status: object
  readonly deletionTimestamp?: boolean
  readonly deleted?: boolean
}

/** One writing of an Event. */
export interface ObservedEvent {
  readonly t: number
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly count: number
  readonly fieldPath?: string | undefined
  readonly source: string
  /** `Kind/name`, in recordings of clusters. */
  readonly object?: string | undefined
}

/** One call to the runtime, or a thing that happened in it. */
export interface ObservedCall {
  readonly t: number
  readonly end?: number
  readonly call: string
  readonly container?: string
  readonly attempt?: number
  readonly run?: number
  readonly timeout?: number
  readonly exitCode?: number
  readonly image?: string
  readonly hook?: string
  readonly cmd?: readonly string[]
  readonly result?: string
  readonly err?: string
  /** The call changed nothing: what it asks for was so already. */
  readonly noop?: boolean
}
