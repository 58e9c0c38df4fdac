import { type Mutant, mutantOfWorkloads } from '../mutant.js'

const MANAGE = 'cluster/controllers/job/manage-job.js'
const SYNC = 'cluster/controllers/job/sync-job.js'
const WANTED = 'cluster/controllers/job/wanted-pods.js'
const END = 'cluster/controllers/job/job-end.js'

/** Engines whose Jobs and CronJobs run too much, too often or not to their end. */
export const JOB_MUTANTS: readonly Mutant[] = [
  mutantOfWorkloads(
    'job-keeps-to-its-parallelism',
    'runs one pod more than the parallelism',
    MANAGE,
    'const missing = wanted - terminating - state.active.length;',
    'const missing = wanted - terminating - state.active.length + 1;',
  ),
  mutantOfWorkloads(
    'job-makes-no-more-than-its-completions',
    'makes one pod more than the completions ask for',
    WANTED,
    'Math.min(parallelism, completions - succeeded)',
    'Math.min(parallelism, completions - succeeded + 1)',
  ),
  mutantOfWorkloads(
    'job-index-runs-once',
    'gives an index to two pods',
    'cluster/controllers/job/completion-indexes.js',
    'if (!isTaken(index))',
    'if (true)',
  ),
  {
    law: 'stopped-job-makes-nothing',
    does: 'goes on while it is suspended',
    isOfWorkloads: true,
    edits: [
      {
        file: MANAGE,
        find: 'const wanted = work.isSuspended ? 0 : wantedActive',
        replace: 'const wanted = wantedActive',
      },
      { file: MANAGE, find: 'tooMany.length === 0 && !work.isSuspended', replace: 'tooMany.length === 0' },
    ],
  },
  {
    law: 'job-end-is-final',
    does: 'takes no end for final',
    isOfWorkloads: true,
    edits: [
      { file: END, find: "(type === 'Complete' || type === 'Failed')", replace: 'false' },
      {
        file: END,
        find: "known = conditions.find(each => each.type === type && each.status === 'True');",
        replace: 'known = undefined;',
      },
    ],
  },
  {
    law: 'finished-job-has-no-active-pods',
    does: 'leaves a Job’s pods when it fails',
    isOfWorkloads: true,
    edits: [
      { file: SYNC, find: 'for (const pod of active)\n        work.deletePod(pod);', replace: '' },
      { file: SYNC, find: 'active: 0, deleted: active.length,', replace: 'active: 0, deleted: 0,' },
    ],
  },
  mutantOfWorkloads(
    'job-counts-never-fall',
    'forgets the pods that were counted before',
    'cluster/controllers/job/track-pods.js',
    'work.counts[which] + uids.length - staying.length',
    'uids.length - staying.length - work.counts[which]',
  ),
  mutantOfWorkloads(
    'back-off-limit-is-used-up',
    'gives up one failure too early',
    SYNC,
    'seen.failed > backoffLimit',
    'seen.failed >= backoffLimit',
  ),
  {
    law: 'complete-job-has-succeeded',
    does: 'is content with one completion less',
    isOfWorkloads: true,
    edits: [
      { file: SYNC, find: 'seen.succeeded >= completions;', replace: 'seen.succeeded + 1 >= completions;' },
      {
        file: WANTED,
        find: 'Math.min(parallelism, completions - succeeded)',
        replace: 'Math.min(parallelism, completions - succeeded - 1)',
      },
    ],
  },
  mutantOfWorkloads(
    'cronjob-forbids-two-jobs',
    'starts a second Job where the policy forbids it',
    'cluster/controllers/cron-job/cron-job-controller.js',
    "concurrencyPolicy === 'Forbid' && sync.active.length > 0",
    "concurrencyPolicy === 'Forbid' && sync.active.length > 1",
  ),
  mutantOfWorkloads(
    'job-comes-to-its-end',
    'does not make the last pod that is missing',
    MANAGE,
    'if (missing <= 0)',
    'if (missing <= 1)',
  ),
]
