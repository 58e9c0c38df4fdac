import type { CronJob, Job } from '../model/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import { isOver, sinceOf } from './owner-laws.js'
import { isActive, type OwnerRecord, ownerNamed } from './owner-record.js'
import { PHASE, type PodRecord, TRUTH } from './pod-record.js'

/** Laws of Jobs and CronJobs. */
export const JOB_LAWS: readonly Law[] = [
  {
    name: 'job-keeps-to-its-parallelism',
    family: 'jobs',
    sentence:
      'A Job makes no pod that leaves it more active pods than its parallelism, as it was within the last second.',
    source: 'pkg/controller/job/job_controller.go manageJob (J-7)',
  },
  {
    name: 'job-makes-no-more-than-its-completions',
    family: 'jobs',
    sentence:
      'A Job makes no pod beyond its completions, succeeded and active pods counted together; without completions, none once a pod has been Succeeded for a second.',
    source: 'pkg/controller/job/job_controller.go manageJob (J-7)',
  },
  {
    name: 'job-index-runs-once',
    family: 'jobs',
    sentence:
      'An Indexed Job makes pods only for indexes below its completions, of which none is active or has succeeded; a pod that is being deleted counts only where the Job waits for it.',
    source: 'pkg/controller/job/indexed_job_utils.go firstPendingIndexes (J-7, J-11)',
  },
  {
    name: 'stopped-job-makes-nothing',
    family: 'jobs',
    sentence:
      'A Job that is over, or has been suspended for a second, makes no pod; nor does a suspended CronJob make a Job.',
    source:
      'pkg/controller/job/job_controller.go syncJob, manageJob; cronjob_controllerv2.go syncCronJob (J-5, J-10, CJ-4)',
  },
  {
    name: 'job-end-is-final',
    family: 'jobs',
    sentence: 'A Job that is Complete or Failed stays so, and is never both.',
    source: 'pkg/controller/job/job_controller.go syncJob; validation.go ValidateJobStatus (J-5)',
  },
  {
    name: 'finished-job-has-no-active-pods',
    family: 'jobs',
    sentence: 'When a Job becomes Complete or Failed none of its pods is active, those of the last second apart.',
    source: 'pkg/controller/job/job_controller.go deleteActivePods, enactJobFinished (J-5)',
  },
  {
    name: 'job-counts-never-fall',
    family: 'jobs',
    sentence: 'The numbers of a Job’s succeeded and failed pods never fall, unless its completions are changed.',
    source: 'pkg/controller/job/job_controller.go trackJobStatusAndRemoveFinalizers (J-3)',
  },
  {
    name: 'back-off-limit-is-used-up',
    family: 'jobs',
    sentence:
      'A Job says BackoffLimitExceeded only when more of its pods have failed or were taken away than backoffLimit allows, or where containers were restarted as often; and makes no pod when more have been Failed for a second.',
    source: 'pkg/controller/job/job_controller.go syncJob, pastBackoffLimitOnFailure (J-4)',
  },
  {
    name: 'complete-job-has-succeeded',
    family: 'jobs',
    sentence:
      'A Job without a success policy becomes Complete only when as many of its pods have succeeded as its completions ask for; without completions, one.',
    source: 'pkg/controller/job/job_controller.go syncJob (J-6)',
  },
  {
    name: 'cronjob-forbids-two-jobs',
    family: 'jobs',
    sentence:
      'A CronJob whose policy is Forbid makes no Job while one of its is unfinished; one whose policy is Replace deletes that first.',
    source: 'pkg/controller/cronjob/cronjob_controllerv2.go syncCronJob (CJ-3)',
  },
  {
    name: 'job-comes-to-its-end',
    family: 'jobs',
    sentence:
      'When nothing more can happen, a Job that was refused nothing is over, suspended or has an unfinished pod; and one that is over has none that is active.',
    source: 'pkg/controller/job/job_controller.go syncJob (J-4, J-6)',
  },
]

