import { align } from './align.js'
import type { Entry } from './aspects.js'

/** One line of a comparison: what the real run and the model had there. */
export interface SideBySideLine {
  readonly expected: Entry | undefined
  readonly observed: Entry | undefined
}

/** Lays two sequences beside one another: equal entries on one line, the others where they belong in time. */
export function sideBySide(expected: readonly Entry[], observed: readonly Entry[]): readonly SideBySideLine[] {
  const { pairs } = align(expected, observed, Number.POSITIVE_INFINITY, 0)
  const lines: SideBySideLine[] = []
  let i = 0
  let j = 0
  const addUntil = (nextExpected: number, nextObserved: number): void => {
    while (i < nextExpected || j < nextObserved) {
      const isExpectedFirst = j >= nextObserved || (i < nextExpected && expected[i].t <= observed[j].t)
      if (isExpectedFirst) lines.push({ expected: expected[i++], observed: undefined })
      else lines.push({ expected: undefined, observed: observed[j++] })
    }
  }
  for (const [atExpected, atObserved] of pairs) {
    addUntil(atExpected, atObserved)
    lines.push({ expected: expected[i++], observed: observed[j++] })
  }
  addUntil(expected.length, observed.length)
  return lines
}
