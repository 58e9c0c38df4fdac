import type { Pod } from '../model/index.js'
import {
  applyToContainer,
  type ContainerRecord,
  createContainerRecord,
  type InstanceRecord,
} from './container-state.js'
import { unpackStatusAndReason } from './packed-columns.js'
import { ROW } from './row-kind.js'
import type { Row } from './row-store.js'
import type { SymbolTable } from './symbol-table.js'
import type { TraceObject } from './trace.js'

/** A condition as the rows so far leave it. */
export interface ConditionRecord {
  readonly type: number
  /** The row that says the present status, reason and message. */
  row: Row
  /** Whole seconds of the API's clock; moves with the status only. */
  transitionSeconds: number
  /** Generation of the pod at that row. */
  generation: number
  /** Number of the first row of this type since the condition is there: the place in the order of arrival. */
  readonly since: number
}

/** A pod of the store as the rows so far leave it. */
export interface PodRecord {
  readonly object: TraceObject
  /** How many pods of this path there were before. */
  readonly incarnation: number
  readonly creationSeconds: number
  manifest: number
  /** 0 where pods have no generation. */
  generation: number
  /** 0: no kubelet has written a status yet, or pods have no generation. */
  observedGeneration: number
  /** Symbol; 0: not bound by a row. */
  node: number
  phase: Row | undefined
  startSeconds: number | undefined
  podIP: number
  qosClass: number
  nominatedNode: number
  /** The row of the latest deletion request. */
  deletion: Row | undefined
  conditions: Map<number, ConditionRecord>
  /** By symbol of the container. */
  containers: Map<number, ContainerRecord>
  /** Number of the last row that changed the object; its resourceVersion is one more. */
  lastRow: number
  /** Number of the last row that the kubelet's status manager must have written; −1: none yet. */
  lastKubeletRow: number
}

/** A pod with what the runtime knows of its containers: everything its API object is made from. */
export interface PodParts {
  readonly record: PodRecord
  readonly manifest: Pod
  /** By symbol of the container, then by instance. */
  readonly instances: ReadonlyMap<number, readonly (InstanceRecord | undefined)[]>
  readonly symbols: SymbolTable
}

export const createPodRecord = (
  object: TraceObject,
  row: Row,
  creationSeconds: number,
  incarnation: number,
  generation: number,
): PodRecord => ({
  object,
  incarnation,
  creationSeconds,
  manifest: row.a,
  generation,
  observedGeneration: 0,
  node: row.b,
  phase: undefined,
  startSeconds: undefined,
  podIP: 0,
  qosClass: 0,
  nominatedNode: 0,
  deletion: undefined,
  conditions: new Map(),
  containers: new Map(),
  lastRow: row.number,
  lastKubeletRow: -1,
})

/** Applies a row of the API's clock that concerns the pod itself. `seconds` is the row's time on the API's clock. */
export function applyToPod(record: PodRecord, row: Row, seconds: number, symbols: SymbolTable): void {
  record.lastRow = row.number
  switch (row.kind) {
    case ROW.bound:
      record.node = row.a
      break
    case ROW.specChanged:
      record.manifest = row.a
      break
    case ROW.deletionRequested:
      if (record.generation > 0 && record.deletion === undefined) record.generation++
      record.deletion = row
      break
    case ROW.observedGeneration:
      record.observedGeneration = row.a
      record.lastKubeletRow = row.number
      break
    case ROW.phase:
      record.phase = row
      break
    case ROW.condition:
      applyCondition(record, row, seconds)
      if (isKubeletCondition(symbols.text(row.a))) record.lastKubeletRow = row.number
      break
    case ROW.conditionRemoved:
      record.conditions.delete(row.a)
      break
    case ROW.startTime:
      record.startSeconds = row.a
      record.lastKubeletRow = row.number
      break
    case ROW.podIP:
      record.podIP = row.a
      record.lastKubeletRow = row.number
      break
    case ROW.qosClass:
      record.qosClass = row.a
      break
    case ROW.nominatedNode:
      record.nominatedNode = row.a
      break
    case ROW.statusReplaced:
      record.conditions = new Map()
      record.containers = new Map()
      record.lastKubeletRow = row.number
      break
  }
}

/** Applies a row of the API's clock that concerns a container of the pod. */
export function applyToPodContainer(record: PodRecord, container: TraceObject, row: Row): void {
  record.lastRow = row.number
  record.lastKubeletRow = row.number
  let status = record.containers.get(container.symbol)
  if (status === undefined) {
    status = createContainerRecord(container)
    record.containers.set(container.symbol, status)
  }
  applyToContainer(status, row)
}

function applyCondition(record: PodRecord, row: Row, seconds: number): void {
  const known = record.conditions.get(row.a)
  const { generation } = record
  if (known === undefined) {
    record.conditions.set(row.a, { type: row.a, row, transitionSeconds: seconds, generation, since: row.number })
    return
  }
  known.generation = generation
  if (unpackStatusAndReason(known.row.b).status !== unpackStatusAndReason(row.b).status)
    known.transitionSeconds = seconds
  known.row = row
}

/**
 * The conditions in the order in which the API lists them.
 *
 * A status of the kubelet has the conditions of others first, then its own in a fixed order, and its patch sets the order of
 * the whole list. What somebody else adds afterwards stands at the end until the kubelet's next patch.
 */
export function orderedConditions(record: PodRecord, symbols: SymbolTable): readonly ConditionRecord[] {
  const all = [...record.conditions.values()].sort((a, b) => a.since - b.since)
  if (record.lastKubeletRow < 0) return all
  const place = ({ type, since }: ConditionRecord): number => {
    const own = KUBELET_ORDER.indexOf(symbols.text(type))
    if (own >= 0) return own
    return since < record.lastKubeletRow ? -1 : KUBELET_ORDER.length
  }
  return all.sort((a, b) => place(a) - place(b) || a.since - b.since)
}

// kubelet: pkg/kubelet/kubelet_pods.go generateAPIPodStatus, v1.32.
const KUBELET_ORDER: readonly string[] = [
  'DisruptionTarget',
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
]

/** Whether Kubernetes itself sets conditions of a type, and says of which generation they are. */
export const isOwnCondition = (type: string): boolean => KUBELET_ORDER.includes(type)

/** PodScheduled and DisruptionTarget are written by others as well, so they prove nothing about the kubelet. */
const isKubeletCondition = (type: string): boolean => {
  const place = KUBELET_ORDER.indexOf(type)
  return place > 0 && place < KUBELET_ORDER.length - 1
}
