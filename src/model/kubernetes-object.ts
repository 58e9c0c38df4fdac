import type { ConfigMap } from './config-map.js'
import type { ControllerRevision } from './controller-revision.js'
import type { CronJob } from './cron-job.js'
import type { DaemonSet } from './daemon-set.js'
import type { Deployment } from './deployment.js'
import type { EndpointSlice } from './endpoint-slice.js'
import type { Event } from './event.js'
import type { HorizontalPodAutoscaler } from './horizontal-pod-autoscaler.js'
import type { Job } from './job.js'
import type { LimitRange } from './limit-range.js'
import type { Namespace } from './namespace.js'
import type { Node } from './node.js'
import type { PersistentVolume } from './persistent-volume.js'
import type { PersistentVolumeClaim } from './persistent-volume-claim.js'
import type { Pod } from './pod.js'
import type { PodDisruptionBudget } from './pod-disruption-budget.js'
import type { PriorityClass } from './priority-class.js'
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from './rbac.js'
import type { ReplicaSet } from './replica-set.js'
import type { ReplicationController } from './replication-controller.js'
import type { ResourceQuota } from './resource-quota.js'
import type { RuntimeClass } from './runtime-class.js'
import type { Secret } from './secret.js'
import type { Service } from './service.js'
import type { ServiceAccount } from './service-account.js'
import type { StatefulSet } from './stateful-set.js'
import type { StorageClass } from './storage-class.js'

/** A workload object: one that makes pods from a template. */
export type Workload = Deployment | ReplicaSet | ReplicationController | StatefulSet | DaemonSet | Job | CronJob

/** Any object podwright knows; `kind` tells them apart. */
export type KubernetesObject =
  | Pod
  | Workload
  | ControllerRevision
  | Node
  | Service
  | EndpointSlice
  | ConfigMap
  | Secret
  | Namespace
  | PriorityClass
  | RuntimeClass
  | PodDisruptionBudget
  | HorizontalPodAutoscaler
  | Event
  | ServiceAccount
  | LimitRange
  | ResourceQuota
  | Role
  | ClusterRole
  | RoleBinding
  | ClusterRoleBinding
  | PersistentVolumeClaim
  | PersistentVolume
  | StorageClass

/** The kinds podwright knows. */
export type Kind = KubernetesObject['kind']

/**
 * The kinds of objects that controllers run or make: workloads, and what belongs to them. The one list: who asks whether there is
 * a controller asks it.
 */
export const OWNER_KINDS = [
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'StatefulSet',
  'DaemonSet',
  'ControllerRevision',
  'PodDisruptionBudget',
  'CronJob',
  'HorizontalPodAutoscaler',
] as const

/** A kind of object that has a controller in the run. */
export type OwnerKind = (typeof OWNER_KINDS)[number]

const OWNERS: ReadonlySet<string> = new Set(OWNER_KINDS)

/** Whether objects of a kind have a controller in the run. */
export const isOwnerKind = (kind: string): kind is OwnerKind => OWNERS.has(kind)
