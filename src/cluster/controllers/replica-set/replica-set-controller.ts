import { controllerOf, type Labels, matchesLabelSelector } from '../../../model/index.js'
import { controllerUidOf, EventRecorder, Expectations, type WorkQueue } from '../../client/index.js'
import {
  ApiError,
  apiSeconds,
  CHANGE,
  isDeleting,
  type ObjectVersion,
  type OwnerCondition,
  type PodVersion,
} from '../../contract/index.js'
import { apiTime, isActive, isReady, readySeconds } from '../active-pods.js'
import { claimPods } from '../claim-pods.js'
import type { Controller, ControllerContext } from '../controller.js'
import { createInBatches } from '../create-in-batches.js'
import { conditionOf, newCondition, withoutCondition } from '../deployment/conditions.js'
import { EVENT_SOURCE } from '../event-source.js'
import { CREATED_POD, DELETED_POD, FAILED_CREATE } from '../messages.js'
import { objectsSelecting, selectorOf } from '../objects-selecting.js'
import { getPodsToDelete } from '../rank-pods.js'
import { rememberingLast } from '../remembering-last.js'
import { calculateStatus, isSameStatus, type ReplicaSetKind } from './replica-set-status.js'

/**
 * Keeps as many active pods as a ReplicaSet or ReplicationController asks for.
 *
 * controllers: pkg/controller/replicaset/replica_set.go, v1.32; pkg/controller/replication wraps it (RS-1 … RS-5).
 */
