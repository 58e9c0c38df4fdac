import { type DaemonSet, type Labels, matchesLabelSelector } from '../../../model/index.js'
import { BackOff, controllerUidOf, EventRecorder, Expectations, type WorkQueue } from '../../client/index.js'
import {
  ApiError,
  CHANGE,
  isDeleting,
  type NodeRecord,
  type ObjectVersion,
  type PodVersion,
} from '../../contract/index.js'
import { isAvailable, isReady, readySeconds } from '../active-pods.js'
import { claimPods } from '../claim-pods.js'
import type { Controller, ControllerContext } from '../controller.js'
import { EVENT_SOURCE } from '../event-source.js'
import { objectsSelecting } from '../objects-selecting.js'
import { rememberingLast } from '../remembering-last.js'
import { claimRevisions, REVISION_HASH, type RevisionVersion, syncRevision, truncateHistory } from '../revisions.js'
import { DaemonPodControl } from './daemon-pod-control.js'
import { hasEnded, hashOf, targetNodeOf } from './daemon-pods.js'
import { calculateStatus, isSameStatus } from './daemon-set-status.js'
import {
  type DaemonViews,
  isRollingUpdate,
  isSurging,
  limitsOf,
  type NodePods,
  podsShouldBeOnNode,
  replaceOld,
  surge,
} from './decide.js'
import { Placements } from './placements.js'

type SetVersion = ObjectVersion<'DaemonSet'>

/**
 * Keeps one pod on each node that a DaemonSet is for.
 *
 * controllers: pkg/controller/daemon/daemon_controller.go, v1.32 (DS-1 … DS-6).
 */
