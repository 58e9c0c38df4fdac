import { choiceLabel } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { type ContainerRuntime, type Environment, OP, RUNTIME_STATE, type RuntimePod } from '../contract/index.js'
import type { KubeletPod } from './kubelet-pod.js'

const RELIST_PHASE = choiceLabel('relist-phase', 'the plan’s timing: 850 ms after the start')
const RELIST_PERIOD = choiceLabel('relist-period', 'the plan’s timing: 1 s')

/** Hears what a relist found: a pod with events, and whether a container of it died. */
export interface PlegListener {
  podChanged(pod: KubeletPod, hasDied: boolean, cause: number): void
  /** The cache is newer for every pod: workers that wait for it may go on. */
  cacheRenewed(pod: KubeletPod): void
}

/**
 * The pod lifecycle event generator: lists the runtime's containers about once a second and compares with the list before.
 *
 * kubelet: pkg/kubelet/pleg/generic.go, v1.32. A relist that would find nothing and that nobody waits for is
 * not queued: the instants of the relists are arithmetic.
 */
export class Pleg {
  readonly #environment: Environment
  readonly #runtime: ContainerRuntime
  readonly #node: number
  readonly #nodePath: number
  readonly #listener: PlegListener
  #phase: Milliseconds = 0
  #period: Milliseconds = 1000
  #dirty: KubeletPod[] = []
  #inspected: KubeletPod[] = []
  #waiting: KubeletPod[] = []
  #queuedFor: Milliseconds = -1
  /** Start of the relist in hand. */
  #listedAt: Milliseconds = -1

  constructor(
    environment: Environment,
    runtime: ContainerRuntime,
    node: number,
    nodePath: number,
    listener: PlegListener,
  ) {
    this.#environment = environment
    this.#runtime = runtime
    this.#node = node
    this.#nodePath = nodePath
    this.#listener = listener
  }

  /** `start`: how often the kubelet was started before. */
  reset(start: number): void {
    const { choices, timing } = this.#environment
    this.#phase = choices.draw(RELIST_PHASE, this.#nodePath, start, timing.relistPeriod, timing.relistPhase)
    // Of real periods the longest are 30 ms longer than the shortest (recordings.md: 1.02 to 1.05 s).
    this.#period = timing.relistPeriod + choices.draw(RELIST_PERIOD, this.#nodePath, start, 30, 0)
    this.#dirty = []
    this.#inspected = []
    this.#waiting = []
    this.#queuedFor = -1
  }

  /** The first relist of a kubelet that was restarted: whatever the runtime has is known at once (R-112a). */
  adopt(pod: KubeletPod): void {
    pod.listed = this.#runtime.podStatus(pod.identity.index)
    pod.cache = pod.listed
  }

  /** The runtime changed something about a pod: the next relist will see it. */
  markChanged(pod: KubeletPod, cause: number): void {
    if (!pod.isDirty) {
      pod.isDirty = true
      pod.changeCause = cause
      this.#dirty.push(pod)
    } else if (this.#environment.trace.rows !== undefined) {
      pod.alsoChanged.push(cause)
    }
    this.#queue(cause)
  }

  /** Whether the cache is newer than `since`; if not, the pod's worker is told when it is. */
  isNewerThan(pod: KubeletPod, since: Milliseconds, cause: number): boolean {
    if (this.#renewedAt() > since) return true
    this.#waiting.push(pod)
    this.#queue(cause)
    return false
  }

  /** Start of the last relist that is over: a relist that would have found nothing renewed the cache all the same. */
  #renewedAt(): Milliseconds {
    const { kernel, timing } = this.#environment
    const over = kernel.now - timing.relistInspection - this.#phase
    if (over < 0) return -1
    const last = this.#phase + Math.floor(over / this.#period) * this.#period
    // One that is due at this very instant, and has something to find, is not over yet.
    return last === this.#queuedFor ? last - this.#period : last
  }

  #queue(cause: number): void {
    const { kernel } = this.#environment
    if (this.#queuedFor > kernel.now) return
    const next =
      kernel.now < this.#phase
        ? this.#phase
        : this.#phase + (Math.floor((kernel.now - this.#phase) / this.#period) + 1) * this.#period
    this.#queuedFor = next
    kernel.schedule(next, OP.relist, this.#node, cause)
  }

  /** Lists; what differs is inspected a little later. */
  relist(cause: number): void {
    const { kernel, timing } = this.#environment
    this.#queuedFor = -1
    this.#listedAt = kernel.now
    const dirty = this.#dirty
    this.#dirty = []
    for (const pod of dirty) {
      pod.isDirty = false
      const list = this.#runtime.podStatus(pod.identity.index)
      const { hasEvents, hasDied } = compareLists(pod.listed, list)
      pod.listed = list
      if (!hasEvents) continue
      pod.listHasDied = hasDied
      this.#inspected.push(pod)
    }
    if (timing.relistInspection === 0) this.inspect()
    else kernel.schedule(kernel.now + timing.relistInspection, OP.inspect, this.#node, cause)
  }

  /** Fills the cache, tells the events, and lets those go on who waited for a newer status. */
  inspect(): void {
    const inspected = this.#inspected
    const waiting = this.#waiting
    this.#inspected = []
    this.#waiting = []
    for (const pod of inspected) {
      pod.cache = this.#runtime.podStatus(pod.identity.index)
      pod.cacheCause = pod.alsoChanged.at(-1) ?? pod.changeCause
    }
    for (const pod of inspected) {
      const cause = pod.changeCause
      this.#listener.podChanged(pod, pod.listHasDied, cause)
    }
    for (const pod of waiting) {
      // Whoever began to wait while this relist was under way needs the next one.
      if (pod.lastSyncTime < this.#listedAt) this.#listener.cacheRenewed(pod)
      else this.isNewerThan(pod, pod.lastSyncTime, pod.cause)
    }
  }
}

/** Containers and sandboxes alike: new, gone or in another state is an event; CREATED is not looked at. */
function compareLists(before: RuntimePod, after: RuntimePod): { hasEvents: boolean; hasDied: boolean } {
  let hasEvents = false
  let hasDied = false
  for (const container of after.containers) {
    const old = before.containers.find(
      each => each.container.slot === container.container.slot && each.instance === container.instance,
    )
    if (old === container || old?.state === container.state) continue
    if (container.state === RUNTIME_STATE.running) hasEvents = true
    else if (container.state === RUNTIME_STATE.exited) {
      hasEvents = true
      hasDied = true
    }
  }
  for (const old of before.containers) {
    if (old.state === RUNTIME_STATE.exited) continue
    const isGone = !after.containers.some(
      each => each.container.slot === old.container.slot && each.instance === old.instance,
    )
    if (isGone) {
      hasEvents = true
      hasDied = true
    }
  }
  for (const sandbox of after.sandboxes) {
    const old = before.sandboxes.find(each => each.attempt === sandbox.attempt)
    if (old?.isReady === sandbox.isReady) continue
    hasEvents = true
    if (!sandbox.isReady) hasDied = true
  }
  return { hasEvents, hasDied }
}
