import { ApiError, type PodVersion } from '../../contract/index.js'
import { apiTime, isReady } from '../active-pods.js'
import { createInBatches } from '../create-in-batches.js'
import { CREATED_POD } from '../messages.js'
import { type CompletionIndexes, completionIndexOf, firstPendingIndexes } from './completion-indexes.js'
import { type FailureRecord, remainingBackOff } from './failure-record.js'
import { failuresAfter, indexBackOff } from './index-failures.js'
import { isTerminating } from './job-pods.js'
import { type IndexWork, JOB_TRACKING, jobTemplate, nameBaseOf } from './job-template.js'
import type { JobWork } from './job-work.js'
import { podsToRemove, wantedActive } from './wanted-pods.js'

/** What a sync knows of the pods when it decides how many there should be. */
export interface JobState {
  readonly pods: readonly PodVersion[]
  readonly active: readonly PodVersion[]
  readonly succeeded: number
  readonly succeededIndexes: CompletionIndexes
  readonly failedIndexes: CompletionIndexes
  /** By index: the failed pod that waits for its replacement. */
  readonly toReplace: ReadonlyMap<number, PodVersion>
  readonly failures: FailureRecord
}

/** What the status shows after pods were made or deleted. */
export interface Managed {
  readonly active: number
  /** How many of the active pods were deleted, and how many of these were ready. */
  readonly deleted: number
  readonly deletedReady: number
  /** Why not all pods could be created. */
  readonly failure?: ApiError
}

/** Brings the number of active pods to what is wanted: deletes or creates, never both in one sync (J-7, J-10). */
export function manageJob(work: JobWork, state: JobState): Managed {
  const { active } = state
  const { context, expectations } = work.parts
  const { kernel } = context.environment
  const wanted = work.isSuspended ? 0 : wantedActive(work.spec, state.succeeded, active.length)
  const surplus = Math.max(0, active.length - wanted)
  const indexes = work.isSuspended ? undefined : work.indexes
  const tooMany = podsToRemove(active, surplus, indexes, apiTime(context.environment)).slice(0, MOST_PER_SYNC)
  if (tooMany.length === 0 && !work.isSuspended) return createPods(work, state, wanted)
  const { path } = work.version
  expectations.expectDeletions(
    path,
    tooMany.map(({ identity }) => identity.index),
    kernel.now,
  )
  for (const pod of tooMany) {
    // Without its finalizer the pod is not counted, whatever it ends as.
    context.podControl.removeFinalizer(pod, JOB_TRACKING, work.cause)
    work.deletePod(pod)
  }
  return {
    active: active.length - tooMany.length,
    deleted: tooMany.length,
    deletedReady: tooMany.filter(isReady).length,
  }
}

function createPods(work: JobWork, state: JobState, wanted: number): Managed {
  const { context, queue } = work.parts
  const isRecord = context.profile.jobBackOff === 'record'
  const terminating = isRecord && work.waitsForPhase ? state.pods.filter(isTerminating).length : 0
  const missing = wanted - terminating - state.active.length
  const same: Managed = { active: state.active.length, deleted: 0, deletedReady: 0 }
  if (missing <= 0) return same
  const isPerIndex = work.spec.backoffLimitPerIndex !== undefined
  const wait = isRecord && !isPerIndex ? remainingBackOff(state.failures, apiTime(context.environment)) : 0
  const planned = work.indexes === undefined ? undefined : planIndexes(work, state, missing)
  const delay = wait > 0 ? wait : (planned?.delay ?? 0)
  if (delay > 0) {
    queue.addAfter(work.version.path, delay, work.cause)
    // Upstream shows no active pods while creation waits, however many there are.
    return { ...same, active: 0 }
  }
  const works = planned?.works ?? Array.from({ length: missing }, () => undefined)
  const { created, failure } = create(work, works.slice(0, MOST_PER_SYNC))
  return { ...same, active: state.active.length + created, failure }
}

/** The indexes to work on now; a delay where each of them waits for its back-off. */
function planIndexes(
  work: JobWork,
  state: JobState,
  missing: number,
): { readonly works: readonly IndexWork[]; readonly delay: number } {
  const { environment } = work.parts.context
  const taken = new Set(state.active.map(completionIndexOf))
  if (work.waitsForPhase) for (const pod of state.pods) if (isTerminating(pod)) taken.add(completionIndexOf(pod))
  const isTaken = (index: number): boolean =>
    taken.has(index) || state.succeededIndexes.has(index) || state.failedIndexes.has(index)
  const pending = firstPendingIndexes(work.completions, missing, isTaken)
  if (work.spec.backoffLimitPerIndex === undefined) return { works: pending.map(index => ({ index })), delay: 0 }
  const now = apiTime(environment)
  const waits = pending.map(index => indexBackOff(state.toReplace.get(index), environment, now))
  const works = pending
    .filter((_, i) => waits[i] === 0)
    .map(index => ({ index, failures: failuresAfter(state.toReplace.get(index), work.version, environment) }))
  return { works, delay: works.length > 0 || waits.length === 0 ? 0 : Math.min(...waits) }
}

/** C-3. */
function create(
  work: JobWork,
  works: readonly (IndexWork | undefined)[],
): { readonly created: number; readonly failure: ApiError | undefined } {
  const { context, expectations } = work.parts
  const { path } = work.version
  expectations.expectCreations(path, works.length, context.environment.kernel.now)
  let created = works.length
  const refused = (): void => {
    expectations.creationObserved(path)
    created--
  }
  const failure = createInBatches(works, each => createPod(work, each, refused), refused)
  return { created, failure }
}

/** Answers why the pod was refused; upstream counts a pod as active that a namespace on its way out does not take. */
function createPod(work: JobWork, each: IndexWork | undefined, refused: () => void): ApiError | undefined {
  const { context, expectations, templates } = work.parts
  const { version, cause } = work
  const template = each === undefined ? templates.of(version) : jobTemplate(version, each)
  const base = each === undefined ? version.name : nameBaseOf(version.name, each)
  try {
    const { name } = context.podControl.create(version, template, cause, base)
    work.tellPod('SuccessfulCreate', CREATED_POD, name)
    return undefined
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.causeType === 'NamespaceTerminating') {
      expectations.creationObserved(version.path)
      return undefined
    }
    refused()
    work.tellRefusal(error.message)
    return error
  }
}

/** C-3. */
const MOST_PER_SYNC = 500