export class DaemonSetController implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = Number.POSITIVE_INFINITY
  readonly #context: ControllerContext
  readonly #expectations = new Expectations()
  readonly #events: EventRecorder
  readonly #placements: Placements
  readonly #pods: DaemonPodControl
  /** By symbol of `PATH node NAME`: how long a pod that fails there again is left alone. */
  readonly #failures = new BackOff(FIRST_BACK_OFF_MS, LONGEST_BACK_OFF_MS, 2 * LONGEST_BACK_OFF_MS)

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    this.#events = new EventRecorder(context.environment, EVENT_SOURCE.DaemonSet, context.profile.sharesSpamBucket)
    this.#placements = new Placements(context.store)
    this.#pods = new DaemonPodControl(context, this.#events, this.#expectations)
  }

  reset(): void {
    this.#expectations.reset()
    this.#events.reset()
    this.#placements.reset()
    this.#failures.clear()
  }

  /** Sets whose pods may now run elsewhere than before look again. */
  nodeChanged(cause: number, node?: NodeRecord): void {
    for (const path of this.#placements.changedBy(node)) this.queue.add(path, cause)
  }

  objectChanged(change: number, version: ObjectVersion, _previous: ObjectVersion | null, cause: number): void {
    if (version.kind !== 'DaemonSet') return
    if (change === CHANGE.removed) this.#expectations.delete(version.path)
    this.queue.add(version.path, cause)
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    const { objects } = this.#context
    const { metadata } = pod.spec.object
    const owner = objects.ownerOf('DaemonSet', metadata)
    // Upstream queues a sync for each change; one that would find everything as it was is left out.
    if (change === CHANGE.modified && previous !== null && isSameToDaemonSet(pod, previous)) return
    if (owner === undefined) {
      if (change === CHANGE.removed || controllerUidOf(pod) !== undefined) return
      for (const { path } of objectsSelecting(objects, 'DaemonSet', pod.identity.namespace, metadata.labels))
        this.queue.add(path, cause)
      return
    }
    if (change === CHANGE.removed || isDeleting(pod))
      this.#expectations.deletionObserved(owner.path, pod.identity.index)
    else if (change === CHANGE.added) this.#expectations.creationObserved(owner.path)
    else if (previous !== null && !isReady(previous) && isReady(pod)) {
      const { minReadySeconds = 0 } = owner.object.spec
      // A second more, for clocks that differ.
      if (minReadySeconds > 0) this.queue.addAfter(owner.path, (minReadySeconds + 1) * 1000, cause)
    }
    this.queue.add(owner.path, cause)
  }

  sync(key: number, cause: number): void {
    const context = this.#context
    const set = context.objects.get(key, 'DaemonSet')
    if (set === undefined) {
      this.#expectations.delete(key)
      this.#placements.forget(key)
      return
    }
    if (set.deletionSeconds >= 0) return
    const revisions = claimRevisions(context, set, cause)
    const { version: revision } = syncRevision(context, set, revisions, cause)
    const isSelected = rememberingLast((labels: Labels) => matchesLabelSelector(set.object.spec.selector, labels))
    const pods = claimPods(
      context,
      set,
      () => true,
      ({ spec }) => isSelected(spec.object.metadata.labels),
      cause,
    )
    const nodes = this.#nodesOf(set, pods)
    const views = this.#viewsOf(set.object, revision)
    const { now } = context.environment.kernel
    if (!this.#expectations.areSatisfied(key, now)) {
      // Of this generation nothing was done yet, so it does not count as observed.
      this.#updateStatus(set, nodes, set.counts.observedGeneration, views, cause)
      return
    }
    try {
      this.#manage(set, revision, nodes, views, cause)
      if (isRollingUpdate(set.object.spec) && this.#expectations.areSatisfied(key, now))
        this.#rollOut(set, revision, nodes, views, cause)
      this.#truncateHistory(set, revisions, revision, pods, cause)
    } finally {
      // Also where a pod was refused, the status tells what was seen.
      this.#updateStatus(set, nodes, set.generation, views, cause)
    }
  }

  /** The nodes by name (D2), each with its pods; then nodes that are gone and have pods nevertheless. */
  #nodesOf(set: SetVersion, pods: readonly PodVersion[]): readonly NodePods[] {
    const { store, profile } = this.#context
    const byNode = new Map<string, PodVersion[]>()
    for (const pod of pods) {
      // What has ended and is being deleted needs nothing any more.
      if (profile.freesNodeAtEnd && hasEnded(pod) && isDeleting(pod)) continue
      const name = targetNodeOf(pod, store.nodes)
      if (name === undefined) continue
      const list = byNode.get(name)
      if (list === undefined) byNode.set(name, [pod])
      else list.push(pod)
    }
    const nodes: NodePods[] = []
    for (const [name, placement] of this.#placements.of(set)) {
      nodes.push({ name, placement, pods: byNode.get(name) ?? NO_PODS })
      byNode.delete(name)
    }
    for (const [name, left] of byNode) nodes.push({ name, placement: undefined, pods: left })
    return nodes
  }

  #viewsOf({ spec }: DaemonSet, revision: RevisionVersion): DaemonViews {
    const { minReadySeconds = 0 } = spec
    const { environment } = this.#context
    return { hash: hashOf(revision), isAvailable: pod => isAvailable(pod, minReadySeconds, { environment }) }
  }

  /** DS-4. */
  #manage(
    set: SetVersion,
    revision: RevisionVersion,
    nodes: readonly NodePods[],
    views: DaemonViews,
    cause: number,
  ): void {
    const isSurge = isSurging(set.object)
    const needing: string[] = []
    const toDelete: PodVersion[] = []
    for (const node of nodes) {
      const deeds = podsShouldBeOnNode(node, isSurge, views)
      if (deeds.needsPod) needing.push(node.name)
      for (const pod of deeds.failed) if (this.#mayDeleteFailed(set, node.name, pod, cause)) toDelete.push(pod)
      for (const pod of deeds.succeeded) {
        const message = `Found succeeded daemon pod ${nameOf(pod)} on node ${node.name}, will try to delete it`
        this.#tell(set, false, 'SucceededDaemonPod', message, cause)
        toDelete.push(pod)
      }
      toDelete.push(...deeds.surplus)
    }
    this.#pods.syncNodes(set, revision, toDelete, needing, cause)
  }

  /** A kubelet that refuses the pod again and again is not asked without pause. */
  #mayDeleteFailed(set: SetVersion, node: string, pod: PodVersion, cause: number): boolean {
    const { kernel, symbols } = this.#context.environment
    const key = symbols.intern(`${symbols.text(set.path)} node ${node}`)
    if (this.#failures.isInBackOffSinceUpdate(key, kernel.now)) {
      this.queue.addAfter(set.path, this.#failures.durationOf(key), cause)
      return false
    }
    this.#failures.next(key, kernel.now, kernel.now)
    const message = `Found failed daemon pod ${nameOf(pod)} on node ${node}, will try to kill it`
    this.#tell(set, true, 'FailedDaemonPod', message, cause)
    return true
  }

  /** DS-5. */
  #rollOut(
    set: SetVersion,
    revision: RevisionVersion,
    nodes: readonly NodePods[],
    views: DaemonViews,
    cause: number,
  ): void {
    const desired = nodes.filter(({ placement }) => placement?.shouldRun === true).length
    const limits = limitsOf(set.object, desired)
    const counted = nodes.filter(({ placement, pods }) => placement?.shouldRun === true || pods.length > 0)
    const { toDelete, newOn } =
      limits.maxSurge === 0
        ? replaceOld(counted, limits, this.#context.profile.countsOldUnavailable, views)
        : surge(counted, limits, views)
    this.#pods.syncNodes(set, revision, toDelete, newOn, cause)
  }

  /** Old revisions beyond the limit that no pod has. */
  #truncateHistory(
    { object }: SetVersion,
    revisions: readonly RevisionVersion[],
    current: RevisionVersion,
    pods: readonly PodVersion[],
    cause: number,
  ): void {
    const old = revisions.filter(({ name }) => name !== current.name)
    const surplus = old.length - (object.spec.revisionHistoryLimit ?? 10)
    if (surplus <= 0) return
    const live = new Set(pods.map(({ spec }) => spec.object.metadata.labels?.[REVISION_HASH]))
    const unused = old.filter(revision => !live.has(hashOf(revision)))
    truncateHistory(this.#context, unused, surplus, cause)
  }

  /** A conflict is tried once more on what is stored (C-10). */
  #updateStatus(
    set: SetVersion,
    nodes: readonly NodePods[],
    observedGeneration: number,
    views: DaemonViews,
    cause: number,
  ): void {
    const { client } = this.#context
    const { conditions } = set
    const counts = calculateStatus(set, nodes, observedGeneration, views)
    if (!isSameStatus(set.counts, counts)) {
      try {
        client.updateObjectStatus(set, { counts, conditions }, cause)
      } catch (error) {
        if (!(error instanceof ApiError) || error.reason !== 'Conflict') throw error
        const stored = client.object('DaemonSet', set.namespace, set.name)
        if (stored === null || stored.uid !== set.uid) throw error
        client.updateObjectStatus(stored, { counts, conditions }, cause)
      }
    }
    const { minReadySeconds = 0 } = set.object.spec
    if (minReadySeconds > 0 && counts.numberReady !== counts.numberAvailable)
      this.queue.addAfter(set.path, minReadySeconds * 1000, cause)
  }

  #tell({ index, path }: SetVersion, isWarning: boolean, reason: string, message: string, cause: number): void {
    const { symbols } = this.#context.environment
    this.#events.record(index, path, isWarning, symbols.intern(reason), symbols.intern(message), cause)
  }
}

const NO_PODS: readonly PodVersion[] = []
const nameOf = ({ identity: { namespace, name } }: PodVersion): string => `${namespace}/${name}`

/** Whether a sync could not tell two versions of a pod apart. */
const isSameToDaemonSet = (a: PodVersion, b: PodVersion): boolean =>
  a.spec === b.spec &&
  a.node === b.node &&
  a.status.phase === b.status.phase &&
  isDeleting(a) === isDeleting(b) &&
  readySeconds(a) === readySeconds(b)

/** failedPodsBackoff (DS-4). */
const FIRST_BACK_OFF_MS = 1000
const LONGEST_BACK_OFF_MS = 900_000
