import type {
  ControllerRevision,
  CronJob,
  DaemonSet,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  OwnerKind,
  OwnerReference,
  PodDisruptionBudget,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../model/index.js'

export { isOwnerKind } from '../../model/index.js'

/** The numbers of a Deployment's status. */
export interface DeploymentCounts {
  readonly observedGeneration: number
  readonly replicas: number
  readonly updatedReplicas: number
  readonly readyReplicas: number
  readonly availableReplicas: number
  readonly unavailableReplicas: number
  readonly collisionCount: number
}

/** The numbers of the status of a ReplicaSet or ReplicationController. */
export interface ReplicaSetCounts {
  readonly observedGeneration: number
  readonly replicas: number
  readonly fullyLabeledReplicas: number
  readonly readyReplicas: number
  readonly availableReplicas: number
}

/** The status of a StatefulSet: numbers, and the names of two revisions. */
export interface StatefulSetCounts {
  readonly observedGeneration: number
  readonly replicas: number
  readonly readyReplicas: number
  readonly currentReplicas: number
  readonly updatedReplicas: number
  readonly availableReplicas: number
  readonly collisionCount: number
  readonly currentRevision: string
  readonly updateRevision: string
}

/** The numbers of a DaemonSet's status. */
export interface DaemonSetCounts {
  readonly observedGeneration: number
  readonly currentNumberScheduled: number
  readonly numberMisscheduled: number
  readonly desiredNumberScheduled: number
  readonly numberReady: number
  readonly updatedNumberScheduled: number
  readonly numberAvailable: number
  readonly numberUnavailable: number
  readonly collisionCount: number
}

/** The status of a Job, beside its conditions; instants are whole seconds. */
export interface JobCounts {
  readonly active: number
  /** −1: not told yet. */
  readonly ready: number
  readonly succeeded: number
  readonly failed: number
  /** −1: not told. */
  readonly terminating: number
  /** −1: not yet. */
  readonly startTime: number
  readonly completionTime: number
  /** `1,3-5`. */
  readonly completedIndexes: string
  readonly failedIndexes: string
  /** UIDs of pods that are about to be counted, joined with commas. */
  readonly 'uncountedTerminatedPods.succeeded': string
  readonly 'uncountedTerminatedPods.failed': string
}

/** The status of a PodDisruptionBudget. */
export interface BudgetCounts {
  readonly observedGeneration: number
  readonly disruptionsAllowed: number
  readonly currentHealthy: number
  readonly desiredHealthy: number
  readonly expectedPods: number
  /** Pods that evictions took off the budget, with the whole second of it: `web-1=12,web-2=14`. */
  readonly disruptedPods: string
}

/** The status of a CronJob; instants are whole seconds, −1: none. */
export interface CronJobCounts {
  readonly lastScheduleTime: number
  readonly lastSuccessfulTime: number
  /** Jobs under way, with their UIDs: `backup-28928161=UID`. */
  readonly active: string
}

/** The status of a HorizontalPodAutoscaler. */
export interface AutoscalerCounts {
  readonly observedGeneration: number
  readonly currentReplicas: number
  readonly desiredReplicas: number
  /** Whole seconds; −1: never. */
  readonly lastScaleTime: number
  /** The list of the API as JSON; empty: not read yet. */
  readonly currentMetrics: string
}

/** What has no status. */
type NoCounts = Readonly<Record<never, never>>

interface OwnerShapes {
  readonly Deployment: { readonly object: Deployment; readonly counts: DeploymentCounts }
  readonly ReplicaSet: { readonly object: ReplicaSet; readonly counts: ReplicaSetCounts }
  readonly ReplicationController: { readonly object: ReplicationController; readonly counts: ReplicaSetCounts }
  readonly StatefulSet: { readonly object: StatefulSet; readonly counts: StatefulSetCounts }
  readonly DaemonSet: { readonly object: DaemonSet; readonly counts: DaemonSetCounts }
  readonly Job: { readonly object: Job; readonly counts: JobCounts }
  readonly PodDisruptionBudget: { readonly object: PodDisruptionBudget; readonly counts: BudgetCounts }
  readonly CronJob: { readonly object: CronJob; readonly counts: CronJobCounts }
  readonly HorizontalPodAutoscaler: { readonly object: HorizontalPodAutoscaler; readonly counts: AutoscalerCounts }
  readonly ControllerRevision: { readonly object: ControllerRevision; readonly counts: NoCounts }
}

/** A workload object as its manifest says it: metadata and spec; the status stands beside it. */
export type OwnerObject<Kind extends OwnerKind = OwnerKind> = OwnerShapes[Kind]['object']
export type OwnerCounts<Kind extends OwnerKind = OwnerKind> = OwnerShapes[Kind]['counts']

/** A condition of a workload; times are whole seconds (API-17). */
export interface OwnerCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
  readonly updateSeconds: number
  readonly transitionSeconds: number
}

