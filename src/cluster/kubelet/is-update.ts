import type { PodVersion } from '../contract/index.js'

/**
 * Whether two versions of a pod differ in spec, labels, annotations or deletion; otherwise only the status does. A change of the
 * metadata makes another compiled spec, too.
 *
 * kubelet: pkg/kubelet/config/config.go checkAndUpdatePod, v1.32.
 */
export const isUpdate = (before: PodVersion, after: PodVersion): boolean =>
  before.spec !== after.spec ||
  before.deletionSeconds !== after.deletionSeconds ||
  before.deletionGraceSeconds !== after.deletionGraceSeconds
