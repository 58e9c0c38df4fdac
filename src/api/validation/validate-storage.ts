import {
  type PersistentVolume,
  type PersistentVolumeSpec,
  parseQuantity,
  type StorageClass,
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
import { dnsSubdomain, qualifiedName } from './formats.js'
import { validateNodeSelector } from './validate-affinity.js'
import { ACCESS_MODES } from './validate-claim.js'
import { validateObjectMeta } from './validate-metadata.js'
import { OPAQUE_CHECKS } from './validate-opaque-sources.js'

const METADATA = FieldPath.root('metadata')
const CLUSTER_WIDE = { isNamespaced: false, checkName: dnsSubdomain }

/**
 * kubernetes: pkg/apis/core/validation/validation.go ValidatePersistentVolume, v1.32. Of the sources only those that people write by
 * hand are looked into: host paths, local ones, NFS and CSI.
 */
export function validatePersistentVolume({ metadata, spec }: PersistentVolume): FieldError[] {
  const errors: FieldErrors = []
  const path = FieldPath.root('spec')
  validateObjectMeta(metadata, CLUSTER_WIDE, METADATA, errors)
  validateModes(spec.accessModes ?? [], path.child('accessModes'), errors)
  validateCapacity(spec, path.child('capacity'), errors)
  const { persistentVolumeReclaimPolicy: policy = 'Retain', volumeMode = 'Filesystem', storageClassName = '' } = spec
  const policyPath = path.child('persistentVolumeReclaimPolicy')
  if (!POLICIES.includes(policy)) errors.push(notSupported(policyPath, policy, POLICIES))
  if (spec.nodeAffinity !== undefined) validateNodeAffinity(spec.nodeAffinity, path.child('nodeAffinity'), errors)
  validateSource(spec, path, errors)
  if (policy === 'Recycle' && (spec.hostPath as HostPath | undefined)?.path === '/')
    errors.push(forbidden(policyPath, "may not be 'recycle' for a hostPath mount of '/'"))
  if (storageClassName !== '')
    addInvalid(errors, path.child('storageClassName'), storageClassName, dnsSubdomain(storageClassName))
  if (!MODES.includes(volumeMode)) errors.push(notSupported(path.child('volumeMode'), volumeMode, MODES))
  return errors
}

const POLICIES = ['Delete', 'Recycle', 'Retain']
const MODES = ['Block', 'Filesystem']

interface HostPath {
  readonly path?: string
}

function validateModes(modes: readonly string[], path: FieldPath, errors: FieldErrors): void {
  if (modes.length === 0) errors.push(required(path))
  const known = modes.filter(mode => ACCESS_MODES.includes(mode))
  for (const mode of modes) if (!known.includes(mode)) errors.push(notSupported(path, mode, ACCESS_MODES))
  if (known.includes('ReadWriteOncePod') && known.some(mode => mode !== 'ReadWriteOncePod'))
    errors.push(forbidden(path, 'may not use ReadWriteOncePod with other access modes'))
}

function validateCapacity({ capacity = {} }: PersistentVolumeSpec, path: FieldPath, errors: FieldErrors): void {
  const names = Object.keys(capacity)
  if (names.length === 0) errors.push(required(path))
  if (capacity.storage === undefined || names.length > 1)
    errors.push(notSupported(path, { literal: `core.ResourceList{${names.sort().join(', ')}}` }, ['storage']))
  for (const name of names.sort()) {
    const quantity = parseQuantity(capacity[name])
    if (quantity.nanos <= 0n) errors.push(invalid(path.key(name), quantity.text, 'must be greater than zero'))
  }
}

function validateNodeAffinity(
  { required: selector }: NonNullable<PersistentVolumeSpec['nodeAffinity']>,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const at = path.child('required')
  if (selector === undefined) errors.push(required(at, 'must specify required node constraints'))
  else validateNodeSelector(selector, at, errors)
}

/** The fields of the spec that are no sources. */
const OTHER_FIELDS: ReadonlySet<string> = new Set([
  ...['capacity', 'accessModes', 'claimRef', 'persistentVolumeReclaimPolicy', 'storageClassName', 'mountOptions'],
  ...['volumeMode', 'nodeAffinity', 'volumeAttributesClassName'],
])

/** The sources of a volume: exactly one is right. */
export const sourcesOf = (spec: PersistentVolumeSpec): string[] =>
  Object.keys(spec).filter(field => !OTHER_FIELDS.has(field) && spec[field] !== undefined)

function validateSource(spec: PersistentVolumeSpec, path: FieldPath, errors: FieldErrors): void {
  const [source, ...others] = sourcesOf(spec)
  if (source === undefined) {
    errors.push(required(path, 'must specify a volume type'))
    return
  }
  const value = spec[source] as Readonly<Record<string, unknown>>
  const at = path.child(source)
  if (source === 'nfs') OPAQUE_CHECKS.nfs(value, at, errors)
  for (const field of REQUIRED_FIELDS[source] ?? [])
    if ((value[field] ?? '') === '') errors.push(required(at.child(field)))
  if (source === 'local' && spec.nodeAffinity === undefined)
    errors.push(required(METADATA.child('annotations'), 'Local volume requires node affinity'))
  for (const other of others) errors.push(forbidden(path.child(other), 'may not specify more than 1 volume type'))
}

const REQUIRED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  csi: ['driver', 'volumeHandle'],
  hostPath: ['path'],
  local: ['path'],
}

/** kubernetes: pkg/apis/storage/validation/validation.go ValidateStorageClass, v1.32. */
export function validateStorageClass(storageClass: StorageClass): FieldError[] {
  const errors: FieldErrors = []
  const { metadata, provisioner, parameters = {}, reclaimPolicy, volumeBindingMode } = storageClass
  validateObjectMeta(metadata, CLUSTER_WIDE, METADATA, errors)
  const path = FieldPath.root('provisioner')
  if (provisioner === '') errors.push(required(path))
  else addInvalid(errors, path, provisioner, qualifiedName(provisioner.toLowerCase()))
  if (Object.hasOwn(parameters, '')) errors.push(invalid(FieldPath.root('parameters'), '', 'field can not be empty.'))
  const isPolicy = reclaimPolicy === undefined || reclaimPolicy === 'Delete' || reclaimPolicy === 'Retain'
  if (!isPolicy) errors.push(notSupported(FieldPath.root('reclaimPolicy'), reclaimPolicy, ['Delete', 'Retain']))
  if (volumeBindingMode === undefined) errors.push(required(FieldPath.root('volumeBindingMode')))
  else if (!BINDING_MODES.includes(volumeBindingMode))
    errors.push(notSupported(FieldPath.root('volumeBindingMode'), volumeBindingMode, BINDING_MODES))
  return errors
}

const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer']
