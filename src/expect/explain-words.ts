import { formatDuration, type Milliseconds } from '../time/index.js'
import type { Occurrence } from './clause.js'

/** A span in a sentence: `1 ms`, `20s`, `1m30s`. */
export const spanWords = (ms: Milliseconds): string => (ms < 1000 ? `${ms} ms` : formatDuration(ms))

/** `once`, `twice`, `5 times`. */
export const timesWords = (count: number): string =>
  count === 0 ? 'never' : count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`

/** `1st`, `2nd`, `3rd`, `11th`. */
export function ordinalWords(number: number): string {
  const tens = number % 100
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')
  return `${number}${suffix}`
}

/** So many of a longer list are told. */
const MOST_LISTED = 6

/** `1s, 3s, 5s`; of a longer list the last ones. */
export function listWords(texts: readonly string[]): string {
  const shown = texts.slice(-MOST_LISTED)
  return `${shown.length < texts.length ? '… ' : ''}${shown.join(', ')}`
}

/** What an occurrence is called when something is said to follow it: `the deletion`. */
export function nounOf(occurrence: Occurrence): string {
  switch (occurrence.kind) {
    case 'when':
      return nounOf(occurrence.occurrence)
    case 'signalled':
      return `the ${occurrence.signal}`
    case 'stepDone':
      return `step ${occurrence.step}`
    case 'event':
    case 'objectEvent':
      return `the event ${occurrence.reason}`
    default:
      return NOUNS[occurrence.kind] ?? 'that'
  }
}

const NOUNS: Readonly<Partial<Record<Occurrence['kind'], string>>> = {
  started: 'the start',
  exited: 'the exit',
  probed: 'the probe',
  hookStarted: 'the hook',
  hookEnded: 'the end of the hook',
  hookFailed: 'the failure of the hook',
  pullStarted: 'the begin of the pull',
  pulled: 'the pull',
  pullFailed: 'the failed pull',
  sandboxCreated: 'the sandbox',
  sandboxDied: 'the death of the sandbox',
  created: 'the creation',
  gone: 'the removal',
  deleted: 'the deletion',
  refused: 'the refusal',
  objectCreated: 'the creation',
  objectGone: 'the removal',
  objectDeleted: 'the deletion',
  objectRefused: 'the refusal',
  stepRefused: 'the refusal',
  requestFailed: 'the lost request',
  requestAnswered: 'the answer',
}
