import type { Milliseconds } from '../../../time/index.js'
import { controllerUidOf, EventRecorder, Expectations, type WorkQueue } from '../../client/index.js'
import { ApiError, CHANGE, isDeleting, type ObjectVersion, type PodVersion, WORD } from '../../contract/index.js'
import { apiTime } from '../active-pods.js'
import type { Controller, ControllerContext } from '../controller.js'
import { EVENT_SOURCE } from '../event-source.js'
import { objectsSelecting } from '../objects-selecting.js'
import { doubled } from './failure-record.js'
import { isFinished } from './job-end.js'
import { isTracked } from './job-pods.js'
import { JOB_TRACKING, JobTemplates } from './job-template.js'
import { type JobParts, JobWork } from './job-work.js'
import { syncJob } from './sync-job.js'

/** How the work queue of Jobs retries, by how failed pods hold a Job back: in 1.26 it was the back-off of failed pods itself. */
export const JOB_RETRIES = {
  queue: { first: 10_000, longest: 360_000 },
  record: { first: 1000, longest: 60_000 },
} as const

/**
 * Runs Jobs to their end.
 *
 * controllers: pkg/controller/job/job_controller.go, v1.32, and what 1.26 did otherwise (J-1 … J-12, control-plane.md §0b).
 */
export class JobController implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = Number.POSITIVE_INFINITY
  /** The queue's failures are a Job's, which only a success forgets. */
  readonly keepsFailures = true
  readonly #context: ControllerContext
  readonly #parts: JobParts
  /** Pods without their Job, by path: their finalizers keep them. */
  #orphans = new Map<number, PodVersion>()

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    const { environment, profile } = context
    this.#parts = {
      context,
      queue,
      events: new EventRecorder(environment, EVENT_SOURCE.Job, profile.sharesSpamBucket),
      expectations: new Expectations(),
      templates: new JobTemplates(),
      released: new Map(),
      failures: new Map(),
    }
  }

  reset(): void {
    const { events, expectations, templates, released, failures } = this.#parts
    events.reset()
    expectations.reset()
    templates.reset()
    released.clear()
    failures.clear()
    this.#orphans = new Map()
  }

  objectChanged(change: number, version: ObjectVersion, previous: ObjectVersion | null, cause: number): void {
    if (version.kind !== 'Job') return
    const job = version as ObjectVersion<'Job'>
    if (change === CHANGE.removed) {
      for (const pod of this.#context.pods.ownedBy(job.uid)) this.#queueOrphan(pod, cause)
      this.queue.add(job.path, cause)
      return
    }
    // 1.26 looked at a Job after each write of its status; J-2 is newer (L-job-never-backoff2: the back-off of 20 s stands).
    const isBatched = this.#context.profile.jobBackOff === 'record' && previous?.generation === version.generation
    if (isBatched) this.queue.addAfter(job.path, BATCH_MS, cause)
    else this.queue.add(job.path, cause)
    if (previous !== null) this.#awaitOtherDeadline(job, previous as ObjectVersion<'Job'>, cause)
  }

  #awaitOtherDeadline(job: ObjectVersion<'Job'>, previous: ObjectVersion<'Job'>, cause: number): void {
    const { activeDeadlineSeconds } = job.object.spec
    const { startTime } = job.counts
    if (startTime < 0 || activeDeadlineSeconds === undefined) return
    if (activeDeadlineSeconds === previous.object.spec.activeDeadlineSeconds) return
    const end = (startTime + activeDeadlineSeconds) * 1000
    this.queue.addAfter(job.path, end - apiTime(this.#context.environment), cause)
  }

  podChanged(change: number, pod: PodVersion, _previous: PodVersion | null, cause: number): void {
    const { expectations, released } = this.#parts
    const uid = controllerUidOf(pod)
    const job = uid === undefined ? undefined : this.#context.objects.withUid(uid)
    if (uid === undefined && change !== CHANGE.removed) this.#queueMatching(pod, cause)
    if (job?.kind !== 'Job') {
      if (uid !== undefined && change !== CHANGE.removed && job === undefined) this.#queueOrphan(pod, cause)
      return
    }
    const { path } = job
    if (change === CHANGE.removed || !isTracked(pod)) released.get(path)?.delete(pod.identity.index)
    if (change === CHANGE.removed || isDeleting(pod)) expectations.deletionObserved(path, pod.identity.index)
    else if (change === CHANGE.added) expectations.creationObserved(path)
    const isFailure = change === CHANGE.modified && !isDeleting(pod) && pod.status.phase === WORD.Failed
    this.queue.addAfter(path, isFailure ? this.#failureDelay(path) : BATCH_MS, cause)
  }

  /** 1.26: a failed pod is looked at when the Job's back-off says so (§0b). */
  #failureDelay(path: number): Milliseconds {
    if (this.#context.profile.jobBackOff === 'record') return BATCH_MS
    const failures = this.queue.failures(path)
    const { first, longest } = JOB_RETRIES.queue
    return failures === 0 ? BATCH_MS : doubled(first, failures - 1, longest)
  }

  #queueMatching(pod: PodVersion, cause: number): void {
    const { identity, spec } = pod
    const { labels } = spec.object.metadata
    for (const { path } of objectsSelecting(this.#context.objects, 'Job', identity.namespace, labels))
      this.queue.addAfter(path, BATCH_MS, cause)
  }

  #queueOrphan(pod: PodVersion, cause: number): void {
    if (!isTracked(pod)) return
    this.#orphans.set(pod.identity.path, pod)
    this.queue.add(pod.identity.path, cause)
  }

  sync(key: number, cause: number): void {
    const { objects, podControl, environment } = this.#context
    const orphan = this.#orphans.get(key)
    if (orphan !== undefined) {
      this.#orphans.delete(key)
      podControl.removeFinalizer(orphan, JOB_TRACKING, cause)
      return
    }
    const { expectations, released, failures } = this.#parts
    const version = objects.get(key, 'Job')
    if (version === undefined) {
      expectations.delete(key)
      released.delete(key)
      failures.delete(key)
      this.queue.forget(key)
    } else if (isFinished(version.conditions)) this.queue.forget(key)
    else this.#syncJob(version, expectations.areSatisfied(key, environment.kernel.now), cause)
  }

  #syncJob(version: ObjectVersion<'Job'>, isSatisfied: boolean, cause: number): void {
    const isByQueue = this.#context.profile.jobBackOff === 'queue'
    try {
      const { isOver, hasNewFailure, hasNewSuccess } = syncJob(new JobWork(this.#parts, version, cause), isSatisfied)
      if (!isByQueue || hasNewSuccess) this.queue.forget(version.path)
      if (isByQueue && hasNewFailure && !isOver) this.queue.addRateLimited(version.path, cause)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // 1.26 leaves a conflict to the notification that must be on its way.
      if (!isByQueue || error.reason !== 'Conflict') this.queue.addRateLimited(version.path, cause)
    }
  }
}

/** Changes of pods are looked at together (J-2). */
const BATCH_MS = 1000
