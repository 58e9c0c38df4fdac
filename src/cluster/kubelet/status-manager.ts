import { choiceLabel } from '../../kernel/index.js'
import {
  apiSeconds,
  type Condition,
  type ContainerStatus,
  condition,
  containerStatus,
  type Environment,
  findCondition,
  isDeleting,
  isSamePodStatus,
  isTerminalPhase,
  OP,
  type PodStatus,
  type PodVersion,
  podStatus,
  STATE,
  type StoreClient,
  WORD,
  withConditions,
} from '../contract/index.js'
import { containersReadyCondition, readyCondition, withTerminalReadiness } from './conditions.js'
import { findStatus, unlocated } from './container-statuses.js'
import { type KubeletPod, WORKER_PHASE } from './kubelet-pod.js'
import { MESSAGE } from './messages.js'
import type { ProbeManager } from './probe-manager.js'
import { isRestartedAfterExit } from './restart-decision.js'
import { isKubeletCondition } from './status-generation.js'

const STATUS_LATENCY = choiceLabel('status-latency', 'the plan’s timing: 0 ms, which is never drawn')
/**
 * Of the first request after a pause: in the recordings of clusters half of them take 60 ms, a tenth more than 190. Half of those
 * that follow at once take 23 ms.
 */
const SLOWEST_REQUEST = 3
/** Keeps the draws of a kubelet's starts apart. */
const REQUESTS_PER_START = 0x100_0000

/**
 * Keeps each pod's status as the kubelet sees it, and brings it to the API server in batches.
 *
 * kubelet: pkg/kubelet/status/status_manager.go, v1.32 (R-160 … ).
 */
export class StatusManager {
  readonly #environment: Environment
  readonly #store: StoreClient
  readonly #probes: ProbeManager
  readonly #node: number
  readonly #nodePath: number
  #waiting: KubeletPod[] = []
  #isBatchQueued = false
  #requests = 0

  constructor(environment: Environment, store: StoreClient, probes: ProbeManager, node: number, nodePath: number) {
    this.#environment = environment
    this.#store = store
    this.#probes = probes
    this.#node = node
    this.#nodePath = nodePath
  }

  /** `start`: how often the kubelet was started before. */
  reset(start: number): void {
    this.#waiting = []
    this.#isBatchQueued = false
    this.#requests = start * REQUESTS_PER_START
  }

  /** Stores a status; the same one again is nothing new. */
  setPodStatus(pod: KubeletPod, version: PodVersion, status: PodStatus, cause: number): void {
    this.#update(pod, version, status, false, cause)
  }

  /** A readiness verdict reached the sync loop: `ready` flips and the two conditions with it. */
  setContainerReadiness(pod: KubeletPod, slot: number, instance: number, ready: boolean, cause: number): void {
    const { status, current } = pod
    if (status === null || current === null) return
    const changed = changeContainer(status, slot, instance, each =>
      each.ready === ready
        ? null
        : containerStatus(each.container, each.state, each.last, each.restarts, ready, each.started, each.instance),
    )
    if (changed === null) return
    const { spec } = current
    const { symbols } = this.#environment
    const containersReady = containersReadyCondition(spec, changed, changed.phase, symbols)
    const ready_ = readyCondition(spec, containersReady, changed.conditions, symbols)
    const conditions = changed.conditions.map(each =>
      each.type === WORD.Ready ? ready_ : each.type === WORD.ContainersReady ? containersReady : each,
    )
    this.#update(pod, current, withConditions(changed, conditions), false, cause)
  }

  /** A startup verdict reached the sync loop. */
  setContainerStartup(pod: KubeletPod, slot: number, instance: number, started: boolean, cause: number): void {
    const { status, current } = pod
    if (status === null || current === null) return
    const changed = changeContainer(status, slot, instance, each =>
      each.started === started
        ? null
        : containerStatus(each.container, each.state, each.last, each.restarts, each.ready, started, each.instance),
    )
    if (changed !== null) this.#update(pod, current, changed, false, cause)
  }

  /** The worker is done with the pod's containers: whatever is not terminated is now, and the phase is final. */
  terminatePod(pod: KubeletPod, version: PodVersion, cause: number): void {
    const status = pod.status ?? version.status
    const text = this.#environment.symbols.message(MESSAGE.unlocatedTerminated)
    const terminate = (each: ContainerStatus): ContainerStatus =>
      each.state.kind === STATE.terminated
        ? each
        : containerStatus(each.container, unlocated(text), each.last, each.restarts, false, false, each.instance)
    const isInitialized = hasPodInitialized(version)
    const containers = isInitialized ? status.containers.map(terminate) : status.containers
    // The trailing init containers that never started stay as they are; the first one does not.
    let last = status.initContainers.length - 1
    while (last > 0 && !hasStarted(status.initContainers[last])) last--
    const initContainers = status.initContainers.map((each, i) => (i <= last ? terminate(each) : each))
    const phase = isTerminalPhase(status.phase) ? status.phase : WORD.Failed
    const final = podStatus(
      phase,
      status.reason,
      status.message,
      status.conditions,
      status.startSeconds,
      status.podIP,
      initContainers,
      containers,
      status.ephemeralContainers,
      status.nominatedNode,
    )
    pod.isFinished = true
    this.#update(pod, version, final, true, cause)
  }

