import type { Volume } from '../model/index.js'
import type { DescribeText } from './describe-text.js'

/**
 * Describes the volumes of a pod. Sources that podwright does not model in detail show their type only.
 *
 * kubectl: pkg/describe/describe.go describeVolumes, v1.32.
 */
export function describeVolumes(volumes: readonly Volume[], text: DescribeText): void {
  if (volumes.length === 0) text.field(0, 'Volumes', '<none>')
  else text.cells(0, 'Volumes:')
  for (const volume of volumes) {
    text.cells(1, `${volume.name}:`)
    describeSource(volume, 2, text)
    if (volume.csi !== undefined) {
      const attributes = Object.entries(volume.csi.volumeAttributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
      text.list(
        2,
        'VolumeAttributes',
        attributes.map(([key, value]) => `${key}=${value}`),
      )
    }
  }
}

/** Describes where the content of a volume comes from. */
export function describeSource(volume: Volume, level: number, text: DescribeText): void {
  const source = SOURCES.find(({ isOf }) => isOf(volume))
  if (source === undefined) {
    text.cells(level - 1, '<unknown>')
    return
  }
  text.field(level, 'Type', source.type)
  for (const [name, value] of source.fields(volume)) {
    if (name === '') text.cells(level + 1, `${value}`)
    else if (value === undefined) text.cells(level, `${name}:`)
    else text.field(level, name, value)
  }
}

/** A name and a value; without a value a heading, without a name a line below the heading. */
type Field = readonly [name: string, value?: string | number | boolean]

interface Source {
  readonly isOf: (volume: Volume) => boolean
  readonly type: string
  readonly fields: (volume: Volume) => readonly Field[]
}

const SOURCES: readonly Source[] = [
  {
    isOf: ({ hostPath }) => hostPath !== undefined,
    type: 'HostPath (bare host directory volume)',
    fields: ({ hostPath }) => [
      ['Path', hostPath?.path ?? ''],
      ['HostPathType', hostPath?.type ?? '<none>'],
    ],
  },
  {
    isOf: ({ emptyDir }) => emptyDir !== undefined,
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    fields: ({ emptyDir }) => [
      ['Medium', emptyDir?.medium ?? ''],
      ['SizeLimit', emptyDir?.sizeLimit === undefined || emptyDir.sizeLimit === '0' ? '<unset>' : emptyDir.sizeLimit],
    ],
  },
  {
    isOf: ({ secret }) => secret !== undefined,
    type: 'Secret (a volume populated by a Secret)',
    fields: ({ secret }) => [
      ['SecretName', secret?.secretName ?? ''],
      ['Optional', secret?.optional ?? false],
    ],
  },
  {
    isOf: ({ configMap }) => configMap !== undefined,
    type: 'ConfigMap (a volume populated by a ConfigMap)',
    fields: ({ configMap }) => [
      ['Name', configMap?.name ?? ''],
      ['Optional', configMap?.optional ?? false],
    ],
  },
  {
    isOf: ({ nfs }) => nfs !== undefined,
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    fields: ({ nfs }) => [
      ['Server', nfs?.server ?? ''],
      ['Path', nfs?.path ?? ''],
      ['ReadOnly', nfs?.readOnly ?? false],
    ],
  },
  {
    isOf: ({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined,
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    fields: ({ persistentVolumeClaim }) => [
      ['ClaimName', persistentVolumeClaim?.claimName ?? ''],
      ['ReadOnly', persistentVolumeClaim?.readOnly ?? false],
    ],
  },
  {
    isOf: ({ ephemeral }) => ephemeral !== undefined,
    type: 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
    fields: () => [],
  },
  {
    isOf: ({ downwardAPI }) => downwardAPI !== undefined,
    type: 'DownwardAPI (a volume populated by information about the pod)',
    fields: ({ downwardAPI }) => [
      ['Items'],
      ...(downwardAPI?.items ?? []).map(
        ({ fieldRef, resourceFieldRef, path }): Field => [
          '',
          `${fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? ''} -> ${path}`,
        ],
      ),
    ],
  },
  {
    isOf: ({ projected }) => projected !== undefined,
    type: 'Projected (a volume that contains injected data from multiple sources)',
    fields: ({ projected }) => (projected?.sources ?? []).flatMap(projectionFields),
  },
  {
    isOf: ({ csi }) => csi !== undefined,
    type: 'CSI (a Container Storage Interface (CSI) volume source)',
    fields: ({ csi }) => [
      ['Driver', csi?.driver ?? ''],
      ['FSType', csi?.fsType ?? ''],
      ['ReadOnly', csi?.readOnly ?? false],
    ],
  },
  {
    isOf: ({ image }) => image !== undefined,
    type: 'Image (a container image or OCI artifact)',
    fields: ({ image }) => [
      ['Reference', image?.reference ?? ''],
      ['PullPolicy', image?.pullPolicy ?? ''],
    ],
  },
]

type Projection = NonNullable<Volume['projected']>['sources'][number]

function projectionFields({ secret, downwardAPI, configMap, serviceAccountToken }: Projection): Field[] {
  if (secret !== undefined) {
    return [
      ['SecretName', secret.name ?? ''],
      ['Optional', secret.optional ?? false],
    ]
  }
  if (downwardAPI !== undefined) return [['DownwardAPI', true]]
  if (configMap !== undefined) {
    return [
      ['ConfigMapName', configMap.name ?? ''],
      ['Optional', configMap.optional ?? false],
    ]
  }
  return serviceAccountToken === undefined
    ? []
    : [['TokenExpirationSeconds', serviceAccountToken.expirationSeconds ?? 3600]]
}
