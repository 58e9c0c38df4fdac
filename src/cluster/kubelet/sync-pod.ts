import type { EventRecorder } from '../client/index.js'
import {
  type ContainerRuntime,
  type ContainerSpec,
  type Environment,
  isTerminalPhase,
  OP,
  PROBE,
  RUNTIME_STATE,
  type StoreClient,
  WORD,
} from '../contract/index.js'
import { computePodActions, type PodActions, type ProbeResults } from './compute-pod-actions.js'
import type { ContainerKiller } from './container-killer.js'
import { type ContainerStarter, referenceError, type StartResult } from './container-starter.js'
import { type KubeletPod, STEP, WORKER_PHASE } from './kubelet-pod.js'
import { MESSAGE } from './messages.js'
import type { PodSyncer, PodWorkers } from './pod-workers.js'
import type { ProbeManager } from './probe-manager.js'
import { RESULT } from './probe-worker.js'
import type { StatusGenerator } from './status-generation.js'
import type { StatusManager } from './status-manager.js'

/** What a round works with. */
export interface SyncParts {
  readonly environment: Environment
  readonly runtime: ContainerRuntime
  readonly store: StoreClient
  readonly events: EventRecorder
  readonly generator: StatusGenerator
  readonly statuses: StatusManager
  readonly probes: ProbeManager
  readonly killer: ContainerKiller
  readonly starter: ContainerStarter
  readonly workers: PodWorkers
}

/** FailedMount is told again after 0.5, 1, 2, 4 … s, at most two minutes apart (R-1116). */
const MOUNT_RETRY_MS = 500
const LONGEST_MOUNT_RETRY_MS = 122_000
/** WaitForAttachAndMount gives up after 2 m 3 s. */
const MOUNT_TIMEOUT_MS = 123_000

/**
 * The rounds of a pod worker, step by step. A step that has to wait parks the round; `resume` goes on.
 *
 * kubelet: pkg/kubelet/kubelet.go SyncPod, SyncTerminatingPod, SyncTerminatedPod; kuberuntime_manager.go SyncPod, v1.32
 * (R-140 … … R-232).
 */
export class PodSync implements PodSyncer {
  readonly #parts: SyncParts

  constructor(parts: SyncParts) {
    this.#parts = parts
  }

  /** R-140 (1): the status of this round is generated; it is stored a moment later (R-127a). */
  syncPod(pod: KubeletPod): void {
    pod.generated = this.#parts.generator.generate(pod, pod.active, pod.roundStatus, false, pod.cause)
    if (this.#wait(pod, STEP.generated, this.#parts.environment.timing.statusGeneration)) return
    this.#setStatus(pod)
  }

  syncTerminatingPod(pod: KubeletPod): void {
    const { generator, environment } = this.#parts
    pod.generated = generator.generate(pod, pod.active, pod.roundStatus, false, pod.cause)
    if (this.#wait(pod, STEP.terminatingGenerated, environment.timing.containerStop)) return
    this.#terminate(pod)
  }

  /** the volumes are gone at once, then the pod's status is made final. */
  syncTerminatedPod(pod: KubeletPod): void {
    const { generator, statuses, workers } = this.#parts
    const status = generator.generate(pod, pod.active, pod.roundStatus, true, pod.cause)
    statuses.setPodStatus(pod, pod.active, status, pod.cause)
    statuses.terminatePod(pod, pod.active, pod.cause)
    workers.endRound(pod, 'transition')
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
        this.#terminate(pod)
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
        this.#terminated(pod, cause)
        break
      default:
        break
    }
  }

  /** R-140 (2) to (11). */
  #setStatus(pod: KubeletPod): void {
    const { statuses, workers, probes } = this.#parts
    const status = pod.generated
    if (status === null) return
    statuses.setPodStatus(pod, pod.active, status, pod.cause)
    if (isTerminalPhase(status.phase)) {
      workers.endRound(pod, 'transition')
      return
    }
    if (!this.#areVolumesMounted(pod)) return
    probes.addPod(pod, pod.cause)
    this.#act(pod)
  }

  /** Missing ConfigMaps and Secrets hold the round; termination ends the wait (R-109, R-1116). */
  #areVolumesMounted(pod: KubeletPod): boolean {
    const { environment, store, events, workers } = this.#parts
    const { kernel, symbols } = environment
    let isMissing = false
    for (const volume of pod.active.spec.volumes) {
      const error = referenceError(environment, store, pod.identity.namespace, volume.reference)
      if (error === 0) continue
      isMissing = true
      const message = symbols.message(MESSAGE.mountFailed, symbols.intern(volume.name), error)
      events.record(pod.identity.index, pod.identity.path, true, WORD.FailedMount, message, pod.cause)
    }
    if (!isMissing) {
      pod.volumeWaitSince = -1
      return true
    }
    if (pod.volumeWaitSince < 0) {
      pod.volumeWaitSince = kernel.now
      pod.volumeRetries = 0
    }
    const waited = kernel.now - pod.volumeWaitSince
    if (pod.phase !== WORKER_PHASE.sync || waited >= MOUNT_TIMEOUT_MS) {
      pod.volumeWaitSince = -1
      workers.endRound(pod, 'failed')
      return false
    }
    pod.step = STEP.waitingForVolumes
    const delay = Math.min(MOUNT_RETRY_MS << Math.min(pod.volumeRetries++, 20), LONGEST_MOUNT_RETRY_MS)
    pod.volumeEntry = kernel.schedule(
      kernel.now + Math.min(delay, MOUNT_TIMEOUT_MS - waited),
      OP.volumeRetry,
      pod.identity.index,
      pod.cause,
    )
    return false
  }