  #update(pod: KubeletPod, version: PodVersion, status: PodStatus, isForced: boolean, cause: number): void {
    const old = pod.status ?? version.status
    if (!isForced && this.#isForbiddenTransition(version, old, status)) return
    if (pod.startSeconds < 0) {
      pod.startSeconds =
        version.status.startSeconds >= 0
          ? version.status.startSeconds
          : apiSeconds(this.#environment, this.#environment.kernel.now)
    }
    const settled = this.#withTimes(status, old, pod.startSeconds)
    const isOfSameGeneration = pod.observedGeneration === version.generation
    if (!isForced && isOfSameGeneration && pod.status !== null && isSamePodStatus(pod.status, settled)) return
    pod.status = settled
    pod.observedGeneration = version.generation
    pod.statusVersion++
    if (pod.statusCause < 0) pod.statusCause = cause
    this.#probes.statusChanged(pod, cause)
    this.#queue(pod, cause)
  }

  /** a transition time moves with the status only. */
  #withTimes(status: PodStatus, old: PodStatus, startSeconds: number): PodStatus {
    const now = apiSeconds(this.#environment, this.#environment.kernel.now)
    const conditions = new Array<Condition>(status.conditions.length)
    for (let i = 0; i < status.conditions.length; i++) {
      const each = status.conditions[i]
      const before = findCondition(old.conditions, each.type)
      if (
        before !== undefined &&
        before.status === each.status &&
        before.reason === each.reason &&
        before.message === each.message
      ) {
        conditions[i] = before
        continue
      }
      const seconds = before !== undefined && before.status === each.status ? before.transitionSeconds : now
      conditions[i] = condition(each.type, each.status, each.reason, each.message, seconds)
    }
    return podStatus(
      status.phase,
      status.reason,
      status.message,
      conditions,
      startSeconds,
      status.podIP,
      status.initContainers,
      status.containers,
      status.ephemeralContainers,
      status.nominatedNode,
    )
  }

  /** a container that will not be restarted does not come back from terminated. */
  #isForbiddenTransition(version: PodVersion, old: PodStatus, status: PodStatus): boolean {
    const { restartPolicy } = version.spec
    if (restartPolicy === 'Always') return false
    return (
      comesBack(old.containers, status.containers, restartPolicy) ||
      comesBack(old.initContainers, status.initContainers, restartPolicy)
    )
  }

  #queue(pod: KubeletPod, cause: number): void {
    if (!pod.isStatusQueued) {
      pod.isStatusQueued = true
      this.#waiting.push(pod)
    }
    const { statusBatch } = this.#environment.timing
    this.#schedule(SLOWEST_REQUEST * statusBatch, statusBatch, cause)
  }

  #schedule(range: number, canonical: number, cause: number): void {
    if (this.#isBatchQueued) return
    this.#isBatchQueued = true
    const { kernel, choices } = this.#environment
    const latency = range === 0 ? 0 : choices.draw(STATUS_LATENCY, this.#nodePath, this.#requests++, range, canonical)
    kernel.schedule(kernel.now + latency, OP.statusBatch, this.#node, cause)
  }

  /** Sends every pod whose status is newer than what was sent, one after the other where a request takes time. */
  syncBatch(): void {
    this.#isBatchQueued = false
    const batch = this.#waiting
    this.#waiting = []
    for (const [i, pod] of batch.entries()) {
      pod.isStatusQueued = false
      if (pod.statusVersion <= pod.sentVersion) continue
      this.#syncPod(pod)
      const { statusBatch } = this.#environment.timing
      if (statusBatch === 0 || i + 1 === batch.length) continue
      this.#waiting = [...batch.slice(i + 1), ...this.#waiting]
      this.#schedule(statusBatch, Math.trunc(statusBatch / 2), batch[i + 1].statusCause)
      return
    }
  }

  /** Brings the API's status in line again after somebody else wrote it. */
  reconcile(pod: KubeletPod, cause: number): void {
    if (pod.status === null) return
    if (pod.statusCause < 0) pod.statusCause = cause
    pod.statusVersion++
    this.#queue(pod, cause)
  }

  #syncPod(pod: KubeletPod): void {
    const { status } = pod
    pod.sentVersion = pod.statusVersion
    const cause = pod.statusCause
    pod.statusCause = -1
    const index = pod.identity.index
    const api = this.#store.pod(index)
    if (status === null || api === null || api.identity !== pod.identity) return
    const merged = this.#merge(pod, api.status, status)
    const row = this.#store.updateStatus(index, merged, cause, pod.observedGeneration)
    if (isDeleting(api) && pod.isFinished && isTerminalPhase(merged.phase)) {
      this.#deleteLast(index, row >= 0 ? row : cause)
    }
  }

  /** A request of its own after the PATCH: in between, others see a pod that has ended and is still there. */
  #deleteLast(index: number, cause: number): void {
    const { kernel, timing } = this.#environment
    if (timing.lastDelete === undefined) this.#store.deletePod(index, 0, cause)
    else kernel.schedule(kernel.now + timing.lastDelete, OP.lastDelete, index, cause)
  }

  /** What the kubelet knows, put into what the API has. */
  #merge(pod: KubeletPod, api: PodStatus, status: PodStatus): PodStatus {
    const mayStillRun = pod.phase < WORKER_PHASE.terminated
    const isWithheld = !isTerminalPhase(api.phase) && isTerminalPhase(status.phase) && mayStillRun
    const becomesTerminal = !isTerminalPhase(api.phase) && isTerminalPhase(status.phase) && !mayStillRun
    const conditions = mergeConditions(api, status, becomesTerminal)
    const phase = isWithheld ? api.phase : status.phase
    return podStatus(
      phase,
      isWithheld ? api.reason : status.reason,
      isWithheld ? api.message : status.message,
      withTerminalReadiness(conditions, phase),
      status.startSeconds,
      status.podIP,
      status.initContainers,
      status.containers,
      status.ephemeralContainers,
      api.nominatedNode,
    )
  }
}

