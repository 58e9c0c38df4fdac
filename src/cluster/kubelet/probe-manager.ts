import { choiceLabel } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { type MessageTemplate, PROBE_TYPES } from '../../trace/index.js'
import type { EventRecorder } from '../client/index.js'
import {
  ANSWER,
  apiSeconds,
  type ContainerRuntime,
  type ContainerSpec,
  type ContainerStatus,
  type Environment,
  isDeleting,
  isTerminalPhase,
  OP,
  type PodStatus,
  PROBE,
  STATE,
  WORD,
} from '../contract/index.js'
import { findStatus } from './container-statuses.js'
import { MESSAGE, probeErrored } from './messages.js'
import { type ProbedPod, ProbeWorker, RESULT } from './probe-worker.js'
import { isRestartedAfterExit } from './restart-decision.js'

const PROBE_JITTER = choiceLabel('probe-jitter', 'half the period; only right after a restart of the kubelet')

/** Hears of changed results: what the sync loop reads from the results managers' channels (R-127). */
export type ProbeListener = (worker: ProbeWorker, value: number, cause: number) => void

/** As much of the runtime as probes need. */
export type ProbeRuntime = Pick<ContainerRuntime, 'startProbe' | 'probeAnswer' | 'steadyUntil' | 'noteSkippedProbes'>

/** What decides a tick of a probe worker, apart from the worker itself. */
export type Verdict = 'stop' | 'continue' | 'probe'

/**
 * Runs every probe of a kubelet's pods.
 *
 * kubelet: pkg/kubelet/prober/{prober_manager,worker,prober}.go, v1.32 (chapter 6). Ticks that are sure to do nothing are not
 * queued: a parked worker is woken when the pod's stored status changes.
 */
export class ProbeManager {
  readonly #environment: Environment
  readonly #runtime: ProbeRuntime
  readonly #events: EventRecorder
  readonly #listener: ProbeListener
  readonly #workers: (ProbeWorker | undefined)[]
  readonly #titles: readonly number[]
  readonly #erroredText: MessageTemplate
  /** When this kubelet came up; a container that is older was there before it. */
  #upSince: Milliseconds = Number.NEGATIVE_INFINITY

  /** `workers` is shared by all kubelets of a run: operations name a worker by its index there. */
  constructor(
    environment: Environment,
    runtime: ProbeRuntime,
    events: EventRecorder,
    workers: (ProbeWorker | undefined)[],
    listener: ProbeListener,
  ) {
    this.#environment = environment
    this.#runtime = runtime
    this.#events = events
    this.#workers = workers
    this.#listener = listener
    this.#titles = PROBE_TYPES.map(type => environment.symbols.intern(type[0].toUpperCase() + type.slice(1)))
    this.#erroredText = probeErrored(environment.profile.probeErroredText)
  }

  /** `upSince`: when the kubelet's process comes up; −Infinity: long ago. */
  reset(upSince: Milliseconds): void {
    this.#upSince = upSince
  }

