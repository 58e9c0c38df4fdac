import type { Taint } from '../../../model/index.js'
import { toleratesTaint } from '../../predicates/index.js'
import { ACTION, type ClusterChange } from '../cluster-change.js'
import { type Plugin, type PodFilter, refusal, SKIP } from '../plugin.js'
import type { PodInfo } from '../pod-info.js'

const NAME = 'NodeUnschedulable'
const TAINT: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }
const UNSCHEDULABLE = refusal(NAME, 'node(s) were unschedulable', false)

const isTolerated = (pod: PodInfo): boolean => pod.tolerations.some(toleration => toleratesTaint(toleration, TAINT))

const FILTER: PodFilter = {
  plugin: NAME,
  filter: (pod, node) => (!node.record.isUnschedulable || isTolerated(pod) ? null : UNSCHEDULABLE),
}

const PASS = { filter: FILTER }

/**
 * Keeps pods off cordoned nodes, unless they tolerate that.
 *
 * scheduler: framework/plugins/nodeunschedulable/node_unschedulable.go, v1.32 (F-1).
 */
export const nodeUnschedulable: Plugin = {
  name: NAME,
  preFilter: (_, view) => (view.unschedulableNodes === 0 ? SKIP : PASS),
  hints: [
    {
      resource: 'node',
      actions: ACTION.add | ACTION.nodeTaint,
      isHelpful: (_pod, _index, { before, after }: ClusterChange) =>
        after !== null &&
        'isUnschedulable' in after &&
        !after.isUnschedulable &&
        (before === null || ('isUnschedulable' in before && before.isUnschedulable)),
    },
    {
      resource: 'pod',
      actions: ACTION.podTolerations,
      isHelpful: (_, index, { after }) =>
        after !== null && 'info' in after && after.index === index && isTolerated(after.info),
    },
  ],
}
