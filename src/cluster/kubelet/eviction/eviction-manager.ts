import { choiceLabel } from '../../../kernel/index.js'
import { wholeValue } from '../../../model/index.js'
import type { Milliseconds } from '../../../time/index.js'
import type { EventRecorder } from '../../client/index.js'
import {
  type ContainerRuntime,
  type Environment,
  exceedsAt,
  type NodeRecord,
  type NodeReporter,
  OP,
  type PodVersion,
  usedAt,
  WORD,
} from '../../contract/index.js'
import { toleratesTaint } from '../../predicates/index.js'
import type { Admission } from '../admission.js'
import { type KillRequest, type KubeletPod, WORKER_PHASE } from '../kubelet-pod.js'
import { evictionMessage, type Observation, pressureRefusal } from './eviction-texts.js'
import { isCritical, linesOf, type PodUsage, SYSTEM_CRITICAL, usedBy } from './pod-usage.js'
import { rankPods } from './rank-pods.js'
import { exceedsStorageAt, storageLimits } from './storage-limits.js'
import { type StarvedResource, type Threshold, thresholdAmount, thresholdsOf } from './thresholds.js'

const MONITOR_PHASE = choiceLabel('eviction-monitor-phase', '4 s past every tenth second')
const PERIOD_MS = 10_000
const CANONICAL_PHASE = 4000
/** A pod that is evicted for a hard threshold, or for its own storage, gets so much grace. */
const HARD_GRACE_SECONDS = 1
/** How often, and for how long, a clean-up is waited for. */
const CLEANUP_POLL_MS = 1000
const CLEANUP_TIMEOUT_MS = 30_000
/** The shortest time after which a kill counts as too slow. */
const LEAST_KILL_TIMEOUT_MS = 10_000
/** Processes that a machine may have: pid_max of a 64-bit kernel. */
const MOST_PROCESSES = 4_194_304

/** What the manager asks of its kubelet. */
export interface EvictionHost {
  readonly node: NodeRecord
  readonly events: EventRecorder
  /** Pods of this node whose containers may still run, in the order of their creation. */
  activePods(): readonly KubeletPod[]
  kill(pod: KubeletPod, request: KillRequest, graceSeconds: number, cause: number): void
}

/** A pod that is to be evicted. */
interface Eviction {
  readonly pod: KubeletPod
  readonly message: number
  readonly isNodePressure: boolean
  readonly graceSeconds: number
}

/**
 * Watches what its node has left of memory, storage and processes, and evicts pods when it is too little: one at a time, and waits for
 * each.
 *
 * kubelet: pkg/kubelet/eviction/eviction_manager.go synchronize, v1.32 (R-901 … R-909). It looks every 10 s; a look that is sure to find
 * nothing is not queued, since usage is a straight line between the changes that it is told of.
 */
export class EvictionManager {
  readonly #environment: Environment
  readonly #runtime: ContainerRuntime
  readonly #host: EvictionHost
  readonly #reporter: NodeReporter
  readonly #thresholds: readonly Threshold[]
  /** What the machine's own processes and files take, by resource. */
  readonly #taken = new Map<StarvedResource, number>()
  /** Where in ten seconds it looks: from this instant on, every ten seconds; −1: not drawn yet. */
  #phase: Milliseconds = -1
  #entry = -1
  #due: Milliseconds = Number.POSITIVE_INFINITY
  /** Since when each threshold has been met. */
  readonly #metSince = new Map<Threshold, Milliseconds>()
  /** When each condition was last found. */
  readonly #lastFound = new Map<string, Milliseconds>()
  #pressures: readonly string[] = []
  /** Pods to be evicted in this look, the first of them under way; and those that are done with. */
  readonly #evictions: Eviction[] = []
  readonly #evicted: KubeletPod[] = []
  #isKilling = false
  #cleanupUntil: Milliseconds = 0
  /** Its kubelet's process is gone. */
  #isDown = false
  /** What the node's status still says of an earlier kubelet's finds. */
  #hasOldPressures = false

  constructor(environment: Environment, runtime: ContainerRuntime, host: EvictionHost, reporter: NodeReporter) {
    this.#environment = environment
    this.#runtime = runtime
    this.#host = host
    this.#reporter = reporter
    this.#thresholds = thresholdsOf(environment.kubelet)
  }

