import type { Milliseconds } from '../../time/index.js'
import { type Bound, isLevel, type Level, type Occurrence } from '../clause.js'
import type { Verdict } from '../verdict.js'
import {
  type Happening,
  happenings,
  type Instant,
  instantsWhere,
  notCome,
  offence,
  type Part,
  stretches,
} from './part.js'

const HOLDS: Verdict = { kind: 'holds' }

/** What becomes of the obligation that a row sets off, or that counts from a row on, and another one, `trigger`, set off. */
export function obligation(
  part: Part,
  from: Happening,
  what: Level | Occurrence,
  bound: Bound | undefined,
  trigger = from.row,
): Verdict {
  const come = comings(part, from, what)
  switch (bound?.kind) {
    case undefined:
      return come.length > 0 ? HOLDS : notCome(part, trigger)
    case 'immediately':
      return due(part, from, what, from.time, from.time, trigger)
    case 'within':
      return due(part, from, what, from.time, from.time + bound.ms, trigger)
    case 'at': {
      const { ms, toleranceMs = 0 } = bound
      return due(part, from, what, from.time + ms - toleranceMs, from.time + ms + toleranceMs, trigger)
    }
    case 'noSoonerThan': {
      const tooSoon = come.find(({ time }) => time < from.time + bound.ms)
      if (tooSoon !== undefined) return offence(part, tooSoon, trigger)
      return keptUntil(part, trigger, from.time + bound.ms - 1)
    }
    case 'after': {
      const [first] = come
      if (first === undefined) return notCome(part, trigger)
      return first.time > from.time + bound.ms ? HOLDS : offence(part, first, trigger)
    }
    case 'for': {
      if (!isLevel(what)) throw new RangeError('for is said of levels')
      const until = from.time + bound.ms
      const lapse = instantsWhere(part, what, false).find(({ time }) => time >= from.time && time <= until)
      return lapse === undefined ? keptUntil(part, trigger, until) : offence(part, lapse, trigger)
    }
  }
}

/** The rows from a row on at which it happens; the instants from its instant on at which it is so. */
const comings = (part: Part, from: Happening, what: Level | Occurrence): readonly Instant[] =>
  isLevel(what)
    ? instantsWhere(part, what, true).filter(({ time }) => time >= from.time)
    : happenings(part, what).filter(({ row }) => row >= from.row)

function due(
  part: Part,
  from: Happening,
  what: Level | Occurrence,
  earliest: Milliseconds,
  latest: Milliseconds,
  trigger: number,
): Verdict {
  const isMet = isLevel(what)
    ? stretches(part, what).some(
        ({ time, until, isTrue }) => isTrue && time <= latest && until > Math.max(from.time, earliest),
      )
    : comings(part, from, what).some(({ time }) => time >= earliest && time <= latest)
  if (isMet) return HOLDS
  const { until, ending } = part
  if (latest > until && ending === 'horizon') return { kind: 'open', decidedBy: latest, trigger }
  const time = latest > until && ending === 'scopeEnd' ? until : latest
  return { kind: 'violated', time, row: trigger, trigger }
}

/** What must not be until a time has not been: the end of a scope, and quiescence, keep it for good. */
const keptUntil = ({ until, ending }: Part, trigger: number, decidedBy: Milliseconds): Verdict =>
  ending === 'horizon' && decidedBy > until ? { kind: 'open', decidedBy, trigger } : HOLDS
