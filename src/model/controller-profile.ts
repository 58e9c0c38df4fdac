/** The releases of the controller manager that differ from that of the rest: the recordings' one. */
export type ControllersVersion = '1.26'

/** What differs between releases of the controller manager, as data (control-plane.md §0b). */
export interface ControllerProfile {
  /** A new ReplicaSet's first size is told `to 3` instead of `from 0 to 3`, later ones `to 3 from 1` (DP-15). */
  readonly tellsNewSizeFirst: boolean
  /** Normal and Warning events of an object share one bucket of the spam filter (C-8). */
  readonly sharesSpamBucket: boolean
  /**
   * How Jobs go on after a failed pod: by the back-off of the work queue, at once and then ever later, or by a record of the
   * Job's failures, after which nothing is created for a while (J-8).
   */
  readonly jobBackOff: 'queue' | 'record'
  /** Whether a Job says what it will end as, and ends only once no pod of it terminates any more (J-5). */
  readonly delaysJobEnd: boolean
}

const V1_26: ControllerProfile = { tellsNewSizeFirst: true, sharesSpamBucket: true, jobBackOff: 'queue', delaysJobEnd: false }
const CURRENT: ControllerProfile = { tellsNewSizeFirst: false, sharesSpamBucket: false, jobBackOff: 'record', delaysJobEnd: true }

/** Finds the profile of the controllers; absent: as the rest of the cluster. */
export const controllerProfileOf = (version: ControllersVersion | undefined): ControllerProfile =>
  version === '1.26' ? V1_26 : CURRENT
