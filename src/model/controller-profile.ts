import type { Profile } from './profile.js'

/** The releases of the controller manager that differ from that of the rest: the recordings' one. */
export type ControllersVersion = '1.26'

/** What differs between releases of the controller manager, as data (control-plane.md §0b). */
export interface ControllerProfile {
  /** How long a node may be silent before it counts as Unknown; absent: as the rest of the cluster has it (N-2). */
  readonly nodeMonitorGraceMs?: number | undefined
  /** A new ReplicaSet's first size is told `to 3` instead of `from 0 to 3`, later ones `to 3 from 1` (DP-15). */
  readonly tellsNewSizeFirst: boolean
  /** Normal and Warning events of an object share one bucket of the spam filter (C-8). */
  readonly sharesSpamBucket: boolean
}

const V1_26: ControllerProfile = { nodeMonitorGraceMs: 40_000, tellsNewSizeFirst: true, sharesSpamBucket: true }
const CURRENT: ControllerProfile = { tellsNewSizeFirst: false, sharesSpamBucket: false }

/** Finds the profile of the controllers; absent: as the rest of the cluster. */
export const controllerProfileOf = (version: ControllersVersion | undefined): ControllerProfile =>
  version === '1.26' ? V1_26 : CURRENT

/** How long a node may be silent before the node lifecycle controller calls it Unknown. */
export const nodeMonitorGraceOf = (profile: Profile, controllers: ControllersVersion | undefined): number =>
  controllerProfileOf(controllers).nodeMonitorGraceMs ?? profile.nodeMonitorGraceMs
