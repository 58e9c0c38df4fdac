import { uidOf } from '../hash/index.js'
import type { Labels, Node, NodeCondition, Taint, TaintEffect } from '../model/index.js'
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

/** Applies a `nodeChanged` row. */
export function applyNodeChange(record: NodeRecord, row: Row, symbols: SymbolTable): void {
  record.lastRow = row.number
  record.manifest = changedNode(record.manifest, symbols.text(row.a), symbols.text(row.b))
}

/** A node after a `nodeChanged` row with this field and value. */
export function changedNode(node: Node, field: string, value: string): Node {
  switch (field) {
    case 'taints': {
      const { taints: _, ...spec } = node.spec
      return { ...node, spec: value === '' ? spec : { ...spec, taints: readTaints(value) } }
    }
    case 'unschedulable': {
      const { unschedulable: _, ...spec } = node.spec
      return { ...node, spec: value === 'true' ? { ...spec, unschedulable: true } : spec }
    }
    case 'labels':
      return { ...node, metadata: { ...node.metadata, labels: readLabels(value) } }
    default:
      return node
  }
}

/** Says taints in one line: `key=value:Effect key:Effect`. */
export const formatTaints = (taints: readonly Taint[]): string =>
  taints
    .map(({ key, value, effect }) => `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`)
    .join(' ')

/** Says labels in one line, in the order of their keys: `key=value key=`. */
export const formatLabels = (labels: Labels): string =>
  Object.keys(labels ?? {})
    .sort()
    .map(key => `${key}=${labels?.[key]}`)
    .join(' ')

const readTaints = (text: string): Taint[] =>
  text.split(' ').map(each => {
    const colon = each.lastIndexOf(':')
    const [key, value] = each.slice(0, colon).split('=')
    const effect = each.slice(colon + 1) as TaintEffect
    return value === undefined ? { key, effect } : { key, value, effect }
  })

const readLabels = (text: string): Labels =>
  Object.fromEntries(
    (text === '' ? [] : text.split(' ')).map(each => [
      each.slice(0, each.indexOf('=')),
      each.slice(each.indexOf('=') + 1),
    ]),
  )

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
