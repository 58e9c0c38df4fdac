import { choiceLabel } from '../../kernel/index.js'
import { type ContainerSpec, isTerminalPhase, OP, PROBE, WORD } from '../contract/index.js'
import { computePodActions, type PodActions, type ProbeResults } from './compute-pod-actions.js'
import type { StartResult } from './container-starter.js'
import { type KubeletPod, STEP, WORKER_PHASE } from './kubelet-pod.js'
import { MESSAGE } from './messages.js'
import { PodTermination } from './pod-termination.js'
import type { PodSyncer } from './pod-workers.js'
import { RESULT } from './probe-worker.js'
import { parkRound, type SyncParts } from './sync-parts.js'
import { VolumeWaiter } from './volume-waiter.js'

const SYNC_LATENCY = choiceLabel('sync-latency', 'the plan’s timing: 0 ms')
/** From stored status to runtime; of 110 restarts in the recordings half took up to 12 ms, a tenth 29 ms and more, the slowest 73 ms. */
const MOST_SYNC_LATENCY_MS = 40

/**
 * The rounds of a pod worker, step by step. A step that has to wait parks the round; `resume` goes on.
 *
 * kubelet: pkg/kubelet/kubelet.go SyncPod, SyncTerminatingPod, SyncTerminatedPod; kuberuntime_manager.go SyncPod, v1.32
 * (R-140 … … R-232).
 */
export class PodSync implements PodSyncer {
  readonly #parts: SyncParts
  readonly #termination: PodTermination
  readonly #volumes: VolumeWaiter

  constructor(parts: SyncParts) {
    this.#parts = parts
    this.#termination = new PodTermination(parts)
    this.#volumes = new VolumeWaiter(parts.environment, parts.store, parts.events)
  }

