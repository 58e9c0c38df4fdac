import type { CronJobSpec } from '../../../model/index.js'
import type { ObjectVersion } from '../../contract/index.js'

type JobVersion = ObjectVersion<'Job'>

/** What a Job ended as; undefined: it is under way. */
export const finishedAs = ({ conditions }: JobVersion): string | undefined =>
  conditions.find(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'))?.type

/**
 * The Jobs that the history has no room for, the oldest first.
 *
 * controllers: pkg/controller/cronjob/cronjob_controllerv2.go cleanupFinishedJobs, v1.32 (CJ-4).
 */
export function jobsToRemove(
  jobs: readonly JobVersion[],
  { successfulJobsHistoryLimit, failedJobsHistoryLimit }: CronJobSpec,
): readonly JobVersion[] {
  const standing = jobs.filter(({ deletionSeconds }) => deletionSeconds < 0)
  const oldest = (type: string, limit: number | undefined): readonly JobVersion[] => {
    const ended = standing.filter(job => finishedAs(job) === type).sort(compareStarts)
    return limit === undefined ? [] : ended.slice(0, Math.max(0, ended.length - limit))
  }
  return [...oldest('Complete', successfulJobsHistoryLimit), ...oldest('Failed', failedJobsHistoryLimit)]
}

const compareStarts = (a: JobVersion, b: JobVersion): number =>
  a.counts.startTime - b.counts.startTime || (a.name < b.name ? -1 : 1)
