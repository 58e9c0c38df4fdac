import { type LabelSelector, matchesLabelSelector } from '../../../model/index.js'
import { controllerUidOf, EventRecorder, type WorkQueue } from '../../client/index.js'
import {
  ApiError,
  apiSeconds,
  CHANGE,
  isDeleting,
  type ObjectVersion,
  type OwnerCondition,
  type PodVersion,
} from '../../contract/index.js'
import { isReady } from '../active-pods.js'
import type { Controller, ControllerContext } from '../controller.js'
import { EVENT_SOURCE } from '../event-source.js'
import {
  budgetNumbers,
  DISRUPTION_TIMEOUT_SECONDS,
  type DisruptedPods,
  isCountedByOwners,
  readDisrupted,
  writeDisrupted,
} from './budget-status.js'
import { ownerScale } from './owner-scale.js'
import { selectorText } from './selector-text.js'

type Budget = ObjectVersion<'PodDisruptionBudget'>

/**
 * Keeps the status of PodDisruptionBudgets, which evictions ask.
 *
 * controllers: pkg/controller/disruption/disruption.go, v1.32 (PDB-1 … PDB-3). DisruptionTarget conditions of pods that were not
 * deleted after all stay: nothing in the model sets one without deleting.
 */
export class DisruptionController implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = Number.POSITIVE_INFINITY
  readonly #context: ControllerContext
  readonly #events: EventRecorder
  /** By budget: the pods that match, as last notified. */
  #matching = new Map<number, Map<number, PodVersion>>()

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    const { environment, profile } = context
    this.#events = new EventRecorder(environment, EVENT_SOURCE.PodDisruptionBudget, profile.sharesSpamBucket)
  }

  reset(): void {
    this.#events.reset()
    this.#matching = new Map()
  }

  objectChanged(change: number, version: ObjectVersion, previous: ObjectVersion | null, cause: number): void {
    if (version.kind !== 'PodDisruptionBudget') return
    const budget = version as Budget
    if (change === CHANGE.removed) this.#matching.delete(budget.path)
    else if (previous === null || previous.object !== budget.object) this.#match(budget)
    this.queue.add(budget.path, cause)
  }

  #match(budget: Budget): void {
    const matching = new Map<number, PodVersion>()
    for (const pod of this.#context.pods.all()) if (isProtected(budget, pod)) matching.set(pod.identity.index, pod)
    this.#matching.set(budget.path, matching)
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    // Upstream queues a sync for each change; one that would find everything as it was is left out.
    if (change === CHANGE.modified && previous !== null && isSameToBudget(pod, previous)) return
    const { index, namespace } = pod.identity
    for (const budget of this.#context.objects.all('PodDisruptionBudget', namespace)) {
      const matching = this.#matching.get(budget.path)
      const wasIn = matching?.has(index) === true
      const isIn = change !== CHANGE.removed && isProtected(budget, pod)
      if (isIn) matching?.set(index, pod)
      else matching?.delete(index)
      if (isIn || wasIn) this.queue.add(budget.path, cause)
    }
  }

  sync(key: number, cause: number): void {
    const budget = this.#context.objects.get(key, 'PodDisruptionBudget')
    if (budget === undefined) return
    const pods = [...(this.#matching.get(key)?.values() ?? [])]
    if (pods.length === 0) this.#tell(budget, false, 'NoPods', 'No matching pods found', cause)
    try {
      this.#update(budget, pods, cause)
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'NotFound') this.#failSafe(budget, error.message, cause)
      throw error
    }
  }

  #update(budget: Budget, pods: readonly PodVersion[], cause: number): void {
    const { client, environment } = this.#context
    const { spec } = budget.object
    const now = apiSeconds(environment, environment.kernel.now)
    const disrupted = this.#stillDisrupted(budget, pods, now, cause)
    const isHealthy = (pod: PodVersion): boolean =>
      isReady(pod) && !isDeleting(pod) && !disrupted.has(pod.identity.name)
    const numbers = budgetNumbers({
      spec,
      matching: pods.length,
      healthy: pods.filter(isHealthy).length,
      scale: isCountedByOwners(spec) ? ownerScale(client, pods) : 0,
    })
    if (isCountedByOwners(spec) && pods.some(pod => controllerUidOf(pod) === undefined))
      this.#tell(budget, true, 'UnmanagedPods', unmanagedText(spec.selector), cause)
    const counts = { observedGeneration: budget.generation, ...numbers, disruptedPods: writeDisrupted(disrupted) }
    const conditions = [allowedCondition(budget, numbers.disruptionsAllowed, now)]
    client.updateObjectStatus(budget, { counts, conditions }, cause)
    const oldest = Math.min(...disrupted.values())
    if (disrupted.size > 0) this.queue.addAfter(budget.path, (oldest + DISRUPTION_TIMEOUT_SECONDS - now) * 1000, cause)
  }

  /** PDB-3. */
  #stillDisrupted(budget: Budget, pods: readonly PodVersion[], now: number, cause: number): DisruptedPods {
    const known = readDisrupted(budget.counts.disruptedPods)
    const left = new Map<string, number>()
    for (const pod of pods) {
      const { name, namespace } = pod.identity
      const since = known.get(name)
      if (since === undefined || isDeleting(pod)) continue
      if (since + DISRUPTION_TIMEOUT_SECONDS > now) left.set(name, since)
      else {
        const text = `Pod was expected by PDB ${namespace}/${budget.name} to be deleted but it wasn't`
        const { symbols } = this.#context.environment
        const words = [symbols.intern('NotDeleted'), symbols.intern(text)] as const
        this.#events.record(pod.identity.path, pod.identity.path, true, ...words, cause)
      }
    }
    return left
  }

  /** The size of an owner cannot be told: nothing may be disrupted until it can. */
  #failSafe(budget: Budget, message: string, cause: number): void {
    const { client, environment } = this.#context
    this.#tell(
      budget,
      true,
      'CalculateExpectedPodCountFailed',
      `Failed to calculate the number of expected pods: ${message}`,
      cause,
    )
    const now = apiSeconds(environment, environment.kernel.now)
    const counts = { ...budget.counts, observedGeneration: budget.generation, disruptionsAllowed: 0 }
    const conditions = [conditionOf(budget, 'False', 'SyncFailed', message, now)]
    client.updateObjectStatus(budget, { counts, conditions }, cause)
  }

  #tell(budget: Budget, isWarning: boolean, reason: string, message: string, cause: number): void {
    const { symbols } = this.#context.environment
    const { index, path } = budget
    this.#events.record(index, path, isWarning, symbols.intern(reason), symbols.intern(message), cause)
  }
}

