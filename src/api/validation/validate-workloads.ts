import {
  type DaemonSet,
  type Deployment,
  type LabelSelector,
  matchesLabelSelector,
  matchesLabels,
  type PodTemplateSpec,
  type ReplicaSet,
  type ReplicationController,
  type StatefulSet,
} from '../../model/index.js'
import { type FieldError, type FieldErrors, forbidden, invalid, notSupported, required } from './field-error.js'
import { FieldPath } from './field-path.js'
import { dnsLabel, dnsSubdomain } from './formats.js'
import { goLabelSelector, goStringMap } from './go-text.js'
import type { ValidationOptions } from './pod-validation.js'
import {
  isEmptySelector,
  validateAnnotations,
  validateLabelSelector,
  validateLabels,
  validateNonnegative,
  validateObjectMeta,
} from './validate-metadata.js'
import { validatePodTemplate } from './validate-pod.js'
import { validatePodAnnotations } from './validate-pod-annotations.js'
import {
  validateDaemonSetStrategy,
  validateDeploymentStrategy,
  validateStatefulSetStrategy,
} from './validate-strategies.js'

// kubernetes: pkg/apis/apps/validation/validation.go and core's for ReplicationControllers, v1.32 (API-13, API-14).

const NAMED = { isNamespaced: true, checkName: dnsSubdomain }
const SPEC = FieldPath.root('spec')
const METADATA = FieldPath.root('metadata')

export function validateDeployment({ metadata, spec }: Deployment, options: ValidationOptions): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  validateNonnegative(spec.replicas ?? 0, SPEC.child('replicas'), errors)
  validateSelector(spec.selector, 'deployment', errors)
  validateReplicaTemplate(spec.template, spec.selector, options, errors)
  validateDeploymentStrategy(spec, SPEC.child('strategy'), errors)
  const ready = spec.minReadySeconds ?? 0
  validateNonnegative(ready, SPEC.child('minReadySeconds'), errors)
  validateNonnegative(spec.revisionHistoryLimit ?? 0, SPEC.child('revisionHistoryLimit'), errors)
  const deadline = spec.progressDeadlineSeconds
  if (deadline !== undefined) {
    const at = SPEC.child('progressDeadlineSeconds')
    validateNonnegative(deadline, at, errors)
    if (deadline <= ready) errors.push(invalid(at, deadline, 'must be greater than minReadySeconds'))
  }
  return errors
}

export function validateReplicaSet({ metadata, spec }: ReplicaSet, options: ValidationOptions): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  validateNonnegative(spec.replicas ?? 0, SPEC.child('replicas'), errors)
  validateNonnegative(spec.minReadySeconds ?? 0, SPEC.child('minReadySeconds'), errors)
  // Upstream's message names the Deployment here, too.
  validateSelector(spec.selector, 'deployment', errors)
  validateReplicaTemplate(spec.template, spec.selector, options, errors)
  return errors
}

function validateSelector(selector: LabelSelector | undefined, kind: string, errors: FieldErrors): void {
  const path = SPEC.child('selector')
  if (selector === undefined) return void errors.push(required(path))
  validateLabelSelector(selector, path, errors)
  if (isEmptySelector(selector)) {
    errors.push(invalid(path, goLabelSelector(selector), `empty selector is invalid for ${kind}`))
  }
}

/** ValidatePodTemplateSpecForReplicaSet. */
function validateReplicaTemplate(
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
  options: ValidationOptions,
  errors: FieldErrors,
): void {
  const path = SPEC.child('template')
  // An absent selector selects nothing and an empty one everything.
  if (selector === undefined || !isEmptySelector(selector)) validateMatch(template, selector, path, errors)
  validatePodTemplate(template, path, options, errors)
  validateAlwaysRestarts(template, 'ReplicaSet', path, errors)
}

function validateMatch(
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const labels = template.metadata?.labels
  if (matchesLabelSelector(selector, labels)) return
  errors.push(
    invalid(path.child('metadata', 'labels'), goStringMap(labels), '`selector` does not match template `labels`'),
  )
}

function validateAlwaysRestarts({ spec }: PodTemplateSpec, kind: string, path: FieldPath, errors: FieldErrors): void {
  if (spec.restartPolicy !== 'Always') {
    errors.push(notSupported(path.child('spec', 'restartPolicy'), spec.restartPolicy ?? '', ['Always']))
  }
  if (spec.activeDeadlineSeconds !== undefined) {
    const at = path.child('spec', 'activeDeadlineSeconds')
    errors.push(forbidden(at, `activeDeadlineSeconds in ${kind} is not Supported`))
  }
}

