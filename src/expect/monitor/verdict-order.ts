import type { Verdict } from '../verdict.js'

const RANKS = { holds: 0, vacuous: 1, open: 2, violated: 3 } as const

/** The verdict over both of two clauses: violated before open before vacuous before holds; of two, the one decided earlier. */
export function combined(one: Verdict, other: Verdict): Verdict {
  if (one.kind === 'violated' && other.kind === 'violated') return isEarlier(other, one) ? other : one
  if (one.kind === 'open' && other.kind === 'open') return decisionOf(other) < decisionOf(one) ? other : one
  return RANKS[other.kind] > RANKS[one.kind] ? other : one
}

/** The verdict over the parts of a scope: one that holds outweighs those in which nothing happened. */
export function combinedParts(one: Verdict, other: Verdict): Verdict {
  if (one.kind === 'vacuous' && other.kind === 'holds') return other
  if (one.kind === 'holds' && other.kind === 'vacuous') return one
  return combined(one, other)
}

type VerdictOf<Kind extends Verdict['kind']> = Extract<Verdict, { kind: Kind }>

const isEarlier = (one: VerdictOf<'violated'>, other: VerdictOf<'violated'>): boolean =>
  one.time < other.time || (one.time === other.time && one.row < other.row)

const decisionOf = ({ decidedBy = Number.POSITIVE_INFINITY }: VerdictOf<'open'>): number => decidedBy
