import { type Environment, OP } from '../contract/index.js'
import type { Endpoint } from './endpoint.js'
import type { LastChange } from './router.js'

/** How long a client keeps what it has looked up (ES-6). */
const TIME_TO_LIVE = 30_000

/**
 * A client that looks up the name of a headless Service: the addresses of the pods that are ready, kept for the time to live of the
 * answer. An answer without addresses is not kept.
 */
export class NameAnswers {
  readonly number: number
  readonly #environment: Environment
  /** When the client begins; 0: as soon as there is an answer. */
  readonly #from: number
  /** When the name was looked up first since it had no addresses. */
  #since = 0
  readonly #slices: (service: number) => readonly Endpoint[]
  #known: readonly Endpoint[] = []
  #isPending = false
  #service = -1

  constructor(
    number: number,
    from: number,
    environment: Environment,
    slices: (service: number) => readonly Endpoint[],
  ) {
    this.number = number
    this.#from = from
    this.#environment = environment
    this.#slices = slices
  }

  known(_service: number): readonly Endpoint[] {
    return this.#known
  }

  follow(service: number, _last: LastChange | undefined, _cause: number): void {
    this.#service = service
    this.#lookUp()
  }

  changed(service: number, cause: number): void {
    if (service !== this.#service || this.#isPending) return
    this.#isPending = true
    const { kernel } = this.#environment
    const age = kernel.now - this.#since
    const isKept = this.#known.length > 0 && age >= 0
    const at = isKept ? this.#since + Math.ceil((age + 1) / TIME_TO_LIVE) * TIME_TO_LIVE : kernel.now
    kernel.schedule(at, OP.routes, this.number, cause)
  }

  sync(_isCut: boolean): number[] {
    this.#isPending = false
    this.#lookUp()
    return [this.#service]
  }

  #lookUp(): void {
    const { now } = this.#environment.kernel
    if (this.#known.length === 0) this.#since = Math.max(now, this.#from)
    this.#known = readyOf(this.#slices(this.#service))
  }
}

const readyOf = (endpoints: readonly Endpoint[]): readonly Endpoint[] => endpoints.filter(({ isReady }) => isReady)
