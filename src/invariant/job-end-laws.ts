import type { CronJob, Job } from '../model/index.js'
import { NEVER } from './container-record.js'
import { indexOf } from './job-laws.js'
import type { Law } from './law.js'
import { at, type LawParts } from './law-parts.js'
import { sinceOf } from './owner-laws.js'
import { type OwnerRecord, ownerNamed } from './owner-record.js'
import type { PolicyRecords } from './policy-records.js'

/** Laws of Jobs that are over: what they have come to, and how long they are kept. */
export const JOB_END_LAWS: readonly Law[] = [
  {
    name: 'complete-job-has-every-index',
    family: 'jobs',
    sentence:
      'An Indexed Job without a success policy, whose completions nobody changed, becomes Complete only when for each of its indexes a pod has succeeded.',
    source: 'pkg/controller/job/indexed_job_utils.go calculateSucceededIndexes (J-7)',
  },
  {
    name: 'finished-job-is-kept-for-its-time',
    family: 'jobs',
    sentence:
      'A Job that belongs to nobody is deleted, unless by a step or with its namespace, only ttlSecondsAfterFinished after it is over; and when nothing more can happen none is left that has such a time.',
    source: 'pkg/controller/ttlafterfinished/ttlafterfinished_controller.go processTTL (J-11)',
  },
  {
    name: 'cronjob-keeps-to-its-history',
    family: 'jobs',
    sentence:
      'When a CronJob makes a Job, no more of its Jobs that have been Complete, or Failed, for a second are stored than its history limits allow, those on their way apart.',
    source: 'pkg/controller/cronjob/cronjob_controllerv2.go cleanupFinishedJobs (CJ-4)',
  },
]

const DEFAULT_SUCCESSFUL = 3
const DEFAULT_FAILED = 1

/** Looks at what becomes of Jobs that are over. */
export class JobEndLaws {
  readonly #parts: LawParts
  readonly #policies: PolicyRecords

  constructor(parts: LawParts, policies: PolicyRecords) {
    this.#parts = parts
    this.#policies = policies
  }

  /** A Job becomes Complete. */
  complete(owner: OwnerRecord): void {
    const { spec } = owner.object as Job
    if (spec.completionMode !== 'Indexed' || spec.successPolicy !== undefined || owner.changedAt !== NEVER) return
    // One that was counted as failed when it was deleted, and succeeds after all, has its index completed.
    const done = new Set(owner.pods.filter(pod => pod.owner === owner && pod.wasSucceeded).map(indexOf))
    for (let index = 0; index < (spec.completions ?? 0); index++) {
      if (done.has(String(index))) continue
      const text = `${ownerNamed(owner)} is complete, and no pod has succeeded for index ${index}`
      this.#parts.findings.add('complete-job-has-every-index', owner.symbol, text, owner.createdRow)
      return
    }
  }

  /** A Job is deleted, and no step has done that. */
  deleted(owner: OwnerRecord): void {
    const { ownerReferences = [] } = owner.object.metadata
    if (ownerReferences.length > 0 || this.#policies.endingNamespaces.has(owner.namespace)) return
    const { row, toleranceMs, findings } = this.#parts
    const jobs = owner.manifests(sinceOf(this.#parts)) as readonly Job[]
    const seconds = Math.min(...jobs.map(({ spec }) => spec.ttlSecondsAfterFinished ?? Number.POSITIVE_INFINITY))
    const end = endOf(owner)
    // The time of the condition is cut to a whole second.
    if (end !== undefined && row.time + 1000 + toleranceMs >= end + seconds * 1000) return
    const why = end === undefined ? 'goes on' : `is over since ${at(end)}, and is to be kept`
    const text = `${ownerNamed(owner)} is deleted although it ${why}`
    findings.add('finished-job-is-kept-for-its-time', owner.symbol, text, owner.createdRow)
  }

  /** The run is over, and nothing more can happen. */
  finished(owner: OwnerRecord, end: number): void {
    const { ttlSecondsAfterFinished: seconds } = (owner.object as Job).spec
    if (!owner.isFinished || seconds === undefined) return
    const text = `${ownerNamed(owner)} is left although it was to go ${seconds}s after it was over`
    const { findings } = this.#parts
    findings.addAt('finished-job-is-kept-for-its-time', end, owner.createdRow, owner.symbol, text, owner.createdRow)
  }

  /** A CronJob makes a Job. */
  starts(owner: OwnerRecord, job: OwnerRecord): void {
    const since = sinceOf(this.#parts)
    if (owner.changedAt >= since) return
    const { spec } = owner.object as CronJob
    const limits = [
      ['Complete', spec.successfulJobsHistoryLimit ?? DEFAULT_SUCCESSFUL],
      ['Failed', spec.failedJobsHistoryLimit ?? DEFAULT_FAILED],
    ] as const
    for (const [type, most] of limits) {
      const kept = owner
        .storedChildren()
        .filter(each => each.isTrue(type) && each.deletedAt === NEVER && (endOf(each) ?? NEVER) < since)
      if (kept.length <= most) continue
      const text = `${ownerNamed(owner)} keeps ${kept.length} Jobs that are ${type}; it is to keep ${most}`
      this.#parts.findings.add('cronjob-keeps-to-its-history', job.symbol, text, owner.createdRow)
    }
  }
}

/** When a Job was over; undefined: it goes on. */
const endOf = ({ conditions, isFinished }: OwnerRecord): number | undefined =>
  isFinished ? conditions.get(conditions.has('Complete') ? 'Complete' : 'Failed')?.at : undefined
