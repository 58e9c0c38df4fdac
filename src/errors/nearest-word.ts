/**
 * Finds the word a user most probably meant: the candidate with the smallest edit distance to `word`,
 * ignoring case, if no more than a third of the letters differ (at least two may). Where none is so near, it is the first of which
 * `word` is the beginning, or that is the beginning of `word`: `gracePeriod` for `gracePeriodSeconds`.
 */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
  const candidates = [...words]
  const wanted = word.slice(0, MAX_WORD).toLowerCase()
  const limit = Math.max(2, Math.floor(wanted.length / 3))
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best ?? candidates.find(candidate => hasCommonBeginning(wanted, candidate.toLowerCase()))
}

/** Shorter words begin too many others. */
const LEAST_BEGINNING = 4

const hasCommonBeginning = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= LEAST_BEGINNING && (a.startsWith(b) || b.startsWith(a))

/** Longer words are compared by their beginning only, so that hostile input costs no more than honest input. */
const MAX_WORD = 64

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours cost one. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      let cost = Math.min(previous[j] + 1, current[j - 1] + 1, substitution)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforePrevious[j - 2] + 1)
      current.push(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.length]
}
