import type { EventRecorder } from '../client/index.js'
import {
  type Condition,
  type ContainerStatus,
  condition,
  containerStatus,
  EMPTY_STATUSES,
  type Environment,
  findCondition,
  isDeleting,
  isTerminalPhase,
  type PodStatus,
  type PodVersion,
  PROBE,
  podStatus,
  type RuntimePod,
  STATE,
  TRUTH,
  WORD,
} from '../contract/index.js'
import {
  containersReadyCondition,
  initializedCondition,
  readyCondition,
  readyToStartContainersCondition,
} from './conditions.js'
import { convertContainerStatuses, findStatus, type StatusSources, type UnlocatedTexts } from './container-statuses.js'
import type { KubeletPod } from './kubelet-pod.js'
import { MESSAGE } from './messages.js'
import { getPhase } from './phase.js'
import type { ProbeManager } from './probe-manager.js'
import { RESULT } from './probe-worker.js'

/**
 * Makes the status that the API server should see, from what the runtime showed and the probes answered.
 *
 * kubelet: pkg/kubelet/kubelet_pods.go generateAPIPodStatus, v1.32.
 */
export class StatusGenerator {
  readonly #environment: Environment
  readonly #probes: ProbeManager
  readonly #events: EventRecorder
  readonly #texts: UnlocatedTexts

