import type { Trace } from '../trace/index.js'
import { summary } from './summary.js'
import { workloadLines } from './workload-lines.js'

/** More parts of two summaries are not compared by eye. */
const MOST_PARTS = 30

/**
 * Says in what the ends of two runs differ: workloads, drains, pods that are not well, requests. A part that only the first has begins
 * with a minus, one of the second with a plus; nothing where both end alike.
 */
export function endDifferences(
  left: Trace,
  right: Trace,
  names: { readonly left: string; readonly right: string },
): string[] {
  const [before, after] = [left, right].map(trace => partsOf([...workloadLines(trace), ...summary(trace)]))
  const gone = before.filter(part => !after.includes(part)).map(part => signed('-', part))
  const come = after.filter(part => !before.includes(part)).map(part => signed('+', part))
  const all = [...gone, ...come]
  if (all.length === 0) return []
  const more = all.length - MOST_PARTS
  const shown = more <= 0 ? all : [...all.slice(0, MOST_PARTS), `… and ${more} more`]
  return [`At their ends, ${names.left} (-) and ${names.right} (+):`, ...shown.flatMap(part => part.split('\n'))]
}

/** A line with those indented below it, which say more of the same. */
function partsOf(lines: readonly string[]): string[] {
  const parts: string[] = []
  for (const line of lines) {
    const last = parts.length - 1
    if (line.startsWith(' ') && last >= 0) parts[last] += `\n${line}`
    else parts.push(line)
  }
  return parts
}

const signed = (sign: string, part: string): string =>
  part
    .split('\n')
    .map(line => `${sign} ${line}`)
    .join('\n')
