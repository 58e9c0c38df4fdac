import { startOf } from './importance.js'
import type { Candidate } from './select-victims.js'

/** Makes every priority positive, so that more victims never sum up to less. */
const PRIORITY_OFFSET = 0x8000_0000

/** What a candidate costs, by criteria of which an earlier one outweighs all later ones (P-4). */
const CRITERIA: readonly ((candidate: Candidate, nowSeconds: number) => number)[] = [
  ({ violations }) => violations,
  ({ victims }) => victims[0].info.priority,
  ({ victims }) => victims.reduce((sum, { info }) => sum + info.priority + PRIORITY_OFFSET, 0),
  ({ victims }) => victims.length,
  (candidate, nowSeconds) => -earliestStart(candidate, nowSeconds),
]

/** When the first of the most important victims started. */
function earliestStart({ victims }: Candidate, nowSeconds: number): number {
  const highest = Math.max(...victims.map(({ info }) => info.priority))
  const starts = victims.filter(({ info }) => info.priority === highest).map(victim => startOf(victim, nowSeconds))
  return Math.min(...starts)
}

/**
 * The candidates that cost least; upstream takes any of them.
 *
 * scheduler: framework/preemption/preemption.go pickOneNodeForPreemption, v1.32 (P-4).
 */
export function bestCandidates(candidates: readonly Candidate[], nowSeconds: number): readonly Candidate[] {
  let best = candidates
  for (const costOf of CRITERIA) {
    if (best.length <= 1) return best
    const costs = best.map(candidate => costOf(candidate, nowSeconds))
    const least = costs.reduce((a, b) => Math.min(a, b))
    best = best.filter((_, i) => costs[i] === least)
  }
  return best
}
