import { PRIORITY } from '../../kernel/index.js'
import type { ImageBehaviour } from '../../scenario/index.js'
import { ROW } from '../../trace/index.js'
import { type ContainerSpec, type Environment, type NodeRecord, OP } from '../contract/index.js'
import { ABANDONED } from './pod-state.js'

/** What a plan says of the world outside its pods. */
export interface RuntimeWorld {
  readonly nodes: readonly NodeRecord[]
  readonly images: ReadonlyMap<number, ImageBehaviour>
  readonly defaultImage: ImageBehaviour
}

/** A pull in progress. */
export interface Pull {
  readonly pod: number
  readonly node: number
  readonly image: number
  /** Symbol of the error that it will end with; 0: it succeeds. */
  readonly error: number
  operation: number
  readonly cause: number
}

/** The images of every node, and the registry that the script describes. */
export class Images {
  readonly #environment: Environment
  readonly #behaviours: ReadonlyMap<number, ImageBehaviour>
  readonly #byDefault: ImageBehaviour
  #pulls: Pull[] = []
  #pullCounts = new Map<number, number>()
  /** Images by node, beyond those the script calls present. */
  #pulled = new Set<number>()

  constructor(environment: Environment, { images, defaultImage }: RuntimeWorld) {
    this.#environment = environment
    this.#behaviours = images
    this.#byDefault = defaultImage
  }

  reset(): void {
    this.#pulls = []
    if (this.#pullCounts.size > 0) this.#pullCounts = new Map()
    if (this.#pulled.size > 0) this.#pulled = new Set()
  }

  behaviourOf(image: number): ImageBehaviour {
    return this.#behaviours.get(image) ?? this.#byDefault
  }

  isPresent(node: number, image: number): boolean {
    return this.behaviourOf(image).isPresent || this.#pulled.has(image * MOST_NODES + node)
  }

  pull(pod: number, node: number, container: ContainerSpec, operation: number, cause: number): void {
    const { kernel, trace, symbols } = this.#environment
    const { image } = container
    const behaviour = this.behaviourOf(image)
    const count = this.#pullCounts.get(image) ?? 0
    this.#pullCounts.set(image, count + 1)
    const failure = behaviour.failures[count] ?? behaviour.alwaysFails
    const error = failure === null || failure === undefined ? 0 : symbols.intern(failure)
    const row = trace.append(kernel.now, ROW.pullStart, container.path, image, 0, 0, cause)
    this.#pulls.push({ pod, node, image, error, operation, cause: row })
    kernel.schedule(kernel.now + behaviour.pullDuration, OP.pullEnd, this.#pulls.length - 1, row, PRIORITY.world)
  }

  /** Nobody waits any more for the pod's pulls; they go on. */
  abandon(pod: number): void {
    for (const pull of this.#pulls) if (pull.pod === pod) pull.operation = ABANDONED
  }

  /** A pull is over: its image is on the node unless it failed. */
  endPull(number: number): Pull {
    const pull = this.#pulls[number]
    if (pull.error === 0) this.#pulled.add(pull.image * MOST_NODES + pull.node)
    return pull
  }
}

const MOST_NODES = 65_536
