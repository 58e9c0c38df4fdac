import type { Event, KubernetesObject, Node, Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ClusterState } from './cluster-state.js'
import type { Trace } from './trace.js'

/**
 * The API object of a pod as it stood after the last row at or before `time`; undefined when it did not exist.
 *
 * Each call passes over the rows from the beginning; who asks for many instants keeps a `ClusterState`.
 */
export const podAt = (trace: Trace, podSymbol: number, time: Milliseconds): Pod | undefined =>
  stateAt(trace, time).pod(podSymbol)

/** The API object of a node as it stood after the last row at or before `time`. */
export const nodeAt = (trace: Trace, nodeSymbol: number, time: Milliseconds): Node | undefined =>
  stateAt(trace, time).node(nodeSymbol)

/** The API object of a workload (Deployment, ReplicaSet …) as it stood after the last row at or before `time`. */
export const objectAt = (trace: Trace, symbol: number, time: Milliseconds): KubernetesObject | undefined =>
  stateAt(trace, time).owner(symbol)

/** The Events of the store after the last row at or before `time`, in the order of their first occurrence. */
export const eventsAt = (trace: Trace, time: Milliseconds): readonly Event[] => stateAt(trace, time).events()

/** The store's content after the last row at or before `time`. */
export function stateAt(trace: Trace, time: Milliseconds): ClusterState {
  const state = new ClusterState(trace)
  state.advanceTo(time)
  return state
}