  /** The mount is tried again, or the pod's end cuts the wait short. */
  retryVolumes(pod: KubeletPod, isCancelled: boolean): void {
    if (pod.step !== STEP.waitingForVolumes) return
    const { kernel } = this.#parts.environment
    if (isCancelled) {
      pod.volumeWaitSince = -1
      this.#parts.workers.endRound(pod, 'failed')
      return
    }
    if (pod.volumeEntry !== kernel.entry || !this.#areVolumesMounted(pod)) return
    this.#parts.probes.addPod(pod, pod.cause)
    this.#act(pod)
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
      events.record(pod.identity.index, pod.identity.path, false, WORD.SandboxChanged, symbols.message(MESSAGE.sandboxChanged), pod.cause)
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
      if (role === 'init' || role === 'sidecar') this.#parts.runtime.removeContainer(pod.identity.index, slot, record.instance)
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
    this.#parts.killer.killOne(pod, pod.active.spec, next.container, next.instance, next.reason, next.willRestart, pod.cause)
  }

  #beforeStarting(pod: KubeletPod): void {
    const actions = pod.actions
    if (actions === null) return
    if (!hasAnythingToStart(actions)) {
      this.#finish(pod)
      return
    }
    if (this.#wait(pod, STEP.acting, this.#parts.environment.timing.syncActions)) return
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
    runtime.runPodSandbox(pod.identity, pod.active.node, pod.active.spec, actions.sandboxAttempt, OP.workerStep, pod.cause)
  }

  #sandboxCreated(pod: KubeletPod, cause: number): void {
    const { runtime, environment, events, workers } = this.#parts
    const { index, path } = pod.identity
    pod.cause = cause
    const error = runtime.errorOf(index)
    if (error !== 0) {
      if (pod.phase === WORKER_PHASE.sync) {
        events.record(index, path, true, WORD.FailedCreatePodSandBox, environment.symbols.message(MESSAGE.sandboxFailed, error), cause)
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

  /** R-150 (2) to (5). */
  #terminate(pod: KubeletPod): void {
    const { statuses, probes, killer } = this.#parts
    let status = pod.generated
    if (status === null) return
    if (pod.killRequest !== null) {
      const { phase, reason, message } = pod.killRequest
      status = { ...status, phase, reason, message }
    }
    statuses.setPodStatus(pod, pod.active, status, pod.cause)
    probes.stopLivenessAndStartup(pod)
    pod.step = STEP.terminatingKill
    if (!killer.killAll(pod, pod.roundStatus, pod.active.spec, pod.activeGrace, pod.cause)) this.#terminated(pod, pod.cause)
  }

  /** R-150 (5) to (10): the sandbox goes, and the status is made from what the runtime says now. */
  #terminated(pod: KubeletPod, cause: number): void {
    const { runtime, probes, generator, statuses, workers } = this.#parts
    pod.cause = cause
    for (const sandbox of pod.roundStatus.sandboxes) runtime.stopPodSandbox(pod.identity.index, sandbox.attempt, cause)
    probes.removePod(pod)
    const now = runtime.podStatus(pod.identity.index)
    if (now.containers.some(each => each.state === RUNTIME_STATE.running)) {
      workers.endRound(pod, 'failed')
      return
    }
    const status = generator.generate(pod, pod.active, now, true, cause)
    statuses.setPodStatus(pod, pod.active, status, cause)
    workers.endRound(pod, 'transition')
  }

  #wait(pod: KubeletPod, step: number, delay: number): boolean {
    if (delay === 0) return false
    const { kernel } = this.#parts.environment
    pod.step = step
    kernel.schedule(kernel.now + delay, OP.workerStep, pod.identity.index, pod.cause)
    return true
  }
}

const hasAnythingToStart = (actions: PodActions): boolean =>
  actions.createSandbox ||
  actions.initContainersToStart.length + actions.containersToStart.length + actions.ephemeralContainersToStart.length > 0

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

