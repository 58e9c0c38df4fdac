import type {
  DownwardAPIVolumeFile,
  OpaqueSource,
  ProjectedVolumeSource,
  Volume,
  VolumeProjection,
} from '../../model/index.js'

const FILE_MODE = 0o644

/** kubernetes: pkg/apis/core/v1/defaults.go SetDefaults_Volume and the defaults of the sources, v1.32. */
export function defaultVolume(volume: Volume): Volume {
  const { name, ...source } = volume
  if (Object.keys(source).length === 0) return { name, emptyDir: {} }
  return {
    ...volume,
    ...(source.hostPath && { hostPath: { ...source.hostPath, type: source.hostPath.type ?? '' } }),
    ...(source.secret && { secret: { ...source.secret, defaultMode: source.secret.defaultMode ?? FILE_MODE } }),
    ...(source.configMap && {
      configMap: { ...source.configMap, defaultMode: source.configMap.defaultMode ?? FILE_MODE },
    }),
    ...(source.downwardAPI && {
      downwardAPI: {
        ...source.downwardAPI,
        ...(source.downwardAPI.items && { items: source.downwardAPI.items.map(defaultDownwardFile) }),
        defaultMode: source.downwardAPI.defaultMode ?? FILE_MODE,
      },
    }),
    ...(source.projected && { projected: defaultProjected(source.projected) }),
    ...(source.ephemeral && { ephemeral: defaultEphemeral(source.ephemeral) }),
    ...defaultOpaqueSources(source),
  }
}

/** The sources podwright does not look into have constant defaults; an empty text counts as unset. */
const OPAQUE_DEFAULTS: Readonly<Record<string, OpaqueSource>> = {
  iscsi: { iscsiInterface: 'default' },
  rbd: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  azureDisk: { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' },
  scaleIO: { storageMode: 'ThinProvisioned', fsType: 'xfs' },
}

function defaultOpaqueSources(source: Readonly<Record<string, unknown>>): Partial<Record<string, OpaqueSource>> {
  const defaulted: Record<string, OpaqueSource> = {}
  for (const name in OPAQUE_DEFAULTS) {
    const given = source[name] as OpaqueSource | undefined
    if (given !== undefined) defaulted[name] = { ...OPAQUE_DEFAULTS[name], ...given }
  }
  return defaulted
}

function defaultDownwardFile(file: DownwardAPIVolumeFile): DownwardAPIVolumeFile {
  if (file.fieldRef === undefined || file.fieldRef.apiVersion !== undefined) return file
  return { ...file, fieldRef: { apiVersion: 'v1', ...file.fieldRef } }
}

const defaultProjected = (projected: ProjectedVolumeSource): ProjectedVolumeSource => ({
  ...projected,
  ...(projected.sources && { sources: projected.sources.map(defaultProjection) }),
  defaultMode: projected.defaultMode ?? FILE_MODE,
})

const defaultProjection = (projection: VolumeProjection): VolumeProjection => ({
  ...projection,
  ...(projection.downwardAPI?.items && {
    downwardAPI: { items: projection.downwardAPI.items.map(defaultDownwardFile) },
  }),
  ...(projection.serviceAccountToken && {
    serviceAccountToken: {
      ...projection.serviceAccountToken,
      expirationSeconds: projection.serviceAccountToken.expirationSeconds ?? 3600,
    },
  }),
})

function defaultEphemeral(ephemeral: NonNullable<Volume['ephemeral']>): NonNullable<Volume['ephemeral']> {
  const template = ephemeral.volumeClaimTemplate
  if (template === undefined) return ephemeral
  const spec = { ...template.spec, volumeMode: template.spec.volumeMode ?? ('Filesystem' as const) }
  return { volumeClaimTemplate: { ...template, spec } }
}
