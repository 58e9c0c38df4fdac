import type { Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ClusterState } from './cluster-state.js'
import { ROW, ROW_KINDS, type RowKind } from './row-kind.js'
import type { Trace } from './trace.js'

/** One change of a pod in the store, as a watch tells it: all rows of one write together. */
export interface PodChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly time: Milliseconds
  /** Symbol of the pod. */
  readonly pod: number
  /** Numbers of the first and the last row of the write. */
  readonly firstRow: number
  readonly lastRow: number
  /** Builds the object as the write left it. Only to be called before the next change is asked for. */
  object(): Pod
}

/**
 * Walks through the changes of pods in one pass over the rows, in the order of the store.
 *
 * The rows of one write stand together, at one instant and with one cause; that is how they are told from the next write's.
 */
export function* walkPods(trace: Trace): Generator<PodChange, void, undefined> {
  const { rows, objects } = trace
  const state = new ClusterState(trace)
  let first = 0
  while (first < rows.length) {
    const pod = podOfRow(trace, first)
    if (pod === undefined) {
      first++
      continue
    }
    const last = lastRowOfWrite(trace, first, pod)
    state.advancePast(last)
    const isNew = rows.kindOf(first) === ROW.created
    const type = isNew ? 'ADDED' : rows.kindOf(last) === ROW.removed ? 'DELETED' : 'MODIFIED'
    yield {
      type,
      time: rows.timeOf(first),
      pod,
      firstRow: first,
      lastRow: last,
      object: () => {
        const object = type === 'DELETED' ? state.removedPod(pod) : state.pod(pod)
        if (object === undefined) throw new RangeError(`no pod ${objects.get(pod)?.path} after row ${last}`)
        return object
      },
    }
    first = last + 1
  }
}

/** The pod whose API object a row changes; undefined when it changes none. */
export function podOfRow({ rows, objects }: Trace, row: number): number | undefined {
  const kind = rows.kindOf(row)
  if (ROW_KINDS[kind].clock !== 'api' || NOT_OF_THE_OBJECT.has(kind)) return undefined
  const object = objects.get(rows.objectOf(row))
  if (object?.kind === 'Pod') return object.symbol
  return object?.kind === 'Container' ? object.pod : undefined
}

/** API rows about a pod that leave its object as it is. */
const NOT_OF_THE_OBJECT: ReadonlySet<RowKind> = new Set([ROW.event, ROW.refused, ROW.endpoints])

function lastRowOfWrite(trace: Trace, first: number, pod: number): number {
  const { rows } = trace
  const allowed = FOLLOWERS.get(rows.kindOf(first)) ?? STATUS_ROWS
  const seen = new Set<string>()
  let last = first
  for (let row = first; row < rows.length; row++) {
    if (row > first) {
      if (rows.timeOf(row) !== rows.timeOf(first) || podOfRow(trace, row) !== pod) break
      if (!allowed.has(rows.kindOf(row))) break
      const cause = rows.causeOf(row)
      if (cause !== rows.causeOf(first) && !(cause >= first && cause <= last)) break
    }
    const field = fieldOf(trace, row)
    if (seen.has(field)) break
    seen.add(field)
    last = row
  }
  return last
}

/** What a row sets: no write sets the same twice. */
function fieldOf({ rows }: Trace, row: number): string {
  const kind = rows.kindOf(row)
  const { object, a } = rows.at(row)
  if (kind === ROW.condition || kind === ROW.conditionRemoved) return `${object} condition ${a}`
  return `${object} ${STATES.has(kind) ? 'state' : kind}`
}

const STATES: ReadonlySet<RowKind> = new Set([ROW.containerWaiting, ROW.containerRunning, ROW.containerTerminated])

/** What the rows after the first of a write may be, where that is not any row of a status. */
const FOLLOWERS: ReadonlyMap<RowKind, ReadonlySet<RowKind>> = new Map<RowKind, ReadonlySet<RowKind>>([
  [ROW.created, new Set([ROW.phase, ROW.qosClass, ROW.condition, ROW.nominatedNode])],
  [ROW.bound, new Set([ROW.condition])],
  [ROW.specChanged, new Set([ROW.condition, ROW.conditionRemoved])],
  // A deletion without grace removes the object in the same write.
  [ROW.deletionRequested, new Set([ROW.removed])],
  [ROW.removed, new Set()],
])

const STATUS_ROWS: ReadonlySet<RowKind> = new Set([
  ROW.phase,
  ROW.condition,
  ROW.conditionRemoved,
  ROW.startTime,
  ROW.podIP,
  ROW.containerWaiting,
  ROW.containerRunning,
  ROW.containerTerminated,
  ROW.containerLastTerminated,
  ROW.containerRestarts,
  ROW.containerReady,
  ROW.containerStarted,
  ROW.qosClass,
  ROW.nominatedNode,
  ROW.observedGeneration,
])