export class ReplicaSetController implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = Number.POSITIVE_INFINITY
  readonly #context: ControllerContext
  readonly #kind: ReplicaSetKind
  readonly #expectations = new Expectations()
  readonly #events: EventRecorder

  constructor(context: ControllerContext, queue: WorkQueue, kind: ReplicaSetKind) {
    this.#context = context
    this.queue = queue
    this.#kind = kind
    const { environment, profile } = context
    this.#events = new EventRecorder(environment, EVENT_SOURCE[kind], profile.sharesSpamBucket)
  }

  reset(): void {
    this.#expectations.reset()
    this.#events.reset()
  }

  objectChanged(change: number, version: ObjectVersion, _previous: ObjectVersion | null, cause: number): void {
    if (version.kind !== this.#kind) return
    if (change === CHANGE.removed) this.#expectations.delete(version.path)
    this.queue.add(version.path, cause)
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    if (change === CHANGE.removed || isDeleting(pod)) {
      this.#podDeleted(pod, cause)
      return
    }
    if (change === CHANGE.added) this.#podAdded(pod, cause)
    else if (previous !== null) this.#podModified(pod, previous, cause)
  }

  #podAdded(pod: PodVersion, cause: number): void {
    const owner = this.#ownerOf(pod)
    if (owner !== undefined) {
      this.#expectations.creationObserved(owner.path)
      this.queue.add(owner.path, cause)
    } else if (controllerUidOf(pod) === undefined) this.#queueMatching(pod, cause)
  }

  #podModified(pod: PodVersion, previous: PodVersion, cause: number): void {
    // Upstream queues a sync for each change; one that would find everything as it was is left out.
    if (isSameToReplicaSet(pod, previous)) return
    const isOtherOwner = pod.spec !== previous.spec && controllerUidOf(pod) !== controllerUidOf(previous)
    const former = isOtherOwner ? this.#ownerOf(previous) : undefined
    if (former !== undefined) this.queue.add(former.path, cause)
    const owner = this.#ownerOf(pod)
    if (owner !== undefined) {
      this.queue.add(owner.path, cause)
      const { minReadySeconds = 0 } = owner.object.spec
      // RS-4: the pod becomes available without a further event; a second more, for clocks that differ.
      if (minReadySeconds > 0 && !isReady(previous) && isReady(pod))
        this.queue.addAfter(owner.path, (minReadySeconds + 1) * 1000, cause)
    } else if (controllerUidOf(pod) === undefined) {
      const isOtherLabels = pod.spec.object.metadata.labels !== previous.spec.object.metadata.labels
      if (isOtherLabels || isOtherOwner) this.#queueMatching(pod, cause)
    }
  }

  #podDeleted(pod: PodVersion, cause: number): void {
    const owner = this.#ownerOf(pod)
    if (owner === undefined) return
    this.#expectations.deletionObserved(owner.path, pod.identity.index)
    this.queue.add(owner.path, cause)
  }

  #ownerOf(pod: PodVersion): ObjectVersion<ReplicaSetKind> | undefined {
    return this.#context.objects.ownerOf(this.#kind, pod.spec.object.metadata)
  }

  /** An orphan: every object that could adopt it looks at it. */
  #queueMatching(pod: PodVersion, cause: number): void {
    const { identity, spec } = pod
    const { labels } = spec.object.metadata
    for (const { path } of objectsSelecting(this.#context.objects, this.#kind, identity.namespace, labels))
      this.queue.add(path, cause)
  }

  /** RS-1. */
  sync(key: number, cause: number): void {
    const { environment, objects } = this.#context
    const version = objects.get(key, this.#kind)
    if (version === undefined) {
      this.#expectations.delete(key)
      return
    }
    const { now } = environment.kernel
    const isSatisfied = this.#expectations.areSatisfied(key, now)
    const selector = selectorOf(version)
    const isSelected = rememberingLast((labels: Labels) => matchesLabelSelector(selector, labels))
    const matches = (pod: PodVersion): boolean => isSelected(pod.spec.object.metadata.labels)
    const pods = claimPods(this.#context, version, isActive, matches, cause)
    const isActing = isSatisfied && version.deletionSeconds < 0
    const failure = isActing ? this.#manageReplicas(version, pods, cause) : undefined
    this.#updateStatus(version, pods, failure, cause)
    if (failure !== undefined) throw failure
    this.#awaitAvailability(version, pods, cause)
  }

  /** Answers why not all pods could be created. */
  #manageReplicas(
    version: ObjectVersion<ReplicaSetKind>,
    pods: readonly PodVersion[],
    cause: number,
  ): ApiError | undefined {
    const missing = (version.object.spec.replicas ?? 1) - pods.length
    if (missing > 0) return this.#createPods(version, Math.min(missing, BURST_REPLICAS), cause)
    if (missing < 0) this.#deletePods(version, pods, Math.min(-missing, BURST_REPLICAS), cause)
    return undefined
  }

  /** C-3. */
  #createPods(version: ObjectVersion<ReplicaSetKind>, count: number, cause: number): ApiError | undefined {
    this.#expectations.expectCreations(version.path, count, this.#context.environment.kernel.now)
    return createInBatches(
      Array.from({ length: count }, () => version),
      each => this.#createPod(each, cause),
      () => this.#expectations.creationObserved(version.path),
    )
  }

  #createPod(version: ObjectVersion<ReplicaSetKind>, cause: number): ApiError | undefined {
    const { environment, podControl } = this.#context
    const { symbols } = environment
    const { index, path, object } = version
    try {
      const { name } = podControl.create(version, object.spec.template, cause)
      const message = symbols.message(CREATED_POD, symbols.intern(name))
      this.#events.record(index, path, false, symbols.intern('SuccessfulCreate'), message, cause)
      return undefined
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.#expectations.creationObserved(path)
      // A namespace that is on its way out takes no pods any more: nobody is told, and nothing is tried again.
      if (error.causeType === 'NamespaceTerminating') return undefined
      const message = symbols.message(FAILED_CREATE, symbols.intern(error.message))
      this.#events.record(index, path, true, symbols.intern('FailedCreate'), message, cause)
      return error
    }
  }

  #deletePods(version: ObjectVersion<ReplicaSetKind>, pods: readonly PodVersion[], count: number, cause: number): void {
    const { environment, podControl } = this.#context
    const { symbols } = environment
    const chosen = getPodsToDelete(pods, this.#relatedPods(version), count, apiTime(environment))
    const indices = chosen.map(({ identity }) => identity.index)
    this.#expectations.expectDeletions(version.path, indices, environment.kernel.now)
    for (const pod of chosen) {
      if (!podControl.delete(pod, cause)) {
        this.#expectations.deletionObserved(version.path, pod.identity.index)
        continue
      }
      const message = symbols.message(DELETED_POD, symbols.intern(pod.identity.name))
      this.#events.record(version.index, version.path, false, symbols.intern('SuccessfulDelete'), message, cause)
    }
  }

  /** The pods of every object that the same controller owns, of this one alone where it has none. */
  *#relatedPods(version: ObjectVersion<ReplicaSetKind>): Iterable<PodVersion> {
    const { objects, pods } = this.#context
    const uid = controllerOf(version.object.metadata)?.uid
    const family = uid === undefined ? [version] : objects.ownedBy(uid)
    for (const member of family) if (member.kind === this.#kind) yield* pods.ownedBy(member.uid)
  }

  /** A conflict is tried once more on what is stored (RS-3, C-10). */
  #updateStatus(
    version: ObjectVersion<ReplicaSetKind>,
    pods: readonly PodVersion[],
    failure: ApiError | undefined,
    cause: number,
  ): void {
    const { client, environment } = this.#context
    const counts = calculateStatus(version, pods, this.#context)
    const conditions = conditionsAfter(version, failure, apiSeconds(environment, environment.kernel.now))
    if (conditions === version.conditions && isSameStatus(version, counts)) return
    try {
      client.updateObjectStatus(version, { counts, conditions }, cause)
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'Conflict') throw error
      const stored = client.object(this.#kind, version.namespace, version.name)
      if (stored === null || stored.uid !== version.uid) throw error
      client.updateObjectStatus(stored, { counts, conditions }, cause)
    }
  }

  /** RS-4: a last look after minReadySeconds, where all are ready and not all available. */
  #awaitAvailability(version: ObjectVersion<ReplicaSetKind>, pods: readonly PodVersion[], cause: number): void {
    const { replicas = 1, minReadySeconds = 0 } = version.object.spec
    if (minReadySeconds === 0) return
    const { readyReplicas, availableReplicas } = calculateStatus(version, pods, this.#context)
    if (readyReplicas === replicas && availableReplicas !== replicas)
      this.queue.addAfter(version.path, minReadySeconds * 1000, cause)
  }
}

/** Whether a sync could not tell two versions of a pod apart: only spec, activity and readiness count. */
const isSameToReplicaSet = (a: PodVersion, b: PodVersion): boolean =>
  a.spec === b.spec && isActive(a) === isActive(b) && readySeconds(a) === readySeconds(b)

/** How many pods one sync creates or deletes at most (C-3). */
const BURST_REPLICAS = 500

/** Whether pods could not be created, for the status; a condition that stands stays as it is (RS-3). */
function conditionsAfter(
  { conditions }: ObjectVersion<ReplicaSetKind>,
  failure: ApiError | undefined,
  seconds: number,
): readonly OwnerCondition[] {
  if (failure === undefined) return withoutCondition(conditions, 'ReplicaFailure')
  if (conditionOf(conditions, 'ReplicaFailure') !== undefined) return conditions
  return [...conditions, newCondition('ReplicaFailure', 'True', 'FailedCreate', failure.message, seconds)]
}

/** A ReplicationController's selector is a map of labels; without one its template's labels stand for it. */
