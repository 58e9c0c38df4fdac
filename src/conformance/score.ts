import type { Verdict } from './judge.js'

/** How many of the recordings of a class the model matches. */
export interface Tally {
  readonly matched: number
  readonly worded: number
  readonly total: number
  /** Matched by the canonical run or by a seeded one; only when there were seeds. */
  readonly matchedBySome?: number
}

/** The score over all recordings. */
export interface Score extends Tally {
  /** Percent matched of the classes that count; null: there was none of them. */
  readonly score: number | null
  /** The same with every recording counted that some seed matches. */
  readonly scoreBySome?: number | null
  readonly perClass: Readonly<Record<string, Tally>>
}

/** Classes that make the score; P, races of a fraction of a second, is only reported: real runs disagree among themselves. */
const SCORED_CLASSES: ReadonlySet<string> = new Set('ABCDEFGHIO')

/** Counts verdicts, all together and per class, classes in the order of their names. */
export function scoreOf(verdicts: readonly Verdict[]): Score {
  const classes = [...new Set(verdicts.map(verdict => verdict.class))].sort()
  const perClass = Object.fromEntries(
    classes.map(name => [name, tallyOf(verdicts.filter(each => each.class === name))]),
  )
  const scored = tallyOf(verdicts.filter(verdict => SCORED_CLASSES.has(verdict.class)))
  const { matchedBySome } = scored
  return {
    ...tallyOf(verdicts),
    score: percentOf(scored.matched, scored.total),
    ...(matchedBySome === undefined ? {} : { scoreBySome: percentOf(matchedBySome, scored.total) }),
    perClass,
  }
}

function tallyOf(verdicts: readonly Verdict[]): Tally {
  const count = (isCounted: (verdict: Verdict) => boolean): number => verdicts.filter(isCounted).length
  const hasSeeds = verdicts.some(verdict => verdict.isMatchedBySome !== undefined)
  return {
    matched: count(verdict => verdict.isMatched),
    worded: count(verdict => verdict.isWorded),
    total: verdicts.length,
    ...(hasSeeds ? { matchedBySome: count(verdict => verdict.isMatchedBySome === true) } : {}),
  }
}

const percentOf = (count: number, total: number): number | null => (total === 0 ? null : (count * 100) / total)
