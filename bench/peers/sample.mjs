/** Statistics of the rounds of one measurement. */
export function summarise(samples) {
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { ms: round(median), min: round(sorted[0]), max: round(sorted.at(-1)), rounds: sorted.length }
}

/** Four digits say all that a measurement knows. */
const round = value => Number(value.toPrecision(4))
