import {
  type ObjectMeta,
  type PersistentVolumeClaim,
  type PersistentVolumeClaimSpec,
  parseQuantity,
} from '../../model/index.js'
import {
  addInvalid,
  type FieldError,
  type FieldErrors,
  forbidden,
  invalid,
  notSupported,
  required,
} from './field-error.js'
import { FieldPath } from './field-path.js'
import { dnsSubdomain } from './formats.js'
import { validateAnnotations, validateLabelSelector, validateLabels, validateObjectMeta } from './validate-metadata.js'

/** How many processes may use a volume at once, and how. */
export const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']

/** kubernetes: pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimTemplate, v1.32. */
export function validateClaimTemplate(
  template: { readonly metadata?: ObjectMeta; readonly spec: PersistentVolumeClaimSpec },
  path: FieldPath,
  errors: FieldErrors,
): void {
  const metadata = template.metadata ?? {}
  validateAnnotations(metadata.annotations, path.child('metadata', 'annotations'), errors)
  validateLabels(metadata.labels, path.child('metadata', 'labels'), errors)
  for (const key of Object.keys(metadata)) {
    if (key === 'labels' || key === 'annotations') continue
    // Go's name of the field with its first letter lowered is the API's, but for UID.
    errors.push(forbidden(path.child('metadata', key === 'uid' ? 'uID' : key), 'cannot be set'))
  }
  validateClaimSpec(template.spec, path.child('spec'), errors)
}

/** kubernetes: pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaim, v1.32. */
export function validateClaim({ metadata, spec }: PersistentVolumeClaim): FieldError[] {
  const errors: FieldErrors = []
  validateObjectMeta(metadata, { isNamespaced: true, checkName: dnsSubdomain }, FieldPath.root('metadata'), errors)
  validateClaimSpec(spec, FieldPath.root('spec'), errors)
  return errors
}

/** ValidatePersistentVolumeClaimSpec. */
function validateClaimSpec(spec: PersistentVolumeClaimSpec, path: FieldPath, errors: FieldErrors): void {
  const modes = spec.accessModes ?? []
  const modesPath = path.child('accessModes')
  if (modes.length === 0) errors.push(required(modesPath, 'at least 1 access mode is required'))
  validateLabelSelector(spec.selector, path.child('selector'), errors)
  for (const mode of modes) {
    if (!ACCESS_MODES.includes(mode)) errors.push(notSupported(modesPath, mode, ACCESS_MODES))
  }
  if (
    modes.includes('ReadWriteOncePod') &&
    modes.some(mode => mode !== 'ReadWriteOncePod' && ACCESS_MODES.includes(mode))
  ) {
    errors.push(forbidden(modesPath, 'may not use ReadWriteOncePod with other access modes'))
  }
  const storage = spec.resources?.requests?.storage
  const storagePath = path.child('resources').key('storage')
  if (storage === undefined) errors.push(required(storagePath))
  else if (parseQuantity(storage).nanos <= 0n) {
    errors.push(invalid(storagePath, parseQuantity(storage).text, 'must be greater than zero'))
  }
  const className = spec.storageClassName ?? ''
  if (className !== '') addInvalid(errors, path.child('storageClassName'), className, dnsSubdomain(className))
  if (spec.volumeMode !== undefined && !['Block', 'Filesystem'].includes(spec.volumeMode)) {
    errors.push(notSupported(path.child('volumeMode'), spec.volumeMode, ['Block', 'Filesystem']))
  }
  validateDataSource(spec.dataSource, path.child('dataSource'), errors)
  validateDataSource(spec.dataSourceRef, path.child('dataSourceRef'), errors)
}

function validateDataSource(
  source: PersistentVolumeClaimSpec['dataSource'],
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (source === undefined) return
  const text = (key: string): string => (typeof source[key] === 'string' ? source[key] : '')
  if (text('name') === '') errors.push(required(path.child('name')))
  if (text('kind') === '') errors.push(required(path.child('kind')))
  const group = text('apiGroup')
  if (group !== '') addInvalid(errors, path.child('apiGroup'), group, dnsSubdomain(group))
  else if (text('kind') !== 'PersistentVolumeClaim') {
    const detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup"
    errors.push(invalid(path, text('kind'), detail))
  }
}
