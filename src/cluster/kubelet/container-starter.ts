import type { MessageTemplate } from '../../trace/index.js'
import { BackOff, type EventRecorder } from '../client/index.js'
import {
  type ContainerRuntime,
  type ContainerSpec,
  type Environment,
  HOOK_HANDLER,
  HOOK_RESULT,
  newestExitedOf,
  newestOf,
  OP,
  type StoreClient,
  WORD,
} from '../contract/index.js'
import type { ContainerKiller } from './container-killer.js'
import type { ImageManager } from './image-manager.js'
import { type KubeletPod, STEP } from './kubelet-pod.js'
import { MESSAGE, ofProfile } from './messages.js'
import { referenceError } from './reference-error.js'

const INITIAL_BACKOFF_MS = 10_000
const LONGEST_BACKOFF_MS = 300_000

/** How one start of a container went. */
export type StartResult = 'started' | 'failed' | 'waiting'

/**
 * Starts one container: back-off, image, configuration, create, start, postStart. Steps that take time park the round.
 *
 * kubelet: pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer, kuberuntime_manager.go doBackOff, v1.32 (R-233 … ).
 */
export class ContainerStarter {
  readonly #environment: Environment
  readonly #runtime: ContainerRuntime
  readonly #store: StoreClient
  readonly #events: EventRecorder
  readonly #images: ImageManager
  readonly #killer: ContainerKiller
  readonly #backOff: BackOff
  readonly #createdText: MessageTemplate
  readonly #startedText: MessageTemplate

  constructor(
    environment: Environment,
    runtime: ContainerRuntime,
    store: StoreClient,
    events: EventRecorder,
    images: ImageManager,
    killer: ContainerKiller,
  ) {
    this.#environment = environment
    this.#runtime = runtime
    this.#store = store
    this.#events = events
    this.#images = images
    this.#killer = killer
    this.#createdText = ofProfile(environment.profile.createdMessage)
    this.#startedText = ofProfile(environment.profile.startedMessage)
    const longest = environment.kubelet.crashLoopBackOffMaxContainerRestartPeriodMs ?? LONGEST_BACKOFF_MS
    // entries expire after ten minutes whatever the cap is.
    this.#backOff = new BackOff(Math.min(INITIAL_BACKOFF_MS, longest), longest, 2 * LONGEST_BACKOFF_MS)
  }

  reset(): void {
    this.#backOff.clear()
  }

  start(pod: KubeletPod, container: ContainerSpec): StartResult {
    if (container.role !== 'ephemeral' && this.#isInBackOff(pod, container)) return 'failed'
    const outcome = this.#images.ensure(pod, container, pod.cause)
    if (outcome === 'failed') return 'failed'
    if (outcome === 'pulling') {
      pod.step = STEP.pulling
      return 'waiting'
    }
    return this.#prepare(pod, container)
  }

  /** Goes on after a wait, in the step that the round is parked in. */
  resume(pod: KubeletPod, container: ContainerSpec, cause: number): StartResult {
    switch (pod.step) {
      case STEP.pulling:
        pod.cause = cause
        return this.#images.pulled(pod, container, cause) ? this.#prepare(pod, container) : 'failed'
      case STEP.creating:
        return this.#create(pod, container)
      case STEP.starting:
        return this.#startProcess(pod, container)
      case STEP.beforePostStart:
        return this.#runPostStart(pod, container)
      case STEP.postStart:
        return this.#endPostStart(pod, container, cause)
      default:
        return 'failed'
    }
  }

  /** counts from the end of the newest exited instance in the status that this round looks at. */
  #isInBackOff(pod: KubeletPod, container: ContainerSpec): boolean {
    const { kernel, symbols } = this.#environment
    const exited = newestExitedOf(pod.roundStatus, container.slot)
    if (exited === undefined) return false
    // another image is another key.
    const key = (pod.identity.index * 1024 + container.slot) * MOST_SYMBOLS + container.image
    if (!this.#backOff.isInBackOffSince(key, exited.finishedAt, kernel.now)) {
      this.#backOff.next(key, exited.finishedAt, kernel.now)
      return false
    }
    const { nameSymbol } = container
    const { fullName } = pod.identity
    this.#warn(pod, container, WORD.BackOff, symbols.message(MESSAGE.backOffRestarting, nameSymbol, fullName))
    const duration = this.#backOff.durationOf(key)
    pod.retryAt = Math.min(pod.retryAt, exited.finishedAt + duration)
    const message = symbols.message(MESSAGE.backOffWaiting, duration, nameSymbol, fullName)
    pod.failures[container.slot] = { reason: WORD.CrashLoopBackOff, message }
    return true
  }

