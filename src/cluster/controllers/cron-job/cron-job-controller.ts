import { controllerOf } from '../../../model/index.js'
import { formatRfc1123, type Milliseconds } from '../../../time/index.js'
import { EventRecorder, type WorkQueue } from '../../client/index.js'
import { ApiError, CHANGE, type ObjectVersion } from '../../contract/index.js'
import { apiTime } from '../active-pods.js'
import type { Controller, ControllerContext } from '../controller.js'
import { EVENT_SOURCE } from '../event-source.js'
import {
  type ActiveJob,
  type CronJobVersion,
  jobNameOf,
  jobOf,
  offsetsOf,
  readActive,
  Schedules,
  writeActive,
} from './cron-job-work.js'
import { type CronState, dueTime, MANY_MISSED, timeToNext } from './due-time.js'
import { finishedAs, jobsToRemove } from './finished-jobs.js'

/** What a sync changes of the status, and when the next one is due. */
interface CronSync {
  readonly cronJob: CronJobVersion
  active: readonly ActiveJob[]
  lastScheduleTime: number
  lastSuccessfulTime: number
  readonly now: Milliseconds
  readonly cause: number
}

/**
 * Makes Jobs when their schedule says.
 *
 * controllers: pkg/controller/cronjob/cronjob_controllerv2.go, v1.32 (CJ-1 … CJ-4).
 */
