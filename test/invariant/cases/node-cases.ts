import { BY_STEP } from '../artificial-trace.js'
import { BEGUN, exits, starts, stops, terminated } from '../rows.js'
import type { LawCase } from './law-case.js'

const TAINTED = [10_000, 'nodeChanged', 'Node/node-1', 'taints', 'x=1:NoExecute'] as const
const MADE = [
  [20_000, 'created', 'pod', 1],
  [20_000, 'qosClass', 'pod', 'BestEffort'],
  [20_000, 'phase', 'pod', 'Pending'],
  [20_000, 'bound', 'pod', 'node-1'],
] as const
const TOLERANT = { spec: { tolerations: [{ key: 'x', operator: 'Exists' }] } } as const
const FOR_TEN_SECONDS = { spec: { tolerations: [{ key: 'x', operator: 'Exists', tolerationSeconds: 10 }] } } as const
const UNTAINTED = [30_000, 'nodeChanged', 'Node/node-1', 'taints', ''] as const
const byTaintManager = (time: number) =>
  [time, 'condition', 'pod', 'DisruptionTarget', 'True DeletionByTaintManager'] as const
const EVICTED = [
  ...BEGUN,
  ...starts(0, 'app'),
  [5000, 'event', 'pod', 'Evicted', 17, 'The node was low on resource: memory. '],
  ...stops(5000, 'app', 2),
  exits(5100, 'app', 143),
  terminated(5100, 'app', 143),
] as const
/** What a pod whose container has ended well becomes where nobody but the garbage collector can say so. */
const ENDED = [
  ...starts(0, 'app'),
  [10_000, 'deletionRequested', 'pod', 30, 40],
  ...stops(10_000, 'app', 30),
  exits(11_000, 'app'),
  terminated(12_000, 'app'),
  [20_000, 'phase', 'pod', 'Failed'],
] as const
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service=x:NoSchedule'

export const NODE_CASES: readonly LawCase[] = [
  {
    law: 'bound-where-allowed',
    when: 'the pod tolerates the taint',
    options: TOLERANT,
    lawful: [TAINTED, ...MADE],
    broken: [TAINTED, ...MADE],
    brokenOptions: { spec: { tolerations: [{ key: 'y', operator: 'Exists' }] } },
    says: 'pod default/web is bound to node-1, which has the taint x',
  },
  {
    law: 'no-stay-on-an-untolerated-node',
    when: 'the pod is being deleted as soon as the taint is there',
    lawful: [...BEGUN, TAINTED, [10_000, 'deletionRequested', 'pod', 30, 40]],
    broken: [...BEGUN, TAINTED, [30_000, 'nodeChanged', 'Node/node-1', 'taints', '']],
    says: 'pod default/web stays from 10s to 30s on a node whose taint x it does not tolerate',
  },
  {
    law: 'no-stay-beyond-its-toleration',
    when: 'the pod is being deleted when its time is over',
    options: FOR_TEN_SECONDS,
    lawful: [...BEGUN, TAINTED, [20_000, 'deletionRequested', 'pod', 30, 50], UNTAINTED],
    broken: [...BEGUN, TAINTED, UNTAINTED],
    says: 'pod default/web stays from 10s to 30s on a node whose taint x it tolerates for 10s',
  },
  {
    law: 'tolerated-for-its-time',
    when: 'its time is over',
    options: FOR_TEN_SECONDS,
    lawful: [...BEGUN, TAINTED, byTaintManager(20_000)],
    broken: [...BEGUN, TAINTED, byTaintManager(15_000)],
    says: 'pod default/web is deleted for taints that it tolerates for 10s from 10s on',
  },
  {
    law: 'critical-pod-is-not-evicted',
    when: 'its priority is that of users',
    options: { spec: { priority: 1_000_000_000 } as object },
    lawful: EVICTED,
    broken: EVICTED,
    brokenOptions: { spec: { priority: 2_000_000_000 } as object },
    says: 'pod default/web of priority 2000000000 is evicted although it is critical',
  },
  {
    law: 'an-evicted-pod-says-so',
    when: 'the pod fails as evicted',
    lawful: [...EVICTED, [5100, 'phase', 'pod', 'Failed', 'Evicted']],
    broken: [...EVICTED, [5100, 'phase', 'pod', 'Failed']],
    says: 'pod default/web was evicted and has no reason',
  },
  {
    law: 'failed-means-not-all-zero',
    when: 'the node is out of service',
    lawful: [...BEGUN, [5000, 'nodeChanged', 'Node/node-1', 'taints', OUT_OF_SERVICE], ...ENDED],
    broken: [...BEGUN, ...ENDED],
    says: 'pod default/web becomes Failed although no container has failed',
  },
  {
    law: 'deletion-has-the-grace-asked-for',
    when: 'a drain asks for another grace, or somebody who says who he is',
    lawful: [
      ...BEGUN,
      [1000, 'step', 'Step/1', 1, 'drain node node-1, grace 5s'],
      [1000, 'deletionRequested', 'pod', 5, 6, BY_STEP],
      [2000, 'step', 'Step/2', 2, 'delete pod web, grace 1s, as jane'],
      [2000, 'deletionRequested', 'pod', 1, 2, BY_STEP],
    ],
    broken: [
      ...BEGUN,
      [1000, 'step', 'Step/1', 1, 'drain node node-1'],
      [1000, 'deletionRequested', 'pod', 5, 6, BY_STEP],
    ],
    says: 'pod default/web is given a grace of 5s; its own is 30s',
  },
]