/**
 * The API's foreign conditions first, then the kubelet's. DisruptionTarget is both: what the API has of it stays, be the kubelet's
 * status older than that, until the phase becomes terminal and the kubelet's takes its place.
 */
function mergeConditions(api: PodStatus, status: PodStatus, becomesTerminal: boolean): readonly Condition[] {
  let isPlain = true
  for (let i = 0; i < api.conditions.length; i++) if (!isKubeletCondition(api.conditions[i].type)) isPlain = false
  for (let i = 0; i < status.conditions.length; i++) if (!isKubeletCondition(status.conditions[i].type)) isPlain = false
  if (isPlain) return status.conditions
  const own = becomesTerminal ? findCondition(status.conditions, WORD.DisruptionTarget) : undefined
  const foreign = api.conditions.filter(each => !isKubeletCondition(each.type))
  const conditions =
    own === undefined ? foreign : [...foreign.filter(({ type }) => type !== WORD.DisruptionTarget), own]
  for (const each of status.conditions) if (isKubeletCondition(each.type)) conditions.push(each)
  return conditions
}

function comesBack(old: readonly ContainerStatus[], next: readonly ContainerStatus[], restartPolicy: string): boolean {
  for (const before of old) {
    if (before.state.kind !== STATE.terminated || before.container.role === 'sidecar') continue
    if (isRestartedAfterExit(before.container, restartPolicy, before.state.exitCode)) continue
    const after = findStatus(next, before.container.slot)
    if (after !== undefined && after.state.kind !== STATE.terminated) return true
  }
  return false
}

/** Changes the status of one container if it still shows this instance; null: nothing to change. */
function changeContainer(
  status: PodStatus,
  slot: number,
  instance: number,
  change: (status: ContainerStatus) => ContainerStatus | null,
): PodStatus | null {
  const isInit = findStatus(status.initContainers, slot) !== undefined
  const list = isInit ? status.initContainers : status.containers
  const at = list.findIndex(each => each.container.slot === slot)
  if (at < 0 || list[at].instance !== instance) return null
  const changed = change(list[at])
  if (changed === null) return null
  const next = list.slice()
  next[at] = changed
  return podStatus(
    status.phase,
    status.reason,
    status.message,
    status.conditions,
    status.startSeconds,
    status.podIP,
    isInit ? next : status.initContainers,
    isInit ? status.containers : next,
    status.ephemeralContainers,
    status.nominatedNode,
  )
}

/** Judged on the API's status in the pod object that the worker was handed, stale as it may be. */
function hasPodInitialized(version: PodVersion): boolean {
  const { spec, status } = version
  if (spec.initContainers.length === 0) return true
  for (const each of status.containers) {
    if (each.state.kind !== STATE.waiting || each.last !== null) return true
  }
  const last = status.initContainers[spec.initContainers.length - 1]
  if (last === undefined) return false
  if (last.container.role === 'sidecar') return last.started
  return last.state.kind === STATE.terminated && last.state.exitCode === 0
}

/** Whether an init container was ever anything but waiting. */
const hasStarted = (status: ContainerStatus): boolean => status.state.kind !== STATE.waiting || status.last !== null