/** Looks at what Jobs and CronJobs make, and at what they say of their end. */
export class JobLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  makes(owner: OwnerRecord, pod: PodRecord): void {
    const since = sinceOf(this.#parts)
    const jobs = owner.manifests(since) as readonly Job[]
    const active = owner.activePods().filter(each => each.isMadeByOwner || each.ownedAt < since)
    const parallelism = Math.max(...jobs.map(({ spec }) => spec.parallelism ?? 1))
    if (active.length > parallelism)
      this.#add(
        'job-keeps-to-its-parallelism',
        owner,
        pod.symbol,
        `makes ${podNamed(pod)} and has ${active.length} active pods; its parallelism is ${parallelism}`,
      )
    this.#completions(owner, pod, jobs, active.length, since)
    if (jobs.every(({ spec }) => spec.completionMode === 'Indexed')) this.#index(owner, pod, jobs)
    const isSuspended = jobs.every(({ spec }) => spec.suspend === true)
    if (isSuspended || owner.isFinished)
      this.#add(
        'stopped-job-makes-nothing',
        owner,
        pod.symbol,
        `makes ${podNamed(pod)} while it is ${isSuspended ? 'suspended' : 'over'}`,
      )
    const failed = owner.pods.filter(
      each => each.owner === owner && each.phase === PHASE.Failed && each.deletedAt === NEVER && each.phaseAt < since,
    )
    const limit = Math.max(...jobs.map(limitOf))
    if (failed.length > limit)
      this.#add(
        'back-off-limit-is-used-up',
        owner,
        pod.symbol,
        `makes ${podNamed(pod)} after ${failed.length} pods have failed; its limit is ${limit}`,
      )
  }

  #completions(owner: OwnerRecord, pod: PodRecord, jobs: readonly Job[], active: number, since: number): void {
    const succeeded = owner.pods.filter(each => each.owner === owner && hasSucceeded(each))
    const law = 'job-makes-no-more-than-its-completions'
    if (jobs.some(({ spec }) => spec.completions === undefined)) {
      const first = succeeded.find(each => each.phaseAt < since)
      if (first !== undefined && jobs.length === 1)
        this.#add(law, owner, pod.symbol, `makes ${podNamed(pod)} after ${podNamed(first)} has succeeded`)
      return
    }
    const most = Math.max(...jobs.map(({ spec }) => spec.completions ?? 1))
    if (active + succeeded.length > most && owner.changedAt === NEVER)
      this.#add(
        law,
        owner,
        pod.symbol,
        `makes ${podNamed(pod)} and has ${active} active and ${succeeded.length} succeeded pods of ${most}`,
      )
  }

  #index(owner: OwnerRecord, pod: PodRecord, jobs: readonly Job[]): void {
    const index = indexOf(pod)
    const completions = Math.max(...jobs.map(({ spec }) => spec.completions ?? 0))
    const waits = jobs.every(({ spec }) => waitsForEnd(spec))
    const isTaken = (each: PodRecord): boolean =>
      hasSucceeded(each) || isActive(each) || (waits && !each.isGone && !isOver(each))
    const twin = owner.pods.find(
      each => each !== pod && each.owner === owner && each.isMadeByOwner && indexOf(each) === index && isTaken(each),
    )
    const law = 'job-index-runs-once'
    if (twin !== undefined)
      this.#add(law, owner, pod.symbol, `makes ${podNamed(pod)} for index ${index}, which ${podNamed(twin)} has`)
    else if (!(Number(index) < completions))
      this.#add(law, owner, pod.symbol, `makes ${podNamed(pod)} for index ${index} of ${completions}`)
  }

  /** The row in hand gives a Job a condition. */
  condition(owner: OwnerRecord, type: string, status: number, reason: string): void {
    const isEnd = type === 'Complete' || type === 'Failed'
    const other = type === 'Complete' ? 'Failed' : 'Complete'
    if (isEnd && ((owner.isTrue(type) && status !== TRUTH.True) || owner.isTrue(other)))
      this.#add('job-end-is-final', owner, owner.symbol, `says ${type} after it has said that it is over`)
    if (status !== TRUTH.True) return
    if (reason === 'BackoffLimitExceeded' && !owner.isTrue('FailureTarget')) this.#limit(owner)
    if (!isEnd) return
    const since = sinceOf(this.#parts)
    const left = owner.activePods().find(pod => pod.ownedAt < since)
    if (left !== undefined)
      this.#add('finished-job-has-no-active-pods', owner, owner.symbol, `is ${type} while ${podNamed(left)} goes on`)
    if (type === 'Complete') this.#complete(owner)
  }

  conditionRemoved(owner: OwnerRecord, type: string): void {
    if (owner.isTrue(type) && (type === 'Complete' || type === 'Failed'))
      this.#add('job-end-is-final', owner, owner.symbol, `is not ${type} any more`)
  }

  #limit(owner: OwnerRecord): void {
    const jobs = owner.manifests(sinceOf(this.#parts)) as readonly Job[]
    const limit = Math.min(...jobs.map(({ spec }) => spec.backoffLimit ?? 6))
    const pods = owner.pods.filter(pod => pod.owner === owner)
    const failed = pods.filter(
      pod =>
        !pod.isDeletedByOwner &&
        !hasSucceeded(pod) &&
        (pod.phase === PHASE.Failed || pod.deletedAt !== NEVER || pod.isGone),
    )
    const restarts = pods.reduce((sum, pod) => sum + pod.containers.reduce((all, { restarts }) => all + restarts, 0), 0)
    const isRestarted =
      jobs.some(({ spec }) => spec.template.spec.restartPolicy === 'OnFailure') && restarts > 0 && restarts >= limit
    if (failed.length > limit || isRestarted) return
    this.#add(
      'back-off-limit-is-used-up',
      owner,
      owner.symbol,
      `gives up after ${failed.length} failed pods; its limit is ${limit}`,
    )
  }

  #complete(owner: OwnerRecord): void {
    const jobs = owner.manifests(sinceOf(this.#parts)) as readonly Job[]
    if (jobs.some(({ spec }) => spec.successPolicy !== undefined)) return
    const needed = Math.min(...jobs.map(({ spec }) => spec.completions ?? 1))
    const succeeded = owner.pods.filter(pod => pod.owner === owner && pod.wasSucceeded).length
    if (succeeded >= needed) return
    this.#add(
      'complete-job-has-succeeded',
      owner,
      owner.symbol,
      `is complete after ${succeeded} of ${needed} pods have succeeded`,
    )
  }

  counts(owner: OwnerRecord, field: string, value: number): void {
    const before = owner.number(field)
    if (value >= before || owner.changedAt !== NEVER) return
    this.#add('job-counts-never-fall', owner, owner.symbol, `shows ${value} ${field} pods after ${before}`)
  }

  /** A CronJob makes a Job. */
  starts(owner: OwnerRecord, job: OwnerRecord): void {
    const crons = owner.manifests(sinceOf(this.#parts)) as readonly CronJob[]
    if (crons.every(({ spec }) => spec.suspend === true))
      this.#add('stopped-job-makes-nothing', owner, job.symbol, `makes ${ownerNamed(job)} while it is suspended`)
    const policies = new Set(crons.map(({ spec }) => spec.concurrencyPolicy ?? 'Allow'))
    if (policies.has('Allow')) return
    const isOn = (each: OwnerRecord): boolean => each !== job && !each.isHandmade && !each.isFinished
    const other = owner
      .storedChildren()
      .find(each => isOn(each) && (policies.has('Forbid') || each.deletedAt === NEVER))
    if (other !== undefined)
      this.#add(
        'cronjob-forbids-two-jobs',
        owner,
        job.symbol,
        `makes ${ownerNamed(job)} while ${ownerNamed(other)} goes on`,
      )
  }

  /** The run is over, and nothing more can happen. */
  finished(owner: OwnerRecord, end: number): void {
    const { spec } = owner.object as Job
    const left = owner.storedPods().filter(pod => !isOver(pod))
    const isDone = owner.isFinished
      ? left.every(pod => !isActive(pod))
      : spec.suspend === true || spec.parallelism === 0 || left.length > 0
    if (isDone) return
    const text = owner.isFinished
      ? `${ownerNamed(owner)} is over, and ${podNamed(left[0])} is left`
      : `${ownerNamed(owner)} is not over, and has no pod that could go on`
    this.#parts.findings.addAt('job-comes-to-its-end', end, owner.createdRow, owner.symbol, text, owner.createdRow)
  }

  #add(law: string, owner: OwnerRecord, symbol: number, what: string): void {
    this.#parts.findings.add(law, symbol, `${ownerNamed(owner)} ${what}`, owner.createdRow)
  }
}

/** One that is being deleted before it succeeds has failed, whatever it ends as (J-3). */
const hasSucceeded = ({ phase, phaseAt, deletedAt }: PodRecord): boolean =>
  phase === PHASE.Succeeded && (deletedAt === NEVER || deletedAt >= phaseAt)

/** Failures that a policy lets pass are not counted, so that no limit can be told of them. */
const limitOf = ({ spec }: Job): number =>
  spec.backoffLimitPerIndex !== undefined || spec.podFailurePolicy !== undefined
    ? Number.POSITIVE_INFINITY
    : (spec.backoffLimit ?? 6)

/** batch/v1: a Job with a pod failure policy waits for the phase (J-3). */
const waitsForEnd = ({ podReplacementPolicy, podFailurePolicy }: Job['spec']): boolean =>
  (podReplacementPolicy ?? (podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed')) === 'Failed'

export const indexOf = ({ facts }: PodRecord): string =>
  facts.object.metadata.annotations?.['batch.kubernetes.io/job-completion-index'] ?? ''
