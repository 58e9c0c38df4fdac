import type { Monitor } from './monitor.js'

/** The monitor of one clause of a set. */
export interface Root {
  readonly monitor: Monitor
  readonly readsLevels: boolean
  /** Whether it waits for the end of the instant. */
  isDirty: boolean
}
