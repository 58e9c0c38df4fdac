import type { Origin } from '../errors/index.js'
import type { Occurrence } from '../expect/index.js'
import type { ControllersVersion, KubeletConfiguration, KubernetesObject, Node, Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { ContainerBehaviour, ImageBehaviour, SandboxBehaviour } from './behaviour.js'

/** A pod that the plan creates. */
export interface PlanPod {
  /** Defaulted and valid; its status is ignored. */
  readonly pod: Pod
  readonly createdAt: Milliseconds
  /** By container name; every container of the spec has an entry. */
  readonly containers: Readonly<Record<string, ContainerBehaviour>>
  readonly sandbox: SandboxBehaviour
  readonly origin?: Origin | undefined
  /** Where a field of the pod stands in its file, by the parts of its path. */
  readonly fieldOrigin?: ((path: readonly (string | number)[]) => Origin | undefined) | undefined
  /** The workload that the pod stands for, `Deployment/default/web`, if it was written as a template. */
  readonly owner?: string | undefined
}

/** What `kubectl drain` is allowed; each is false unless it is said. */
export interface DrainFlags {
  /** `--ignore-daemonsets`: leaves the pods of DaemonSets. */
  readonly ignoreDaemonSets?: boolean | undefined
  /** `--delete-emptydir-data`: takes away pods with emptyDir volumes. */
  readonly deleteEmptyDirData?: boolean | undefined
  /** `--force`: takes away pods that nobody makes again. */
  readonly force?: boolean | undefined
  /** Seconds; absent: each pod's own. */
  readonly gracePeriodSeconds?: number | undefined
}

/** What a node may run out of: memory, the file system of its kubelet and images, process numbers. */
export type NodeResource = 'memory' | 'nodefs' | 'pid'

/** Pods from a priority on, and how many seconds they get when their node shuts down. */
export interface ShutdownPods {
  readonly priority: number
  readonly seconds: number
}

/** Something done to the cluster. */
export type ReactionStep =
  | { readonly do: 'create'; readonly pod: PlanPod }
  | {
      readonly do: 'delete'
      /** `namespace/name`. */
      readonly pod: string
      /** Seconds; absent: the pod's own grace. 0 removes the object at once. */
      readonly gracePeriodSeconds?: number | undefined
    }
  | {
      readonly do: 'patch'
      readonly pod: string
      readonly type: 'strategic' | 'merge' | 'json'
      readonly patch: unknown
      readonly subresource?: 'status' | undefined
    }
  | { readonly do: 'evict'; readonly pod: string }
  | { readonly do: 'createObject'; readonly object: KubernetesObject }
  | { readonly do: 'restartKubelet'; readonly node: string }
  | { readonly do: 'cordon' | 'uncordon'; readonly node: string }
  /** The kubelet's process ends: nothing is heard of the node until a kubelet is started there again. */
  | { readonly do: 'killKubelet' | 'startKubelet'; readonly node: string }
  /** The machine goes down, with everything that ran on it, and is up again after a while. */
  | { readonly do: 'rebootNode'; readonly node: string; readonly downFor: Milliseconds }
  | { readonly do: 'deleteNode'; readonly node: string }
  /**
   * Something on the machine that is no pod takes so much of a resource that only `left` remains, a quantity or a share such as `5%`;
   * absent: half of what the kubelet's threshold wants free.
   */
  | {
      readonly do: 'exhaustNode'
      readonly node: string
      readonly resource: NodeResource
      readonly left?: string | undefined
    }
  /** What was taken so is given back. */
  | { readonly do: 'relieveNode'; readonly node: string; readonly resource: NodeResource }
  /** The machine is switched off, and its kubelet ends the pods first, group by group; without groups it does not. */
  | {
      readonly do: 'shutDownNode'
      readonly node: string
      /** By ascending priority. */
      readonly groups: readonly ShutdownPods[]
      /** From when it is off until it is up again; absent: until its kubelet is started. */
      readonly downFor?: Milliseconds | undefined
    }
  /** Cordons and evicts, as `kubectl drain`: where a budget forbids an eviction it is tried again every 5 s. */
  | ({ readonly do: 'drain'; readonly node: string } & DrainFlags)
  /** In the words of `kubectl taint`: `key=value:NoExecute`, and with a dash at the end to take it away. */
  | { readonly do: 'taintNode'; readonly node: string; readonly taints: readonly string[] }
  /** A label of null is taken away. */
  | { readonly do: 'labelNode'; readonly node: string; readonly labels: Readonly<Record<string, string | null>> }
  | {
      readonly do: 'patchNode'
      readonly node: string
      readonly type: 'strategic' | 'merge' | 'json'
      readonly patch: unknown
    }

/** Something done to the cluster at an instant: by the plan, or by hand while a run is paused. */
export type Step = ReactionStep & {
  readonly at: Milliseconds
  /** After all else of its instant, as what is done by hand; absent: in turn with the rest. */
  readonly isLast?: true | undefined
}

/**
 * Something done in answer to what happens: carried out once, so long after the first such row. It is no step of the plan until
 * it is carried out; a run that has carried it out is replayed by the plan that has the step instead.
 */
export interface Reaction {
  /** Its names are resolved: `namespace/name`. */
  readonly when: Occurrence
  /** Counted from the occurrence; 0: at the same instant, after what is under way. */
  readonly after: Milliseconds
  readonly step: ReactionStep
}

/** Canonical delays and phases of a cluster, in milliseconds; a user's run takes `DEFAULT_TIMING`, `conform` the recorder's. */
export interface Timing {
  /** A controller's or kubelet's write until it is in the store. */
  readonly apiWrite: Milliseconds
  /** A change in the store until a watcher has it. */
  readonly watch: Milliseconds
  /** A pod in the scheduler's queue until its binding is written. */
  readonly scheduling: Milliseconds
  /** First relist of the PLEG, and the time between two. */
  readonly relistPhase: Milliseconds
  readonly relistPeriod: Milliseconds
  /** From a relist's list of containers to its inspection. */
  readonly relistInspection: Milliseconds
  /** Where in a second the kubelet's sync ticker stands. */
  readonly syncTickPhase: Milliseconds
  /** Canonical resync after an error, of U[10, 15) s, and after a success, of U[60, 90) s. */
  readonly errorResync: Milliseconds
  readonly quietResync: Milliseconds
  /** Status generation until SetPodStatus (R-127a). */
  readonly statusGeneration: Milliseconds
  /** Status generation until the first call to the runtime. */
  readonly syncActions: Milliseconds
  /** Image present until CreateContainer, and CreateContainer until StartContainer. */
  readonly containerCreate: Milliseconds
  readonly containerStart: Milliseconds
  /** A container's start until its postStart hook. */
  readonly hookCall: Milliseconds
  /** A kill until StopContainer. */
  readonly containerStop: Milliseconds
  /** A terminating pod's last exit until its sandbox is down and its status is read. */
  readonly sandboxStop: Milliseconds
  /** Duration of a probe's or hook's own call. */
  readonly execCall: Milliseconds
  readonly httpCall: Milliseconds
  readonly tcpCall: Milliseconds
  /** The status manager's batch: status stored until its PATCH is in the store. */
  readonly statusBatch: Milliseconds
  /** How far the cluster's clock is past a whole second at t = 0; timestamps are cut to whole seconds. */
  readonly clockOffset: Milliseconds
}

/** Delays of a user's run: the API server answers at once, periods and timeouts are Kubernetes' own. */
export const DEFAULT_TIMING: Timing = {
  apiWrite: 0,
  watch: 0,
  scheduling: 0,
  relistPhase: 850,
  relistPeriod: 1000,
  relistInspection: 0,
  syncTickPhase: 300,
  errorResync: 12_500,
  quietResync: 75_000,
  statusGeneration: 0,
  syncActions: 0,
  containerCreate: 0,
  containerStart: 0,
  hookCall: 0,
  containerStop: 0,
  sandboxStop: 0,
  execCall: 20,
  httpCall: 10,
  tcpCall: 1,
  statusBatch: 0,
  clockOffset: 0,
}

/** A behaviour that podwright assumed because nothing was said, one line: what, and for whom. */
export interface Assumption {
  readonly subject: string
  readonly text: string
}

/** Everything that decides a run but its choices: plain frozen data. (plan, choices) → trace. */
export interface Plan {
  /** Version profile: `1.31` … `1.35`. */
  readonly kubernetes: string
  readonly kubelet: KubeletConfiguration
  readonly nodes: readonly Node[]
  readonly pods: readonly PlanPod[]
  /** Release of the controllers, where it is another than that of the rest. */
  readonly controllers?: ControllersVersion | undefined
  /** ConfigMaps, Secrets, Services and what else the pods refer to. */
  readonly objects: readonly KubernetesObject[]
  /** By image as written in the spec; `*` for every other image. */
  readonly images: Readonly<Record<string, ImageBehaviour>>
  /** In order of time, those that come last at their instants after all others. */
  readonly steps: readonly Step[]
  /** Absent: none. */
  readonly reactions?: readonly Reaction[] | undefined
  readonly horizon: Milliseconds
  readonly timing: Timing
  readonly assumptions: readonly Assumption[]
}
