import { type Mutant, mutant } from '../mutant.js'

/** Engines in which nodes keep pods that they should not have, or say nothing of those that they evict. */
export const NODE_MUTANTS: readonly Mutant[] = [
  mutant(
    'no-stay-on-an-untolerated-node',
    'leaves pods on nodes with NoExecute taints',
    'cluster/nodes/taint-eviction.js',
    'const seconds = tolerationSecondsOf(taints, tolerationsOf(pod) ?? []);',
    'const seconds = tolerationSecondsOf(taints, tolerationsOf(pod) ?? []);\n        if (seconds === NOT_TOLERATED)\n            return;',
  ),
  mutant(
    'an-evicted-pod-says-so',
    'evicts pods without a reason',
    'cluster/kubelet/pod-termination.js',
    'const failed = { ...status, phase, reason, message };',
    'const failed = { ...status, phase };',
  ),
]