  /** Makes a worker per probe; returns at the first one that already exists. */
  addPod(pod: ProbedPod, cause: number): void {
    const { spec } = pod.active
    for (const container of spec.containers) if (!this.#addContainer(pod, container, cause)) return
    for (const container of spec.initContainers) {
      if (container.role === 'sidecar' && !this.#addContainer(pod, container, cause)) return
    }
  }

  #addContainer(pod: ProbedPod, container: ProbeWorker['container'], cause: number): boolean {
    for (const type of CREATION_ORDER) {
      const spec = container.probes[type]
      if (spec === null) continue
      if (this.workerOf(pod, container.slot, type) !== undefined) return false
      const { kernel } = this.#environment
      const worker = new ProbeWorker(this.#workers.length, pod, container, spec, kernel.now)
      this.#workers.push(worker)
      pod.probes.push(worker)
      if (this.#environment.profile.readinessSurvivesKubeletRestart) this.#carryOver(worker)
      worker.isAsleep = kernel.now - this.#upSince < spec.periodMs
      if (worker.isAsleep) worker.anchor += this.#initialJitter(worker)
      worker.tickEntry = kernel.schedule(worker.anchor, OP.probeTick, worker.number, cause)
    }
    return true
  }

  /** From 1.35 on a container that is older than its kubelet keeps what was known of it, and nobody is told. */
  #carryOver(worker: ProbeWorker): void {
    // What the API has is from before; the new kubelet's own first status was made without a worker to ask.
    const container = statusOf(worker.podAtAdd.status, worker.container)
    if (container?.state.kind !== STATE.running || container.state.startedAt >= this.#upSince) return
    const { type } = worker.spec
    const isSuccess = type === PROBE.startup ? container.started : container.ready
    worker.instance = container.instance
    worker.value = isSuccess ? RESULT.success : INITIAL_VALUES[type]
  }

  /**
   * the workers of a kubelet that came up less than a period ago do not all begin at once; otherwise the first probe is due
   * as soon as there is a worker.
   */
  #initialJitter({ container, spec }: ProbeWorker): Milliseconds {
    const { type, periodMs } = spec
    const n = this.#upSince * PROBE_TYPES.length + type
    return this.#environment.choices.draw(PROBE_JITTER, container.path, n, periodMs, Math.trunc(periodMs / 2))
  }

  workerOf(pod: ProbedPod, slot: number, type: number): ProbeWorker | undefined {
    for (const worker of pod.probes) {
      if (worker.container.slot === slot && worker.spec.type === type) return worker
    }
    return undefined
  }

  /** The result kept for an instance of a container. */
  resultOf(pod: ProbedPod, slot: number, type: number, instance: number): number {
    const worker = this.workerOf(pod, slot, type)
    return worker === undefined || worker.instance !== instance ? RESULT.none : worker.value
  }

  /** Termination stops liveness and startup of regular containers; readiness goes on. */
  stopLivenessAndStartup(pod: ProbedPod): void {
    for (const worker of pod.probes.slice()) {
      if (worker.container.role === 'container' && worker.spec.type !== PROBE.readiness) this.#stop(worker)
    }
  }

  removePod(pod: ProbedPod): void {
    for (const worker of pod.probes.slice()) this.#stop(worker)
  }

  /** A worker's results go with it. */
  #stop(worker: ProbeWorker): void {
    worker.isStopped = true
    this.#environment.kernel.cancel(worker.tickEntry)
    worker.tickEntry = 0
    if (worker.steadyFrom >= 0) this.#endSteadiness(worker)
    worker.value = RESULT.none
    const at = worker.pod.probes.indexOf(worker)
    if (at >= 0) worker.pod.probes.splice(at, 1)
    if (worker.call < 0) this.#workers[worker.number] = undefined
  }

  /** The stored status of the pod changed: parked workers look again at their next tick. */
  statusChanged(pod: ProbedPod, cause: number): void {
    for (const worker of pod.probes) if (worker.tickEntry === 0 && worker.call < 0) this.#queueTick(worker, cause)
  }

  /** A status generation found the container running and started but not ready: the probe runs now, its ticker starts anew. */
  trigger(worker: ProbeWorker, cause: number): void {
    if (worker.call >= 0 || worker.isAsleep) {
      worker.isTriggered = true
      return
    }
    if (worker.steadyFrom >= 0) this.#endSteadiness(worker)
    worker.anchor = this.#environment.kernel.now
    this.#environment.kernel.cancel(worker.tickEntry)
    worker.tickEntry = 0
    this.#round(worker, cause)
  }

  tick(number: number, cause: number): void {
    const worker = this.#workers[number]
    if (
      worker === undefined ||
      worker.isStopped ||
      worker.call >= 0 ||
      worker.tickEntry !== this.#environment.kernel.entry
    )
      return
    worker.tickEntry = 0
    if (worker.steadyFrom >= 0) this.#endSteadiness(worker)
    const wasAsleep = worker.isAsleep
    worker.isAsleep = false
    this.#round(worker, cause)
    if (wasAsleep && worker.isTriggered && worker.call < 0 && !worker.isStopped) {
      worker.isTriggered = false
      this.trigger(worker, cause)
    }
  }

  /** The sync loop reads a changed result from its channel while the worker goes on: it is told last. */
  #round(worker: ProbeWorker, cause: number): void {
    const before = worker.value
    const verdict = this.#decide(worker, cause)
    const hasChanged = worker.value !== before || worker.isNewInstance
    worker.isNewInstance = false
    // A worker that ends takes its result along; what it told the sync loop before stays told.
    const { value } = worker
    if (verdict === 'stop') this.#stop(worker)
    else if (verdict === 'probe') this.#startCall(worker, cause)
    if (hasChanged) this.#listener(worker, value, cause)
  }

  /**
   * One tick of a worker: whether it goes on, and the call if one is due; its result comes with `callEnded`.
   *
   * kubelet: pkg/kubelet/prober/worker.go doProbe, v1.32.
   */
  doProbe(worker: ProbeWorker, cause: number): Verdict {
    const verdict = this.#decide(worker, cause)
    if (verdict === 'probe') this.#startCall(worker, cause)
    return verdict
  }

