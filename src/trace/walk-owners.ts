import type { KubernetesObject } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ClusterState } from './cluster-state.js'
import { isOwnerObject } from './owner-state.js'
import { ROW, ROW_KINDS } from './row-kind.js'
import type { Trace } from './trace.js'

/** What became of a workload object at one instant: all its rows of this instant together. */
export interface OwnerChange {
  readonly time: Milliseconds
  /** Symbol of the object. */
  readonly owner: number
  readonly isRemoved: boolean
  /** The object after the change; of one that was removed as it was before it went. */
  readonly object: KubernetesObject
}

/** Walks through the changes of Deployments, ReplicaSets and the like in one pass over the rows. */
export function* walkOwners(trace: Trace): Generator<OwnerChange, void, undefined> {
  const { rows, objects } = trace
  const state = new ClusterState(trace)
  const touched = new Set<number>()
  for (let row = 0; row < rows.length; row++) {
    const symbol = rows.objectOf(row)
    const object = objects.get(symbol)
    const kind = rows.kindOf(row)
    const isChange = object !== undefined && isOwnerObject(object) && ROW_KINDS[kind].clock === 'api'
    if (isChange && kind !== ROW.event && kind !== ROW.refused) {
      if (kind === ROW.removed) {
        state.advancePast(row - 1)
        const last = state.owner(symbol)
        touched.delete(symbol)
        if (last !== undefined) yield { time: rows.timeOf(row), owner: symbol, isRemoved: true, object: last }
      } else touched.add(symbol)
    }
    const isLastOfInstant = row + 1 === rows.length || rows.timeOf(row + 1) !== rows.timeOf(row)
    if (touched.size === 0 || !isLastOfInstant) continue
    state.advancePast(row)
    for (const owner of touched) {
      const built = state.owner(owner)
      if (built !== undefined) yield { time: rows.timeOf(row), owner, isRemoved: false, object: built }
    }
    touched.clear()
  }
}
