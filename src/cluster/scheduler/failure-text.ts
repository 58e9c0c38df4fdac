import type { NodeInfo } from './node-info.js'
import type { Refusal } from './plugin.js'

/** What a failure text is made of: of each node why it refuses, and why those do that were not asked. */
export interface Refusals {
  readonly refusals: ReadonlyMap<NodeInfo, Refusal>
  readonly absent: Refusal | undefined
}

/** Where no node exists; tried again and again (MSG-5). */
export const NO_NODES_TEXT = 'no nodes available to schedule pods'

/**
 * Why no node would do: counts of reasons, sorted as strings.
 *
 * scheduler: framework/types.go FitError.Error, v1.32 (MSG-1 b).
 */
export function refusalsText(nodes: number, { refusals, absent }: Refusals): string {
  const counts = new Map<string, number>()
  const count = (reasons: readonly string[], times: number): void => {
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + times)
  }
  for (const { reasons } of refusals.values()) count(reasons, 1)
  if (absent !== undefined && nodes > refusals.size) count(absent.reasons, nodes - refusals.size)
  const entries = [...counts].map(([reason, times]) => `${times} ${reason}`).sort()
  return nodesText(nodes, entries.join(', '))
}

/** `0/3 nodes are available: …` */
export const nodesText = (nodes: number, why: string): string => `0/${nodes} nodes are available: ${why}.`

/** An Event's note ends here (MSG-3). */
const LONGEST_NOTE = 1024

/** scheduler: schedule_one.go truncateMessage. */
export const truncateNote = (text: string): string =>
  text.length <= LONGEST_NOTE ? text : `${text.slice(0, LONGEST_NOTE - 4)} ...`
