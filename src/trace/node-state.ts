import { uidOf } from '../hash/index.js'
import type { Node, NodeCondition } from '../model/index.js'
import { formatTimestamp } from '../time/index.js'
import { unpackStatusAndReason } from './packed-columns.js'
import type { Row } from './row-store.js'
import type { SymbolTable } from './symbol-table.js'
import type { TraceObject } from './trace.js'

/** A node of the store as the rows so far leave it. */
export interface NodeRecord {
  readonly object: TraceObject
  manifest: Node
  readonly creationSeconds: number
  /** By type; what the rows said wins over the manifest. */
  readonly conditions: Map<string, NodeCondition>
  lastRow: number
}

export const createNodeRecord = (
  object: TraceObject,
  manifest: Node,
  creationSeconds: number,
  lastRow: number,
): NodeRecord => ({ object, manifest, creationSeconds, conditions: new Map(), lastRow })

/** Applies a `nodeCondition` row; `seconds` is its time on the API's clock. */
export function applyNodeCondition(record: NodeRecord, row: Row, seconds: number, symbols: SymbolTable): void {
  const { status, reason } = unpackStatusAndReason(row.b)
  const type = symbols.text(row.a)
  const known = record.conditions.get(type)
  const now = formatTimestamp(seconds * 1000)
  record.lastRow = row.number
  record.conditions.set(type, {
    type,
    status,
    lastHeartbeatTime: now,
    lastTransitionTime: known?.status === status ? known.lastTransitionTime : now,
    reason: symbols.text(reason),
    message: symbols.text(row.c),
  })
}

/** Builds the API object of a node. */
export function buildNode({ object, manifest, creationSeconds, conditions, lastRow }: NodeRecord): Node {
  const listed = [
    ...(manifest.status?.conditions ?? []).filter(({ type }) => !conditions.has(type)),
    ...conditions.values(),
  ]
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      uid: manifest.metadata.uid ?? uidOf(object.path),
      resourceVersion: `${lastRow + 1}`,
      creationTimestamp: manifest.metadata.creationTimestamp ?? formatTimestamp(creationSeconds * 1000),
    },
    status: { ...manifest.status, ...(listed.length === 0 ? {} : { conditions: listed }) },
  }
}
