import {
  type ConfigMap,
  isSameData,
  type Job,
  type KubernetesObject,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type PriorityClass,
  type RoleBinding,
  type RoleRef,
  type Secret,
  type Service,
  type StatefulSet,
  type StorageClass,
} from '../../model/index.js'
import { type FieldError, type FieldErrors, forbidden, invalid } from './field-error.js'
import { FieldPath } from './field-path.js'
import { type BadValue, goLabelSelector, goQuote, goStrings } from './go-text.js'
import { validateClaimUpdate, validateStorageClassUpdate, validateVolumeUpdate } from './validate-storage-update.js'

const SPEC = FieldPath.root('spec')
const IMMUTABLE = 'field is immutable'

/**
 * What an update of an object may not change, in upstream's order; that the new object is valid by itself is `validateObject`'s.
 * Both are defaulted. Structs that Go would print in full are named only.
 *
 * kubernetes: pkg/apis/…/validation/validation.go Validate…Update, v1.32 (API-13, API-14).
 */
export function validateObjectUpdate(before: KubernetesObject, after: KubernetesObject): readonly FieldError[] {
  const errors: FieldErrors = []
  switch (after.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
      checkSelector(before as typeof after, after, errors)
      break
    case 'StatefulSet':
      checkStatefulSet(before as StatefulSet, after, errors)
      break
    case 'Job':
      checkJob(before as Job, after, errors)
      break
    case 'Service':
      checkService(before as Service, after, errors)
      break
    case 'ConfigMap':
    case 'Secret':
      checkFrozen(before as typeof after, after, errors)
      break
    case 'PriorityClass':
      checkPriorityClass(before as PriorityClass, after, errors)
      break
    case 'PersistentVolumeClaim':
      validateClaimUpdate(before as PersistentVolumeClaim, after, errors)
      break
    case 'PersistentVolume':
      validateVolumeUpdate(before as PersistentVolume, after, errors)
      break
    case 'StorageClass':
      validateStorageClassUpdate(before as StorageClass, after, errors)
      break
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      checkRoleRef((before as RoleBinding).roleRef, after.roleRef, errors)
      break
  }
  return errors
}

type Selecting = { readonly spec: { readonly selector?: Job['spec']['selector'] } }

function checkSelector(before: Selecting, after: Selecting, errors: FieldErrors): void {
  const { selector = {} } = after.spec
  if (!isSameData(before.spec.selector, after.spec.selector))
    errors.push(invalid(SPEC.child('selector'), goLabelSelector(selector), IMMUTABLE))
}

const STATEFUL_SET_FIELDS: ReadonlySet<string> = new Set([
  ...['replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds'],
])

function checkStatefulSet(before: StatefulSet, after: StatefulSet, errors: FieldErrors): void {
  const frozen = (set: StatefulSet): unknown =>
    Object.fromEntries(Object.entries(set.spec).filter(([field]) => !STATEFUL_SET_FIELDS.has(field)))
  if (isSameData(frozen(before), frozen(after))) return
  const allowed =
    "'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'"
  errors.push(forbidden(SPEC, `updates to statefulset spec for fields other than ${allowed} are forbidden`))
}

/** Where a suspended Job's template may change for a queue is not modelled: its pods keep their scheduling directives. */
function checkJob(before: Job, after: Job, errors: FieldErrors): void {
  const { spec } = after
  const immutable = (field: keyof Job['spec'], value: BadValue): void => {
    if (!isSameData(before.spec[field], spec[field])) errors.push(invalid(SPEC.child(field), value, IMMUTABLE))
  }
  const isElastic = spec.completionMode === 'Indexed' && spec.completions === spec.parallelism
  if (!isElastic) immutable('completions', spec.completions)
  immutable('selector', goLabelSelector(spec.selector ?? {}))
  immutable('template', { literal: 'core.PodTemplateSpec{…}' })
  immutable('completionMode', spec.completionMode)
  immutable('podFailurePolicy', { literal: '&batch.PodFailurePolicy{…}' })
  immutable('backoffLimitPerIndex', spec.backoffLimitPerIndex)
  immutable('managedBy', (spec as { readonly managedBy?: string }).managedBy)
  immutable('successPolicy', { literal: '&batch.SuccessPolicy{…}' })
}

function checkService(before: Service, after: Service, errors: FieldErrors): void {
  const { clusterIP: old = '', type } = before.spec
  const { clusterIP: next = '' } = after.spec
  const isBound = old !== '' && type !== 'ExternalName' && after.spec.type !== 'ExternalName'
  if (isBound && next !== '' && next !== old)
    errors.push(invalid(SPEC.child('clusterIPs').index(0), goStrings([next]), 'may not change once set'))
}

function checkFrozen(before: ConfigMap | Secret, after: ConfigMap | Secret, errors: FieldErrors): void {
  if (after.kind === 'Secret' && (before as Secret).type !== after.type)
    errors.push(invalid(FieldPath.root('type'), after.type, IMMUTABLE))
  if (before.immutable !== true) return
  const detail = 'field is immutable when `immutable` is set'
  if (after.immutable !== true) errors.push(forbidden(FieldPath.root('immutable'), detail))
  if (!isSameData(before.data, after.data)) errors.push(forbidden(FieldPath.root('data'), detail))
  if (after.kind === 'ConfigMap' && !isSameData((before as ConfigMap).binaryData, after.binaryData))
    errors.push(forbidden(FieldPath.root('binaryData'), detail))
}

function checkPriorityClass(before: PriorityClass, after: PriorityClass, errors: FieldErrors): void {
  if (before.value !== after.value) errors.push(forbidden(FieldPath.root('value'), 'may not be changed in an update.'))
  if (before.preemptionPolicy !== after.preemptionPolicy)
    errors.push(invalid(FieldPath.root('preemptionPolicy'), after.preemptionPolicy, IMMUTABLE))
}

function checkRoleRef(before: RoleRef, after: RoleRef, errors: FieldErrors): void {
  if (isSameData(before, after)) return
  const { apiGroup, kind, name } = after
  const literal = `rbac.RoleRef{APIGroup:${goQuote(apiGroup)}, Kind:${goQuote(kind)}, Name:${goQuote(name)}}`
  errors.push(invalid(FieldPath.root('roleRef'), { literal }, 'cannot change roleRef'))
}
