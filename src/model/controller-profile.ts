import type { Profile } from './profile.js'

/** The releases of the controller manager that differ from that of the rest: the recordings' one. */
export type ControllersVersion = '1.26'

/** What differs between releases of the controller manager, as data (control-plane.md §0b). */
export interface ControllerProfile {
  /** How long a node may be silent before it counts as Unknown; absent: as the rest of the cluster has it (N-2). */
  readonly nodeMonitorGraceMs?: number | undefined
}

const V1_26: ControllerProfile = { nodeMonitorGraceMs: 40_000 }
const CURRENT: ControllerProfile = {}

/** Finds the profile of the controllers; absent: as the rest of the cluster. */
export const controllerProfileOf = (version: ControllersVersion | undefined): ControllerProfile =>
  version === '1.26' ? V1_26 : CURRENT

/** How long a node may be silent before the node lifecycle controller calls it Unknown. */
export const nodeMonitorGraceOf = (profile: Profile, controllers: ControllersVersion | undefined): number =>
  controllerProfileOf(controllers).nodeMonitorGraceMs ?? profile.nodeMonitorGraceMs