/** A version of a workload object in the store. Immutable: a write makes a new one that shares what did not change. */
export interface ObjectVersion<Kind extends OwnerKind = OwnerKind> {
  /** Number of the object among those of its run; what has the same path later has another. */
  readonly index: number
  readonly kind: Kind
  readonly namespace: string
  readonly name: string
  readonly uid: string
  /** Symbol of the object's path. */
  readonly path: number
  readonly object: OwnerObject<Kind>
  readonly counts: OwnerCounts<Kind>
  readonly conditions: readonly OwnerCondition[]
  /** Number of the row that wrote it: what caused whatever follows from it. */
  readonly row: number
  readonly resourceVersion: number
  readonly generation: number
  readonly creationSeconds: number
  /** deletionTimestamp in whole seconds; −1: not being deleted. */
  readonly deletionSeconds: number
}

/** What an object asks for; a ControllerRevision has no spec. */
export const specOf = (object: OwnerObject): { readonly replicas?: number } =>
  'spec' in object ? (object.spec as { readonly replicas?: number }) : NO_SPEC
const NO_SPEC = {}

export const finalizersOf = ({ object }: ObjectVersion): readonly string[] => object.metadata.finalizers ?? NONE
export const ownersOf = ({ object }: ObjectVersion): readonly OwnerReference[] =>
  object.metadata.ownerReferences ?? NONE
const NONE: readonly never[] = []

/** Takes notifications of workload objects in the order of their writes. */
export interface ObjectWatcher {
  objectChanged(change: number, version: ObjectVersion, previous: ObjectVersion | null, cause: number): void
}

/** What a delete request says (DEL-9); without a policy the owner goes at once. */
export interface DeleteOptions {
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan' | undefined
  /** The object that is meant; another one of the same name is left alone (DEL-8). */
  readonly uid?: string | undefined
}

/** What an update of a status writes; the object only where annotations go with it (DP-4). */
export interface StatusWrite<Kind extends OwnerKind> {
  readonly counts: OwnerCounts<Kind>
  readonly conditions: readonly OwnerCondition[]
  readonly object?: OwnerObject<Kind> | undefined
}

/**
 * What controllers may ask of the API server about workload objects. Writes take effect at once and carry the resource version
 * of the object that the writer saw (C-10).
 */
export interface ObjectClient {
  /** The object as it is stored now; null: there is none. */
  object<Kind extends OwnerKind>(kind: Kind, namespace: string, name: string): ObjectVersion<Kind> | null
  /** @throws ApiError AlreadyExists. */
  createObject<Kind extends OwnerKind>(object: OwnerObject<Kind>, cause: number): ObjectVersion<Kind>
  /** Writes spec and metadata. @throws ApiError Conflict, NotFound. */
  updateObject<Kind extends OwnerKind>(
    seen: ObjectVersion<Kind>,
    object: OwnerObject<Kind>,
    cause: number,
  ): ObjectVersion<Kind>
  /** @throws ApiError Conflict, NotFound. */
  updateObjectStatus<Kind extends OwnerKind>(
    seen: ObjectVersion<Kind>,
    status: StatusWrite<Kind>,
    cause: number,
  ): ObjectVersion<Kind>
  /** @throws ApiError NotFound, Conflict. */
  deleteObject(kind: OwnerKind, namespace: string, name: string, options: DeleteOptions, cause: number): void
}

/** Why the API server refused a request (API-12). */
export type ApiErrorReason =
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Invalid'
  | 'Forbidden'
  | 'BadRequest'
  | 'MethodNotAllowed'
  | 'TooManyRequests'
  | 'InternalError'

/** The HTTP status of each reason. */
export const STATUS_CODES: Readonly<Record<ApiErrorReason, number>> = {
  BadRequest: 400,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  AlreadyExists: 409,
  Conflict: 409,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
}

/** A refusal by the API server: ends the sync of a controller, which tries again. */
export class ApiError extends Error {
  readonly reason: ApiErrorReason
  readonly code: number
  /** The type of the first cause, where controllers ask for it: `NamespaceTerminating`. */
  readonly causeType: string | undefined

  constructor(reason: ApiErrorReason, message: string, causeType?: string) {
    super(message)
    this.name = 'ApiError'
    this.reason = reason
    this.code = STATUS_CODES[reason]
    this.causeType = causeType
  }
}
