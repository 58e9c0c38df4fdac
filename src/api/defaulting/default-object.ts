import type { KubernetesObject, LimitRange, Namespace, Node } from '../../model/index.js'
import { defaultAutoscaler } from './default-autoscaler.js'
import { defaultPod } from './default-pod.js'
import { defaultPodResources } from './default-pod-resources.js'
import { defaultService } from './default-service.js'
import { defaultClaim, defaultPersistentVolume } from './default-storage.js'
import {
  defaultCronJob,
  defaultDaemonSet,
  defaultDeployment,
  defaultJob,
  defaultReplicaSet,
  defaultReplicationController,
  defaultStatefulSet,
} from './default-workload.js'

/** What differs between releases in what is filled in. */
export interface DefaultingOptions {
  /** Whether pods have resources of their own (`Profile.podLevelResources`). */
  readonly podLevelResources?: boolean
}

/** Fills the defaults of a decoded object as the API server does; kinds without defaults come back as they are. */
export function defaultObject(object: KubernetesObject, options: DefaultingOptions = {}): KubernetesObject {
  switch (object.kind) {
    case 'Pod':
      return options.podLevelResources === true ? defaultPodResources(defaultPod(object)) : defaultPod(object)
    case 'Deployment':
      return defaultDeployment(object)
    case 'ReplicaSet':
      return defaultReplicaSet(object)
    case 'ReplicationController':
      return defaultReplicationController(object)
    case 'StatefulSet':
      return defaultStatefulSet(object)
    case 'DaemonSet':
      return defaultDaemonSet(object)
    case 'Job':
      return defaultJob(object)
    case 'CronJob':
      return defaultCronJob(object)
    case 'HorizontalPodAutoscaler':
      return defaultAutoscaler(object)
    case 'Service':
      return defaultService(object)
    case 'Secret':
      return { ...object, type: object.type || 'Opaque' }
    case 'Namespace':
      return defaultNamespace(object)
    case 'Node':
      return defaultNode(object)
    case 'LimitRange':
      return defaultLimitRange(object)
    case 'PriorityClass':
      return { ...object, preemptionPolicy: object.preemptionPolicy ?? 'PreemptLowerPriority' }
    case 'PersistentVolumeClaim':
      return defaultClaim(object)
    case 'PersistentVolume':
      return defaultPersistentVolume(object)
    case 'StorageClass':
      return {
        ...object,
        reclaimPolicy: object.reclaimPolicy ?? 'Delete',
        volumeBindingMode: object.volumeBindingMode ?? 'Immediate',
      }
    default:
      return object
  }
}

/** SetDefaults_Namespace: its name becomes a label. */
function defaultNamespace(namespace: Namespace): Namespace {
  const { name } = namespace.metadata
  const labels = { ...namespace.metadata.labels, ...(name && { 'kubernetes.io/metadata.name': name }) }
  return {
    ...namespace,
    metadata: { ...namespace.metadata, labels },
    status: { ...namespace.status, phase: namespace.status?.phase ?? 'Active' },
  }
}

/** SetDefaults_LimitRangeItem: limits default to the maximum, requests to the limits and then to the minimum. */
function defaultLimitRange(range: LimitRange): LimitRange {
  const limits = range.spec.limits.map(item => {
    if (item.type !== 'Container') return item
    const byDefault = { ...item.max, ...item.default }
    return { ...item, default: byDefault, defaultRequest: { ...item.min, ...byDefault, ...item.defaultRequest } }
  })
  return { ...range, spec: { ...range.spec, limits } }
}

/** SetDefaults_NodeStatus: all that a node has is allocatable unless it says otherwise. */
function defaultNode(node: Node): Node {
  const allocatable = node.status?.allocatable ?? node.status?.capacity
  return { ...node, status: { ...node.status, ...(allocatable && { allocatable }) } }
}
