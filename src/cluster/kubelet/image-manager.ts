import type { MessageTemplate } from '../../trace/index.js'
import { BackOff, type EventRecorder } from '../client/index.js'
import { type ContainerRuntime, type ContainerSpec, type Environment, OP, WORD } from '../contract/index.js'
import type { StartFailure } from './container-statuses.js'
import type { KubeletPod } from './kubelet-pod.js'
import { MESSAGE, ofProfile } from './messages.js'

/** What came of asking for an image. */
export type ImageOutcome = 'present' | 'failed' | 'pulling'

const INITIAL_BACKOFF_MS = 10_000
const LONGEST_BACKOFF_MS = 300_000

/**
 * Makes sure that a container's image is on the node: pull policy, back-off, one pull at a time unless configured otherwise.
 *
 * kubelet: pkg/kubelet/images/image_manager.go EnsureImageExists, puller.go, v1.32 (chapter 3).
 */
export class ImageManager {
  readonly #environment: Environment
  readonly #runtime: ContainerRuntime
  readonly #events: EventRecorder
  readonly #node: number
  readonly #backOff = new BackOff(INITIAL_BACKOFF_MS, LONGEST_BACKOFF_MS, 2 * LONGEST_BACKOFF_MS)
  /** How the last pull failed, by back-off key. */
  #failures = new Map<number, StartFailure>()
  readonly #waiting: { readonly pod: KubeletPod; readonly container: ContainerSpec; readonly cause: number }[] = []
  #openPulls = 0
  readonly #presentText: MessageTemplate

  constructor(environment: Environment, runtime: ContainerRuntime, events: EventRecorder, node: number) {
    this.#environment = environment
    this.#runtime = runtime
    this.#events = events
    this.#node = node
    this.#presentText = ofProfile(environment.profile.pulledPresentMessage)
  }

  reset(): void {
    this.#backOff.clear()
    if (this.#failures.size > 0) this.#failures = new Map()
    if (this.#waiting.length > 0) this.#waiting.length = 0
    this.#openPulls = 0
  }

  /** 'failed' leaves the reason in the pod's reason cache. */
  ensure(pod: KubeletPod, container: ContainerSpec, cause: number): ImageOutcome {
    const { symbols, profile, kernel } = this.#environment
    const { image } = container
    if (container.imageError !== 0) {
      const message = symbols.message(MESSAGE.invalidImage, image, container.imageError)
      this.#event(pod, container, true, WORD.InspectFailed, message, cause)
      return this.#fail(pod, container, { reason: WORD.InvalidImageName, message }, cause)
    }
    if (container.pullPolicy !== 'Always') {
      if (this.#runtime.isImagePresent(this.#node, container)) {
        this.#event(pod, container, false, WORD.Pulled, symbols.message(this.#presentText, image), cause)
        return 'present'
      }
      if (container.pullPolicy === 'Never') {
        const message = symbols.message(MESSAGE.neverPull, image)
        this.#event(pod, container, true, WORD.ErrImageNeverPull, message, cause)
        return this.#fail(pod, container, { reason: WORD.ErrImageNeverPull, message }, cause)
      }
    }
    const key = backOffKey(pod, container)
    if (this.#backOff.isInBackOffSinceUpdate(key, kernel.now)) {
      pod.retryAt = Math.min(pod.retryAt, this.#backOff.endOf(key))
      const text = symbols.message(MESSAGE.backOffPulling, image)
      this.#event(pod, container, false, WORD.BackOff, text, cause)
      const failure = this.#failures.get(key)
      const message =
        profile.imageBackOffNamesError && failure !== undefined
          ? symbols.message(MESSAGE.backOffPullingError, image, failure.reason, failure.message)
          : text
      return this.#fail(pod, container, { reason: WORD.ImagePullBackOff, message }, cause)
    }
    this.#event(pod, container, false, WORD.Pulling, symbols.message(MESSAGE.pulling, image), cause)
    pod.pullQueuedAt = kernel.now
    this.#queue(pod, container, cause)
    return 'pulling'
  }

  /** serial pulls unless configured otherwise, then as many in parallel as allowed. */
  #queue(pod: KubeletPod, container: ContainerSpec, cause: number): void {
    const { serializeImagePulls, maxParallelImagePulls } = this.#environment.kubelet
    const most = serializeImagePulls ? 1 : (maxParallelImagePulls ?? Number.POSITIVE_INFINITY)
    if (this.#openPulls < most) this.#start(pod, container, cause)
    else this.#waiting.push({ pod, container, cause })
  }

  #start(pod: KubeletPod, container: ContainerSpec, cause: number): void {
    this.#openPulls++
    pod.pullStartedAt = this.#environment.kernel.now
    this.#runtime.pullImage(pod.identity.index, container, OP.workerStep, cause)
  }

  /** A pull is over; answers whether the image is there now. */
  pulled(pod: KubeletPod, container: ContainerSpec, cause: number): boolean {
    const { symbols, kernel } = this.#environment
    this.#openPulls--
    const next = this.#waiting.shift()
    if (next !== undefined) this.#start(next.pod, next.container, next.cause)
    const error = this.#runtime.errorOf(pod.identity.index)
    const key = backOffKey(pod, container)
    if (error === 0) {
      const message = symbols.message(
        MESSAGE.pulled,
        container.image,
        kernel.now - pod.pullStartedAt,
        kernel.now - pod.pullQueuedAt,
      )
      this.#event(pod, container, false, WORD.Pulled, message, cause)
      return true
    }
    this.#event(pod, container, true, WORD.Failed, symbols.message(MESSAGE.pullFailed, container.image, error), cause)
    this.#backOff.next(key, kernel.now, kernel.now)
    const failure = this.#pullFailure(container, error)
    this.#failures.set(key, failure)
    this.#fail(pod, container, failure, cause)
    return false
  }

  /** two errors of the CRI have reasons of their own; they are known by how their texts begin. */
  #pullFailure({ image }: ContainerSpec, error: number): StartFailure {
    const { symbols } = this.#environment
    const text = symbols.text(error)
    for (const { reason, template } of CRI_ERRORS) {
      const name = symbols.text(reason)
      if (!text.startsWith(name)) continue
      return { reason, message: symbols.message(template, image, symbols.intern(text.slice(name.length))) }
    }
    return { reason: WORD.ErrImagePull, message: error }
  }

  #fail(pod: KubeletPod, container: ContainerSpec, failure: StartFailure, cause: number): 'failed' {
    pod.failures[container.slot] = failure
    const message = this.#environment.symbols.message(MESSAGE.error, failure.reason)
    this.#event(pod, container, true, WORD.Failed, message, cause)
    return 'failed'
  }

  #event(
    pod: KubeletPod,
    container: ContainerSpec,
    isWarning: boolean,
    reason: number,
    message: number,
    cause: number,
  ): void {
    this.#events.record(pod.identity.index, container.path, isWarning, reason, message, cause)
  }
}

const CRI_ERRORS = [
  { reason: WORD.RegistryUnavailable, template: MESSAGE.registryUnavailable },
  { reason: WORD.SignatureValidationFailed, template: MESSAGE.signatureInvalid },
] as const

/** the key is the pod and the image. Numbers of both fit one double. */
const backOffKey = (pod: KubeletPod, container: ContainerSpec): number =>
  pod.identity.index * MOST_SYMBOLS + container.image
const MOST_SYMBOLS = 0x1000_0000