export function validateReplicationController(
  { metadata, spec }: ReplicationController,
  options: ValidationOptions,
): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  validateNonnegative(spec.minReadySeconds ?? 0, SPEC.child('minReadySeconds'), errors)
  const selector = spec.selector ?? {}
  const isEmpty = Object.keys(selector).length === 0
  if (isEmpty) errors.push(required(SPEC.child('selector')))
  validateNonnegative(spec.replicas ?? 0, SPEC.child('replicas'), errors)
  const path = SPEC.child('template')
  const template = spec.template as PodTemplateSpec | undefined
  if (template === undefined) errors.push(required(path))
  else {
    const labels = template.metadata?.labels
    if (!isEmpty && !matchesLabels(selector, labels)) {
      const detail = '`selector` does not match template `labels`'
      errors.push(invalid(path.child('metadata', 'labels'), goStringMap(labels), detail))
    }
    validatePodTemplate(template, path, options, errors)
    validateAlwaysRestarts(template, 'ReplicationController', path, errors)
  }
  return errors
}

export function validateStatefulSet({ metadata, spec }: StatefulSet): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, { isNamespaced: true, checkName: dnsLabel }, METADATA, errors)
  const management = spec.podManagementPolicy as string | undefined
  const managementPath = SPEC.child('podManagementPolicy')
  if ((management ?? '') === '') errors.push(required(managementPath))
  else if (management !== 'OrderedReady' && management !== 'Parallel') {
    errors.push(invalid(managementPath, management, "must be 'OrderedReady' or 'Parallel'"))
  }
  validateStatefulSetStrategy(spec, SPEC.child('updateStrategy'), errors)
  for (const when of ['whenDeleted', 'whenScaled'] as const) {
    const policy = spec.persistentVolumeClaimRetentionPolicy?.[when]
    if (policy !== undefined && policy !== 'Retain' && policy !== 'Delete') {
      errors.push(notSupported(SPEC.child('persistentVolumeClaimRetentionPolicy', when), policy, ['Retain', 'Delete']))
    }
  }
  validateNonnegative(spec.replicas ?? 0, SPEC.child('replicas'), errors)
  validateNonnegative(spec.minReadySeconds ?? 0, SPEC.child('minReadySeconds'), errors)
  if (spec.ordinals !== undefined) validateNonnegative(spec.ordinals.start, SPEC.child('ordinals.start'), errors)
  validateSelector(spec.selector, 'statefulset', errors)
  validateStatefulTemplate(spec.template, spec.selector, errors)
  validateAlwaysRestarts(spec.template, 'StatefulSet', SPEC.child('template'), errors)
  return errors
}

/** ValidatePodTemplateSpecForStatefulSet looks at the metadata only: a bad pod shows when it is created. */
function validateStatefulTemplate(
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
  errors: FieldErrors,
): void {
  const path = SPEC.child('template')
  const metadata = template.metadata ?? {}
  if (selector === undefined || !isEmptySelector(selector)) validateMatch(template, selector, path, errors)
  validateLabels(metadata.labels, path.child('labels'), errors)
  validateAnnotations(metadata.annotations, path.child('annotations'), errors)
  validatePodAnnotations(metadata, template.spec, path.child('annotations'), errors)
}

export function validateDaemonSet({ metadata, spec }: DaemonSet, options: ValidationOptions): FieldError[] {
  const errors: FieldErrors = []
  const path = SPEC.child('template')
  validateObjectMeta(metadata, NAMED, METADATA, errors)
  validateLabelSelector(spec.selector, SPEC.child('selector'), errors)
  validateMatch(spec.template, spec.selector, path, errors)
  if ((spec.selector as LabelSelector | undefined) !== undefined && isEmptySelector(spec.selector)) {
    errors.push(
      invalid(SPEC.child('selector'), goLabelSelector(spec.selector), 'empty selector is invalid for daemonset'),
    )
  }
  validatePodTemplate(spec.template, path, options, errors)
  validateAlwaysRestarts(spec.template, 'DaemonSet', path, errors)
  validateNonnegative(spec.minReadySeconds ?? 0, SPEC.child('minReadySeconds'), errors)
  validateDaemonSetStrategy(spec, SPEC.child('updateStrategy'), errors)
  validateNonnegative(spec.revisionHistoryLimit ?? 0, SPEC.child('revisionHistoryLimit'), errors)
  return errors
}
