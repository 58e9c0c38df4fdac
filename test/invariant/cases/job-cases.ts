import type { ArtificialOptions, ArtificialRow } from '../artificial-trace.js'
import { made, object, ownedBy, podOf, shows, template } from '../workload-rows.js'
import type { LawCase } from './law-case.js'

const JOB = 'Job/default/web'
const BEGUN: ArtificialRow = [0, 'created', JOB, 4]
const indexed = (name: string, index: number) =>
  podOf('Job', name, { annotations: { 'batch.kubernetes.io/job-completion-index': String(index) } })
const jobOf = (spec: object, more: Partial<ArtificialOptions> = {}): ArtificialOptions => ({
  manifests: [indexed('a', 0), indexed('b', 1), indexed('c', 0)],
  objects: [object('Job', { parallelism: 1, completions: 1, ...spec })],
  ...more,
})
const ends = (time: number, pod: string, phase: string): ArtificialRow => [time, 'phase', `Pod/default/${pod}`, phase]
const says = (time: number, type: string, status = 'True', job = JOB): ArtificialRow => [
  time,
  'condition',
  job,
  type,
  status,
]
const FIRST = [BEGUN, made(0, 'a', 1), ends(0, 'a', 'Running')] as const
const DONE = [...FIRST, ends(4000, 'a', 'Succeeded'), says(6000, 'Complete')] as const
const INDEXED = { completionMode: 'Indexed', completions: 2, parallelism: 2 }

const CRON = 'CronJob/default/web'
const cronJob = (spec: object): ArtificialOptions => ({
  manifests: [podOf(undefined, 'a')],
  objects: [
    object('CronJob', { schedule: '* * * * *', jobTemplate: { spec: { template: template() } }, ...spec }),
    ...['one', 'two', 'three'].map(name =>
      object('Job', { completions: 1 }, { name, ownerReferences: ownedBy('CronJob') }),
    ),
  ],
})
const ONE = 'Job/default/one'
const SCHEDULED = [[0, 'created', CRON, 2], made(0, ONE, 3)] as const

