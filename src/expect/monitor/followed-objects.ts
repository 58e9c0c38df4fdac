import type { Node } from '../../model/index.js'
import { CONDITION_STATUS, ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { ObjectClause } from '../object-clause.js'
import { countReader } from './object-counts.js'
import { nodeCalled } from './object-levels.js'
import type { RunObjects } from './run-objects.js'
import { OccurrenceSignal, type Source, type Subscription } from './signal.js'
import { ofObject } from './subscriptions.js'

type ClauseOf<Kind extends ObjectClause['kind']> = Extract<ObjectClause, { kind: Kind }>

/** The status of an object's condition: values are one more than the row's numbers, 0 where there is no such condition. */
export function objectConditionOf(
  { object, type }: Omit<ClauseOf<'objectConditions'>, 'statuses' | 'kind'>,
  symbols: SymbolTable,
  objects: RunObjects,
): Source<OccurrenceSignal> {
  const wanted = symbols.intern(type)
  const isNode = object.startsWith('Node/')
  const kind = isNode ? ROW.nodeCondition : ROW.condition
  const valueIn = (node: Node | undefined): number => {
    const condition = node?.status?.conditions?.find(each => each.type === type)
    return condition === undefined ? 0 : CONDITION_STATUS.indexOf(condition.status) + 1
  }
  const rows = ofObject(object, ROW.created, ROW.removed, kind, ROW.conditionRemoved)
  return new FollowedObject(rows, valueIn(nodeCalled(object, objects)), (rowKind, a, b) => {
    if (rowKind === ROW.created) return isNode ? valueIn(objects.manifest(a)?.object as Node | undefined) : 0
    if (rowKind === ROW.removed) return 0
    if (a !== wanted) return undefined
    return rowKind === kind ? (b & 3) + 1 : 0
  })
}

/** A number of an object: values are one more than the number, 0 where there is no such object. */
export function objectCountOf(
  clause: Omit<ClauseOf<'objectCounts'>, 'counts' | 'kind'>,
  symbols: SymbolTable,
  objects: RunObjects,
): Source<OccurrenceSignal> {
  const { rows, read } = countReader(clause, symbols, objects)
  return new FollowedObject(rows, 0, (kind, a, b) => {
    if (kind === ROW.removed) return 0
    const count = read(kind, a, b)
    return count === undefined ? undefined : count + 1
  })
}

class FollowedObject implements Source<OccurrenceSignal> {
  readonly signal: OccurrenceSignal
  readonly subscriptions: readonly Subscription[]
  readonly #read: (kind: RowKind, a: number, b: number) => number | undefined

  constructor(
    rows: Subscription,
    valueAtFirst: number,
    /** The value that a row gives; undefined: it says nothing of it. */
    read: (kind: RowKind, a: number, b: number) => number | undefined,
  ) {
    this.signal = new OccurrenceSignal(valueAtFirst)
    this.subscriptions = [rows]
    this.#read = read
  }

  take(row: number, kind: RowKind, a: number, b: number): boolean {
    const value = this.#read(kind, a, b)
    if (value === undefined) return false
    this.signal.value = value
    this.signal.lastRow = row
    return true
  }
}
