import { type Mutant, mutantOfWorkloads } from '../mutant.js'

const ROLL_OUT = 'cluster/controllers/deployment/roll-out.js'
const ROLLING = 'cluster/controllers/deployment/rolling.js'
const NEW_SET = 'cluster/controllers/deployment/new-replica-set.js'
const REPLICA_SET = 'cluster/controllers/replica-set/replica-set-controller.js'
const COLLECTOR = 'cluster/controllers/garbage-collector/garbage-collector.js'

/** Engines whose owners lose count, make too much or too little, or leave what was theirs. */
export const OWNER_MUTANTS: readonly Mutant[] = [
  mutantOfWorkloads(
    'generation-only-grows',
    'counts a change of a spec twice',
    'cluster/api-server/object-store.js',
    'version.generation + (isNext ? 1 : 0)',
    'version.generation + (isNext ? 2 : 0)',
  ),
  mutantOfWorkloads(
    'observed-generation-is-a-generation',
    'has Deployments observe what is to come',
    'cluster/controllers/deployment/deployment-status.js',
    'observedGeneration: seen.generation,',
    'observedGeneration: seen.generation + 1,',
  ),
  mutantOfWorkloads(
    'counts-fit-each-other',
    'counts pods as available that are not ready',
    'cluster/controllers/replica-set/replica-set-status.js',
    'let availableReplicas = 0;',
    'let availableReplicas = 1;',
  ),
  mutantOfWorkloads(
    'controller-selects-its-pods',
    'has ReplicaSets adopt whatever pod is nobody’s',
    REPLICA_SET,
    '(labels) => matchesLabelSelector(selector, labels)',
    '() => true',
  ),
  mutantOfWorkloads(
    'nothing-made-for-a-deleted-owner',
    'has ReplicaSets go on while they are deleted',
    REPLICA_SET,
    'isSatisfied && version.deletionSeconds < 0',
    'isSatisfied',
  ),
  mutantOfWorkloads(
    'garbage-is-collected',
    'takes every owner for one that stands',
    COLLECTOR,
    "return 'absent';",
    "return 'solid';",
  ),
  mutantOfWorkloads(
    'foreground-owner-goes-last',
    'lets an owner go before its dependents',
    COLLECTOR,
    'if (blocking.length === 0)',
    'for (const { key } of blocking)\n            this.queue.add(key, cause);\n        if (true)',
  ),
  mutantOfWorkloads(
    'replicaset-makes-only-what-is-missing',
    'has ReplicaSets make one pod too many',
    REPLICA_SET,
    'Math.min(missing, BURST_REPLICAS), cause)',
    'Math.min(missing + 1, BURST_REPLICAS), cause)',
  ),
  mutantOfWorkloads(
    'replicaset-deletes-only-what-is-too-many',
    'has ReplicaSets delete one pod too many',
    REPLICA_SET,
    'Math.min(-missing, BURST_REPLICAS), cause)',
    'Math.min(-missing + 1, BURST_REPLICAS), cause)',
  ),
  mutantOfWorkloads(
    'replicaset-deletes-the-least-first',
    'deletes pods that are ready before those that are not',
    'cluster/controllers/rank-pods.js',
    'Number(isReady(left)) - Number(isReady(right))',
    'Number(isReady(right)) - Number(isReady(left))',
  ),
  mutantOfWorkloads(
    'replicaset-comes-to-its-size',
    'leaves a ReplicaSet one pod too many',
    REPLICA_SET,
    'if (missing < 0)',
    'if (missing < -1)',
  ),
  mutantOfWorkloads(
    'rollout-keeps-within-its-surge',
    'surges by one more',
    'cluster/controllers/deployment/sizes.js',
    'const most = replicas + maxSurge(deployment);',
    'const most = replicas + maxSurge(deployment) + 1;',
  ),
  mutantOfWorkloads(
    'rollout-keeps-enough-available',
    'lets one more pod be unavailable',
    ROLLING,
    'let left = available - (replicas - maxUnavailable);',
    'let left = available - (replicas - maxUnavailable) + 1;',
  ),
  mutantOfWorkloads(
    'recreate-waits-for-old-pods',
    'does not wait for old pods to be gone',
    ROLL_OUT,
    'if (active.length > 0 || hasOldPods(work, found, sets))',
    'if (active.length > 0)',
  ),
  {
    law: 'one-replicaset-per-template',
    does: 'makes a ReplicaSet anew for a template that it had before',
    isOfWorkloads: true,
    edits: [
      {
        file: NEW_SET,
        find: 'findNewReplicaSet(work.seen.object.spec.template, sets);',
        replace:
          'findNewReplicaSet(work.seen.object.spec.template, sets.filter(each => each.object.spec.replicas > 0));',
      },
      { file: NEW_SET, find: 'const hash = templateHash(', replace: 'const hash = revision + templateHash(' },
    ],
  },
  mutantOfWorkloads(
    'revision-never-falls',
    'counts revisions downward',
    NEW_SET,
    'String(oldSets.reduce((most, set) => Math.max(most, revisionOf(set)), 0) + 1)',
    'String(3 - oldSets.reduce((most, set) => Math.max(most, revisionOf(set)), 0))',
  ),
  mutantOfWorkloads(
    'paused-deployment-makes-no-revision',
    'makes new ReplicaSets while it is paused',
    ROLL_OUT,
    'const all = replicaSetsOf(work, sets, false);',
    'const all = replicaSetsOf(work, sets, true);',
  ),
  mutantOfWorkloads(
    'progress-deadline-not-early',
    'gives up when half of the deadline is over',
    'cluster/controllers/deployment/deployment-status.js',
    '(updateSeconds + (seen.object.spec.progressDeadlineSeconds ?? 600)) * 1000',
    '(updateSeconds + (seen.object.spec.progressDeadlineSeconds ?? 600) / 2) * 1000',
  ),
  mutantOfWorkloads(
    'complete-rollout-is-complete',
    'calls a rollout complete whose pods are not available',
    'cluster/controllers/deployment/deployment-status.js',
    'counts.availableReplicas === replicas &&',
    '',
  ),
  mutantOfWorkloads(
    'rollout-goes-on',
    'never shrinks old ReplicaSets',
    ROLLING,
    'if (cleanup.isBlocked)',
    'if (cleanup !== undefined)',
  ),
]
