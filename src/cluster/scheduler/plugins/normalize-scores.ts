import { MAX_NODE_SCORE } from '../plugin.js'

/**
 * Stretches scores so that the highest becomes 100; reversed, so that the lowest count is best.
 *
 * scheduler: framework/plugins/helper/normalize_score.go DefaultNormalizeScore, v1.32 (S-2, S-3).
 */
export function normalizeScores(scores: number[], isReversed: boolean): void {
  let highest = 0
  for (const score of scores) if (score > highest) highest = score
  for (let i = 0; i < scores.length; i++) {
    const score = highest === 0 ? 0 : Math.trunc((MAX_NODE_SCORE * scores[i]) / highest)
    scores[i] = isReversed ? MAX_NODE_SCORE - score : score
  }
}