  /** R-604, steps 1 to 9. */
  #decide(worker: ProbeWorker, cause: number): Verdict {
    const { status } = worker.pod
    if (status === null) return 'continue'
    if (isTerminalPhase(status.phase)) return 'stop'
    const container = statusOf(status, worker.container)
    if (container === undefined || container.instance < 0) return 'continue'
    if (worker.instance !== container.instance) {
      worker.instance = container.instance
      worker.value = INITIAL_VALUES[worker.spec.type]
      worker.isNewInstance = true
      worker.isOnHold = false
    }
    if (worker.isOnHold) return 'continue'
    if (container.state.kind !== STATE.running) {
      worker.value = RESULT.failure
      return container.state.kind === STATE.terminated && this.#isOver(worker, container.state.exitCode)
        ? 'stop'
        : 'continue'
    }
    if (isDeleting(worker.podAtAdd) && worker.spec.type !== PROBE.readiness) {
      worker.value = RESULT.success
      return 'stop'
    }
    return this.#isDue(worker, container, cause) ? 'probe' : 'continue'
  }

  /** the container will not come back, as far as this release looks. */
  #isOver(worker: ProbeWorker, exitCode: number): boolean {
    const { container, podAtAdd } = worker
    const { containerRestartRules, sidecarProbesOutliveExit } = this.#environment.profile
    if (container.role === 'sidecar' && sidecarProbesOutliveExit) return false
    const { restartPolicy } = podAtAdd.spec
    return containerRestartRules ? !isRestartedAfterExit(container, restartPolicy, exitCode) : restartPolicy === 'Never'
  }

  #isDue(worker: ProbeWorker, container: ContainerStatus, cause: number): boolean {
    const { kernel } = this.#environment
    const { spec } = worker
    if (container.started ? spec.type === PROBE.startup : spec.type !== PROBE.startup) return false
    // startedAt is the API's: whole seconds.
    const startedAt =
      apiSeconds(this.#environment, container.state.startedAt) * 1000 - this.#environment.timing.clockOffset
    if (Math.trunc((kernel.now - startedAt) / 1000) >= spec.initialDelaySeconds) return true
    this.#queueTickFrom(worker, startedAt + spec.initialDelaySeconds * 1000, cause)
    return false
  }

  #startCall(worker: ProbeWorker, cause: number): void {
    const { kernel } = this.#environment
    const { pod, container, spec } = worker
    worker.callStartedAt = kernel.now
    if (spec.portError !== 0) {
      this.#reportFailure(worker, ANSWER.error, spec.portError, cause)
      this.#queueTick(worker, cause)
      return
    }
    pod.openProbes++
    worker.call = this.#runtime.startProbe(
      pod.identity.index,
      container.slot,
      worker.instance,
      spec,
      OP.probeEnd,
      worker.number,
      cause,
    )
  }

  /** A call is over: steps 10 to 14 of R-604. */
  callEnded(number: number, cause: number): void {
    const worker = this.#workers[number]
    if (worker === undefined) return
    const { result, output } = this.#runtime.probeAnswer(worker.call)
    worker.call = -1
    worker.pod.openProbes--
    if (result !== ANSWER.success) this.#reportFailure(worker, result, output, cause)
    if (worker.isStopped) {
      this.#workers[number] = undefined
      return
    }
    const before = worker.value
    const isSteady =
      result !== ANSWER.error && this.#settle(worker, result === ANSWER.success ? RESULT.success : RESULT.failure)
    if (worker.isTriggered) {
      worker.isTriggered = false
      this.trigger(worker, cause)
    } else if (!worker.isOnHold) {
      if (isSteady) this.#queueSteadyTick(worker, cause)
      else this.#queueTickAfterCall(worker, cause)
    } else if (this.#isSuperseded(worker)) this.#queueTickAfterCall(worker, cause)
    if (worker.value !== before) this.#listener(worker, worker.value, cause)
  }

  /** Another instance has come while the call went on: the next tick lets go of the hold. */
  #isSuperseded({ pod: { status }, container, instance }: ProbeWorker): boolean {
    const shown = status === null ? undefined : statusOf(status, container)
    return shown !== undefined && shown.instance >= 0 && shown.instance !== instance
  }

  /** Counts a result and stores it once its threshold is met; answers whether another success would change nothing. */
  #settle(worker: ProbeWorker, result: number): boolean {
    const { spec } = worker
    if (worker.lastResult === result) worker.resultRun++
    else {
      worker.lastResult = result
      worker.resultRun = 1
    }
    if (worker.resultRun < (result === RESULT.failure ? spec.failureThreshold : spec.successThreshold)) return false
    worker.value = result
    if (spec.type === PROBE.startup || (spec.type === PROBE.liveness && result === RESULT.failure)) {
      worker.isOnHold = true
      worker.resultRun = 0
    }
    return result === RESULT.success
  }

  #reportFailure(worker: ProbeWorker, result: number, output: number, cause: number): void {
    const { symbols } = this.#environment
    const template = result === ANSWER.error ? this.#erroredText : MESSAGE.probeFailed
    const message = symbols.message(template, this.#titles[worker.spec.type], output)
    this.#events.record(worker.pod.identity.index, worker.container.path, true, WORD.Unhealthy, message, cause)
  }

  #queueTick(worker: ProbeWorker, cause: number): void {
    const { kernel } = this.#environment
    const { periodMs } = worker.spec
    const ticks = Math.floor((kernel.now - worker.anchor) / periodMs)
    worker.tickEntry = kernel.schedule(worker.anchor + (ticks + 1) * periodMs, OP.probeTick, worker.number, cause)
  }

  /** After a call: a tick that fell into it was kept and comes at once. */
  #queueTickAfterCall(worker: ProbeWorker, cause: number): void {
    const { kernel } = this.#environment
    const { periodMs } = worker.spec
    const before = Math.floor((worker.callStartedAt - worker.anchor) / periodMs)
    if (Math.floor((kernel.now - worker.anchor) / periodMs) === before) this.#queueTick(worker, cause)
    else worker.tickEntry = kernel.schedule(kernel.now, OP.probeTick, worker.number, cause)
  }

  #queueTickFrom(worker: ProbeWorker, from: number, cause: number): void {
    const { kernel } = this.#environment
    const { periodMs } = worker.spec
    const ticks = Math.max(
      Math.floor((kernel.now - worker.anchor) / periodMs) + 1,
      Math.ceil((from - worker.anchor) / periodMs),
    )
    worker.tickEntry = kernel.schedule(worker.anchor + ticks * periodMs, OP.probeTick, worker.number, cause)
  }

  /** Nothing but the script's next change can alter the answer: the ticks before it are left out. */
  #queueSteadyTick(worker: ProbeWorker, cause: number): void {
    const { kernel } = this.#environment
    const { pod, container, spec } = worker
    const until = this.#runtime.steadyUntil(pod.identity.index, container.slot, worker.instance, spec)
    const next = worker.anchor + (Math.floor((kernel.now - worker.anchor) / spec.periodMs) + 1) * spec.periodMs
    if (until - SLOWEST_CALL_MS <= next) {
      this.#queueTickAfterCall(worker, cause)
      return
    }
    worker.steadyFrom = next
    if (until === Number.POSITIVE_INFINITY) return
    const left = Math.floor((until - SLOWEST_CALL_MS - next) / spec.periodMs)
    worker.tickEntry = kernel.schedule(next + left * spec.periodMs, OP.probeTick, worker.number, cause)
  }

  /** The runtime changed something about the pod: answers that were sure to stay the same are not any more. */
  runtimeChanged(pod: ProbedPod, cause: number): void {
    for (const worker of pod.probes) {
      if (worker.steadyFrom < 0 || worker.call >= 0) continue
      this.#environment.kernel.cancel(worker.tickEntry)
      this.#endSteadiness(worker)
      this.#queueTick(worker, cause)
    }
  }

  /** The ticks left out until now are counted: each would have repeated the last answer. */
  #endSteadiness(worker: ProbeWorker): void {
    const { pod, container, spec, steadyFrom } = worker
    worker.steadyFrom = -1
    const skipped = Math.ceil((this.#environment.kernel.now - steadyFrom) / spec.periodMs)
    if (skipped > 0) this.#runtime.noteSkippedProbes(pod.identity.index, container.slot, spec.type, skipped)
  }
}

const statusOf = (status: PodStatus, { role, slot }: ContainerSpec): ContainerStatus | undefined =>
  findStatus(role === 'sidecar' ? status.initContainers : status.containers, slot)

/** Workers of a container are made in this order. */
const CREATION_ORDER: readonly number[] = [PROBE.startup, PROBE.readiness, PROBE.liveness]

/** Results of a new container ID: liveness success, readiness failure, startup unknown. */
const INITIAL_VALUES: readonly number[] = [RESULT.success, RESULT.failure, RESULT.unknown]

/** No answering call takes longer, so a call that ends before a change also began after the last one. */
const SLOWEST_CALL_MS = 100
