import type { KubernetesObject, StatefulSet } from '../../model/index.js'
import type { FieldError } from './field-error.js'
import { FieldPath } from './field-path.js'
import type { ValidationOptions } from './pod-validation.js'
import { validateAutoscaler } from './validate-autoscalers.js'
import { validateClaim } from './validate-claim.js'
import { validateCronJob, validateJob } from './validate-jobs.js'
import {
  validateConfigMap,
  validateNamespace,
  validateNode,
  validatePodDisruptionBudget,
  validatePriorityClass,
  validateSecret,
} from './validate-plain-objects.js'
import { validatePod, validatePodTemplate } from './validate-pod.js'
import {
  validateLimitRange,
  validateResourceQuota,
  validateRole,
  validateRoleBinding,
  validateServiceAccount,
} from './validate-policy-objects.js'
import { validateService } from './validate-services.js'
import { validatePersistentVolume, validateStorageClass } from './validate-storage.js'
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
    case 'HorizontalPodAutoscaler':
      return validateAutoscaler(object)
    case 'ServiceAccount':
      return validateServiceAccount(object)
    case 'LimitRange':
      return validateLimitRange(object)
    case 'ResourceQuota':
      return validateResourceQuota(object)
    case 'Role':
    case 'ClusterRole':
      return validateRole(object)
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return validateRoleBinding(object)
    case 'PersistentVolumeClaim':
      return validateClaim(object)
    case 'PersistentVolume':
      return validatePersistentVolume(object)
    case 'StorageClass':
      return validateStorageClass(object)
    default:
      return []
  }
}

/**
 * Checks the template of a StatefulSet as a pod's, which the API server does only when the pods are made; by then its claims are
 * volumes.
 */
export function validateTemplateOf({ spec }: StatefulSet, options: ValidationOptions = {}): readonly FieldError[] {
  const errors: FieldError[] = []
  const { volumes = [] } = spec.template.spec
  const claims = (spec.volumeClaimTemplates ?? [])
    .map(({ metadata }) => metadata.name ?? '')
    .filter(name => !volumes.some(volume => volume.name === name))
    .map(name => ({ name, persistentVolumeClaim: { claimName: name } }))
  const template = { ...spec.template, spec: { ...spec.template.spec, volumes: [...volumes, ...claims] } }
  validatePodTemplate(template, FieldPath.root('spec').child('template'), options, errors)
  return errors
}
