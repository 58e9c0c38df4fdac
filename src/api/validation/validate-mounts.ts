import type { Container, VolumeDevice, VolumeMount } from '../../model/index.js'
import { type FieldErrors, forbidden, invalid, notFound, notSupported, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { hasBacksteps, validateLocalPath } from './paths.js'
import type { PodValidation } from './pod-validation.js'

/** kubernetes: pkg/apis/core/validation/validation.go ValidateVolumeMounts, v1.32 (R-1240). */
export function validateMounts(container: Container, path: FieldPath, { volumes, errors }: PodValidation): void {
  const devices = container.volumeDevices ?? []
  const paths = new Set<string>()
  container.volumeMounts?.forEach((mount, i) => {
    const at = path.index(i)
    const { name, mountPath, subPath = '', subPathExpr = '' } = mount
    if (name === '') errors.push(required(at.child('name')))
    if (!volumes.has(name)) errors.push(notFound(at.child('name'), name))
    if (mountPath === '') errors.push(required(at.child('mountPath')))
    if (paths.has(mountPath)) errors.push(invalid(at.child('mountPath'), mountPath, 'must be unique'))
    paths.add(mountPath)
    if (devices.some(device => device.name === name)) {
      errors.push(invalid(at.child('name'), name, 'must not already exist in volumeDevices'))
    }
    if (lastPathByName(devices, device => device.devicePath).has(mountPath)) {
      errors.push(invalid(at.child('mountPath'), mountPath, 'must not already exist as a path in volumeDevices'))
    }
    if (volumes.get(name)?.image !== undefined) validateImageMount(mount, at, errors)
    // From here on upstream leaves the index out of the path.
    if (subPath !== '') validateLocalPath(subPath, path.child('subPath'), errors)
    if (subPathExpr !== '') {
      if (subPath !== '') {
        errors.push(invalid(at.child('subPathExpr'), subPathExpr, 'subPathExpr and subPath are mutually exclusive'))
      }
      validateLocalPath(subPathExpr, path.child('subPathExpr'), errors)
    }
    validatePropagation(mount, container, path.child('mountPropagation'), errors)
    validateRecursiveReadOnly(mount, path.child('recursiveReadOnly'), errors)
  })
}

/** The paths in use; of two entries of one name the last counts. */
function lastPathByName<T extends { readonly name: string }>(
  list: readonly T[],
  pathOf: (entry: T) => string,
): Set<string> {
  return new Set(new Map(list.map(entry => [entry.name, pathOf(entry)])).values())
}

function validateImageMount(
  { subPath = '', subPathExpr = '' }: VolumeMount,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const detail = 'not allowed in image volume sources'
  if (subPath !== '') errors.push(invalid(path.child('subPath'), subPath, detail))
  if (subPathExpr !== '') errors.push(invalid(path.child('subPathExpr'), subPathExpr, detail))
}

function validatePropagation(mount: VolumeMount, container: Container, path: FieldPath, errors: FieldErrors): void {
  const { mountPropagation } = mount
  if (mountPropagation === undefined) return
  const supported = ['Bidirectional', 'HostToContainer', 'None']
  if (!supported.includes(mountPropagation)) errors.push(notSupported(path, mountPropagation, supported))
  if (mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true) {
    errors.push(forbidden(path, 'Bidirectional mount propagation is available only to privileged containers'))
  }
}

function validateRecursiveReadOnly(mount: VolumeMount, path: FieldPath, errors: FieldErrors): void {
  const mode = mount.recursiveReadOnly
  if (mode === undefined || mode === 'Disabled') return
  if (mode !== 'Enabled' && mode !== 'IfPossible') {
    errors.push(notSupported(path, mode, ['Disabled', 'Enabled', 'IfPossible']))
    return
  }
  if (mount.readOnly !== true) errors.push(forbidden(path, 'may only be specified when readOnly is true'))
  if (mount.mountPropagation !== undefined && mount.mountPropagation !== 'None') {
    errors.push(forbidden(path, 'may only be specified when mountPropagation is None or not specified'))
  }
}

/** ValidateVolumeDevices. */
export function validateDevices(container: Container, path: FieldPath, { volumes, errors }: PodValidation): void {
  const mounts = container.volumeMounts ?? []
  const names = new Set<string>()
  const paths = new Set<string>()
  container.volumeDevices?.forEach((device: VolumeDevice, i) => {
    const { name, devicePath } = device
    const namePath = path.index(i).child('name')
    const devicePathPath = path.index(i).child('devicePath')
    const source = volumes.get(name)
    if (name === '') errors.push(required(namePath))
    if (names.has(name)) errors.push(invalid(namePath, name, 'must be unique'))
    if (source === undefined) errors.push(notFound(namePath, name))
    else if (source.persistentVolumeClaim === undefined && source.ephemeral === undefined) {
      const detail = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'
      errors.push(invalid(namePath, name, detail))
    }
    if (devicePath === '') errors.push(required(devicePathPath))
    if (paths.has(devicePath)) errors.push(invalid(devicePathPath, devicePath, 'must be unique'))
    if (hasBacksteps(devicePath)) {
      errors.push(invalid(devicePathPath, devicePath, "can not contain backsteps ('..')"))
    } else paths.add(devicePath)
    if (mounts.some(mount => mount.name === name)) {
      errors.push(invalid(namePath, name, 'must not already exist in volumeMounts'))
    }
    if (lastPathByName(mounts, mount => mount.mountPath).has(devicePath)) {
      errors.push(invalid(devicePathPath, devicePath, 'must not already exist as a path in volumeMounts'))
    }
    if (name !== '') names.add(name)
  })
}
