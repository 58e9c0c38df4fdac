import { ClusterState, ROW, type Trace } from '../trace/index.js'
import type { ObservedNode, Recording } from './recording.js'

/** The changes of the nodes that a recording watched, as the recorder would have seen them. */
export function observeNodes(trace: Trace, { runs }: Recording): Record<string, ObservedNode[]> | undefined {
  const watched = runs[0]?.nodes
  if (watched === undefined) return undefined
  const symbols = new Map(
    [...trace.objects.values()]
      .filter(({ kind, name }) => kind === 'Node' && name in watched)
      .map(({ symbol, name }) => [symbol, name]),
  )
  const state = new ClusterState(trace)
  const found: Record<string, ObservedNode[]> = {}
  for (const [symbol, name] of symbols) found[name] = [entryOf(state, symbol, 0)]
  const { rows } = trace
  for (let row = 0; row < rows.length; row++) {
    const kind = rows.kindOf(row)
    const name = symbols.get(rows.objectOf(row))
    if (name === undefined || (kind !== ROW.nodeCondition && kind !== ROW.nodeChanged)) continue
    // The conditions of one write stand together.
    if (kind === ROW.nodeCondition && isSameWrite(trace, row)) continue
    state.advancePast(row)
    const entry = entryOf(state, rows.objectOf(row), rows.timeOf(row) / 1000)
    if (JSON.stringify({ ...entry, t: 0 }) !== JSON.stringify({ ...found[name].at(-1), t: 0 })) found[name].push(entry)
  }
  return found
}

/** Whether the next row is of the same write. */
const isSameWrite = ({ rows }: Trace, row: number): boolean =>
  row + 1 < rows.length &&
  rows.kindOf(row + 1) === ROW.nodeCondition &&
  rows.objectOf(row + 1) === rows.objectOf(row) &&
  rows.timeOf(row + 1) === rows.timeOf(row)

function entryOf(state: ClusterState, symbol: number, t: number): ObservedNode {
  const { spec, status } = state.node(symbol) ?? { spec: {}, status: {} }
  const conditions = (status.conditions ?? []).map(({ type, status: truth, reason, message }) => ({
    type,
    status: truth,
    reason,
    message,
  }))
  const taints = (spec.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`)
  return {
    t,
    conditions: conditions.sort((a, b) => (a.type < b.type ? -1 : 1)),
    taints,
    unschedulable: spec.unschedulable === true,
  }
}
