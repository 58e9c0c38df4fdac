/**
 * A whole number of milliseconds of virtual time: an instant since the epoch of the run, or a span.
 *
 * The epoch, t = 0, is 2025-01-01T00:00:00Z.
 */
export type Milliseconds = number

/** The wall clock's reading at t = 0: 2025-01-01T00:00:00Z, in milliseconds since 1970. */
export const EPOCH_UNIX_MS = 1_735_689_600_000

/** The longest horizon a run may have: ten years of virtual time, far below what a double holds exactly. */
export const LONGEST_SPAN_MS: Milliseconds = 10 * 365 * 24 * 3_600_000
