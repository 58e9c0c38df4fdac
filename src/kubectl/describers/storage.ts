import {
  isDefaultClass,
  type NodeSelectorTerm,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type StorageClass,
  storageClassOf,
  type Volume,
} from '../../model/index.js'
import type { Milliseconds } from '../../time/index.js'
import { ageOf } from '../api-time.js'
import { describeAnnotations, pairs } from '../describe-parts.js'
import type { DescribeText } from '../describe-text.js'
import { describeSource } from '../describe-volumes.js'
import { claimText, modesText } from '../printers/storage.js'
import { type DescribeContext, type Describer, describeMaps, describeName, describer } from './describer.js'

/** Describes claims, volumes and storage classes (kubectl: pkg/describe/describe.go, v1.32). */
export const STORAGE_DESCRIBERS: Readonly<Record<string, Describer>> = {
  PersistentVolumeClaim: describer(describeClaim),
  PersistentVolume: describer(describeVolume),
  StorageClass: describer(describeClass),
}

type Deletable = PersistentVolume | PersistentVolumeClaim

function describeStatus({ metadata, status }: Deletable, text: DescribeText, now: Milliseconds): void {
  const { deletionTimestamp } = metadata
  const since = deletionTimestamp === undefined ? '' : `Terminating (lasts ${ageOf(deletionTimestamp, now)})`
  text.field(0, 'Status', since === '' ? (status?.phase ?? '') : since)
}

const finalizersText = ({ metadata }: Deletable): string => `[${(metadata.finalizers ?? []).join(' ')}]`

function describeClaim(claim: PersistentVolumeClaim, { text, view, now }: DescribeContext): void {
  const { spec, status } = claim
  const isNamed = (spec.volumeName ?? '') !== ''
  describeName(claim, text)
  text.field(0, 'StorageClass', storageClassOf(claim))
  describeStatus(claim, text, now)
  text.field(0, 'Volume', spec.volumeName ?? '')
  describeMaps(claim, text)
  text.field(0, 'Finalizers', finalizersText(claim))
  text.field(0, 'Capacity', isNamed ? (status?.capacity?.storage ?? '') : '')
  text.field(0, 'Access Modes', isNamed ? modesText(status?.accessModes) : '')
  if (spec.volumeMode !== undefined) text.field(0, 'VolumeMode', spec.volumeMode)
  const users = (view.list('Pod') as readonly Pod[]).filter(pod => isUser(pod, claim))
  text.list(
    0,
    'Used By',
    users.map(({ metadata }) => metadata.name ?? ''),
  )
}

function isUser({ metadata, spec }: Pod, claim: PersistentVolumeClaim): boolean {
  const { name, namespace = 'default' } = claim.metadata
  const isNamedBy = ({ name: volume, persistentVolumeClaim, ephemeral }: Volume): boolean =>
    persistentVolumeClaim?.claimName === name || (ephemeral !== undefined && `${metadata.name}-${volume}` === name)
  return (metadata.namespace ?? 'default') === namespace && (spec.volumes ?? []).some(isNamedBy)
}

function describeVolume(volume: PersistentVolume, { text, now }: DescribeContext): void {
  const { spec, status } = volume
  text.field(0, 'Name', volume.metadata.name ?? '')
  describeMaps(volume, text)
  text.field(0, 'Finalizers', finalizersText(volume))
  text.field(0, 'StorageClass', storageClassOf(volume))
  describeStatus(volume, text, now)
  text.field(0, 'Claim', claimText(volume))
  text.field(0, 'Reclaim Policy', spec.persistentVolumeReclaimPolicy ?? '')
  text.field(0, 'Access Modes', modesText(spec.accessModes))
  if (spec.volumeMode !== undefined) text.field(0, 'VolumeMode', spec.volumeMode)
  text.field(0, 'Capacity', spec.capacity?.storage ?? '')
  describeNodeAffinity(spec.nodeAffinity, text)
  text.field(0, 'Message', status?.message ?? '')
  text.cells(0, 'Source:')
  text.within(1, () => describePersistentSource(spec, text))
}