  #prepare(pod: KubeletPod, container: ContainerSpec): StartResult {
    const error = this.#configurationError(pod, container)
    if (error !== 0) {
      pod.failures[container.slot] = { reason: WORD.CreateContainerConfigError, message: error }
      this.#warn(pod, container, WORD.Failed, this.#environment.symbols.message(MESSAGE.error, error))
      return 'failed'
    }
    return this.#after(pod, STEP.creating, this.#environment.timing.containerCreate)
      ? this.#create(pod, container)
      : 'waiting'
  }

  #create(pod: KubeletPod, container: ContainerSpec): StartResult {
    const { symbols } = this.#environment
    const newest = newestOf(pod.roundStatus, container.slot)
    // Who removes a container removes its logs, too: without an instance there is no count that a log could tell.
    const attempt = newest === undefined ? 0 : newest.attempt + 1
    pod.startInstance = this.#runtime.createContainer(pod.identity.index, container, attempt, pod.cause)
    const created = symbols.message(this.#createdText, container.nameSymbol)
    this.#events.record(pod.identity.index, container.path, false, WORD.Created, created, pod.cause)
    return this.#after(pod, STEP.starting, this.#environment.timing.containerStart)
      ? this.#startProcess(pod, container)
      : 'waiting'
  }

  #startProcess(pod: KubeletPod, container: ContainerSpec): StartResult {
    const { symbols } = this.#environment
    const { index } = pod.identity
    const error = this.#runtime.startContainer(index, container.slot, pod.startInstance, pod.cause)
    if (error !== 0) {
      pod.failures[container.slot] = { reason: WORD.RunContainerError, message: error }
      this.#warn(pod, container, WORD.Failed, symbols.message(MESSAGE.error, error))
      return 'failed'
    }
    const started = symbols.message(this.#startedText, container.nameSymbol)
    this.#events.record(index, container.path, false, WORD.Started, started, pod.cause)
    if (container.postStart === null) {
      if (pod.failures.length > 0) pod.failures[container.slot] = undefined
      return 'started'
    }
    const isDue = this.#after(pod, STEP.beforePostStart, this.#environment.timing.hookCall)
    return isDue ? this.#runPostStart(pod, container) : 'waiting'
  }

  #runPostStart(pod: KubeletPod, { slot, postStart }: ContainerSpec): StartResult {
    if (postStart === null) return 'started'
    const { index } = pod.identity
    pod.step = STEP.postStart
    pod.hookCall = this.#runtime.startHook(index, slot, pod.startInstance, postStart, OP.workerStep, index, pod.cause)
    return 'waiting'
  }

  /** a failed postStart kills the container, preStop and all. */
  #endPostStart(pod: KubeletPod, container: ContainerSpec, cause: number): StartResult {
    const result = this.#runtime.hookResult(pod.hookCall)
    pod.hookCall = -1
    if (result === HOOK_RESULT.success) {
      if (pod.failures.length > 0) pod.failures[container.slot] = undefined
      return 'started'
    }
    const { symbols } = this.#environment
    const message = this.#hookError(pod, container, result)
    pod.cause = cause
    this.#warn(pod, container, WORD.FailedPostStartHook, symbols.message(MESSAGE.postStartFailed))
    pod.failures[container.slot] = { reason: WORD.PostStartHookError, message }
    pod.step = STEP.killingAfterPostStart
    this.#killer.killOne(pod, pod.active.spec, container, pod.startInstance, 'postStart', false, cause)
    return 'waiting'
  }

  #hookError(pod: KubeletPod, container: ContainerSpec, result: number): number {
    const { symbols } = this.#environment
    const hook = container.postStart
    if (hook === null) return 0
    const { nameSymbol } = container
    const { fullName } = pod.identity
    if (hook.handler === HOOK_HANDLER.httpGet) {
      const error = symbols.message(MESSAGE.hookRefused, pod.sandboxIP, hook.url, hook.port)
      return symbols.message(MESSAGE.httpHook, hook.subject, nameSymbol, fullName, error)
    }
    if (hook.handler === HOOK_HANDLER.tcpSocket) return symbols.message(MESSAGE.invalidHandler)
    const code = result === HOOK_RESULT.containerExited ? 137 : container.behaviour.postStart.exitCode
    const error =
      result === HOOK_RESULT.containerGone
        ? symbols.message(MESSAGE.hookInExited)
        : symbols.message(MESSAGE.hookExited, hook.command, code)
    return symbols.message(MESSAGE.execHook, hook.subject, nameSymbol, fullName, error)
  }

  /** What GenerateContainerConfig would refuse; 0: nothing. */
  #configurationError(pod: KubeletPod, container: ContainerSpec): number {
    const { symbols } = this.#environment
    const { mustBeNonRoot, uid } = container.user
    if (mustBeNonRoot && uid === 0)
      return symbols.message(MESSAGE.rootUser, pod.identity.fullName, container.nameSymbol)
    if (mustBeNonRoot && uid === null && this.#runtime.runsAsRoot(container)) {
      return symbols.message(MESSAGE.runsAsRoot, pod.identity.fullName, container.nameSymbol)
    }
    for (const reference of container.references) {
      const error = referenceError(this.#environment, this.#store, pod.identity.namespace, reference)
      if (error !== 0) return error
    }
    return 0
  }

  #warn(pod: KubeletPod, container: ContainerSpec, reason: number, message: number): void {
    this.#events.record(pod.identity.index, container.path, true, reason, message, pod.cause)
  }

  /** Answers true where the next step is due at once; otherwise the round waits in `step`. */
  #after(pod: KubeletPod, step: number, delay: number): boolean {
    if (delay === 0) return true
    const { kernel } = this.#environment
    pod.step = step
    pod.stepEntry = kernel.schedule(kernel.now + delay, OP.workerStep, pod.identity.index, pod.cause)
    return false
  }
}

const MOST_SYMBOLS = 0x40_0000
