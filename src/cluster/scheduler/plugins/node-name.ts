import { ACTION } from '../cluster-change.js'
import { type Plugin, type PodFilter, refusal, SKIP } from '../plugin.js'

const NAME = 'NodeName'
const OTHER_NODE = refusal(NAME, "node(s) didn't match the requested node name", false)

const FILTER: PodFilter = {
  plugin: NAME,
  filter: (pod, node) => (pod.spec.object.spec.nodeName === node.name ? null : OTHER_NODE),
}

const PASS = { filter: FILTER }

/**
 * A pod that names its node goes nowhere else; such pods do not reach the queue, so this only guards.
 *
 * scheduler: framework/plugins/nodename/node_name.go, v1.32 (F-2).
 */
export const nodeName: Plugin = {
  name: NAME,
  preFilter: pod => (pod.spec.object.spec.nodeName ? PASS : SKIP),
  hints: [{ resource: 'node', actions: ACTION.add }],
}
