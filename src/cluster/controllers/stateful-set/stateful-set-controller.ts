import { type Labels, matchesLabelSelector } from '../../../model/index.js'
import { controllerUidOf, EventRecorder, type WorkQueue } from '../../client/index.js'
import { ApiError, CHANGE, isDeleting, type ObjectVersion, type PodVersion, WORD } from '../../contract/index.js'
import { isAvailable, isReady, readySeconds } from '../active-pods.js'
import { claimPods } from '../claim-pods.js'
import type { Controller, ControllerContext } from '../controller.js'
import { EVENT_SOURCE } from '../event-source.js'
import { objectsSelecting } from '../objects-selecting.js'
import { rememberingLast } from '../remembering-last.js'
import { claimRevisions, type RevisionVersion, syncRevision, truncateHistory } from '../revisions.js'
import { isRunningAndReady, type PodViews, placesOf } from './decide.js'
import { parentAndOrdinal, revisionNameOf } from './stateful-pods.js'
import { StatefulSetPass } from './stateful-set-pass.js'
import { completeRollingUpdate, countPods, isSameStatus, type StatusInHand } from './stateful-set-status.js'

type SetVersion = ObjectVersion<'StatefulSet'>

/**
 * Keeps numbered pods, each with a name of its own. It expects nothing of its informer: a pod that it made and does not see yet is
 * made again, which its name prevents.
 *
 * controllers: pkg/controller/statefulset/stateful_set.go, v1.32 (SS-1 … SS-10).
 */
export class StatefulSetController implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = Number.POSITIVE_INFINITY
  readonly #context: ControllerContext
  readonly #events: EventRecorder

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    this.#events = new EventRecorder(context.environment, EVENT_SOURCE.StatefulSet, context.profile.sharesSpamBucket)
  }

  reset(): void {
    this.#events.reset()
  }

  objectChanged(_change: number, version: ObjectVersion, _previous: ObjectVersion | null, cause: number): void {
    if (version.kind === 'StatefulSet') this.queue.add(version.path, cause)
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    const { objects } = this.#context
    const { metadata } = pod.spec.object
    const owner = objects.ownerOf('StatefulSet', metadata)
    if (change === CHANGE.modified && previous !== null) {
      // Upstream queues a sync for each change; one that would find everything as it was is left out.
      if (isSameToStatefulSet(pod, previous)) return
      const former = pod.spec === previous.spec ? owner : objects.ownerOf('StatefulSet', previous.spec.object.metadata)
      if (former !== undefined && former !== owner) this.queue.add(former.path, cause)
      const { minReadySeconds = 0 } = owner?.object.spec ?? {}
      // A second more, for clocks that differ.
      if (owner !== undefined && minReadySeconds > 0 && !isReady(previous) && isReady(pod))
        this.queue.addAfter(owner.path, (minReadySeconds + 1) * 1000, cause)
    }
    if (owner !== undefined) this.queue.add(owner.path, cause)
    else if (change !== CHANGE.removed && !isDeleting(pod) && controllerUidOf(pod) === undefined) {
      for (const { path } of objectsSelecting(objects, 'StatefulSet', pod.identity.namespace, metadata.labels))
        this.queue.add(path, cause)
    }
  }

  sync(key: number, cause: number): void {
    const context = this.#context
    const set = context.objects.get(key, 'StatefulSet')
    if (set === undefined) return
    const revisions = claimRevisions(context, set, cause)
    const isSelected = rememberingLast((labels: Labels) => matchesLabelSelector(set.object.spec.selector, labels))
    const isMember = (pod: PodVersion): boolean =>
      isSelected(pod.spec.object.metadata.labels) && parentAndOrdinal(pod.identity.name)?.parent === set.name
    const pods = claimPods(context, set, () => true, isMember, cause)
    const status = this.#update(set, pods, revisions, cause)
    const { minReadySeconds = 0, replicas = 1 } = set.object.spec
    if (minReadySeconds > 0 && status.availableReplicas !== replicas)
      this.queue.addAfter(key, minReadySeconds * 1000, cause)
  }

  #update(
    set: SetVersion,
    pods: readonly PodVersion[],
    revisions: readonly RevisionVersion[],
    cause: number,
  ): StatusInHand {
    const context = this.#context
    const { version: update, collisionCount } = syncRevision(context, set, revisions, cause)
    const current = revisions.find(({ name }) => name === set.counts.currentRevision) ?? update
    const views = this.#viewsOf(set)
    const status = countPods(set, pods, { current, update, collisionCount }, views)
    try {
      if (set.deletionSeconds < 0) {
        const places = placesOf(set.object, pods)
        const events = this.#events
        new StatefulSetPass({ context, events, set, current, update, places, views, status, cause }).run()
      }
    } finally {
      // Also where the pass failed, it says how far it came (SS-3).
      this.#writeStatus(set, status, cause)
    }
    this.#truncateHistory(set, pods, revisions, [current.name, update.name], cause)
    return status
  }

  #viewsOf({ object }: SetVersion): PodViews {
    const { minReadySeconds = 0 } = object.spec
    const { environment } = this.#context
    const isAvailableNow = (pod: PodVersion): boolean =>
      isRunningAndReady(pod) && isAvailable(pod, minReadySeconds, { environment })
    const isFit = environment.profile.statefulSetMaxUnavailable ? isAvailableNow : isRunningAndReady
    return { isAvailable: isAvailableNow, isHealthy: pod => isFit(pod) && !isDeleting(pod) }
  }

  /** A conflict is tried once more on what is stored (C-10). */
  #writeStatus(set: SetVersion, status: StatusInHand, cause: number): void {
    const { client, profile } = this.#context
    completeRollingUpdate(status, set.object, profile)
    if (isSameStatus(set.counts, status)) return
    if (status.currentReplicas < 0) throw invalidCount(set, status.currentReplicas)
    const write = { counts: status, conditions: set.conditions }
    try {
      client.updateObjectStatus(set, write, cause)
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'Conflict') throw error
      const stored = client.object('StatefulSet', set.namespace, set.name)
      if (stored === null || stored.uid !== set.uid) throw error
      client.updateObjectStatus(stored, write, cause)
    }
  }

  /** Revisions that no pod has and the status does not name, beyond the limit. */
  #truncateHistory(
    { object }: SetVersion,
    pods: readonly PodVersion[],
    revisions: readonly RevisionVersion[],
    live: readonly string[],
    cause: number,
  ): void {
    const { revisionHistoryLimit = 10 } = object.spec
    if (revisions.length <= revisionHistoryLimit) return
    const needed = new Set([...live, ...pods.map(revisionNameOf)])
    const history = revisions.filter(({ name }) => !needed.has(name))
    truncateHistory(this.#context, history, history.length - revisionHistoryLimit, cause)
  }
}

/** Whether a sync could not tell two versions of a pod apart. With a pod that failed it may do the same again (SS-3). */
const isSameToStatefulSet = (a: PodVersion, b: PodVersion): boolean =>
  a.spec === b.spec &&
  a.status.phase === b.status.phase &&
  a.status.phase !== WORD.Failed &&
  isDeleting(a) === isDeleting(b) &&
  readySeconds(a) === readySeconds(b)

/** apps validation ValidateStatefulSetStatus. */
function invalidCount({ name }: SetVersion, value: number): ApiError {
  const problem = `status.currentReplicas: Invalid value: ${value}: must be greater than or equal to 0`
  return new ApiError('Invalid', `StatefulSet.apps "${name}" is invalid: ${problem}`)
}
