import {
  compareQuantities,
  isSameData,
  type PersistentVolume,
  type PersistentVolumeClaim,
  parseQuantity,
  type StorageClass,
} from '../../model/index.js'
import { type FieldErrors, forbidden, invalid } from './field-error.js'
import { FieldPath } from './field-path.js'
import { sourcesOf } from './validate-storage.js'

const SPEC = FieldPath.root('spec')
const IMMUTABLE = 'field is immutable'

/**
 * The size that is asked for may change, and the volume may be named once. Go adds a comparison of both specs, which is left out.
 *
 * kubernetes: pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimUpdate, v1.32.
 */
export function validateClaimUpdate(
  before: PersistentVolumeClaim,
  after: PersistentVolumeClaim,
  errors: FieldErrors,
): void {
  const isBound = before.status?.phase === 'Bound'
  const isUnnamed = (before.spec.volumeName ?? '') === ''
  const isUnclassed = before.spec.storageClassName === undefined && before.status?.phase !== 'Bound'
  const frozen = ({ spec }: PersistentVolumeClaim): unknown => ({
    ...spec,
    ...(isUnnamed ? { volumeName: '' } : {}),
    // A claim without a class may be given one as long as it is not bound.
    ...(isUnclassed ? { storageClassName: '' } : {}),
    ...(isBound ? { resources: { ...spec.resources, requests: '' }, volumeAttributesClassName: '' } : {}),
  })
  if (!isSameData(frozen(before), frozen(after))) {
    const what = 'spec is immutable after creation except resources.requests and volumeAttributesClassName'
    errors.push(forbidden(SPEC, `${what} for bound claims`))
    return
  }
  const [had, wanted] = [before, after].map(({ spec }) => parseQuantity(spec.resources?.requests?.storage ?? '0'))
  const has = parseQuantity(before.status?.capacity?.storage ?? '0')
  // RecoverVolumeExpansionFailure: what was asked for and not yet given may be taken back.
  if (compareQuantities(wanted, had) < 0 && compareQuantities(wanted, has) <= 0)
    errors.push(forbidden(SPEC.child('resources', 'requests', 'storage'), 'field can not be less than status.capacity'))
}

/** ValidatePersistentVolumeUpdate. */
export function validateVolumeUpdate(before: PersistentVolume, after: PersistentVolume, errors: FieldErrors): void {
  const source = ({ spec }: PersistentVolume): unknown => sourcesOf(spec).map(field => [field, spec[field]])
  if (!isSameData(source(before), source(after))) {
    const path = SPEC.child('persistentvolumesource')
    errors.push(forbidden(path, 'spec.persistentvolumesource is immutable after creation'))
  }
  if (before.spec.volumeMode !== after.spec.volumeMode)
    errors.push(invalid(SPEC.child('volumeMode'), after.spec.volumeMode, IMMUTABLE))
  const { nodeAffinity } = before.spec
  if (nodeAffinity !== undefined && !isSameData(nodeAffinity, after.spec.nodeAffinity))
    errors.push(invalid(SPEC.child('nodeAffinity'), { literal: 'core.VolumeNodeAffinity{…}' }, IMMUTABLE))
}

/** kubernetes: pkg/apis/storage/validation/validation.go ValidateStorageClassUpdate, v1.32. */
export function validateStorageClassUpdate(before: StorageClass, after: StorageClass, errors: FieldErrors): void {
  for (const field of ['parameters', 'provisioner', 'reclaimPolicy'] as const) {
    if (isSameData(before[field], after[field])) continue
    errors.push(forbidden(FieldPath.root(field), `updates to ${field} are forbidden.`))
  }
  if (before.volumeBindingMode !== after.volumeBindingMode)
    errors.push(invalid(FieldPath.root('volumeBindingMode'), after.volumeBindingMode, IMMUTABLE))
}
