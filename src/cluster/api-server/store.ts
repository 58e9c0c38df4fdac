import { isAnotherGeneration, type Kind, type KubernetesObject, type PodDisruptionBudget } from '../../model/index.js'
import type { Milliseconds } from '../../time/index.js'
import { ROW } from '../../trace/index.js'
import {
  apiSeconds,
  CHANGE,
  type Condition,
  condition,
  EMPTY_STATUSES,
  type Environment,
  findCondition,
  isDeleting,
  isTerminalPhase,
  type NodeRecord,
  OP,
  type PodIdentity,
  type PodSpec,
  type PodStatus,
  type PodVersion,
  type PodWatcher,
  podStatus,
  type StoreClient,
  TRUTH,
  WORD,
  withConditions,
} from '../contract/index.js'
import { DeliveryQueue } from './delivery-queue.js'
import { PlainObjects } from './plain-objects.js'
import { StatusRows } from './status-rows.js'

/** A notification on its way to a watcher. */
interface Notification {
  readonly change: number
  readonly pod: PodVersion
  readonly previous: PodVersion | null
  readonly cause: number
}

/** One watch: of the pods of one node, or of all. Notifications arrive in the order of the writes. */
interface Watch {
  readonly watcher: PodWatcher
  readonly notifications: DeliveryQueue<Notification>
}

const GATED_TEXT = 'Scheduling is blocked due to non-empty scheduling gates'

/**
 * The API server's store: versions of objects, watches, and the write rules of pods.
 *
 * Every write is at once in the store and makes a new immutable version; watchers hear of it after the watch latency, each
 * write by an entry of its own. An old version lives only while a notification of it is on its way.
 */
export class Store implements StoreClient {
  readonly nodes: readonly NodeRecord[]
  readonly #environment: Environment
  readonly #rows: StatusRows
  readonly #plain: PlainObjects
  #pods: (PodVersion | null)[] = []
  readonly #watches: Watch[] = []
  #nodeWatches: number[] = []
  readonly #clusterWatches: number[] = []
  readonly #observers: PodWatcher[] = []
  #indexByPath = new Map<number, number>()
  #resourceVersion = 0
  /** Looks up what controllers run. */
  findOwner: StoreClient['find'] = () => null
  /** The budgets that the disruption controller looks after, with their status. */
  listBudgets: () => readonly PodDisruptionBudget[] = () => []

  constructor(environment: Environment, nodes: readonly NodeRecord[], objects: ReadonlyMap<string, KubernetesObject>) {
    this.#environment = environment
    this.nodes = nodes
    this.#plain = new PlainObjects(objects)
    this.#rows = new StatusRows(environment.trace, environment.timing.clockOffset)
  }

  /** The number of the next write: all objects share one count. */
  nextResourceVersion(): number {
    return ++this.#resourceVersion
  }

