import { hasPortConflict } from '../../predicates/index.js'
import { ACTION } from '../cluster-change.js'
import { type Plugin, type PodFilter, refusal, SKIP } from '../plugin.js'

const NAME = 'NodePorts'
const TAKEN = refusal(NAME, "node(s) didn't have free ports for the requested pod ports", true)

const FILTER: PodFilter = {
  plugin: NAME,
  filter: (pod, node) => (hasPortConflict(pod.spec.hostPorts, node.use.hostPorts) ? TAKEN : null),
}

const PASS = { filter: FILTER }

/**
 * Keeps pods apart that want the same port of their host.
 *
 * scheduler: framework/plugins/nodeports/node_ports.go, v1.32 (F-5).
 */
export const nodePorts: Plugin = {
  name: NAME,
  preFilter: pod => (pod.spec.hostPorts.length === 0 ? SKIP : PASS),
  hints: [
    {
      resource: 'pod',
      actions: ACTION.delete,
      isHelpful: (pod, _, change) =>
        change.resource === 'pod' &&
        change.before !== null &&
        change.before.node >= 0 &&
        hasPortConflict(pod.spec.hostPorts, change.before.info.spec.hostPorts),
    },
    { resource: 'node', actions: ACTION.add },
  ],
}
