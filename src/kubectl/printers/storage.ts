import {
  type ApiObject,
  isDefaultClass,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type StorageClass,
  storageClassOf,
} from '../../model/index.js'
import type { Milliseconds } from '../../time/index.js'
import { ageOf } from '../api-time.js'
import { type Printer, printer } from './printer.js'

const name = ({ metadata }: ApiObject): string => metadata.name ?? ''
const age = ({ metadata }: ApiObject, now: Milliseconds): string => ageOf(metadata.creationTimestamp, now)

/**
 * What `kubectl get` prints of claims, volumes and storage classes.
 *
 * kubernetes: pkg/printers/internalversion/printers.go, v1.32.
 */
export const STORAGE_PRINTERS: Readonly<Record<string, Printer>> = {
  PersistentVolumeClaim: printer<PersistentVolumeClaim>(
    'NAME|STATUS|VOLUME|CAPACITY|ACCESS MODES|STORAGECLASS|VOLUMEATTRIBUTESCLASS|AGE',
    (it, now) => [
      name(it),
      statusOf(it),
      it.spec.volumeName ?? '',
      ...amountAndModes(it),
      storageClassOf(it),
      it.spec.volumeAttributesClassName ?? '<unset>',
      age(it, now),
    ],
    'VOLUMEMODE',
    ({ spec }) => [spec.volumeMode ?? '<unset>'],
  ),
  PersistentVolume: printer<PersistentVolume>(
    'NAME|CAPACITY|ACCESS MODES|RECLAIM POLICY|STATUS|CLAIM|STORAGECLASS|VOLUMEATTRIBUTESCLASS|REASON|AGE',
    (it, now) => [
      name(it),
      it.spec.capacity?.storage ?? '',
      modesText(it.spec.accessModes),
      it.spec.persistentVolumeReclaimPolicy ?? '',
      statusOf(it),
      claimText(it),
      storageClassOf(it),
      it.spec.volumeAttributesClassName ?? '<unset>',
      it.status?.reason ?? '',
      age(it, now),
    ],
    'VOLUMEMODE',
    ({ spec }) => [spec.volumeMode ?? '<unset>'],
  ),
  StorageClass: printer<StorageClass>(
    'NAME|PROVISIONER|RECLAIMPOLICY|VOLUMEBINDINGMODE|ALLOWVOLUMEEXPANSION|AGE',
    (it, now) => [
      isDefaultClass(it) ? `${name(it)} (default)` : name(it),
      it.provisioner,
      it.reclaimPolicy ?? 'Delete',
      it.volumeBindingMode ?? '<unset>',
      it.allowVolumeExpansion ?? false,
      age(it, now),
    ],
  ),
}

const statusOf = ({ metadata, status }: PersistentVolume | PersistentVolumeClaim): string =>
  metadata.deletionTimestamp === undefined ? (status?.phase ?? 'Pending') : 'Terminating'

/** A claim shows what it has got, and nothing as long as it has no volume. */
function amountAndModes({ spec, status }: PersistentVolumeClaim): [string, string] {
  if ((spec.volumeName ?? '') === '') return ['', '']
  return [status?.capacity?.storage ?? '', modesText(status?.accessModes)]
}

const MODES = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const

/** `RWO,ROX`. */
export const modesText = (modes: readonly string[] = []): string =>
  MODES.filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short)
    .join(',')

/** `shop/data-db-0`: the claim that a volume is bound to or kept for. */
export const claimText = ({ spec: { claimRef } }: PersistentVolume): string =>
  claimRef === undefined ? '' : `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}`
