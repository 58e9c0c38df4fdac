import type { Milliseconds } from '../time/index.js'
import { unpackInstanceAndExit, unpackStatusAndReason } from './packed-columns.js'
import { ROW } from './row-kind.js'
import type { Row } from './row-store.js'
import type { Trace } from './trace.js'

/** A field of a pod, of one of its containers, or of a node, whose changes can be asked for. */
export type ObservedField =
  | { readonly of: 'phase' | 'node' | 'nominatedNode' | 'podIP' | 'qosClass' }
  /** A condition of a pod or node. */
  | { readonly of: 'condition'; readonly type: string }
  /** Of a container: waiting, running or terminated. */
  | { readonly of: 'state' | 'restarts' | 'ready' | 'started' }

/** One change of a field: from this row on it has this value. */
export interface FieldChange {
  readonly row: number
  readonly time: Milliseconds
  /** Texts as the API writes them; undefined: the field is gone. */
  readonly value: string | undefined
  readonly reason?: string | undefined
  readonly message?: string | undefined
  /** Of a terminated container. */
  readonly exitCode?: number | undefined
  /** Of a running or terminated container: which of its instances. */
  readonly instance?: number | undefined
}

/**
 * The changes of one field of an object, in order; `objectSymbol` is the symbol of the pod, container or node.
 *
 * A row that repeats value, reason and message is no change.
 */
export function changesOf(trace: Trace, objectSymbol: number, field: ObservedField): readonly FieldChange[] {
  const { rows, objects } = trace
  const pod = objects.get(objectSymbol)?.pod
  const changes: FieldChange[] = []
  for (let number = 0; number < rows.length; number++) {
    const object = rows.objectOf(number)
    if (object !== objectSymbol && object !== pod) continue
    const row = rows.at(number)
    const change = object === objectSymbol ? changeIn(trace, row, field) : endOfContainer(row)
    const last = changes.at(-1)
    if (change === undefined || (last === undefined ? change.value === undefined : isSame(last, change))) continue
    changes.push(change)
  }
  return changes
}

function changeIn({ symbols }: Trace, row: Row, field: ObservedField): FieldChange | undefined {
  const { number, time, kind, a, b, c } = row
  const at = { row: number, time }
  if (kind === ROW.removed) return { ...at, value: undefined }
  switch (field.of) {
    case 'phase':
      if (kind !== ROW.phase) return undefined
      return { ...at, value: symbols.text(a), reason: text(symbols.text(b)), message: text(symbols.text(c)) }
    case 'condition': {
      const isCondition = kind === ROW.condition || kind === ROW.nodeCondition || kind === ROW.conditionRemoved
      if (kind === ROW.statusReplaced) return { ...at, value: undefined }
      if (!isCondition || symbols.text(a) !== field.type) return undefined
      if (kind === ROW.conditionRemoved) return { ...at, value: undefined }
      const { status, reason } = unpackStatusAndReason(b)
      return { ...at, value: status, reason: text(symbols.text(reason)), message: text(symbols.text(c)) }
    }
    case 'state':
      return stateIn(row, number => text(symbols.text(number)))
    case 'restarts':
      return kind === ROW.containerRestarts ? { ...at, value: `${a}` } : undefined
    case 'ready':
      return kind === ROW.containerReady ? { ...at, value: `${a === 1}` } : undefined
    case 'started':
      return kind === ROW.containerStarted ? { ...at, value: `${a === 1}` } : undefined
    case 'node': {
      const node = kind === ROW.bound ? a : kind === ROW.created ? b : 0
      return node === 0 ? undefined : { ...at, value: symbols.text(node).replace(/^Node\//, '') }
    }
    case 'nominatedNode':
      return kind === ROW.nominatedNode ? { ...at, value: text(symbols.text(a)) } : undefined
    case 'podIP':
      return kind === ROW.podIP ? { ...at, value: text(symbols.text(a)) } : undefined
    case 'qosClass':
      return kind === ROW.qosClass ? { ...at, value: symbols.text(a) } : undefined
  }
}

function stateIn(
  { number, time, kind, a, b, c }: Row,
  textOf: (symbol: number) => string | undefined,
): FieldChange | undefined {
  const at = { row: number, time }
  switch (kind) {
    case ROW.containerWaiting:
      return { ...at, value: 'waiting', reason: textOf(a), message: textOf(b) }
    case ROW.containerRunning:
      return { ...at, value: 'running', instance: a }
    case ROW.containerTerminated: {
      const { instance, exitCode } = unpackInstanceAndExit(a)
      return { ...at, value: 'terminated', instance, exitCode, reason: textOf(b), message: textOf(c) }
    }
    default:
      return undefined
  }
}

/** A container's status goes with its pod, and with a status that a rejection replaces. */
const endOfContainer = ({ number, time, kind }: Row): FieldChange | undefined =>
  kind === ROW.removed || kind === ROW.statusReplaced ? { row: number, time, value: undefined } : undefined

const isSame = (a: FieldChange, b: FieldChange): boolean =>
  a.value === b.value &&
  a.reason === b.reason &&
  a.message === b.message &&
  a.exitCode === b.exitCode &&
  a.instance === b.instance

const text = (value: string): string | undefined => (value === '' ? undefined : value)
