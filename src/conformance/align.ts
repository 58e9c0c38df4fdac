import type { Entry } from './aspects.js'

/** Seconds: the kubelet's relist period and its batches of status hide or show a state that is this short. */
export const TRANSIENT = 1.5

/** Seconds: any instant may be off by one relist. */
export const RELIST = 1

/** How two lists of changes lie on one another. */
export interface Alignment {
  /** How many entries that cannot be overlooked have no counterpart. */
  readonly cost: number
  /** Indices of entries that stand for one another. */
  readonly pairs: readonly (readonly [number, number])[]
}

const MOVE = { none: 0, pair: 1, skipFirst: 2, skipSecond: 3 } as const

/**
 * Finds the cheapest alignment of two lists of changes until an instant. Entries that lasted less than `TRANSIENT` are free to
 * miss, as is what stands in the last `tail` seconds: the end of the observation may have cut its counterpart off.
 */
export function align(first: readonly Entry[], second: readonly Entry[], until: number, tail: number): Alignment {
  const rows = first.length + 1
  const columns = second.length + 1
  const costs = new Float64Array(rows * columns)
  const moves = new Uint8Array(rows * columns)
  const firstCosts = first.map((_, i) => missingCost(first, i, until, tail))
  const secondCosts = second.map((_, i) => missingCost(second, i, until, tail))
  for (let i = 1; i < rows; i++) costs[i * columns] = costs[(i - 1) * columns] + firstCosts[i - 1]
  for (let j = 1; j < columns; j++) costs[j] = costs[j - 1] + secondCosts[j - 1]
  for (let i = 1; i < rows; i++) {
    for (let j = 1; j < columns; j++) {
      const at = i * columns + j
      const withoutFirst = costs[at - columns] + firstCosts[i - 1]
      const withoutSecond = costs[at - 1] + secondCosts[j - 1]
      costs[at] = Math.min(withoutFirst, withoutSecond)
      moves[at] = withoutFirst <= withoutSecond ? MOVE.skipFirst : MOVE.skipSecond
      if (first[i - 1].value !== second[j - 1].value) continue
      const paired = costs[at - columns - 1] - rewardOf(first[i - 1], second[j - 1])
      if (paired > costs[at]) continue
      costs[at] = paired
      moves[at] = MOVE.pair
    }
  }
  const pairs = pairsOf(moves, columns, first.length, second.length)
  const rewards = pairs.reduce((sum, [i, j]) => sum + rewardOf(first[i], second[j]), 0)
  return { cost: Math.max(0, Math.round(costs[rows * columns - 1] + rewards)), pairs }
}

function missingCost(list: readonly Entry[], i: number, until: number, tail: number): number {
  const end = i + 1 < list.length ? list[i + 1].t : until
  return end - list[i].t < TRANSIENT || list[i].t > until - tail ? 0 : 1
}

/** A pair is worth a little, the more the closer it is in time: so the states of a crash loop find their own repetition. */
const rewardOf = (a: Entry, b: Entry): number => 1e-3 - 1e-5 * Math.min(50, Math.abs(a.t - b.t))

function pairsOf(moves: Uint8Array, columns: number, rows: number, width: number): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = []
  let i = rows
  let j = width
  while (i > 0 && j > 0) {
    const move = moves[i * columns + j]
    if (move === MOVE.pair) pairs.push([--i, --j])
    else if (move === MOVE.skipFirst) i--
    else j--
  }
  return pairs.reverse()
}