function describeNodeAffinity(affinity: PersistentVolume['spec']['nodeAffinity'], text: DescribeText): void {
  if (affinity?.required === undefined) {
    text.field(0, 'Node Affinity', '<none>')
    return
  }
  text.field(0, 'Node Affinity', '')
  const { nodeSelectorTerms } = affinity.required
  text.field(1, 'Required Terms', nodeSelectorTerms.length === 0 ? '<none>' : '')
  nodeSelectorTerms.forEach((term: NodeSelectorTerm, i) => {
    const { matchExpressions = [] } = term
    text.list(
      2,
      `Term ${i}`,
      matchExpressions.map(({ key, operator, values = [] }) => {
        const list = values.length === 0 ? '' : ` [${values.join(', ')}]`
        return `${key} ${operator.toLowerCase()}${list}`
      }),
    )
  })
}

/** Sources that only volumes have, and those that pods have, too. */
function describePersistentSource(spec: PersistentVolume['spec'], text: DescribeText): void {
  const { local, csi } = spec as {
    readonly local?: { readonly path?: string }
    readonly csi?: { readonly volumeHandle?: string } & NonNullable<Volume['csi']>
  }
  if (local !== undefined) {
    text.field(1, 'Type', 'LocalVolume (a persistent volume backed by local storage on a node)')
    text.field(1, 'Path', local.path ?? '')
  } else if (csi !== undefined) {
    text.field(1, 'Type', 'CSI (a Container Storage Interface (CSI) volume source)')
    text.field(1, 'Driver', csi.driver)
    text.field(1, 'FSType', csi.fsType ?? '')
    text.field(1, 'VolumeHandle', csi.volumeHandle ?? '')
    text.field(1, 'ReadOnly', csi.readOnly ?? false)
    text.list(1, 'VolumeAttributes', pairs(csi.volumeAttributes))
  } else describeSource(spec as unknown as Volume, 1, text)
}

function describeClass(storageClass: StorageClass, { text }: DescribeContext): void {
  const { metadata, parameters, allowVolumeExpansion, mountOptions = [], allowedTopologies } = storageClass
  text.field(0, 'Name', metadata.name ?? '')
  text.field(0, 'IsDefaultClass', isDefaultClass(storageClass) ? 'Yes' : 'No')
  const annotations = pairs(metadata.annotations).join(',')
  if (annotations.length > LONGEST_LINE) describeAnnotations(metadata.annotations ?? {}, text)
  else text.field(0, 'Annotations', annotations === '' ? '<none>' : annotations)
  text.field(0, 'Provisioner', storageClass.provisioner)
  text.field(0, 'Parameters', pairs(parameters).join(',') || '<none>')
  const expansion = allowVolumeExpansion === undefined ? '<unset>' : allowVolumeExpansion ? 'True' : 'False'
  text.field(0, 'AllowVolumeExpansion', expansion)
  if (mountOptions.length === 0) text.field(0, 'MountOptions', '<none>')
  else {
    text.cells(0, 'MountOptions:')
    for (const option of mountOptions) text.cells(1, option)
  }
  text.field(0, 'ReclaimPolicy', storageClass.reclaimPolicy ?? '')
  text.field(0, 'VolumeBindingMode', storageClass.volumeBindingMode ?? '')
  if (allowedTopologies === undefined) return
  text.cells(0, 'AllowedTopologies:')
  allowedTopologies.forEach(({ matchLabelExpressions = [] }, i) => {
    text.list(
      1,
      `Term ${i}`,
      matchLabelExpressions.map(({ key, values }) => `${key} in [${values.join(', ')}]`),
    )
  })
}

/** Annotations that are longer stand on lines of their own. */
const LONGEST_LINE = 200
