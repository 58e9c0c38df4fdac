/**
 * Finds the word a user most probably meant: the candidate with the smallest edit distance to `word`, ignoring case, if no more than
 * about a third of the longer one's letters differ (`nearEnough`). Where none is so near, it is the first of which `word` is the
 * beginning, or that is the beginning of `word`: `gracePeriod` for `gracePeriodSeconds`.
 */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
  const candidates = [...words]
  const wanted = word.slice(0, MAX_WORD).toLowerCase()
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const limit = nearEnough(Math.max(wanted.length, candidate.length))
    if (Math.abs(candidate.length - wanted.length) > Math.min(limit, bestDistance - 1)) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance <= limit && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best ?? candidates.find(candidate => hasCommonBeginning(wanted, candidate.toLowerCase()))
}

/** Of two to four letters one may differ, of five to seven two, and so on: what differs in more was not meant. */
const nearEnough = (letters: number): number => (letters < 2 ? 0 : Math.max(1, Math.floor((letters + 1) / 3)))

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
