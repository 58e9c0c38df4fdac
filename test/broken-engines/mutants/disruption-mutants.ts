import { type Mutant, mutantOfWorkloads } from '../mutant.js'

/** Engines that take pods away which were to be left. */
export const DISRUPTION_MUTANTS: readonly Mutant[] = [
  mutantOfWorkloads(
    'eviction-needs-its-budget',
    'evicts without taking it off the budget',
    'cluster/api-server/take-disruption.js',
    'disruptionsAllowed: disruptionsAllowed - 1,',
    'disruptionsAllowed,',
  ),
  mutantOfWorkloads(
    'budget-allows-its-surplus',
    'allows one disruption too many',
    'cluster/controllers/disruption/budget-status.js',
    'const left = Math.max(0, healthy - desiredHealthy);',
    'const left = Math.max(0, healthy - desiredHealthy) + 1;',
  ),
  mutantOfWorkloads(
    'drain-leaves-daemon-pods',
    'drains pods of DaemonSets',
    'cluster/drains.js',
    "owner?.kind === 'DaemonSet'",
    "owner?.kind === 'Demon'",
  ),
  mutantOfWorkloads(
    'preemption-takes-lower-priority',
    'preempts pods of the same priority',
    'cluster/scheduler/preemption/select-victims.js',
    'other.info.priority < pod.priority',
    'other.info.priority <= pod.priority',
  ),
  mutantOfWorkloads(
    'autoscaler-keeps-its-bounds',
    'asks for one pod less than the least',
    'cluster/controllers/horizontal-pod-autoscaler/horizontal-pod-autoscaler-controller.js',
    'return { size: minReplicas, reason',
    'return { size: minReplicas - 1, reason',
  ),
]
