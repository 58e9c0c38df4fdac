import type { EventRecorder, Expectations, WorkQueue } from '../../client/index.js'
import type { JobCounts, ObjectVersion, OwnerCondition, PodVersion } from '../../contract/index.js'
import { apiSeconds } from '../../contract/index.js'
import type { ControllerContext } from '../controller.js'
import { type CREATED_POD, DELETED_POD, FAILED_CREATE } from '../messages.js'
import { CompletionIndexes } from './completion-indexes.js'
import type { FailureRecord } from './failure-record.js'
import { JOB_TRACKING, type JobTemplates } from './job-template.js'

/** What the syncs of all Jobs share. */
export interface JobParts {
  readonly context: ControllerContext
  readonly queue: WorkQueue
  readonly events: EventRecorder
  readonly expectations: Expectations
  readonly templates: JobTemplates
  /** By Job: pods whose finalizer was taken away and which the informer still shows with it. */
  readonly released: Map<number, Set<number>>
  /** By Job: its failures since the last success. */
  readonly failures: Map<number, FailureRecord>
}

/** One sync of a Job: what it saw, and what of its status it has changed so far. */
export class JobWork {
  readonly parts: JobParts
  readonly cause: number
  readonly completions: number
  /** How many indexes there are; undefined: the Job is not Indexed. */
  readonly indexes: number | undefined
  /** Whether a pod that is being deleted counts as failed only by its phase (J-3). */
  readonly waitsForPhase: boolean
  #version: ObjectVersion<'Job'>
  #counts: JobCounts
  #conditions: readonly OwnerCondition[]

  constructor(parts: JobParts, version: ObjectVersion<'Job'>, cause: number) {
    this.parts = parts
    this.cause = cause
    this.#version = version
    this.#counts = version.counts
    this.#conditions = version.conditions
    const { spec } = version.object
    this.completions = spec.completions ?? Number.POSITIVE_INFINITY
    this.indexes = spec.completionMode === 'Indexed' ? this.completions : undefined
    const isByPolicy = parts.context.profile.jobBackOff === 'record' && spec.podReplacementPolicy === 'Failed'
    this.waitsForPhase = spec.podFailurePolicy !== undefined || isByPolicy
  }

  get version(): ObjectVersion<'Job'> {
    return this.#version
  }

  get spec(): ObjectVersion<'Job'>['object']['spec'] {
    return this.#version.object.spec
  }

  /** As they are to be written. */
  get counts(): JobCounts {
    return this.#counts
  }

  get conditions(): readonly OwnerCondition[] {
    return this.#conditions
  }

  get seconds(): number {
    const { environment } = this.parts.context
    return apiSeconds(environment, environment.kernel.now)
  }

  get isSuspended(): boolean {
    return this.spec.suspend === true
  }

  uncounted(which: 'succeeded' | 'failed'): readonly string[] {
    const text = this.#counts[`uncountedTerminatedPods.${which}`]
    return text === '' ? [] : text.split(',')
  }

  indexesOf(text: string): CompletionIndexes {
    return CompletionIndexes.parse(text, this.completions)
  }

  isReleased(pod: PodVersion): boolean {
    return this.parts.released.get(this.#version.path)?.has(pod.identity.index) === true
  }

  setCounts(changes: Partial<JobCounts>): void {
    this.#counts = { ...this.#counts, ...changes }
  }

  /** Answers whether they are others than before. */
  setConditions(conditions: readonly OwnerCondition[]): boolean {
    const isChange = conditions !== this.#conditions
    this.#conditions = conditions
    return isChange
  }

  /** @throws ApiError Conflict, where the Job is not what the cache showed. */
  flush(): void {
    const { client } = this.parts.context
    const status = { counts: this.#counts, conditions: this.#conditions }
    this.#version = client.updateObjectStatus(this.#version, status, this.cause)
  }

  /** Takes a counted pod's finalizer away; the informer shows it later. */
  release(pod: PodVersion): void {
    const { released, context } = this.parts
    const pods = released.get(this.#version.path) ?? new Set()
    released.set(this.#version.path, pods)
    if (context.podControl.removeFinalizer(pod, JOB_TRACKING, this.cause)) pods.add(pod.identity.index)
  }

  deletePod(pod: PodVersion): void {
    const { expectations, context } = this.parts
    if (context.podControl.delete(pod, this.cause)) this.tellPod('SuccessfulDelete', DELETED_POD, pod.identity.name)
    else expectations.deletionObserved(this.#version.path, pod.identity.index)
  }

  tellPod(reason: string, template: typeof CREATED_POD, name: string): void {
    const { symbols } = this.parts.context.environment
    this.#record(false, reason, symbols.message(template, symbols.intern(name)))
  }

  tellRefusal(cause: string): void {
    const { symbols } = this.parts.context.environment
    this.#record(true, 'FailedCreate', symbols.message(FAILED_CREATE, symbols.intern(cause)))
  }

  tell(isWarning: boolean, reason: string, message: string): void {
    this.#record(isWarning, reason, this.parts.context.environment.symbols.intern(message))
  }

  #record(isWarning: boolean, reason: string, message: number): void {
    const { events, context } = this.parts
    const { index, path } = this.#version
    events.record(index, path, isWarning, context.environment.symbols.intern(reason), message, this.cause)
  }
}