  /** Its kubelet's process ends: what it remembered is gone, what the machine takes is not. */
  stop(): void {
    if (this.#entry >= 0) this.#environment.kernel.cancel(this.#entry)
    this.#entry = -1
    this.#due = Number.POSITIVE_INFINITY
    this.#phase = -1
    if (this.#metSince.size > 0) this.#metSince.clear()
    if (this.#lastFound.size > 0) this.#lastFound.clear()
    if (this.#pressures.length > 0) {
      this.#hasOldPressures = true
      this.#pressures = []
    }
    if (this.#evictions.length > 0) this.#evictions.length = 0
    if (this.#evicted.length > 0) this.#evicted.length = 0
    this.#isKilling = false
    this.#isDown = true
  }

  /** Its kubelet is up again, and looks at once, then every ten seconds. */
  start(cause: number): void {
    this.#isDown = false
    if (this.#hasOldPressures) this.#reporter.pressureChanged(this.#host.node.index, [], cause)
    this.#hasOldPressures = false
    this.#phase = this.#environment.kernel.now
    if (this.isWatching) this.#queue(this.#phase, cause)
  }

  // ── the machine's own share ──

  /** Something on the machine, no pod, takes so much that `left` remains; until it is given back. */
  exhaust(resource: StarvedResource, left: string | null, cause: number): void {
    const { now } = this.#environment.kernel
    const capacity = this.#capacityOf(resource)
    const used = this.#usages().reduce((sum, usage) => sum + usedBy(usage, resource, now), 0)
    this.#taken.set(resource, Math.max(0, capacity - used - this.#leftOf(resource, left, capacity)))
    this.usageChanged(cause)
  }

  /** Half of what a threshold wants free, unless something else is said. */
  #leftOf(resource: StarvedResource, left: string | null, capacity: number): number {
    if (left !== null) return thresholdAmount(left, capacity)
    const threshold = this.#thresholds.find(each => each.resource === resource)
    return threshold === undefined ? 0 : Math.floor(thresholdAmount(threshold.value, capacity) / 2)
  }

  relieve(resource: StarvedResource, cause: number): void {
    if (this.#taken.delete(resource)) this.usageChanged(cause)
  }

  /** The machine was switched off: what its processes took is free; files stay. */
  poweredOff(): void {
    this.#taken.delete('memory')
    this.#taken.delete('pids')
  }

  /** Another run. */
  reset(): void {
    if (this.#taken.size > 0) this.#taken.clear()
    this.#entry = -1
    this.stop()
    this.#isDown = false
    this.#hasOldPressures = false
  }

  // ── when to look ──

  get isWatching(): boolean {
    return this.#runtime.isUsageKnown || this.#taken.size > 0
  }

  /** Containers came or went, or the machine takes another share: the next look may come sooner, or not at all. */
  usageChanged(cause: number): void {
    if (this.#isDown || this.#evictions.length > 0 || this.#evicted.length > 0) return
    this.#queue(this.#nextLook(), cause)
  }

  #queue(due: Milliseconds, cause: number): void {
    if (due === this.#due) return
    const { kernel } = this.#environment
    if (this.#entry >= 0) kernel.cancel(this.#entry)
    this.#due = due
    this.#entry =
      due === Number.POSITIVE_INFINITY ? -1 : kernel.schedule(due, OP.eviction, this.#host.node.index, cause)
  }

  #tickFrom(instant: Milliseconds): Milliseconds {
    if (this.#phase < 0) {
      const { path } = this.#host.node
      this.#phase = this.#environment.choices.draw(MONITOR_PHASE, path, 0, PERIOD_MS, CANONICAL_PHASE)
    }
    return this.#phase + Math.ceil(Math.max(0, instant - this.#phase) / PERIOD_MS) * PERIOD_MS
  }

  /** The first look that has something to see: a threshold or limit is exceeded by then, or a condition is over. */
  #nextLook(): Milliseconds {
    const { now } = this.#environment.kernel
    // As long as a threshold is met each look says so anew, and moves the end of its condition.
    if (this.#metSince.size > 0) return this.#tickFrom(now + 1)
    const usages = this.#usages()
    let due = Number.POSITIVE_INFINITY
    for (const { resource, value } of this.#thresholds) {
      const capacity = this.#capacityOf(resource)
      const lines = usages.flatMap(usage => linesOf(usage, resource))
      const bound = capacity - (this.#taken.get(resource) ?? 0) - thresholdAmount(value, capacity)
      due = Math.min(due, exceedsAt(lines, bound, now))
    }
    for (const usage of usages) {
      if (!isCritical(usage.pod)) due = Math.min(due, exceedsStorageAt(storageLimits(usage), now))
    }
    for (const pressure of this.#pressures) due = Math.min(due, this.#endOf(pressure))
    return due === Number.POSITIVE_INFINITY ? due : this.#tickFrom(Math.max(due, now + 1))
  }

  #endOf(pressure: string): Milliseconds {
    return (this.#lastFound.get(pressure) ?? 0) + this.#environment.kubelet.evictionPressureTransitionPeriodMs
  }

  #capacityOf(resource: StarvedResource): number {
    if (resource === 'pids') return MOST_PROCESSES
    return wholeValue(this.#host.node.object.status.capacity?.[resource] ?? '0')
  }

  #usages(): PodUsage[] {
    return this.#host.activePods().map(pod => {
      const { index } = pod.identity
      const isKnown = this.#runtime.podStatus(index).sandboxes.length > 0
      return { pod, containers: this.#runtime.usageOf(index), isKnown }
    })
  }

  // ── a look ──

  /** An entry of the queue is due. */
  take(cause: number): void {
    this.#entry = -1
    this.#due = Number.POSITIVE_INFINITY
    if (this.#isKilling) this.#killTimedOut(cause)
    else if (this.#evicted.length > 0) this.#lookAtCleanup(cause)
    else this.#synchronize(cause)
  }

  #synchronize(cause: number): void {
    const usages = this.#usages()
    const met = this.#observe(usages)
    this.#settleConditions(met, cause)
    const { now } = this.#environment.kernel
    const overdue = this.#thresholds.filter(
      each => now - (this.#metSince.get(each) ?? Number.POSITIVE_INFINITY) >= each.graceMs,
    )
    const own = this.#overLimits(usages)
    if (own.length > 0) this.#evict(own, cause)
    else if (overdue.length > 0) this.#reclaim(overdue[0], met, usages, cause)
    if (this.#evictions.length === 0) this.#queue(this.#nextLook(), cause)
  }

  /** What is left of each resource that is short; notes since when it has been. */
  #observe(usages: readonly PodUsage[]): ReadonlyMap<Threshold, Observation> {
    const { now } = this.#environment.kernel
    const met = new Map<Threshold, Observation>()
    for (const threshold of this.#thresholds) {
      const { resource, value } = threshold
      const capacity = this.#capacityOf(resource)
      const used = usages.reduce((sum, usage) => sum + usedBy(usage, resource, now), this.#taken.get(resource) ?? 0)
      const available = Math.max(0, capacity - used)
      if (available >= thresholdAmount(value, capacity)) this.#metSince.delete(threshold)
      else {
        met.set(threshold, { capacity, available })
        if (!this.#metSince.has(threshold)) this.#metSince.set(threshold, now)
      }
    }
    return met
  }

  /** A condition stays for a while after it was last found, so that it does not flap. */
  #settleConditions(met: ReadonlyMap<Threshold, Observation>, cause: number): void {
    const { now } = this.#environment.kernel
    for (const { pressure } of met.keys()) this.#lastFound.set(pressure, now)
    const pressures = [...this.#lastFound.keys()].filter(pressure => now < this.#endOf(pressure)).sort()
    if (pressures.join() === this.#pressures.join()) return
    this.#pressures = pressures
    this.#reporter.pressureChanged(this.#host.node.index, pressures, cause)
  }

  /** Pods that take more local storage than their own limits allow: all of them go. */
  #overLimits(usages: readonly PodUsage[]): Eviction[] {
    const { kernel, symbols } = this.#environment
    return usages.flatMap((usage): Eviction[] => {
      if (isCritical(usage.pod)) return []
      const exceeded = storageLimits(usage).find(
        ({ lines, bytes }) => lines.reduce((sum, line) => sum + usedAt(line, kernel.now), 0) > bytes,
      )
      if (exceeded === undefined) return []
      const message = symbols.intern(exceeded.message)
      return [{ pod: usage.pod, message, isNodePressure: false, graceSeconds: HARD_GRACE_SECONDS }]
    })
  }

  /** Images and dead containers take no room that is known, so that nothing of the node's own is there to be reclaimed first. */
  #reclaim(
    threshold: Threshold,
    met: ReadonlyMap<Threshold, Observation>,
    usages: readonly PodUsage[],
    cause: number,
  ): void {
    const observation = met.get(threshold)
    if (observation === undefined) return
    const { kernel, kubelet, symbols } = this.#environment
    const { resource, graceMs } = threshold
    const text = `Attempting to reclaim ${resource}`
    const row = this.#reporter.nodeEvent(this.#host.node.index, true, 'EvictionThresholdMet', text, cause)
    const victim = rankPods(usages, resource, kernel.now).find(({ pod }) => !isCritical(pod))
    if (victim === undefined) return
    const message = symbols.intern(evictionMessage(victim, threshold, observation, kernel.now))
    const graceSeconds = graceMs === 0 ? HARD_GRACE_SECONDS : kubelet.evictionMaxPodGracePeriodSeconds
    this.#evict([{ pod: victim.pod, message, isNodePressure: true, graceSeconds }], row >= 0 ? row : cause)
  }

  // ── an eviction, step by step ──

  #evict(evictions: readonly Eviction[], cause: number): void {
    this.#evictions.push(...evictions)
    this.#killNext(cause)
  }

  #killNext(cause: number): void {
    const [next] = this.#evictions
    if (next === undefined) {
      this.#waitForCleanup(cause)
      return
    }
    const { pod, message, isNodePressure, graceSeconds } = next
    const { index, path } = pod.identity
    const row = this.#host.events.record(index, path, true, WORD.Evicted, message, cause)
    const from = row >= 0 ? row : cause
    this.#isKilling = true
    const timeout = Math.max(graceSeconds * 1500, LEAST_KILL_TIMEOUT_MS)
    this.#queue(this.#environment.kernel.now + timeout, from)
    const disruption = isNodePressure ? message : 0
    this.#host.kill(pod, { reason: WORD.Evicted, message, disruption, keepsSuccess: false }, graceSeconds, from)
  }

  /** Nothing of a pod that was killed runs any more. */
  killReturned(pod: KubeletPod, cause: number): void {
    if (!this.#isKilling || this.#evictions[0]?.pod !== pod) return
    this.#killEnded(cause)
  }

  /** */
  #killTimedOut(cause: number): void {
    const { symbols } = this.#environment
    const [{ pod }] = this.#evictions
    const { index, path } = pod.identity
    const [reason, text] = [
      'ExceededGracePeriod',
      'Container runtime did not kill the pod within specified grace period.',
    ]
    this.#host.events.record(index, path, true, symbols.intern(reason), symbols.intern(text), cause)
    this.#killEnded(cause)
  }

  #killEnded(cause: number): void {
    this.#isKilling = false
    const done = this.#evictions.shift()
    if (done !== undefined) this.#evicted.push(done.pod)
    this.#killNext(cause)
  }

  #waitForCleanup(cause: number): void {
    const { now } = this.#environment.kernel
    this.#cleanupUntil = now + CLEANUP_TIMEOUT_MS
    this.#queue(now + CLEANUP_POLL_MS, cause)
  }

  /** the next look follows at once, and every ten seconds from then on. */
  #lookAtCleanup(cause: number): void {
    const { now } = this.#environment.kernel
    const isClean = this.#evicted.every(pod => pod.phase === WORKER_PHASE.finished)
    if (!isClean && now < this.#cleanupUntil) {
      this.#queue(now + CLEANUP_POLL_MS, cause)
      return
    }
    this.#evicted.length = 0
    this.#phase = now
    this.#synchronize(cause)
  }

  // ── admission ──

  /** Whether a node under pressure takes a pod; null: it does. */
  refusal({ spec }: PodVersion): Admission | null {
    if (this.#pressures.length === 0) return null
    const { priority = 0, tolerations = [] } = spec.object.spec
    if (priority >= SYSTEM_CRITICAL) return null
    const isOnlyMemory = this.#pressures.length === 1 && this.#pressures[0] === 'MemoryPressure'
    const isBestEffort = spec.qosClass === WORD.BestEffort
    if (isOnlyMemory && (!isBestEffort || tolerations.some(each => toleratesTaint(each, MEMORY_TAINT)))) return null
    return { reason: WORD.Evicted, message: this.#environment.symbols.intern(pressureRefusal(this.#pressures)) }
  }
}

const MEMORY_TAINT = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' } as const
