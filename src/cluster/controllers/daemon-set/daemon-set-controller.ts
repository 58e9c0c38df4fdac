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
import { isSameStatus } from './daemon-set-status.js'
import { type DaemonViews, isRollingUpdate, isSurging, limitsOf, type NodePods, podsShouldBeOnNode } from './decide.js'
import { type NodeSurvey, surveyOf } from './node-ledger.js'
import { NodeLedgers } from './node-ledgers.js'
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
  readonly #ledgers: NodeLedgers
  /** By symbol of `PATH node NAME`: how long a pod that fails there again is left alone. */
  readonly #failures = new BackOff(FIRST_BACK_OFF_MS, LONGEST_BACK_OFF_MS, 2 * LONGEST_BACK_OFF_MS)

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    this.#events = new EventRecorder(context.environment, EVENT_SOURCE.DaemonSet, context.profile.sharesSpamBucket)
    this.#placements = new Placements(context.store)
    this.#ledgers = new NodeLedgers(context, this.#placements)
    this.#pods = new DaemonPodControl(context, this.#events, this.#expectations)
  }

  reset(): void {
    this.#expectations.reset()
    this.#events.reset()
    this.#placements.reset()
    this.#ledgers.reset()
    this.#failures.clear()
  }

  /** Sets whose pods may now run elsewhere than before look again. */
  nodeChanged(cause: number, node?: NodeRecord): void {
    for (const path of this.#placements.changedBy(node)) this.queue.add(path, cause)
  }

  objectChanged(change: number, version: ObjectVersion, _previous: ObjectVersion | null, cause: number): void {
    if (version.kind !== 'DaemonSet') return
    if (change === CHANGE.removed) {
      this.#expectations.delete(version.path)
      this.#ledgers.forget(version.uid)
    }
    this.queue.add(version.path, cause)
  }

  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    this.#ledgers.podChanged(change, pod, previous)
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
    const matches = ({ spec }: PodVersion): boolean => isSelected(spec.object.metadata.labels)
    const views = this.#viewsOf(set.object, revision)
    const nodes = this.#ledgers.of(set, matches, views) ?? this.#surveyed(set, matches, views, cause)
    const { now } = context.environment.kernel
    if (!this.#expectations.areSatisfied(key, now)) {
      // Of this generation nothing was done yet, so it does not count as observed.
      this.#updateStatus(set, nodes, set.counts.observedGeneration, cause)
      return
    }
    try {
      this.#manage(set, revision, nodes, views, cause)
      if (isRollingUpdate(set.object.spec) && this.#expectations.areSatisfied(key, now))
        this.#rollOut(set, revision, nodes, cause)
      this.#truncateHistory(set, revisions, revision, nodes, cause)
    } finally {
      // Also where a pod was refused, the status tells what was seen.
      this.#updateStatus(set, nodes, set.generation, cause)
    }
  }

  /** All nodes with all pods that the set claims. */
  #surveyed(set: SetVersion, matches: (pod: PodVersion) => boolean, views: DaemonViews, cause: number): NodeSurvey {
    const pods = claimPods(this.#context, set, () => true, matches, cause)
    return surveyOf(this.#nodesOf(set, pods), pods, this.#context.profile.countsOldUnavailable, views)
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
  #manage(set: SetVersion, revision: RevisionVersion, nodes: NodeSurvey, views: DaemonViews, cause: number): void {
    const isSurge = isSurging(set.object)
    const needing: string[] = []
    const toDelete: PodVersion[] = []
    for (const node of nodes.busy()) {
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
  #rollOut(set: SetVersion, revision: RevisionVersion, nodes: NodeSurvey, cause: number): void {
    const { toDelete, newOn } = nodes.update(limitsOf(set.object, nodes.desired))
    this.#pods.syncNodes(set, revision, toDelete, newOn, cause)
  }

  /** Old revisions beyond the limit that no pod has. */
  #truncateHistory(
    { object }: SetVersion,
    revisions: readonly RevisionVersion[],
    current: RevisionVersion,
    nodes: NodeSurvey,
    cause: number,
  ): void {
    const old = revisions.filter(({ name }) => name !== current.name)
    const surplus = old.length - (object.spec.revisionHistoryLimit ?? 10)
    if (surplus <= 0) return
    const live = new Set(Array.from(nodes.pods(), ({ spec }) => spec.object.metadata.labels?.[REVISION_HASH]))
    const unused = old.filter(revision => !live.has(hashOf(revision)))
    truncateHistory(this.#context, unused, surplus, cause)
  }

  /** A conflict is tried once more on what is stored (C-10). */
  #updateStatus(set: SetVersion, nodes: NodeSurvey, observedGeneration: number, cause: number): void {
    const { client } = this.#context
    const { conditions } = set
    const counts = nodes.status(set, observedGeneration)
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
