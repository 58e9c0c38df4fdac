import type { ConfigMap } from './config-map.js'
import type { CronJob } from './cron-job.js'
import type { DaemonSet } from './daemon-set.js'
import type { Deployment } from './deployment.js'
import type { EndpointSlice } from './endpoint-slice.js'
import type { Event } from './event.js'
import type { Job } from './job.js'
import type { LimitRange } from './limit-range.js'
import type { Namespace } from './namespace.js'
import type { Node } from './node.js'
import type { Pod } from './pod.js'
import type { PodDisruptionBudget } from './pod-disruption-budget.js'
import type { PriorityClass } from './priority-class.js'
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from './rbac.js'
import type { ReplicaSet } from './replica-set.js'
import type { ReplicationController } from './replication-controller.js'
import type { ResourceQuota } from './resource-quota.js'
import type { Secret } from './secret.js'
import type { Service } from './service.js'
import type { ServiceAccount } from './service-account.js'
import type { StatefulSet } from './stateful-set.js'

/** A workload object: one that makes pods from a template. */
export type Workload = Deployment | ReplicaSet | ReplicationController | StatefulSet | DaemonSet | Job | CronJob

/** Any object podwright knows; `kind` tells them apart. */
export type KubernetesObject =
  | Pod
  | Workload
  | Node
  | Service
  | EndpointSlice
  | ConfigMap
  | Secret
  | Namespace
  | PriorityClass
  | PodDisruptionBudget
  | Event
  | ServiceAccount
  | LimitRange
  | ResourceQuota
  | Role
  | ClusterRole
  | RoleBinding
  | ClusterRoleBinding

/** The kinds podwright knows. */
export type Kind = KubernetesObject['kind']
