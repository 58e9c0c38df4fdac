import type { Origin } from '../errors/index.js'
import type { Occurrence } from '../expect/index.js'
import type {
  ControllersVersion,
  HorizontalPodAutoscaler,
  KubeletConfiguration,
  KubernetesObject,
  Node,
  Pod,
  PodDisruptionBudget,
  Workload,
} from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { ApiRequest } from './api-request.js'
import type { ContainerBehaviour, ImageBehaviour, SandboxBehaviour } from './behaviour.js'
import type { BehaviourRule } from './behaviour-rule.js'

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

/** An object that the plan creates and that a controller looks after: a workload, a budget of disruptions, an autoscaler. */
export interface PlanWorkload {
  /** Defaulted and valid; its status is ignored. */
  readonly object: Workload | PodDisruptionBudget | HorizontalPodAutoscaler
  readonly createdAt: Milliseconds
  readonly origin?: Origin | undefined
  /** Finds the line of a field of its manifest, as that of a pod does. */
  readonly fieldOrigin?: PlanPod['fieldOrigin']
}

/** By what rules pods behave that controllers make while a run goes on; overrides go before all others. */
export interface PlanBehaviours {
  readonly rules: readonly BehaviourRule[]
  readonly overrides?: readonly BehaviourRule[] | undefined
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
  /** `--timeout`: kubectl gives up so much later; absent: never. */
  readonly timeout?: Milliseconds | undefined
}

/** What a node may run out of: memory, the file system of its kubelet and images, process numbers. */
export type NodeResource = 'memory' | 'nodefs' | 'pid'

/** Pods from a priority on, and how many seconds they get when their node shuts down. */
export interface ShutdownPods {
  readonly priority: number
  readonly seconds: number
}

/** What `kubectl rollout` does to a workload. */
export type RolloutVerb = 'restart' | 'undo' | 'pause' | 'resume'

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
  /** `namespace/name`, or a workload's path: every pod that it has at that instant. */
  | { readonly do: 'evict'; readonly pod: string }
  | {
      /** Those that there are by then, in the order of their creation. */
      readonly do: 'deletePods' | 'evictPods'
      readonly namespace: string
      /** Absent: all of them. */
      readonly most?: number | undefined
    }
  | { readonly do: 'createObject'; readonly object: KubernetesObject }
  | {
      readonly do: 'patchObject'
      /** `Deployment/default/web`. */
      readonly object: string
      readonly type: 'strategic' | 'merge' | 'json'
      readonly patch: unknown
    }
  | {
      readonly do: 'deleteObject'
      readonly object: string
      /** Absent: Background, as kubectl. */
      readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan' | undefined
    }
  /** Through the API server's whole chain: authorization, admission, validation. */
  | { readonly do: 'request'; readonly request: ApiRequest }
  /** As `kubectl scale`; `Deployment/default/web`. */
  | { readonly do: 'scale'; readonly object: string; readonly replicas: number }
  | {
      /** As `kubectl rollout`. */
      readonly do: 'rollout'
      readonly verb: RolloutVerb
      readonly object: string
      /** Of an undo: to this revision; absent: to the one before the latest. */
      readonly toRevision?: number | undefined
    }
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
  /** What runs on the node runs on; nobody reaches it, and its kube-proxy hears of nothing. */
  | { readonly do: 'cutNetwork' | 'restoreNetwork'; readonly node: string }

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

/** Requests that clients send to a Service, evenly spread over time. */
export interface PlanTraffic {
  /** `namespace/name`. */
  readonly service: string
  /** A port of the Service, by name or number; absent: its first. */
  readonly port?: string | number | undefined
  /** So many requests in so many milliseconds. */
  readonly requests: number
  readonly per: Milliseconds
  /** null: as soon as the Service has an endpoint that takes connections. */
  readonly from: Milliseconds | null
  /** No request is sent at this instant or later; the run goes on until then. */
  readonly until: Milliseconds
  readonly client: PlanClient
}

/** Who sends requests: one client, with one address. */
export interface PlanClient {
  /** Whose kube-proxy it goes through; absent: that of a machine beside the nodes, which no fault touches. */
  readonly node?: string | undefined
  /** Connections that are kept and used in turn; absent: a connection for each request. */
  readonly keepAlive?: { readonly connections: number; readonly requestsPerConnection: number | null } | undefined
  /** How often a request that failed is sent again, at once. */
  readonly retries: number
  /** How long the client waits for an answer. */
  readonly timeout: Milliseconds
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
  /** The PATCH that says a deleted pod has ended until the kubelet's last DELETE of it is in the store; absent: 0. */
  readonly lastDelete?: Milliseconds | undefined
  /** Between the two writes of a pod's deletion without grace, which watchers see as MODIFIED and DELETED (DEL-4); absent: 0. */
  readonly removal?: Milliseconds | undefined
  /** A key in a controller's work queue until its sync; absent: 0. */
  readonly controllerSync?: Milliseconds | undefined
  /** A change of endpoints until a kube-proxy has programmed it, of at most the minimum sync period; absent: 1 s (KP-4). */
  readonly proxySync?: Milliseconds | undefined
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

/** From an instant on, by the API's clock, a time zone is so many minutes ahead of UTC. */
export interface ZoneOffset {
  readonly from: Milliseconds
  readonly minutes: number
}

/** From an instant on, or at it where a course is linear. */
export interface MetricPoint {
  readonly from: Milliseconds
  /** Thousandths of the metric's unit: millicores, thousandths of a byte. */
  readonly value: number
}

/** The course of a metric that autoscalers read: what the pods of a workload use, or a number from outside. */
export interface PlanMetric {
  /** `Deployment/default/web`, or another object that a metric of the type Object describes; absent: External. */
  readonly target?: string | undefined
  /** `cpu`, `memory`, or the name of a metric that is no resource. */
  readonly name: string
  /** The container of each pod that it is about; absent: all of them. */
  readonly container?: string | undefined
  /** Whether the value is that of each pod, or is shared equally among those that run. */
  readonly of: 'each' | 'all'
  readonly points: readonly MetricPoint[]
  /** Straight lines between the points; absent: steps. */
  readonly isLinear?: true | undefined
}

/** Everything that decides a run but its choices: plain frozen data. (plan, choices) → trace. */
export interface Plan {
  /** Version profile: `1.31` … `1.35`. */
  readonly kubernetes: string
  readonly kubelet: KubeletConfiguration
  readonly nodes: readonly Node[]
  readonly pods: readonly PlanPod[]
  /** Objects that controllers run. Absent: none, and no controllers either. */
  readonly workloads?: readonly PlanWorkload[] | undefined
  /** Absent: defaults. */
  readonly behaviours?: PlanBehaviours | undefined
  /** What HorizontalPodAutoscalers read. Absent: no metrics. */
  readonly metrics?: readonly PlanMetric[] | undefined
  /**
   * Time zones that CronJobs name, by IANA name: their offsets in order of time, the first of which also holds before. A run knows
   * no zones of its own but UTC; who makes the plan looks them up. Absent: none.
   */
  readonly timeZones?: Readonly<Record<string, readonly ZoneOffset[]>> | undefined
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
  /** Absent: none. */
  readonly traffic?: readonly PlanTraffic[] | undefined
  readonly horizon: Milliseconds
  readonly timing: Timing
  readonly assumptions: readonly Assumption[]
}
