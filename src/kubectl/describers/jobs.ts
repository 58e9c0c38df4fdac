import { type CronJob, formatLabelSelector, type Job } from '../../model/index.js'
import { humanDuration } from '../../time/index.js'
import { describedTime, parseApiTime } from '../api-time.js'
import { describeTemplate } from '../describe-parts.js'
import type { DescribeText } from '../describe-text.js'
import {
  type DescribeContext,
  type Describer,
  describeController,
  describeMaps,
  describeName,
  describer,
} from './describer.js'

/** Describes Jobs and CronJobs (kubectl: pkg/describe/describe.go describeJob, describeCronJob, v1.32). */
export const JOB_DESCRIBERS: Readonly<Record<string, Describer>> = {
  Job: describer(describeJob),
  CronJob: describer(describeCronJob),
}

function describeJob(job: Job, { text }: DescribeContext): void {
  const { spec, status = {} } = job
  describeName(job, text)
  text.field(0, 'Selector', formatLabelSelector(spec.selector))
  describeMaps(job, text)
  describeController(job, text)
  optional('Parallelism', spec.parallelism, text)
  text.field(0, 'Completions', spec.completions ?? '<unset>')
  optional('Completion Mode', spec.completionMode, text)
  optional('Suspend', spec.suspend, text)
  optional('Backoff Limit', spec.backoffLimit, text)
  optional('TTL Seconds After Finished', spec.ttlSecondsAfterFinished, text)
  const [began, ended] = [parseApiTime(status.startTime), parseApiTime(status.completionTime)]
  if (began !== undefined) text.field(0, 'Start Time', describedTime(status.startTime))
  if (ended !== undefined) text.field(0, 'Completed At', describedTime(status.completionTime))
  if (began !== undefined && ended !== undefined) text.field(0, 'Duration', humanDuration(ended - began))
  if (spec.activeDeadlineSeconds !== undefined) {
    text.field(0, 'Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`)
  }
  const { active = 0, succeeded = 0, failed = 0, ready, completedIndexes } = status
  const working = `${active} Active${ready === undefined ? '' : ` (${ready} Ready)`}`
  text.field(0, 'Pods Statuses', `${working} / ${succeeded} Succeeded / ${failed} Failed`)
  if (spec.completionMode === 'Indexed') text.field(0, 'Completed Indexes', shortened(completedIndexes))
  describeTemplate(spec.template, text)
}

function optional(name: string, value: string | number | boolean | undefined, text: DescribeText): void {
  if (value !== undefined) text.field(0, name, value)
}

/** capIndexesListOrNone: cut at the first comma from the fiftieth letter on. */
function shortened(indexes: string | undefined): string {
  if (indexes === undefined || indexes === '') return '<none>'
  const comma = indexes.indexOf(',', 50)
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`
}

function describeCronJob(cronJob: CronJob, { text }: DescribeContext): void {
  const { spec, status = {} } = cronJob
  describeName(cronJob, text)
  describeMaps(cronJob, text)
  text.field(0, 'Schedule', spec.schedule)
  text.field(0, 'Concurrency Policy', spec.concurrencyPolicy ?? '')
  text.field(0, 'Suspend', spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False')
  text.field(0, 'Time Zone', spec.timeZone ?? '<unset>')
  text.field(0, 'Successful Job History Limit', spec.successfulJobsHistoryLimit ?? '<unset>')
  text.field(0, 'Failed Job History Limit', spec.failedJobsHistoryLimit ?? '<unset>')
  const deadline = spec.startingDeadlineSeconds
  text.field(0, 'Starting Deadline Seconds', deadline === undefined ? '<unset>' : `${deadline}s`)
  const { selector, parallelism, completions, activeDeadlineSeconds, template } = spec.jobTemplate.spec
  text.field(0, 'Selector', selector === undefined ? '<unset>' : formatLabelSelector(selector))
  text.field(0, 'Parallelism', parallelism ?? '<unset>')
  text.field(0, 'Completions', completions ?? '<unset>')
  if (activeDeadlineSeconds !== undefined) text.field(0, 'Active Deadline Seconds', `${activeDeadlineSeconds}s`)
  describeTemplate(template, text)
  const { lastScheduleTime, active = [] } = status
  text.field(0, 'Last Schedule Time', lastScheduleTime === undefined ? '<unset>' : describedTime(lastScheduleTime))
  text.field(0, 'Active Jobs', active.length === 0 ? '<none>' : active.map(({ name }) => name).join(', '))
}