  /** R-140 (1): the status of this round is generated; it is stored a moment later (R-127a). */
  syncPod(pod: KubeletPod): void {
    pod.generated = this.#parts.generator.generate(pod, pod.active, pod.roundStatus, false, pod.cause)
    if (parkRound(this.#parts.environment, pod, STEP.generated, this.#parts.environment.timing.statusGeneration)) return
    this.#setStatus(pod)
  }

  syncTerminatingPod(pod: KubeletPod): void {
    this.#termination.begin(pod)
  }

  syncTerminatedPod(pod: KubeletPod): void {
    this.#termination.complete(pod)
  }

  couldResyncMatter(pod: KubeletPod): boolean {
    const { spec } = pod.active
    if (pod.volumeWaitSince >= 0) return true
    for (const container of spec.containers) if (this.#isWaitingToBeReady(pod, container)) return true
    for (const container of spec.initContainers) if (this.#isWaitingToBeReady(pod, container)) return true
    return false
  }

  /** A running container that is not ready yet gets its readiness probe triggered by every sync. */
  #isWaitingToBeReady(pod: KubeletPod, container: ContainerSpec): boolean {
    if (container.probes[PROBE.readiness] === null) return false
    const worker = this.#parts.probes.workerOf(pod, container.slot, PROBE.readiness)
    return worker !== undefined && worker.value !== RESULT.success
  }

  /** The wait of a parked round is over. */
  resume(pod: KubeletPod, cause: number): void {
    switch (pod.step) {
      case STEP.generated:
        this.#setStatus(pod)
        break
      case STEP.terminatingGenerated:
        this.#termination.kill(pod)
        break
      case STEP.sandboxStopped:
        this.#termination.settle(pod)
        break
      case STEP.acting:
        this.#startSandboxOrContainers(pod)
        break
      case STEP.creatingSandbox:
        this.#sandboxCreated(pod, cause)
        break
      case STEP.pulling:
      case STEP.creating:
      case STEP.starting:
      case STEP.beforePostStart:
      case STEP.postStart:
        this.#started(pod, this.#parts.starter.resume(pod, this.#containerInHand(pod), cause))
        break
      default:
        break
    }
  }

  /** The containers that a round waited for are dead. */
  killed(pod: KubeletPod, cause: number): void {
    switch (pod.step) {
      case STEP.killingPod:
        this.#podKilled(pod, cause)
        break
      case STEP.killingContainers:
        pod.killIndex++
        this.#killNext(pod)
        break
      case STEP.killingAfterPostStart:
        this.#started(pod, 'failed')
        break
      case STEP.terminatingKill:
        this.#termination.killed(pod, cause)
        break
      default:
        break
    }
  }

  /** R-140 (2) and (3). */
  #setStatus(pod: KubeletPod): void {
    const { statuses, workers } = this.#parts
    const status = pod.generated
    if (status === null) return
    statuses.setPodStatus(pod, pod.active, status, pod.cause)
    if (isTerminalPhase(status.phase)) {
      workers.endRound(pod, 'transition')
      return
    }
    this.#mount(pod)
  }

  /** R-140 (9) to (12): volumes first, then probe workers and containers. */
  #mount(pod: KubeletPod): void {
    const outcome = this.#volumes.look(pod)
    if (outcome === 'failed') this.#parts.workers.endRound(pod, 'failed')
    if (outcome !== 'mounted') return
    this.#parts.probes.addPod(pod, pod.cause)
    this.#act(pod)
  }

  /** A mount is tried again, or was waited for long enough. */
  retryVolumes(pod: KubeletPod): void {
    if (this.#volumes.retry(pod)) this.#mount(pod)
  }

  /** The pod's end cuts a wait for volumes short. */
  cancelVolumeWait(pod: KubeletPod): void {
    if (this.#volumes.cancel(pod)) this.#parts.workers.endRound(pod, 'failed')
  }

  /** R-230, steps 1 to 4. */
  #act(pod: KubeletPod): void {
    const { environment, events, killer } = this.#parts
    const { spec } = pod.active
    const actions = computePodActions(
      spec,
      pod.roundStatus,
      pod.active.deletionGraceSeconds >= 0,
      this.#resultsOf(pod),
      environment.profile.unifiedInitContainers,
    )
    pod.actions = actions
    pod.nextStart = 0
    pod.isRoundFailed = false
    pod.sandboxIP = pod.roundStatus.sandboxes[0]?.ip ?? 0
    if (actions.createSandbox && actions.previousSandbox >= 0) {
      const { symbols } = environment
      events.record(
        pod.identity.index,
        pod.identity.path,
        false,
        WORD.SandboxChanged,
        symbols.message(MESSAGE.sandboxChanged),
        pod.cause,
      )
    }
    if (actions.killPod) {
      pod.step = STEP.killingPod
      if (!killer.killAll(pod, pod.roundStatus, spec, -1, pod.cause)) this.#podKilled(pod, pod.cause)
      return
    }
    pod.killIndex = 0
    this.#killNext(pod)
  }

  #resultsOf(pod: KubeletPod): ProbeResults {
    pod.probeResults ??= (slot, type, instance) => this.#parts.probes.resultOf(pod, slot, type, instance)
    return pod.probeResults
  }

  /** Everything is dead: the sandbox goes; a new one follows, or the round ends (R-230, 2). */
  #podKilled(pod: KubeletPod, cause: number): void {
    const { runtime, workers } = this.#parts
    const actions = pod.actions
    if (actions === null) return
    pod.cause = cause
    for (const sandbox of pod.roundStatus.sandboxes) runtime.stopPodSandbox(pod.identity.index, sandbox.attempt, cause)
    if (!actions.createSandbox) {
      workers.endRound(pod, 'done')
      return
    }
    this.#purgeInitContainers(pod)
    this.#beforeStarting(pod)
  }