  constructor(environment: Environment, probes: ProbeManager, events: EventRecorder) {
    const { symbols } = environment
    this.#environment = environment
    this.#probes = probes
    this.#events = events
    this.#texts = {
      whenTerminated: symbols.message(MESSAGE.unlocatedTerminated),
      whenDeleted: symbols.message(MESSAGE.unlocatedDeleted),
    }
  }

  generate(
    pod: KubeletPod,
    version: PodVersion,
    runtime: RuntimePod,
    podIsTerminal: boolean,
    cause: number,
  ): PodStatus {
    const { spec } = version
    const old = pod.status ?? version.status
    const api = version.status
    const sources: StatusSources = {
      runtime,
      restartPolicy: spec.restartPolicy,
      isPodDeleting: isDeleting(version),
      hasInitContainers: spec.initContainers.length > 0,
      failures: pod.failures,
      texts: this.#texts,
    }
    let initContainers =
      spec.initContainers.length === 0
        ? EMPTY_STATUSES
        : convertContainerStatuses(spec.initContainers, old.initContainers, sources)
    let containers: readonly ContainerStatus[] = convertContainerStatuses(spec.byName, old.containers, sources)
    const ephemeral =
      spec.ephemeralContainers.length === 0
        ? EMPTY_STATUSES
        : convertContainerStatuses(spec.ephemeralContainers, old.ephemeralContainers, sources)
    const all = initContainers.length === 0 ? containers : [...initContainers, ...containers]
    let phase = getPhase(spec, all, podIsTerminal)
    if (!isTerminalPhase(phase)) {
      if (isTerminalPhase(old.phase)) phase = old.phase
      else if (isTerminalPhase(api.phase)) phase = api.phase
    }
    let reason = 0
    let message = 0
    if (phase === old.phase) {
      reason = old.reason !== 0 ? old.reason : api.reason
      message = old.message !== 0 ? old.message : api.message
    }
    if (this.isPastDeadline(pod, version)) {
      const { symbols } = this.#environment
      phase = WORD.Failed
      reason = WORD.DeadlineExceeded
      message = symbols.message(MESSAGE.deadlineExceeded)
      // Told at every generation after the deadline.
      this.#events.record(pod.identity.index, pod.identity.path, false, WORD.DeadlineExceeded, message, cause)
    }
    if (isTerminalPhase(api.phase)) phase = api.phase
    containers = this.#withProbes(pod, containers, old.containers, cause)
    if (initContainers.length > 0) {
      initContainers = this.#withProbes(pod, initContainers, old.initContainers, cause)
    }
    const conditions = this.#conditions(version, old, runtime, initContainers, containers, phase)
    const ip = runtime.sandboxes.length > 0 && runtime.sandboxes[0].isReady ? runtime.sandboxes[0].ip : 0
    const podIP = ip !== 0 ? ip : old.podIP
    return podStatus(
      phase,
      reason,
      message,
      conditions,
      old.startSeconds,
      podIP,
      initContainers,
      containers,
      ephemeral,
      api.nominatedNode,
    )
  }

  /** `started` and `ready` of regular containers and sidecars; unready ones get their readiness probe triggered. */
  #withProbes(
    pod: KubeletPod,
    statuses: readonly ContainerStatus[],
    old: readonly ContainerStatus[],
    cause: number,
  ): readonly ContainerStatus[] {
    const result = new Array<ContainerStatus>(statuses.length)
    for (let i = 0; i < statuses.length; i++) {
      const status = statuses[i]
      const { container, state } = status
      const { role, slot } = container
      let started = state.kind === STATE.running
      let ready = false
      if (role === 'init') {
        ready = state.kind === STATE.terminated && state.exitCode === 0
      } else if (started) {
        if (container.probes[PROBE.startup] !== null) {
          started =
            this.#probes.workerOf(pod, slot, PROBE.startup) === undefined
              ? (this.#carriedOver(status, old)?.started ?? true)
              : this.#probes.resultOf(pod, slot, PROBE.startup, status.instance) === RESULT.success
        }
        if (started) ready = this.#isReady(pod, status, old, cause)
      }
      result[i] =
        started || ready
          ? containerStatus(container, state, status.last, status.restarts, ready, started, status.instance)
          : status
    }
    return result
  }

  #isReady(pod: KubeletPod, status: ContainerStatus, old: readonly ContainerStatus[], cause: number): boolean {
    const { container } = status
    if (container.probes[PROBE.readiness] === null) return true
    const worker = this.#probes.workerOf(pod, container.slot, PROBE.readiness)
    if (worker === undefined) return this.#carriedOver(status, old)?.ready ?? true
    if (worker.instance === status.instance && worker.value === RESULT.success) return true
    this.#probes.trigger(worker, cause)
    return false
  }

  /**
   * What the API knows of a container that has no probe workers yet, as after a restart of the kubelet; undefined in releases
   * that take it for started and ready then.
   */
  #carriedOver(status: ContainerStatus, old: readonly ContainerStatus[]): ContainerStatus | undefined {
    if (!this.#environment.profile.readinessSurvivesKubeletRestart) return undefined
    const before = findStatus(old, status.container.slot)
    return before !== undefined && before.instance === status.instance ? before : undefined
  }

  /** foreign conditions first, then DisruptionTarget, then the kubelet's own in its order. */
  #conditions(
    version: PodVersion,
    old: PodStatus,
    runtime: RuntimePod,
    initContainers: readonly ContainerStatus[],
    containers: readonly ContainerStatus[],
    phase: number,
  ): readonly Condition[] {
    const { symbols } = this.#environment
    const { spec } = version
    const disruption =
      findCondition(old.conditions, WORD.DisruptionTarget) ??
      findCondition(version.status.conditions, WORD.DisruptionTarget)
    const statuses = { initContainers, containers }
    const containersReady = containersReadyCondition(spec, statuses, phase, symbols)
    const own = [
      readyToStartContainersCondition(spec.hostNetwork, runtime),
      initializedCondition(spec, statuses, phase, symbols),
      readyCondition(spec, containersReady, version.status.conditions, symbols),
      containersReady,
      SCHEDULED,
    ]
    const isForeign = (each: Condition): boolean =>
      !isKubeletCondition(each.type) && each.type !== WORD.DisruptionTarget
    if (disruption === undefined && !version.status.conditions.some(isForeign)) return own
    const foreign = version.status.conditions.filter(isForeign)
    return disruption === undefined ? [...foreign, ...own] : [...foreign, disruption, ...own]
  }

  /** the clock starts at status.startTime, in whole seconds. */
  isPastDeadline(pod: KubeletPod, version: PodVersion): boolean {
    const { activeDeadlineSeconds } = version.spec
    if (activeDeadlineSeconds === 0) return false
    const startSeconds = pod.status?.startSeconds ?? version.status.startSeconds
    if (startSeconds < 0) return false
    const { kernel, timing } = this.#environment
    return kernel.now + timing.clockOffset >= (startSeconds + activeDeadlineSeconds) * 1000
  }
}

/** The kubelet sees only pods that are scheduled. */
const SCHEDULED = condition(WORD.PodScheduled, TRUTH.True)

/** */
export const isKubeletCondition = (type: number): boolean =>
  type === WORD.PodScheduled ||
  type === WORD.Ready ||
  type === WORD.Initialized ||
  type === WORD.ContainersReady ||
  type === WORD.PodReadyToStartContainers