  reset(): void {
    this.#pods = []
    this.#plain.reset()
    // A cleared map's old table refers to its new one, which keeps dead runs alive for the scavenger: a new map does not.
    this.#indexByPath = new Map()
    this.#resourceVersion = 0
    for (const { notifications } of this.#watches) notifications.clear()
  }

  /** A watch of every pod. */
  watchPods(watcher: PodWatcher): void {
    this.#clusterWatches.push(this.#watches.length)
    this.#watches.push({ watcher, notifications: new DeliveryQueue() })
  }

  /** Tells of every write of a pod as it is made: for those who know by themselves when they would have heard of it. */
  observePods(...observers: readonly PodWatcher[]): void {
    this.#observers.push(...observers)
  }

  /** A kubelet's watch: the pods bound to its node. */
  watchPodsOfNode(node: number, watcher: PodWatcher): void {
    this.#nodeWatches[node] = this.#watches.length
    this.#watches.push({ watcher, notifications: new DeliveryQueue() })
  }

  /** Delivers the next notification of a watch. */
  deliver(number: number): void {
    const watch = this.#watches[number]
    const notification = watch.notifications.take()
    if (notification === undefined) return
    watch.watcher.podChanged(notification.change, notification.pod, notification.previous, notification.cause)
  }

  pod(index: number): PodVersion | null {
    return this.#pods[index] ?? null
  }

  /** Every pod that is stored, in order of creation. */
  pods(): PodVersion[] {
    return this.#pods.filter((pod): pod is PodVersion => pod !== null && pod !== undefined)
  }

  podsOfNode(node: number): readonly PodVersion[] {
    return this.pods().filter(pod => pod.node === node)
  }

  /** The stored pod of a path; null: there is none. */
  podAt(path: number): PodVersion | null {
    const index = this.#indexByPath.get(path)
    return index === undefined ? null : this.pod(index)
  }

  find(kind: string, namespace: string, name: string): KubernetesObject | null {
    const found = this.#plain.find(kind, namespace, name)
    return found === undefined ? this.findOwner(kind, namespace, name) : found
  }

  list<Name extends Kind>(kind: Name): readonly Extract<KubernetesObject, { readonly kind: Name }>[] {
    return kind === 'PodDisruptionBudget' ? (this.listBudgets() as never) : this.#plain.list(kind)
  }

  createObject(object: KubernetesObject): void {
    this.#plain.put(object)
  }

  /** An object that was deleted is found no more. */
  removeObject(object: KubernetesObject): void {
    this.#plain.remove(object)
  }

  /** API-6: a new pod is Pending; gates make it wait for their removal. */
  createPod(identity: PodIdentity, spec: PodSpec, node: number, cause: number): void {
    const { kernel, trace, symbols } = this.#environment
    const now = apiSeconds(this.#environment, kernel.now)
    const boundTo = symbols.intern(spec.object.spec.nodeName ?? '')
    const row = trace.append(kernel.now, ROW.created, identity.path, spec.manifest, boundTo, 0, cause)
    const conditions =
      spec.schedulingGates > 0
        ? [condition(WORD.PodScheduled, TRUTH.False, WORD.SchedulingGated, symbols.intern(GATED_TEXT), now)]
        : NO_CONDITIONS
    const status = podStatus(WORD.Pending, 0, 0, conditions, -1, 0, EMPTY_STATUSES, EMPTY_STATUSES, EMPTY_STATUSES, 0)
    const pod: PodVersion = {
      identity,
      spec,
      row,
      resourceVersion: ++this.#resourceVersion,
      generation: this.#environment.profile.podGeneration ? 1 : 0,
      observedGeneration: 0,
      node,
      deletionGraceSeconds: -1,
      deletionSeconds: -1,
      hasFinalizers: (spec.object.metadata.finalizers?.length ?? 0) > 0,
      creationSeconds: now,
      status,
    }
    trace.append(kernel.now, ROW.qosClass, identity.path, spec.qosClass, 0, 0, row)
    this.#rows.write(kernel.now, pod, EMPTY_STATUS, status, row)
    this.#pods[identity.index] = pod
    this.#indexByPath.set(identity.path, identity.index)
    this.#notify(CHANGE.added, pod, null, row)
  }

  /** BIND-1. */
  bindPod(index: number, node: number, cause: number): void {
    const pod = this.#pods[index]
    if (pod === null || pod === undefined || isDeleting(pod) || pod.node >= 0) return
    const { kernel, trace } = this.#environment
    const row = trace.append(kernel.now, ROW.bound, pod.identity.path, this.nodes[node].nameSymbol, 0, 0, cause)
    const now = apiSeconds(this.#environment, kernel.now)
    const scheduled = condition(WORD.PodScheduled, TRUTH.True, 0, 0, now)
    const others = pod.status.conditions.filter(each => each.type !== WORD.PodScheduled)
    const status = withConditions(pod.status, [...others, scheduled])
    this.#rows.write(kernel.now, pod, pod.status, status, row)
    this.#replace(pod, status, row, { node })
  }

  updateStatus(index: number, status: PodStatus, cause: number, observedGeneration?: number): number {
    const pod = this.#pods[index]
    if (pod === null || pod === undefined) return -1
    let row = this.#rows.write(this.#environment.kernel.now, pod, pod.status, status, cause)
    if (observedGeneration === undefined || observedGeneration === pod.observedGeneration) {
      if (row >= 0) this.#replace(pod, status, row, null)
      return row
    }
    const observed = this.#writeGeneration(pod, observedGeneration, cause)
    if (row < 0) row = observed
    this.#replace(pod, status, row, { observedGeneration })
    return row
  }

  #writeGeneration({ identity }: PodVersion, generation: number, cause: number): number {
    const { kernel, trace } = this.#environment
    return trace.append(kernel.now, ROW.observedGeneration, identity.path, generation, 0, 0, cause)
  }

  replaceStatus(index: number, status: PodStatus, cause: number): number {
    const pod = this.#pods[index]
    if (pod === null || pod === undefined) return -1
    const { kernel, trace } = this.#environment
    const row = trace.append(kernel.now, ROW.statusReplaced, pod.identity.path, 0, 0, 0, cause)
    this.#rows.write(kernel.now, pod, { ...pod.status, conditions: [] }, status, row)
    const observedGeneration = pod.generation
    if (observedGeneration !== pod.observedGeneration) this.#writeGeneration(pod, observedGeneration, row)
    this.#replace(pod, status, row, { observedGeneration })
    return row
  }

  /** One condition set by the scheduler, by the eviction API, or by a user's patch of the status. */
  setCondition(index: number, changed: Condition, cause: number): number {
    const pod = this.#pods[index]
    if (pod === null || pod === undefined) return -1
    return this.updateStatus(
      index,
      withConditions(pod.status, this.#withCondition(pod.status.conditions, changed)),
      cause,
    )
  }

  /** What the scheduler says of an attempt, in one write: the condition, if it changes, and the nominated node (MSG-4, P-6). */
  setScheduling(index: number, changed: Condition | null, nominatedNode: number, cause: number): number {
    const pod = this.#pods[index]
    if (pod === null || pod === undefined) return -1
    const { conditions } = pod.status
    const next = changed === null ? conditions : this.#withCondition(conditions, changed)
    return this.updateStatus(index, withConditions({ ...pod.status, nominatedNode }, next), cause)
  }

  #withCondition(conditions: readonly Condition[], changed: Condition): readonly Condition[] {
    const old = findCondition(conditions, changed.type)
    const now = apiSeconds(this.#environment, this.#environment.kernel.now)
    const since = old !== undefined && old.status === changed.status ? old.transitionSeconds : now
    const settled = condition(changed.type, changed.status, changed.reason, changed.message, since)
    return old === undefined ? [...conditions, settled] : conditions.map(each => (each === old ? settled : each))
  }

  /** A change of the spec or the metadata: the pod goes on with another compiled spec. */
  replaceSpec(index: number, spec: PodSpec, what: number, cause: number): number {
    const pod = this.#pods[index]
    if (pod === null || pod === undefined) return -1
    const { kernel, trace } = this.#environment
    const row = trace.append(kernel.now, ROW.specChanged, pod.identity.path, spec.manifest, what, 0, cause)
    const hasFinalizers = (spec.object.metadata.finalizers?.length ?? 0) > 0
    const status =
      pod.spec.schedulingGates > 0 && spec.schedulingGates === 0 ? this.#withoutGates(pod.status) : pod.status
    if (status !== pod.status) this.#rows.write(kernel.now, pod, pod.status, status, row)
    const isNext = pod.generation > 0 && isAnotherGeneration(pod.spec.object, spec.object)
    this.#replace(pod, status, row, { spec, hasFinalizers, generation: pod.generation + (isNext ? 1 : 0) })
    // DEL-7: the last finalizer of an object that waits for nothing else takes the object with it.
    if (pod.hasFinalizers && !hasFinalizers && pod.deletionGraceSeconds === 0) this.removePod(index, row)
    return row
  }

  #withoutGates(status: PodStatus): PodStatus {
    return withConditions(
      status,
      status.conditions.filter(each => each.type !== WORD.PodScheduled),
    )
  }

  /** DEL-2 to DEL-5: the first request sets the deadline, a later one can only bring it forward. */
  deletePod(index: number, graceSeconds: number, cause: number): void {
    const pod = this.#pods[index]
    if (pod === null || pod === undefined) return
    if (isDeleting(pod)) {
      this.#deleteAgain(pod, graceSeconds, cause)
      return
    }
    let grace = graceSeconds === OWN_GRACE ? pod.spec.graceSeconds : graceSeconds
    if (pod.node < 0 || isTerminalPhase(pod.status.phase)) grace = 0
    else if (grace < 0) grace = 1
    this.#markDeleting(pod, grace, apiSeconds(this.#environment, this.#environment.kernel.now) + grace, cause)
  }

  #deleteAgain(pod: PodVersion, graceSeconds: number, cause: number): void {
    const stored = pod.deletionGraceSeconds
    if (stored === 0) {
      this.removePod(pod.identity.index, cause)
      return
    }
    // DEL-5b: without a grace of its own a repeated request changes nothing.
    if (graceSeconds === OWN_GRACE) return
    const grace = graceSeconds < 0 ? 1 : graceSeconds
    if (grace >= stored) return
    this.#markDeleting(pod, grace, pod.deletionSeconds - stored + grace, cause)
  }

  #markDeleting(pod: PodVersion, graceSeconds: number, deletionSeconds: number, cause: number): void {
    const { kernel, trace, timing } = this.#environment
    const row = trace.append(
      kernel.now,
      ROW.deletionRequested,
      pod.identity.path,
      graceSeconds,
      deletionSeconds,
      0,
      cause,
    )
    const generation = pod.generation > 0 && !isDeleting(pod) ? pod.generation + 1 : pod.generation
    this.#replace(pod, pod.status, row, { deletionGraceSeconds: graceSeconds, deletionSeconds, generation })
    if (graceSeconds !== 0) return
    if (timing.removal === undefined) this.removePod(pod.identity.index, row)
    else kernel.schedule(kernel.now + timing.removal, OP.removal, pod.identity.index, row)
  }

