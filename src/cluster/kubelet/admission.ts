import type { SymbolTable } from '../../trace/index.js'
import { type NodeRecord, type PodStatus, type PodVersion, WORD } from '../contract/index.js'
import {
  firstUntoleratedTaint,
  hasPortConflict,
  matchesNodeAffinity,
  type NodeUse,
  shortages,
} from '../predicates/index.js'
import { MESSAGE } from './messages.js'

/** Why a kubelet refuses a pod: symbols of the reason and of the raw message. */
export interface Admission {
  readonly reason: number
  readonly message: number
}

/**
 * Whether this node takes a pod, beside what those active on it use; null: it does.
 *
 * kubelet: pkg/kubelet/lifecycle/predicate.go predicateAdmitHandler.Admit, v1.32.
 */
export function admitPod(symbols: SymbolTable, node: NodeRecord, pod: PodVersion, use: NodeUse): Admission | null {
  const { spec } = pod
  const object = spec.object.spec
  const [shortage] = shortages(spec.requests, node, use)
  if (shortage !== undefined) {
    const { resource, requested, used, capacity } = shortage
    return {
      reason: symbols.intern(`OutOf${resource}`),
      message: symbols.intern(
        `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
      ),
    }
  }
  if (!matchesNodeAffinity(object, node.object)) {
    return refuse(symbols, WORD.NodeAffinity, 'NodeAffinity', "node(s) didn't match Pod's node affinity/selector")
  }
  if (object.nodeName !== undefined && object.nodeName !== '' && object.nodeName !== node.name) {
    return refuse(symbols, WORD.NodeName, 'NodeName', "node(s) didn't match the requested node name")
  }
  if (hasPortConflict(spec.hostPorts, use.hostPorts)) {
    return refuse(symbols, WORD.NodePorts, 'NodePorts', "node(s) didn't have free ports for the requested pod ports")
  }
  if (firstUntoleratedTaint(node.object.spec.taints, object.tolerations, ['NoExecute']) !== undefined) {
    return refuse(symbols, WORD.TaintToleration, 'TaintToleration', "node(s) had taints that the pod didn't tolerate")
  }
  return null
}

const refuse = (symbols: SymbolTable, reason: number, predicate: string, text: string): Admission => ({
  reason,
  message: symbols.intern(`Predicate ${predicate} failed: ${text}`),
})

/** What a node that shuts down answers to every pod. */
export const shutdownRefusal = (symbols: SymbolTable): Admission => ({
  reason: WORD.NodeShutdown,
  message: symbols.intern('Pod was rejected as the node is shutting down.'),
})

/** The status of a pod that was refused: nothing but that. */
export const rejectedStatus = (symbols: SymbolTable, status: PodStatus, { reason, message }: Admission): PodStatus => ({
  ...status,
  phase: WORD.Failed,
  reason,
  message: symbols.message(MESSAGE.rejected, message),
  conditions: [],
  containers: [],
  initContainers: [],
  ephemeralContainers: [],
})
