import { CONDITION_STATUS, EVENT_SOURCES } from './row-kind.js'

/** Packs a condition's status (`CONDITION_STATUS`) and the symbol of its reason into the column `statusAndReason`. */
export const packStatusAndReason = (status: number, reason: number): number => (reason << 2) | status

/** Takes the column `statusAndReason` apart. */
export const unpackStatusAndReason = (
  packed: number,
): { readonly status: (typeof CONDITION_STATUS)[number]; readonly reason: number } => ({
  status: CONDITION_STATUS[packed & 3],
  reason: packed >> 2,
})

/** Packs a container's instance (−1: none is known) and exit code into the column `instanceAndExit`. */
export const packInstanceAndExit = (instance: number, exitCode: number): number =>
  ((instance + 1) << 8) | (exitCode & 0xff)

/** Takes the column `instanceAndExit` apart. */
export const unpackInstanceAndExit = (packed: number): { readonly instance: number; readonly exitCode: number } => ({
  instance: (packed >> 8) - 1,
  exitCode: packed & 0xff,
})

/** Packs an Event's type, source (index into `EVENT_SOURCES`) and count into the column `typeAndCount`. */
export const packTypeAndCount = (isWarning: boolean, source: number, count: number): number =>
  ((source >> 3) << 24) | (Math.min(count, MOST_COUNT) << 4) | ((source & 7) << 1) | (isWarning ? 1 : 0)

const MOST_COUNT = 0xfffff

/** Takes the column `typeAndCount` apart. */
export const unpackTypeAndCount = (
  packed: number,
): {
  readonly type: 'Normal' | 'Warning'
  readonly source: (typeof EVENT_SOURCES)[number]
  readonly count: number
} => ({
  type: (packed & 1) === 1 ? 'Warning' : 'Normal',
  source: EVENT_SOURCES[((packed >> 1) & 7) | ((packed >> 24) << 3)] ?? EVENT_SOURCES[0],
  count: (packed >> 4) & MOST_COUNT,
})

/** Packs a probe's type (`PROBE_TYPES`) and handler (`PROBE_HANDLERS`) into the column `typeAndHandler`. */
export const packTypeAndHandler = (type: number, handler: number): number => (handler << 2) | type

/** Takes the column `typeAndHandler` apart into the two indexes. */
export const unpackTypeAndHandler = (packed: number): { readonly type: number; readonly handler: number } => ({
  type: packed & 3,
  handler: packed >> 2,
})

/** Packs a probe's answer (`PROBE_RESULTS`) and the duration of its call into the column `resultAndDuration`. */
export const packResultAndDuration = (result: number, durationMs: number): number => (durationMs << 2) | result

/** Takes the column `resultAndDuration` apart into the index of the answer and the milliseconds of the call. */
export const unpackResultAndDuration = (packed: number): { readonly result: number; readonly durationMs: number } => ({
  result: packed & 3,
  durationMs: packed >> 2,
})
