import type { Scope } from './clause.js'
import type { ExplainedRun, Part } from './explain-run.js'
import type { Verdict } from './verdict.js'

/** The parts of a run that a scope is about, within a part. */
export function partsOf(scope: Scope, within: Part, run: ExplainedRun): readonly Part[] {
  switch (scope.kind) {
    case 'after': {
      const [row] = run.rowsOf(scope.what, within)
      return row === undefined ? [] : [{ ...within, fromRow: row, start: run.timeOf(row) }]
    }
    case 'before': {
      const [row] = run.rowsOf(scope.what, within)
      return row === undefined ? [] : [closedAt(within, row, run)]
    }
    case 'between':
      return between(run.rowsOf(scope.from, within), run.rowsOf(scope.to, within), within, run)
    case 'while':
      return stretches(scope, within, run)
    case 'afterQuiescence': {
      const { length } = run.trace.rows
      return [{ ...within, fromRow: length, untilRow: length, start: within.end }]
    }
  }
}

/** The part that a verdict speaks of. */
export function partOf(parts: readonly Part[], verdict: Verdict): Part | undefined {
  if (verdict.kind === 'open') return parts.at(-1)
  if (verdict.kind !== 'violated') return parts[0]
  const { row, time } = verdict
  const byRow = row < 0 ? undefined : parts.find(({ fromRow, untilRow }) => row >= fromRow && row < untilRow)
  return byRow ?? parts.findLast(({ start }) => start <= time)
}

const closedAt = (part: Part, row: number, run: ExplainedRun): Part => ({
  ...part,
  untilRow: row,
  end: run.timeOf(row),
  ending: 'scopeEnd',
})

function between(from: readonly number[], to: readonly number[], within: Part, run: ExplainedRun): readonly Part[] {
  const parts: Part[] = []
  let last = -1
  for (const row of from) {
    if (row < last) continue
    const part = { ...within, fromRow: row, start: run.timeOf(row) }
    const end = to.find(each => each > row)
    if (end === undefined) return [...parts, part]
    parts.push(closedAt(part, end, run))
    last = end
  }
  return parts
}

/** Instants as a whole are in such a part or out of it. */
function stretches({ level }: Extract<Scope, { kind: 'while' }>, within: Part, run: ExplainedRun): readonly Part[] {
  const { rows } = run.trace
  const firstRowAt = (time: number, row: number): number => {
    let first = Math.max(0, row)
    while (first > 0 && rows.timeOf(first - 1) === time) first--
    return first
  }
  const all = run.stretchesOf(level)
  return all.flatMap(({ isSo, row, time }, i) => {
    const next = all[i + 1]
    if (!isSo || time > within.end || (next !== undefined && next.time <= within.start)) return []
    const part = {
      ...within,
      fromRow: Math.max(within.fromRow, firstRowAt(time, row)),
      start: Math.max(within.start, time),
    }
    return next === undefined ? [part] : [closedAt(part, firstRowAt(next.time, next.row), run)]
  })
}