/** PDB-1: what has no controller has no size, so that nobody can tell how many there should be. */
const unmanagedText = (selector: LabelSelector = {}): string =>
  `Pods selected by this PodDisruptionBudget (selector: ${selectorText(selector)}) were found to be unmanaged. As a result, the ` +
  'status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ' +
  '".spec.minAvailable" field of the PDB to an integer value.'

const isProtected = ({ namespace, object }: Budget, { identity, spec }: PodVersion): boolean =>
  identity.namespace === namespace &&
  object.spec.selector !== undefined &&
  matchesLabelSelector(object.spec.selector, spec.object.metadata.labels)

const isSameToBudget = (a: PodVersion, b: PodVersion): boolean =>
  a.spec === b.spec && isReady(a) === isReady(b) && isDeleting(a) === isDeleting(b)

const allowedCondition = (budget: Budget, allowed: number, now: number): OwnerCondition =>
  allowed > 0
    ? conditionOf(budget, 'True', 'SufficientPods', '', now)
    : conditionOf(budget, 'False', 'InsufficientPods', '', now)

function conditionOf(
  { conditions }: Budget,
  status: 'True' | 'False',
  reason: string,
  message: string,
  now: number,
): OwnerCondition {
  const old = conditions.find(({ type }) => type === DISRUPTION_ALLOWED)
  const transitionSeconds = old?.status === status ? old.transitionSeconds : now
  const next = {
    type: DISRUPTION_ALLOWED,
    status,
    reason,
    message,
    transitionSeconds,
    updateSeconds: transitionSeconds,
  }
  const isSame = old?.status === status && old.reason === reason && old.message === message
  return isSame && old !== undefined ? old : next
}

const DISRUPTION_ALLOWED = 'DisruptionAllowed'
