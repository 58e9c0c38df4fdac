import type { ArtificialRow } from '../artificial-trace.js'
import { deleted } from '../rows.js'
import type { LawCase } from './law-case.js'

const half = (more: object = {}) => ({
  containers: [{ name: 'app', image: 'app:1', resources: { requests: { cpu: '600m' } }, ...more }],
})
const PORT = { ports: [{ containerPort: 80, hostPort: 8080 }] }
const MADE: readonly ArtificialRow[] = [
  [0, 'created', 'pod', 1],
  [0, 'phase', 'pod', 'Pending'],
]
const BOUND: readonly ArtificialRow[] = [...MADE, [0, 'bound', 'pod', 'node-1']]
const OTHER: readonly ArtificialRow[] = [
  [1000, 'created', 'other', 2],
  [1000, 'phase', 'other', 'Pending'],
]
const OTHER_BOUND: ArtificialRow = [3000, 'bound', 'other', 'node-1']
const CORDONED: ArtificialRow = [1000, 'nodeChanged', 'Node/node-1', 'unschedulable', 'true']

/** Laws of what the scheduler and the kubelets choose. */
export const PLACEMENT_CASES: readonly LawCase[] = [
  {
    law: 'bound-where-allowed',
    when: 'a pod is bound before the node is cordoned, and one that tolerates the cordon afterwards',
    options: {
      other: { ...half(), tolerations: [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }] },
    },
    lawful: [...BOUND, CORDONED, ...OTHER, OTHER_BOUND],
    broken: [...BOUND, CORDONED, ...OTHER, OTHER_BOUND],
    brokenOptions: { other: half() },
    says: 'pod default/other is bound to node-1, which is cordoned',
  },
  {
    law: 'host-ports-are-not-shared',
    when: 'the pod that has the port is finished',
    options: { spec: half(PORT), other: half(PORT), node: { cpu: '4', memory: '1Gi' } },
    lawful: [...BOUND, [2000, 'phase', 'pod', 'Failed', 'Evicted'], ...OTHER, OTHER_BOUND].sort(
      ([a], [b]) => Number(a) - Number(b),
    ) as ArtificialRow[],
    broken: [...BOUND, ...OTHER, OTHER_BOUND],
    says: 'pod default/other is bound to node-1, where pod default/web has one of its host ports',
  },
  {
    law: 'bound-where-there-is-room',
    when: 'the pod before is gone',
    options: { spec: half(), other: half(), node: { cpu: '1', memory: '1Gi' } },
    lawful: [...BOUND, ...OTHER, [2000, 'removed', 'pod'], OTHER_BOUND],
    broken: [...BOUND, ...OTHER, OTHER_BOUND],
    says: 'pod default/other is bound to node-1, whose pods then have cpu: 1200m of 1000m',
  },
  {
    law: 'nominated-where-it-would-fit',
    when: 'the pod that has the room is of a lower priority',
    options: { spec: half(), other: { ...half(), priority: 10 } as object, node: { cpu: '1', memory: '1Gi' } },
    lawful: [...BOUND, ...OTHER, [2000, 'nominatedNode', 'other', 'node-1']],
    broken: [...BOUND, ...OTHER, [2000, 'nominatedNode', 'other', 'node-1']],
    brokenOptions: { spec: half(), other: half(), node: { cpu: '1', memory: '1Gi' } },
    says: 'pod default/other is nominated for node-1, where it has no room beside those of no lower priority',
  },
  {
    law: 'schedulable-pod-is-bound',
    when: 'the node has no room for the pod',
    options: { spec: half(), node: { cpu: '500m', memory: '1Gi' }, outcome: 'quiescent' },
    lawful: MADE,
    broken: MADE,
    brokenOptions: { spec: half(), node: { cpu: '1', memory: '1Gi' }, outcome: 'quiescent' },
    says: 'pod default/web is bound to no node at 0s although node-1 has room for it',
  },
  {
    law: 'rejected-only-for-what-is-so',
    when: 'the pods that the node has leave too little',
    options: { spec: half(), other: half(), node: { cpu: '1', memory: '1Gi' } },
    lawful: [...BOUND, ...OTHER, OTHER_BOUND, [3000, 'phase', 'other', 'Failed', 'OutOfcpu']],
    broken: [...BOUND, [2000, 'phase', 'pod', 'Failed', 'OutOfcpu']],
    says: 'pod default/web is rejected by node-1 for the reason OutOfcpu, which is not so',
  },
  {
    law: 'taken-in-only-where-allowed',
    when: 'a pod that the node does not suit is being deleted when it is taken in',
    options: { spec: { nodeName: 'node-1', nodeSelector: { disk: 'tape' } } },
    lawful: [...MADE, deleted(1000), [2000, 'startTime', 'pod', 2]],
    broken: [...MADE, [2000, 'startTime', 'pod', 2]],
    says: 'pod default/web is taken in by node-1, which has not the label disk=tape',
  },
]
