import type { KubernetesObject, LabelSelector } from '../../model/index.js'
import { type FieldError, invalid } from './field-error.js'
import { FieldPath } from './field-path.js'
import { goLabelSelector } from './go-text.js'
import type { ValidationOptions } from './pod-validation.js'
import { validateObject } from './validate-object.js'

const SELECTOR = FieldPath.root('spec').child('selector')

/**
 * Checks the update of a workload: the object as when it is created, and its selector, which stays what it was. Both are canonical.
 *
 * kubernetes: pkg/registry/apps/deployment/strategy.go, replicaset/strategy.go ValidateUpdate, v1.32; the selector of a
 * ReplicationController may change.
 */
export function validateWorkloadUpdate(
  before: KubernetesObject,
  after: KubernetesObject,
  options: ValidationOptions = {},
): readonly FieldError[] {
  const errors = validateObject(after, options)
  if (after.kind === 'ReplicationController') return errors
  const [old, selector] = [selectorOf(before), selectorOf(after)]
  if (JSON.stringify(old) === JSON.stringify(selector)) return errors
  return [...errors, invalid(SELECTOR, goLabelSelector(selector ?? {}), 'field is immutable')]
}

const selectorOf = (object: KubernetesObject): LabelSelector | undefined =>
  (object as { readonly spec?: { readonly selector?: LabelSelector } }).spec?.selector
