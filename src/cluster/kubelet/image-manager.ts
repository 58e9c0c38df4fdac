import type { MessageTemplate } from '../../trace/index.js'
import { BackOff, type EventRecorder } from '../client/index.js'
import { type ContainerRuntime, type ContainerSpec, type Environment, OP, WORD } from '../contract/index.js'
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
  /** The error of the last failed pull, by back-off key. */
  #errors = new Map<number, number>()
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
    if (this.#errors.size > 0) this.#errors = new Map()
    this.#waiting.length = 0
    this.#openPulls = 0
  }

  /** 'failed' leaves the reason in the pod's reason cache. */
  ensure(pod: KubeletPod, container: ContainerSpec, cause: number): ImageOutcome {
    const { symbols, profile, kernel } = this.#environment
    const { image } = container
    if (container.imageError !== 0) {
      const message = symbols.message(MESSAGE.invalidImage, image, container.imageError)
      this.#event(pod, container, true, WORD.InspectFailed, message, cause)
      return this.#fail(pod, container, WORD.InvalidImageName, message, WORD.InvalidImageName, cause)
    }
    if (container.pullPolicy !== 'Always') {
      if (this.#runtime.isImagePresent(this.#node, container)) {
        this.#event(pod, container, false, WORD.Pulled, symbols.message(this.#presentText, image), cause)
        return 'present'
      }
      if (container.pullPolicy === 'Never') {
        const message = symbols.message(MESSAGE.neverPull, image)
        this.#event(pod, container, true, WORD.ErrImageNeverPull, message, cause)
        return this.#fail(pod, container, WORD.ErrImageNeverPull, message, WORD.ErrImageNeverPull, cause)
      }
    }
    const key = backOffKey(pod, container)
    if (this.#backOff.isInBackOffSinceUpdate(key, kernel.now)) {
      pod.retryAt = Math.min(pod.retryAt, this.#backOff.endOf(key))
      const text = symbols.message(MESSAGE.backOffPulling, image)
      this.#event(pod, container, false, WORD.BackOff, text, cause)
      const error = this.#errors.get(key) ?? 0
      const message = profile.imageBackOffNamesError
        ? symbols.message(MESSAGE.backOffPullingError, image, WORD.ErrImagePull, error)
        : text
      return this.#fail(pod, container, WORD.ImagePullBackOff, message, WORD.ImagePullBackOff, cause)
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
    this.#errors.set(key, error)
    this.#fail(pod, container, WORD.ErrImagePull, error, WORD.ErrImagePull, cause)
    return false
  }

  #fail(
    pod: KubeletPod,
    container: ContainerSpec,
    reason: number,
    message: number,
    errorName: number,
    cause: number,
  ): 'failed' {
    const { symbols } = this.#environment
    pod.failures[container.slot] = { reason, message }
    this.#event(pod, container, true, WORD.Failed, symbols.message(MESSAGE.error, errorName), cause)
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

/** the key is the pod and the image. Numbers of both fit one double. */
const backOffKey = (pod: KubeletPod, container: ContainerSpec): number =>
  pod.identity.index * MOST_SYMBOLS + container.image
const MOST_SYMBOLS = 0x1000_0000