  /** Finalizers keep the object; without them it goes (DEL-4). */
  removePod(index: number, cause: number): void {
    const pod = this.#pods[index]
    if (pod === null || pod === undefined || pod.hasFinalizers) return
    const { kernel, trace } = this.#environment
    const row = trace.append(kernel.now, ROW.removed, pod.identity.path, 0, 0, 0, cause)
    this.#pods[index] = null
    this.#indexByPath.delete(pod.identity.path)
    this.#notify(CHANGE.removed, pod, pod, row)
  }

  #replace(old: PodVersion, status: PodStatus, row: number, changes: VersionChanges | null): void {
    const pod: PodVersion = {
      identity: old.identity,
      spec: changes?.spec ?? old.spec,
      row,
      resourceVersion: ++this.#resourceVersion,
      generation: changes?.generation ?? old.generation,
      observedGeneration: changes?.observedGeneration ?? old.observedGeneration,
      node: changes?.node ?? old.node,
      deletionGraceSeconds: changes?.deletionGraceSeconds ?? old.deletionGraceSeconds,
      deletionSeconds: changes?.deletionSeconds ?? old.deletionSeconds,
      hasFinalizers: changes?.hasFinalizers ?? old.hasFinalizers,
      creationSeconds: old.creationSeconds,
      status,
    }
    this.#pods[old.identity.index] = pod
    this.#notify(CHANGE.modified, pod, old, row)
  }

  /** A kubelet's watch begins to match when the pod is bound: that is an addition for it (W-2). */
  #notify(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    for (const number of this.#clusterWatches) this.#send(number, { change, pod, previous, cause })
    const watch = pod.node < 0 ? undefined : this.#nodeWatches[pod.node]
    if (watch !== undefined) {
      const isNew = change === CHANGE.modified && previous !== null && previous.node < 0
      this.#send(watch, isNew ? { change: CHANGE.added, pod, previous: null, cause } : { change, pod, previous, cause })
    }
    for (const observer of this.#observers) observer.podChanged(change, pod, previous, cause)
  }

  #send(number: number, notification: Notification): void {
    const { kernel, timing } = this.#environment
    this.#watches[number].notifications.put(notification)
    kernel.schedule(kernel.now + timing.watch, OP.watch, number, notification.cause)
  }
}

interface VersionChanges {
  readonly spec?: PodSpec
  readonly generation?: number
  readonly observedGeneration?: number
  readonly node?: number
  readonly deletionGraceSeconds?: Milliseconds
  readonly deletionSeconds?: number
  readonly hasFinalizers?: boolean
}

/** A delete request that names no grace. */
export const OWN_GRACE = -1

const NO_CONDITIONS: readonly Condition[] = []
const EMPTY_STATUS = podStatus(0, 0, 0, NO_CONDITIONS, -1, 0, EMPTY_STATUSES, EMPTY_STATUSES, EMPTY_STATUSES, 0)
