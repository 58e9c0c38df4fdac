import type { LabelSelector, LabelSelectorRequirement, ObjectMeta, OwnerReference } from '../../model/index.js'
import { addInvalid, type FieldErrors, forbidden, invalid, required, tooLong } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { asPrefix, dnsLabel, type FormatCheck, labelValue, qualifiedName } from './formats.js'
import { byteLength, goQuote, goStrings } from './go-text.js'

const MAX_ANNOTATIONS_BYTES = 256 * 1024
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion']

/** How the metadata of a kind is checked. */
export interface MetadataRules {
  readonly isNamespaced: boolean
  readonly checkName: FormatCheck
}

/** apimachinery: pkg/api/validation/objectmeta.go ValidateObjectMetaAccessor, and core's finalizer rule, v1.32. */
export function validateObjectMeta(meta: ObjectMeta, rules: MetadataRules, path: FieldPath, errors: FieldErrors): void {
  const { name = '', generateName = '', namespace = '' } = meta
  if (generateName !== '') {
    addInvalid(errors, path.child('generateName'), generateName, asPrefix(rules.checkName)(generateName))
  }
  if (name !== '') addInvalid(errors, path.child('name'), name, rules.checkName(name))
  // The API server makes a name out of generateName before it validates.
  else if (generateName === '') errors.push(required(path.child('name'), 'name or generateName is required'))
  if (!rules.isNamespaced) {
    if (namespace !== '') errors.push(forbidden(path.child('namespace'), 'not allowed on this type'))
  } else if (namespace === '') errors.push(required(path.child('namespace')))
  else addInvalid(errors, path.child('namespace'), namespace, dnsLabel(namespace))
  validateNonnegative(meta.generation ?? 0, path.child('generation'), errors)
  validateLabels(meta.labels, path.child('labels'), errors)
  validateAnnotations(meta.annotations, path.child('annotations'), errors)
  validateOwnerReferences(meta.ownerReferences ?? [], path.child('ownerReferences'), errors)
  validateFinalizers(meta.finalizers ?? [], path.child('finalizers'), errors)
  validateManagedFields(meta, path.child('managedFields'), errors)
  validateKubeFinalizers(meta.finalizers ?? [], path.child('finalizers'), errors)
}

export function validateNonnegative(value: number, path: FieldPath, errors: FieldErrors): void {
  if (value < 0) errors.push(invalid(path, value, 'must be greater than or equal to 0'))
}

/** Go walks maps in no order; here it is that of the keys. */
const sortedKeys = (map: Readonly<Record<string, string>> | undefined): string[] => Object.keys(map ?? {}).sort()

export function validateLabels(labels: ObjectMeta['labels'], path: FieldPath, errors: FieldErrors): void {
  for (const key of sortedKeys(labels)) {
    addInvalid(errors, path, key, qualifiedName(key))
    const value = labels?.[key] ?? ''
    addInvalid(errors, path, value, labelValue(value))
  }
}

export function validateAnnotations(
  annotations: ObjectMeta['annotations'],
  path: FieldPath,
  errors: FieldErrors,
): void {
  let bytes = 0
  for (const key of sortedKeys(annotations)) {
    addInvalid(errors, path, key, qualifiedName(key.toLowerCase()))
    bytes += byteLength(key) + byteLength(annotations?.[key] ?? '')
  }
  if (bytes > MAX_ANNOTATIONS_BYTES) errors.push(tooLong(path, MAX_ANNOTATIONS_BYTES))
}

