import type {
  PersistentVolume,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimStatus,
  PersistentVolumeClaimTemplate,
} from '../../model/index.js'

/** What claims of any kind have: those that are objects, and those written in a StatefulSet. */
interface ClaimLike {
  readonly spec: PersistentVolumeClaimSpec
  readonly status?: PersistentVolumeClaimTemplate['status']
}

/** kubernetes: pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolumeClaim, v1.32 (API-9). */
export function defaultClaim<Claim extends ClaimLike>(claim: Claim): Claim {
  const status: PersistentVolumeClaimStatus = { phase: 'Pending', ...claim.status }
  return { ...claim, spec: { ...claim.spec, volumeMode: claim.spec.volumeMode ?? 'Filesystem' }, status }
}

/** SetDefaults_PersistentVolume. */
export const defaultPersistentVolume = (volume: PersistentVolume): PersistentVolume => ({
  ...volume,
  spec: {
    ...volume.spec,
    persistentVolumeReclaimPolicy: volume.spec.persistentVolumeReclaimPolicy ?? 'Retain',
    volumeMode: volume.spec.volumeMode ?? 'Filesystem',
  },
  status: { phase: 'Pending', ...volume.status },
})
