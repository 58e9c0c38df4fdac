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
const EVICTED = [
  ...BEGUN,
  ...starts(0, 'app'),
  [5000, 'event', 'pod', 'Evicted', 17, 'The node was low on resource: memory. '],
  ...stops(5000, 'app', 2),
  exits(5100, 'app', 143),
  terminated(5100, 'app', 143),
] as const

export const NODE_CASES: readonly LawCase[] = [
  {
    law: 'no-binding-to-an-untolerated-node',
    when: 'the pod tolerates the taint',
    options: TOLERANT,
    lawful: [TAINTED, ...MADE],
    broken: [TAINTED, ...MADE],
    brokenOptions: { spec: { tolerations: [{ key: 'y', operator: 'Exists' }] } },
    says: 'pod default/web is bound to node-1, whose taint x it does not tolerate',
  },
  {
    law: 'no-stay-on-an-untolerated-node',
    when: 'the pod is being deleted as soon as the taint is there',
    lawful: [...BEGUN, TAINTED, [10_000, 'deletionRequested', 'pod', 30, 40]],
    broken: [...BEGUN, TAINTED, [30_000, 'nodeChanged', 'Node/node-1', 'taints', '']],
    says: 'pod default/web stays from 10s to 30s on a node whose taint x it does not tolerate',
  },
  {
    law: 'an-evicted-pod-says-so',
    when: 'the pod fails as evicted',
    lawful: [...EVICTED, [5100, 'phase', 'pod', 'Failed', 'Evicted']],
    broken: [...EVICTED, [5100, 'phase', 'pod', 'Failed']],
    says: 'pod default/web was evicted and has no reason',
  },
]
