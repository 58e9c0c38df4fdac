import { STORAGE_ANNOTATION } from '../../predicates/index.js'
import type { VolumeVersion } from './storage-controller.js'

/**
 * Why a volume that its claim left cannot be deleted though its policy asks for it; undefined: it stays, or whoever made it
 * deletes it.
 *
 * controllers: pkg/controller/volume/persistentvolume/pv_controller.go reclaimVolume, findDeletablePlugin, v1.32.
 */
export function reclaim({ name, object: { metadata, spec } }: VolumeVersion): string | undefined {
  const isProvisioned = metadata.annotations?.[STORAGE_ANNOTATION.provisionedBy] !== undefined
  if (spec.persistentVolumeReclaimPolicy !== 'Delete' || isProvisioned) return undefined
  return `error getting deleter volume plugin for volume "${name}": no deletable volume plugin matched`
}