  /** A new sandbox runs every init container anew; their logs go with them, and so do their counts. */
  #purgeInitContainers(pod: KubeletPod): void {
    for (const record of pod.roundStatus.containers) {
      const { role, slot } = record.container
      if (role === 'init' || role === 'sidecar')
        this.#parts.runtime.removeContainer(pod.identity.index, slot, record.instance)
    }
  }

  /** Containers to kill go one by one, each with its whole grace (R-230, 3). */
  #killNext(pod: KubeletPod): void {
    const actions = pod.actions
    if (actions === null) return
    const next = actions.containersToKill[pod.killIndex]
    if (next === undefined) {
      this.#beforeStarting(pod)
      return
    }
    pod.step = STEP.killingContainers
    this.#parts.killer.killOne(
      pod,
      pod.active.spec,
      next.container,
      next.instance,
      next.reason,
      next.willRestart,
      pod.cause,
    )
  }

  #beforeStarting(pod: KubeletPod): void {
    const actions = pod.actions
    if (actions === null) return
    if (!hasAnythingToStart(actions)) {
      this.#finish(pod)
      return
    }
    const { environment } = this.#parts
    const { choices, timing } = environment
    const latency = choices.draw(SYNC_LATENCY, pod.identity.path, pod.rounds, MOST_SYNC_LATENCY_MS, timing.syncActions)
    if (parkRound(environment, pod, STEP.acting, latency)) return
    this.#startSandboxOrContainers(pod)
  }

  #startSandboxOrContainers(pod: KubeletPod): void {
    const actions = pod.actions
    if (actions === null) return
    if (!actions.createSandbox) {
      this.#startNext(pod)
      return
    }
    pod.step = STEP.creatingSandbox
    const { runtime } = this.#parts
    runtime.runPodSandbox(
      pod.identity,
      pod.active.node,
      pod.active.spec,
      actions.sandboxAttempt,
      OP.workerStep,
      pod.cause,
    )
  }

  #sandboxCreated(pod: KubeletPod, cause: number): void {
    const { runtime, environment, events, workers } = this.#parts
    const { index, path } = pod.identity
    pod.cause = cause
    const error = runtime.errorOf(index)
    if (error !== 0) {
      if (pod.phase === WORKER_PHASE.sync) {
        events.record(
          index,
          path,
          true,
          WORD.FailedCreatePodSandBox,
          environment.symbols.message(MESSAGE.sandboxFailed, error),
          cause,
        )
      }
      workers.endRound(pod, 'failed')
      return
    }
    pod.sandboxIP = runtime.podStatus(index).sandboxes[0].ip
    this.#startNext(pod)
  }

  /** Ephemeral containers, init containers, regular ones, one after the other (R-230, 6 to 9). */
  #startNext(pod: KubeletPod): void {
    for (;;) {
      const container = startAt(pod.actions, pod.nextStart)
      if (container === null) {
        this.#finish(pod)
        return
      }
      const result = this.#parts.starter.start(pod, container)
      if (result === 'waiting' || !this.#goesOn(pod, container, result)) return
    }
  }

  #containerInHand(pod: KubeletPod): ContainerSpec {
    const container = startAt(pod.actions, pod.nextStart)
    if (container === null) throw new Error(`no container of pod ${pod.identity.name} is being started`)
    return container
  }

  #started(pod: KubeletPod, result: StartResult): void {
    if (result === 'waiting') return
    if (this.#goesOn(pod, this.#containerInHand(pod), result)) this.#startNext(pod)
  }

  /** a failed plain init container ends the round, any other failure does not keep the next from starting. */
  #goesOn(pod: KubeletPod, container: ContainerSpec, result: StartResult): boolean {
    pod.nextStart++
    if (result === 'started') return true
    pod.isRoundFailed = true
    if (container.role !== 'init') return true
    this.#finish(pod)
    return false
  }

  #finish(pod: KubeletPod): void {
    this.#parts.workers.endRound(pod, pod.isRoundFailed ? 'failed' : 'done')
  }
}

const hasAnythingToStart = (actions: PodActions): boolean =>
  actions.createSandbox ||
  actions.initContainersToStart.length + actions.containersToStart.length + actions.ephemeralContainersToStart.length >
    0

/** The n-th container that the actions start; null: there are fewer. */
function startAt(actions: PodActions | null, n: number): ContainerSpec | null {
  if (actions === null) return null
  const { ephemeralContainersToStart, initContainersToStart, containersToStart } = actions
  const afterEphemeral = n - ephemeralContainersToStart.length
  if (afterEphemeral < 0) return ephemeralContainersToStart[n]
  const afterInit = afterEphemeral - initContainersToStart.length
  if (afterInit < 0) return initContainersToStart[afterEphemeral]
  return containersToStart[afterInit] ?? null
}
