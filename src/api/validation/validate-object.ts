import type { KubernetesObject } from '../../model/index.js'
import type { FieldError } from './field-error.js'
import type { ValidationOptions } from './pod-validation.js'
import { validateCronJob, validateJob } from './validate-jobs.js'
import {
  validateConfigMap,
  validateNamespace,
  validateNode,
  validatePodDisruptionBudget,
  validatePriorityClass,
  validateSecret,
} from './validate-plain-objects.js'
import { validatePod } from './validate-pod.js'
import { validateService } from './validate-services.js'
import {
  validateDaemonSet,
  validateDeployment,
  validateReplicaSet,
  validateReplicationController,
  validateStatefulSet,
} from './validate-workloads.js'

/** Checks a defaulted object as the API server does when it is created; the answer lists what is wrong, in upstream's order. */
export function validateObject(object: KubernetesObject, options: ValidationOptions = {}): readonly FieldError[] {
  switch (object.kind) {
    case 'Pod':
      return validatePod(object, options)
    case 'Deployment':
      return validateDeployment(object, options)
    case 'ReplicaSet':
      return validateReplicaSet(object, options)
    case 'ReplicationController':
      return validateReplicationController(object, options)
    case 'StatefulSet':
      return validateStatefulSet(object)
    case 'DaemonSet':
      return validateDaemonSet(object, options)
    case 'Job':
      return validateJob(object, options)
    case 'CronJob':
      return validateCronJob(object, options)
    case 'Service':
      return validateService(object)
    case 'ConfigMap':
      return validateConfigMap(object)
    case 'Secret':
      return validateSecret(object)
    case 'Namespace':
      return validateNamespace(object)
    case 'Node':
      return validateNode(object)
    case 'PriorityClass':
      return validatePriorityClass(object)
    case 'PodDisruptionBudget':
      return validatePodDisruptionBudget(object)
    default:
      return []
  }
}