/** Laws of Jobs and CronJobs. */
export const JOB_CASES: readonly LawCase[] = [
  {
    law: 'job-keeps-to-its-parallelism',
    when: 'the pod before has ended',
    options: jobOf({ completions: 2 }),
    lawful: [...FIRST, ends(4000, 'a', 'Succeeded'), made(5000, 'b', 2)],
    broken: [...FIRST, made(5000, 'b', 2)],
    says: 'Job default/web makes pod default/b and has 2 active pods; its parallelism is 1',
  },
  {
    law: 'job-makes-no-more-than-its-completions',
    when: 'the pod before has failed',
    options: jobOf({}),
    lawful: [...FIRST, ends(4000, 'a', 'Failed'), made(5000, 'b', 2)],
    broken: [...FIRST, ends(4000, 'a', 'Succeeded'), made(5000, 'b', 2)],
    says: 'Job default/web makes pod default/b and has 1 active and 1 succeeded pods of 1',
  },
  {
    law: 'job-index-runs-once',
    when: 'each pod has an index of its own',
    options: jobOf(INDEXED),
    lawful: [...FIRST, made(0, 'b', 2)],
    broken: [...FIRST, made(0, 'c', 3)],
    says: 'Job default/web makes pod default/c for index 0, which pod default/a has',
  },
  {
    law: 'stopped-job-makes-nothing',
    when: 'it is not suspended',
    options: jobOf({}),
    lawful: FIRST,
    broken: [BEGUN, made(5000, 'a', 1)],
    brokenOptions: jobOf({ suspend: true }),
    says: 'Job default/web makes pod default/a while it is suspended',
  },
  {
    law: 'job-end-is-final',
    when: 'it says again that it is complete',
    options: jobOf({}),
    lawful: [...DONE, says(8000, 'Complete')],
    broken: [...DONE, says(8000, 'Complete', 'False')],
    says: 'Job default/web says Complete after it has said that it is over',
  },
  {
    law: 'finished-job-has-no-active-pods',
    when: 'its pod has ended',
    options: jobOf({}),
    lawful: DONE,
    broken: [...FIRST, says(6000, 'Failed')],
    says: 'Job default/web is Failed while pod default/a goes on',
  },
  {
    law: 'job-counts-never-fall',
    when: 'one more has succeeded',
    options: jobOf({}),
    lawful: [BEGUN, shows(1000, JOB, 'succeeded', 1), shows(2000, JOB, 'succeeded', 2)],
    broken: [BEGUN, shows(1000, JOB, 'succeeded', 1), shows(2000, JOB, 'succeeded', 0)],
    says: 'Job default/web shows 0 succeeded pods after 1',
  },
  {
    law: 'back-off-limit-is-used-up',
    when: 'a pod has failed, and none may',
    options: jobOf({ backoffLimit: 0 }),
    lawful: [...FIRST, ends(4000, 'a', 'Failed'), says(6000, 'Failed', 'True BackoffLimitExceeded')],
    broken: [...FIRST, says(6000, 'Failed', 'True BackoffLimitExceeded')],
    says: 'Job default/web gives up after 0 failed pods; its limit is 0',
  },
  {
    law: 'complete-job-has-succeeded',
    when: 'its pod has succeeded',
    options: jobOf({}),
    lawful: DONE,
    broken: [...FIRST, ends(4000, 'a', 'Failed'), says(6000, 'Complete')],
    says: 'Job default/web is complete after 0 of 1 pods have succeeded',
  },
  {
    law: 'job-comes-to-its-end',
    when: 'it is complete',
    options: jobOf({}, { outcome: 'quiescent' }),
    lawful: DONE,
    broken: [...FIRST, ends(4000, 'a', 'Succeeded')],
    says: 'Job default/web is not over, and has no pod that could go on',
  },
  {
    law: 'complete-job-has-every-index',
    when: 'a pod has succeeded for each of its indexes',
    options: jobOf(INDEXED),
    lawful: [
      ...FIRST,
      made(0, 'b', 2),
      ends(4000, 'a', 'Succeeded'),
      ends(4000, 'b', 'Succeeded'),
      says(6000, 'Complete'),
    ],
    broken: [
      ...FIRST,
      made(0, 'c', 3),
      ends(4000, 'a', 'Succeeded'),
      ends(4000, 'c', 'Succeeded'),
      says(6000, 'Complete'),
    ],
    says: 'Job default/web is complete, and no pod has succeeded for index 1',
  },
  {
    law: 'finished-job-is-kept-for-its-time',
    when: 'it goes ten seconds after it was over',
    options: jobOf({ ttlSecondsAfterFinished: 10 }, { outcome: 'quiescent' }),
    lawful: [...DONE, [16_000, 'deletionRequested', JOB, 0, 16], [17_000, 'removed', JOB]],
    broken: [...DONE, [10_000, 'deletionRequested', JOB, 0, 10], [11_000, 'removed', JOB]],
    says: 'Job default/web is deleted although it is over since 6s, and is to be kept',
  },
  {
    law: 'finished-job-is-kept-for-its-time',
    when: 'nobody has said how long it is to be kept',
    options: jobOf({}, { outcome: 'quiescent' }),
    lawful: DONE,
    broken: DONE,
    brokenOptions: jobOf({ ttlSecondsAfterFinished: 10 }, { outcome: 'quiescent' }),
    says: 'Job default/web is left although it was to go 10s after it was over',
  },
  {
    law: 'cronjob-forbids-two-jobs',
    when: 'the Job before is over',
    options: cronJob({ concurrencyPolicy: 'Forbid' }),
    lawful: [...SCHEDULED, says(50_000, 'Complete', 'True', ONE), made(60_000, 'Job/default/two', 4)],
    broken: [...SCHEDULED, made(60_000, 'Job/default/two', 4)],
    says: 'CronJob default/web makes Job default/two while Job default/one goes on',
  },
  {
    law: 'cronjob-keeps-to-its-history',
    when: 'the Job that is one too many has gone',
    options: cronJob({ successfulJobsHistoryLimit: 0 }),
    lawful: [
      ...SCHEDULED,
      says(50_000, 'Complete', 'True', ONE),
      [50_100, 'removed', ONE],
      made(60_000, 'Job/default/two', 4),
    ],
    broken: [...SCHEDULED, says(50_000, 'Complete', 'True', ONE), made(60_000, 'Job/default/two', 4)],
    says: 'CronJob default/web keeps 1 Jobs that are Complete; it is to keep 0',
  },
]
