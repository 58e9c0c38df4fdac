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
  /**
   * How a StatefulSet deals with a pod that ended: one that failed is deleted and made again in the same pass, which the old
   * one's name prevents until it is gone; or either is deleted once, and made again after it is gone (SS-3).
   */
  readonly recreatesFailedPods: 'at once' | 'when gone'
  /** Whether the status of a StatefulSet counts what the sync did itself, not only what its informer has shown. */
  readonly countsOwnDeeds: boolean
  /** Whether a StatefulSet's update is complete by its spec.replicas, not by the pods that there happen to be (SS-8). */
  readonly completesBySpec: boolean
  /** Whether a DaemonSet's node is free as soon as its pod has ended and is being deleted, not only when it is gone. */
  readonly freesNodeAtEnd: boolean
  /** Whether an old pod of a DaemonSet that is unavailable counts against maxUnavailable (DS-5). */
  readonly countsOldUnavailable: boolean
  /**
   * How Jobs go on after a failed pod: by the back-off of the work queue, at once and then ever later, or by a record of the
   * Job's failures, after which nothing is created for a while (J-8).
   */
  readonly jobBackOff: 'queue' | 'record'
  /** Whether a Job says what it will end as, and ends only once no pod of it terminates any more (J-5). */
  readonly delaysJobEnd: boolean
}

const V1_26: ControllerProfile = {
  nodeMonitorGraceMs: 40_000,
  tellsNewSizeFirst: true,
  sharesSpamBucket: true,
  jobBackOff: 'queue',
  delaysJobEnd: false,
  recreatesFailedPods: 'at once',
  countsOwnDeeds: true,
  completesBySpec: false,
  freesNodeAtEnd: false,
  countsOldUnavailable: false,
}
const CURRENT: ControllerProfile = {
  tellsNewSizeFirst: false,
  sharesSpamBucket: false,
  jobBackOff: 'record',
  delaysJobEnd: true,
  recreatesFailedPods: 'when gone',
  countsOwnDeeds: false,
  completesBySpec: true,
  freesNodeAtEnd: true,
  countsOldUnavailable: true,
}

/** Finds the profile of the controllers; absent: as the rest of the cluster. */
export const controllerProfileOf = (version: ControllersVersion | undefined): ControllerProfile =>
  version === '1.26' ? V1_26 : CURRENT

/** How long a node may be silent before the node lifecycle controller calls it Unknown. */
export const nodeMonitorGraceOf = (profile: Profile, controllers: ControllersVersion | undefined): number =>
  controllerProfileOf(controllers).nodeMonitorGraceMs ?? profile.nodeMonitorGraceMs
