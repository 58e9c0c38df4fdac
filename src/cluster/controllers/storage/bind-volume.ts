import type { PersistentVolume, PersistentVolumeClaim } from '../../../model/index.js'
import { STORAGE_ANNOTATION as ANNOTATION } from '../../predicates/index.js'
import {
  annotationOf,
  type ClaimVersion,
  type StorageContext,
  type VolumeVersion,
  write,
} from './storage-controller.js'

/**
 * Binds a claim and a volume to each other in four writes, each of which is left out where it would change nothing: the volume
 * names the claim, the volume is Bound, the claim names the volume, the claim is Bound.
 *
 * controllers: pkg/controller/volume/persistentvolume/pv_controller.go bind, v1.32.
 */
export function bindVolume(context: StorageContext, volume: VolumeVersion, claim: ClaimVersion, cause: number): void {
  const named = bindToClaim(context, volume, claim, cause)
  const bound = setVolumePhase(context, named, 'Bound', cause)
  const naming = bindToVolume(context, claim, bound, bound.row >= 0 ? bound.row : cause)
  const { accessModes, capacity } = bound.object.spec
  const status: PersistentVolumeClaim['status'] = { ...naming.object.status, phase: 'Bound', accessModes, capacity }
  write(context, naming, { status }, naming.row)
}

function bindToClaim(
  context: StorageContext,
  volume: VolumeVersion,
  claim: ClaimVersion,
  cause: number,
): VolumeVersion {
  const { metadata, spec } = volume.object
  const { claimRef } = spec
  if (claimRef?.uid === claim.uid) return volume
  const isReserved = claimRef !== undefined
  const annotations = isReserved
    ? metadata.annotations
    : { ...metadata.annotations, [ANNOTATION.boundByController]: 'yes' }
  const { namespace, name, uid } = claim
  const reference = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid }
  return write(
    context,
    volume,
    { metadata: { ...metadata, annotations }, spec: { ...spec, claimRef: { ...claimRef, ...reference } } },
    cause,
  )
}

function bindToVolume(
  context: StorageContext,
  claim: ClaimVersion,
  volume: VolumeVersion,
  cause: number,
): ClaimVersion {
  const { metadata, spec } = claim.object
  const isNamed = spec.volumeName === volume.name
  const isComplete = annotationOf(claim.object, ANNOTATION.bindCompleted) !== undefined
  if (isNamed && isComplete) return claim
  const annotations = {
    ...metadata.annotations,
    [ANNOTATION.bindCompleted]: 'yes',
    ...(isNamed ? {} : { [ANNOTATION.boundByController]: 'yes' }),
  }
  return write(
    context,
    claim,
    { metadata: { ...metadata, annotations }, spec: { ...spec, volumeName: volume.name } },
    cause,
  )
}

/** updateVolumePhase; what is said of an earlier failure goes. */
export function setVolumePhase(
  context: StorageContext,
  volume: VolumeVersion,
  phase: NonNullable<PersistentVolume['status']>['phase'],
  cause: number,
  message?: string,
): VolumeVersion {
  const status = { phase, ...(message === undefined ? {} : { message }) }
  return volume.object.status?.phase === phase ? volume : write(context, volume, { status }, cause)
}