export class CronJobController implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = Number.POSITIVE_INFINITY
  readonly #context: ControllerContext
  readonly #events: EventRecorder
  readonly #schedules = new Schedules()

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    this.#events = new EventRecorder(context.environment, EVENT_SOURCE.CronJob, context.profile.sharesSpamBucket)
  }

  reset(): void {
    this.#events.reset()
  }

  podChanged(): void {}

  objectChanged(change: number, version: ObjectVersion, previous: ObjectVersion | null, cause: number): void {
    if (version.kind === 'CronJob' && change !== CHANGE.removed) {
      // A write of the status alone is the controller's own: its sync has set the next one.
      if (previous === null || previous.object !== version.object) this.queue.add(version.path, cause)
    } else if (version.kind === 'Job') {
      const owner = controllerOf(version.object.metadata)
      const cronJob = owner === undefined ? undefined : this.#context.objects.withUid(owner.uid)
      if (cronJob?.kind === 'CronJob') this.queue.add(cronJob.path, cause)
    }
  }

  sync(key: number, cause: number): void {
    const { objects, client, environment } = this.#context
    const cronJob = objects.get(key, 'CronJob')
    if (cronJob === undefined) return
    const { lastScheduleTime, lastSuccessfulTime, active } = cronJob.counts
    const now = apiTime(environment)
    const sync: CronSync = { cronJob, active: readActive(active), lastScheduleTime, lastSuccessfulTime, now, cause }
    const jobs = [...objects.ownedBy(cronJob.uid)].filter(({ kind }) => kind === 'Job') as ObjectVersion<'Job'>[]
    this.#removeOld(sync, jobs)
    this.#followJobs(sync, jobs)
    const wait = this.#start(sync)
    const counts = {
      lastScheduleTime: sync.lastScheduleTime,
      lastSuccessfulTime: sync.lastSuccessfulTime,
      active: writeActive(sync.active),
    }
    client.updateObjectStatus(cronJob, { counts, conditions: cronJob.conditions }, cause)
    if (wait !== undefined) this.queue.addAfter(key, wait, cause)
  }

  /** Jobs that ended or went leave the list of those under way (CJ-4). */
  #followJobs(sync: CronSync, jobs: readonly ObjectVersion<'Job'>[]): void {
    const { client, profile } = this.#context
    for (const job of jobs) {
      const isListed = sync.active.some(({ uid }) => uid === job.uid)
      const end = finishedAs(job)
      if (end === undefined && !isListed && !this.#isListedNow(sync, job)) {
        this.#tell(sync, true, 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${job.name}`)
      } else if (end !== undefined && isListed) {
        sync.active = sync.active.filter(({ uid }) => uid !== job.uid)
        const word = profile.jobBackOff === 'queue' ? 'status' : 'condition'
        this.#tell(sync, false, 'SawCompletedJob', `Saw completed job: ${job.name}, ${word}: ${end}`)
      }
      if (end === 'Complete') sync.lastSuccessfulTime = Math.max(sync.lastSuccessfulTime, job.counts.completionTime)
    }
    for (const { name, uid } of sync.active) {
      if (jobs.some(job => job.uid === uid)) continue
      if (client.object('Job', sync.cronJob.namespace, name) !== null) continue
      sync.active = sync.active.filter(each => each.uid !== uid)
      this.#tell(sync, false, 'MissingJob', `Active job went missing: ${name}`)
    }
  }

  /** The cache may not show yet what the sync before wrote. */
  #isListedNow({ cronJob }: CronSync, { uid }: ObjectVersion<'Job'>): boolean {
    const stored = this.#context.client.object('CronJob', cronJob.namespace, cronJob.name)
    return stored !== null && readActive(stored.counts.active).some(each => each.uid === uid)
  }

  /** Starts what is due; answers how long until the next time (CJ-2, CJ-3). */
  #start(sync: CronSync): Milliseconds | undefined {
    const { cronJob, now } = sync
    const state = this.#stateOf(sync)
    if (state === undefined) return undefined
    const due = dueTime(state, now, true)
    if (due !== undefined) {
      if (due.missed > MANY_MISSED) this.#tell(sync, true, 'TooManyMissedTimes', tooMany(due.missed))
      const isTooLate = state.deadlineMs !== undefined && due.time + state.deadlineMs < now
      if (isTooLate) {
        const text = `Missed scheduled time to start a job: ${formatRfc1123(due.time)}`
        this.#tell(sync, true, 'MissSchedule', text)
      } else if (!this.#isStarted(sync, due.time)) this.#startAt(sync, due.time)
    }
    const since = sync.lastScheduleTime < 0 ? cronJob.creationSeconds : sync.lastScheduleTime
    return timeToNext({ ...state, since: since * 1000 }, now)
  }

  #isStarted({ active, cronJob, lastScheduleTime }: CronSync, time: Milliseconds): boolean {
    const name = jobNameOf(cronJob.name, time)
    return lastScheduleTime * 1000 === time || active.some(each => each.name === name)
  }

  #startAt(sync: CronSync, time: Milliseconds): void {
    const { cronJob } = sync
    const { concurrencyPolicy } = cronJob.object.spec
    if (concurrencyPolicy === 'Forbid' && sync.active.length > 0) {
      const text = 'Not starting job because prior execution is running and concurrency policy is Forbid'
      this.#tell(sync, false, 'JobAlreadyActive', text)
      return
    }
    if (concurrencyPolicy === 'Replace') for (const { name } of sync.active) this.#delete(sync, name)
    this.#create(sync, time)
  }

  #create(sync: CronSync, time: Milliseconds): void {
    const { client } = this.#context
    const { cronJob, cause } = sync
    const job = jobOf(cronJob, time)
    let made: ObjectVersion<'Job'>
    try {
      made = client.createObject<'Job'>(job, cause)
      this.#tell(sync, false, 'SuccessfulCreate', `Created job ${made.name}`)
    } catch (error) {
      const existing = client.object('Job', cronJob.namespace, job.metadata.name ?? '')
      const isOwn = existing !== null && controllerOf(existing.object.metadata)?.uid === cronJob.uid
      if (!(error instanceof ApiError) || !isOwn) throw error
      made = existing
    }
    sync.active = [...sync.active, { name: made.name, uid: made.uid }]
    sync.lastScheduleTime = Math.floor(time / 1000)
  }

  /** What the schedule is and how far it has come; undefined: nothing is started, and an event says why. */
  #stateOf(sync: CronSync): CronState | undefined {
    const { cronJob, lastScheduleTime } = sync
    const { schedule: text, timeZone, suspend, startingDeadlineSeconds } = cronJob.object.spec
    if (cronJob.deletionSeconds >= 0) return undefined
    if (timeZone !== undefined && offsetsOf(timeZone, this.#context.timeZones) === undefined) {
      this.#tell(sync, true, 'UnknownTimeZone', `invalid timeZone: "${timeZone}": unknown time zone ${timeZone}`)
      return undefined
    }
    if (suspend === true) return undefined
    const read = this.#schedules.of(text)
    const zone = 'schedule' in read ? (read.zone ?? timeZone) : undefined
    const offsets = offsetsOf(zone, this.#context.timeZones)
    if (!('schedule' in read) || offsets === undefined) {
      const problem = 'problem' in read ? read.problem : `provided bad location ${zone}`
      this.#tell(sync, true, 'UnparseableSchedule', `unparseable schedule: "${text}" : ${problem}`)
      return undefined
    }
    const since = (lastScheduleTime < 0 ? cronJob.creationSeconds : lastScheduleTime) * 1000
    const deadlineMs = startingDeadlineSeconds === undefined ? undefined : startingDeadlineSeconds * 1000
    return { schedule: read.schedule, offsets, since, deadlineMs }
  }

  /** The oldest Jobs beyond the history's limits go, first of all: one that may not stay at all is not said to have ended (CJ-4). */
  #removeOld(sync: CronSync, jobs: readonly ObjectVersion<'Job'>[]): void {
    for (const { name } of jobsToRemove(jobs, sync.cronJob.object.spec)) this.#delete(sync, name)
  }

  #delete(sync: CronSync, name: string): void {
    const { client } = this.#context
    const { cronJob, cause } = sync
    client.deleteObject('Job', cronJob.namespace, name, { propagationPolicy: 'Background' }, cause)
    sync.active = sync.active.filter(each => each.name !== name)
    this.#tell(sync, false, 'SuccessfulDelete', `Deleted job ${name}`)
  }

  #tell({ cronJob, cause }: CronSync, isWarning: boolean, reason: string, message: string): void {
    const { symbols } = this.#context.environment
    const words = [symbols.intern(reason), symbols.intern(message)] as const
    this.#events.record(cronJob.index, cronJob.path, isWarning, ...words, cause)
  }
}

const tooMany = (missed: number): string =>
  `too many missed start times: ${missed}. Set or decrease .spec.startingDeadlineSeconds or check clock skew`
