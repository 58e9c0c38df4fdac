import { formatDuration } from '../../time/index.js'
import type { Bound } from '../clause.js'
import type { TextReader } from './text-reader.js'

/** How often: as a count says it. */
export interface Quantity {
  readonly is: 'exactly' | 'atLeast' | 'atMost'
  readonly count: number
}

const COMPARISON = { exactly: 'exactly', atLeast: 'at least', atMost: 'at most' } as const

/** `exactly twice`, `at most 3 times`. */
export function quantityText({ is, count }: Quantity): string {
  const often = count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
  return `${COMPARISON[is]} ${often}`
}

/** Whether `exactly`, `at least` or `at most` comes next. */
export const isAtQuantity = (reader: TextReader): boolean =>
  reader.isAt('exactly') || (reader.isAt('at') && reader.isFollowedBy('least', 'most'))

/** Reads `at most 3 times`. */
export function readQuantity(reader: TextReader): Quantity {
  let is: Quantity['is'] = 'exactly'
  if (reader.take('at', 'least')) is = 'atLeast'
  else if (reader.take('at', 'most')) is = 'atMost'
  else if (!reader.take('exactly')) reader.fail('exactly, at least or at most', ['exactly'])
  if (reader.take('once')) return { is, count: 1 }
  if (reader.take('twice')) return { is, count: 2 }
  const count = reader.number('once, twice or a number of times', 0)
  reader.oneOf(['times', 'time'])
  return { is, count }
}

/** ` ± 1s`; empty without a tolerance. */
export const toleranceText = (toleranceMs: number | undefined): string =>
  toleranceMs === undefined ? '' : ` ± ${formatDuration(toleranceMs)}`

/** Reads `± 1s`, if it stands here. */
export const readTolerance = (reader: TextReader): { toleranceMs?: number } =>
  reader.takeMark('±') ? { toleranceMs: reader.duration() } : {}

/** ` ± 1s, each up to 15s more`: how far off gaps may be; empty where they are exact. */
export const gapToleranceText = (toleranceMs: number | undefined, lateMs: number | undefined): string =>
  `${toleranceText(toleranceMs)}${lateMs === undefined ? '' : `, each up to ${formatDuration(lateMs)} more`}`

/** A bound with a blank before it; `isRelative` writes `at +30s`, which tells an instant of the run from a span. */
export function boundText(bound: Bound | undefined, isRelative: boolean): string {
  switch (bound?.kind) {
    case undefined:
      return ''
    case 'within':
      return ` within ${formatDuration(bound.ms)}`
    case 'at':
      return ` at ${isRelative ? '+' : ''}${formatDuration(bound.ms)}${toleranceText(bound.toleranceMs)}`
    case 'noSoonerThan':
      return ` no sooner than ${formatDuration(bound.ms)}`
    case 'after':
      return ` later than ${formatDuration(bound.ms)}`
    case 'for':
      return ` for ${formatDuration(bound.ms)}`
    case 'immediately':
      return ' immediately'
  }
}

/** The first words of bounds, for complaints. */
export const BOUND_WORDS = ['within', 'at', 'no sooner than', 'later than', 'for', 'immediately'] as const

/** Reads a bound, if one stands here. */
export function readBound(reader: TextReader): Bound | undefined {
  if (reader.take('immediately')) return { kind: 'immediately' }
  if (reader.take('within')) return { kind: 'within', ms: reader.duration() }
  if (reader.take('at')) return { kind: 'at', ms: reader.duration(), ...readTolerance(reader) }
  if (reader.take('no', 'sooner', 'than')) return { kind: 'noSoonerThan', ms: reader.duration() }
  if (reader.take('later', 'than') || reader.take('after')) return { kind: 'after', ms: reader.duration() }
  if (reader.take('for')) return { kind: 'for', ms: reader.duration() }
  return undefined
}
