import type { Node } from '../../model/index.js'
import { CONDITION_STATUS, formatTaints, ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { ObjectLevel } from '../object-clause.js'
import { CompleteLevel } from './complete-level.js'
import { countReader } from './object-counts.js'
import type { RunObjects } from './run-objects.js'
import { LevelSignal, type Source, type Subscription } from './signal.js'
import { ofNode, ofObject } from './subscriptions.js'

type LevelOf<Kind extends ObjectLevel['kind']> = Extract<ObjectLevel, { kind: Kind }>

/** Makes the source of a level about an object that is no pod. */
export function objectLevel(level: ObjectLevel, symbols: SymbolTable, objects: RunObjects): Source<LevelSignal> {
  switch (level.kind) {
    case 'objectExists': {
      const isThere = nodeCalled(level.object, objects) !== undefined
      return new FactLevel([ofObject(level.object, ROW.created, ROW.removed)], isThere, kind => kind === ROW.created)
    }
    case 'objectTerminating': {
      const rows = ofObject(level.object, ROW.created, ROW.deletionRequested, ROW.removed)
      return new FactLevel([rows], false, kind => kind === ROW.deletionRequested)
    }
    case 'objectCondition':
      return level.object.startsWith('Node/')
        ? nodeCondition(level, symbols, objects)
        : new FactLevel(
            [ofObject(level.object, ROW.created, ROW.removed, ROW.condition, ROW.conditionRemoved)],
            false,
            conditionReader(level, symbols),
          )
    case 'objectCount': {
      const { rows, read } = countReader(level, symbols, objects)
      const { is, count } = level
      return new FactLevel([rows], false, (kind, a, b) => {
        if (kind === ROW.removed) return false
        const value = read(kind, a, b)
        return value === undefined ? undefined : COMPARISONS[is](value, count)
      })
    }
    case 'complete':
      return new CompleteLevel(level, symbols, objects)
    case 'unschedulable':
      return nodeFact(level.node, objects, symbols, 'unschedulable', value => value === 'true')
    case 'tainted':
      return nodeFact(level.node, objects, symbols, 'taints', value => isTainted(value, level))
  }
}

const COMPARISONS = {
  exactly: (count: number, wanted: number) => count === wanted,
  atLeast: (count: number, wanted: number) => count >= wanted,
  atMost: (count: number, wanted: number) => count <= wanted,
  fewerThan: (count: number, wanted: number) => count < wanted,
  moreThan: (count: number, wanted: number) => count > wanted,
} as const

/** Whether a level is so after a row; undefined: the row says nothing of it. */
type Read = (kind: RowKind, a: number, b: number, c: number) => boolean | undefined

/** A level that rows decide anew, and the manifest before them. */
class FactLevel implements Source<LevelSignal> {
  readonly signal: LevelSignal
  readonly subscriptions: readonly Subscription[]
  readonly #read: Read

  constructor(subscriptions: readonly Subscription[], isSoAtFirst: boolean, read: Read) {
    this.signal = new LevelSignal(isSoAtFirst)
    this.subscriptions = subscriptions
    this.#read = read
  }

  take(_row: number, kind: RowKind, a: number, b: number, c: number): boolean {
    const { signal } = this
    const isSo = this.#read(kind, a, b, c)
    if (isSo === undefined || isSo === signal.isTrue) return false
    signal.isTrue = isSo
    return true
  }
}

/** Rows about a condition; those that begin and end the object take it away. */
function conditionReader(level: LevelOf<'objectCondition'>, symbols: SymbolTable): Read {
  const type = symbols.intern(level.type)
  const status = CONDITION_STATUS.indexOf(level.status)
  const reason = level.reason === undefined ? -1 : symbols.intern(level.reason)
  const { message } = level
  return (kind, a, b, c) => {
    if (kind === ROW.created || kind === ROW.removed) return false
    if (a !== type) return undefined
    if (kind === ROW.conditionRemoved || (b & 3) !== status || (reason >= 0 && b >> 2 !== reason)) return false
    return message === undefined || symbols.text(c).includes(message)
  }
}

/** Of a node, the manifest says which conditions it begins with. */
function nodeCondition(level: LevelOf<'objectCondition'>, symbols: SymbolTable, objects: RunObjects): FactLevel {
  const isIn = (node: Node | undefined): boolean => {
    const condition = node?.status?.conditions?.find(({ type }) => type === level.type)
    if (condition?.status !== level.status) return false
    const isReason = level.reason === undefined || condition.reason === level.reason
    return isReason && (level.message === undefined || (condition.message ?? '').includes(level.message))
  }
  const read = conditionReader(level, symbols)
  return new FactLevel(
    [ofObject(level.object, ROW.created, ROW.removed, ROW.nodeCondition)],
    isIn(nodeCalled(level.object, objects)),
    (kind, a, b, c) => (kind === ROW.created ? isIn(objects.manifest(a)?.object as Node) : read(kind, a, b, c)),
  )
}

/** What a `nodeChanged` row says of one field, and the manifest before the first; the texts are few and come again. */
function nodeFact(
  name: string,
  objects: RunObjects,
  symbols: SymbolTable,
  field: 'unschedulable' | 'taints',
  isSo: (value: string) => boolean,
): FactLevel {
  const wanted = symbols.intern(field)
  const known = new Map<number, boolean>()
  const valueIn = (node: Node | undefined): string =>
    field === 'taints' ? formatTaints(node?.spec.taints ?? []) : `${node?.spec.unschedulable === true}`
  const node = nodeCalled(`Node/${name}`, objects)
  const isSoIn = (found: Node | undefined): boolean => found !== undefined && isSo(valueIn(found))
  return new FactLevel([ofNode(name, ROW.created, ROW.removed, ROW.nodeChanged)], isSoIn(node), (kind, a, b) => {
    if (kind === ROW.removed) return false
    if (kind === ROW.created) return isSoIn(objects.manifest(a)?.object as Node | undefined)
    if (a !== wanted) return undefined
    const answer = known.get(b) ?? isSo(symbols.text(b))
    known.set(b, answer)
    return answer
  })
}

/** Whether taints as rows list them, `key=value:Effect key:Effect`, have one that is meant. */
function isTainted(taints: string, { key, value, effect }: LevelOf<'tainted'>): boolean {
  if (taints === '') return false
  return taints.split(' ').some(taint => {
    const colon = taint.lastIndexOf(':')
    const [itsKey, itsValue = ''] = taint.slice(0, colon).split('=')
    return (
      (key ?? itsKey) === itsKey &&
      (value ?? itsValue) === itsValue &&
      (effect ?? taint.slice(colon + 1)) === taint.slice(colon + 1)
    )
  })
}

/** The node of a path as it is at the beginning. */
export function nodeCalled(path: string, objects: RunObjects): Node | undefined {
  if (!path.startsWith('Node/')) return undefined
  const name = path.slice('Node/'.length)
  return objects.nodes().find(({ metadata }) => metadata.name === name) as Node | undefined
}