function validateOwnerReferences(owners: readonly OwnerReference[], path: FieldPath, errors: FieldErrors): void {
  let controller = ''
  for (const owner of owners) {
    validateOwnerReference(owner, path, errors)
    if (owner.controller !== true) continue
    const current = `${owner.kind}/${owner.name}`
    if (controller === '') controller = current
    else {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`
      errors.push(invalid(path, { literal: `[]v1.OwnerReference{${owners.map(goOwner).join(', ')}}` }, detail))
    }
  }
}

function validateOwnerReference(owner: OwnerReference, path: FieldPath, errors: FieldErrors): void {
  const parts = owner.apiVersion.split('/')
  const version = parts.length > 2 ? '' : parts[parts.length - 1]
  if (version === '') errors.push(invalid(path.child('apiVersion'), owner.apiVersion, 'version must not be empty'))
  if (owner.kind === '') errors.push(invalid(path.child('kind'), owner.kind, 'kind must not be empty'))
  if (owner.name === '') errors.push(invalid(path.child('name'), owner.name, 'name must not be empty'))
  if (owner.uid === '') errors.push(invalid(path.child('uid'), owner.uid, 'uid must not be empty'))
  if (owner.apiVersion === 'v1' && owner.kind === 'Event') {
    errors.push(invalid(path, { literal: goOwner(owner) }, '/v1, Kind=Event is disallowed from being an owner'))
  }
}

const goOwner = ({ apiVersion, kind, name, uid, controller, blockOwnerDeletion }: OwnerReference): string =>
  `v1.OwnerReference{APIVersion:${goQuote(apiVersion)}, Kind:${goQuote(kind)}, Name:${goQuote(name)}, UID:${goQuote(uid)}, ` +
  `Controller:${goBoolPointer(controller)}, BlockOwnerDeletion:${goBoolPointer(blockOwnerDeletion)}}`

/** Go prints where a pointer points, which nobody can foretell. */
const goBoolPointer = (value: boolean | undefined): string =>
  value === undefined ? '(*bool)(nil)' : '(*bool)(0xc000000000)'

function validateFinalizers(finalizers: readonly string[], path: FieldPath, errors: FieldErrors): void {
  for (const finalizer of finalizers) addInvalid(errors, path, finalizer, qualifiedName(finalizer))
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    const detail = 'finalizer orphan and foregroundDeletion cannot be both set'
    errors.push(invalid(path, goStrings(finalizers), detail))
  }
}

function validateKubeFinalizers(finalizers: readonly string[], path: FieldPath, errors: FieldErrors): void {
  finalizers.forEach((finalizer, i) => {
    if (finalizer.includes('/') || STANDARD_FINALIZERS.includes(finalizer)) return
    const detail = 'name is neither a standard finalizer name nor is it fully qualified'
    errors.push(invalid(path.index(i), finalizer, detail))
  })
}

function validateManagedFields(meta: ObjectMeta, path: FieldPath, errors: FieldErrors): void {
  meta.managedFields?.forEach((entry, i) => {
    const at = path.index(i)
    if (entry.operation !== 'Apply' && entry.operation !== 'Update') {
      errors.push(invalid(at.child('operation'), entry.operation ?? '', 'must be `Apply` or `Update`'))
    }
    if (entry.fieldsType !== undefined && entry.fieldsType !== 'FieldsV1') {
      errors.push(invalid(at.child('fieldsType'), entry.fieldsType, 'must be `FieldsV1`'))
    }
  })
}

/** apimachinery: pkg/apis/meta/v1/validation/validation.go ValidateLabelSelector, v1.32. */
export function validateLabelSelector(selector: LabelSelector | undefined, path: FieldPath, errors: FieldErrors): void {
  if (selector === undefined) return
  validateLabels(selector.matchLabels, path.child('matchLabels'), errors)
  selector.matchExpressions?.forEach((requirement, i) => {
    validateRequirement(requirement, path.child('matchExpressions').index(i), errors)
  })
}

function validateRequirement(requirement: LabelSelectorRequirement, path: FieldPath, errors: FieldErrors): void {
  const { key, operator, values = [] } = requirement
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) {
      errors.push(required(path.child('values'), "must be specified when `operator` is 'In' or 'NotIn'"))
    }
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) {
      errors.push(forbidden(path.child('values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
    }
  } else errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'))
  addInvalid(errors, path.child('key'), key, qualifiedName(key))
  values.forEach((value, i) => {
    addInvalid(errors, path.child('values').index(i), value, labelValue(value))
  })
}

export const isEmptySelector = (selector: LabelSelector): boolean =>
  Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0
