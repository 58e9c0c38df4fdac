import type { Service } from '../../model/index.js'
import type { PlanTraffic } from '../../scenario/index.js'
import type { Milliseconds } from '../../time/index.js'
import { ROW } from '../../trace/index.js'
import type { Environment } from '../contract/index.js'
import { type Endpoint, servingContainer } from './endpoint.js'
import { type Server, type Servers, WHY } from './servers.js'

/** A pod as a stream of requests sees it: the server behind the address, and what is under way to it. Mutable. */
export interface Backend {
  readonly server: Server
  /** Symbol of the pod's path. */
  readonly path: number
  /** Answered since the last row that told so, and when the last was. */
  answered: number
  lastAnswer: Milliseconds
  flights: Flight[]
}

/** Who sent a request, and hears of its end. */
export interface Sender {
  /** Symbol of the Service's path. */
  readonly path: number
  /** A request fails now: it is sent again, or lost. */
  fail(index: number, attempt: number, backend: Backend | null, why: number, cause: number): void
  /** The answer will not come: the client waits as long as it does. */
  await(flight: Flight): void
  /** The client has waited long enough. */
  giveUp(flight: Flight): void
}

/** A request that is under way. */
export interface Flight {
  readonly stream: Sender
  readonly backend: Backend | null
  readonly index: number
  readonly attempt: number
  /** When it was sent. */
  readonly at: Milliseconds
  readonly why: number
  readonly cause: number
}

/** Which nodes cannot be reached, by the row that cut them off. */
export type Cuts = ReadonlyMap<number, number>

/** The backends of one stream: whom its requests reach, what is answered, what is cut off. */
export class Backends {
  readonly #environment: Environment
  readonly #servers: Servers
  readonly #cuts: Cuts
  readonly #timeout: Milliseconds
  readonly #port: string | number | undefined
  readonly #path: number
  /** The client's node; −1: none. */
  readonly #from: number
  #service: Service | undefined
  /** By the pod's index; null: the pod has no such port. */
  #byPod = new Map<number, Backend | null>()

  constructor(
    environment: Environment,
    servers: Servers,
    cuts: Cuts,
    path: number,
    from: number,
    { client, port }: PlanTraffic,
  ) {
    this.#environment = environment
    this.#servers = servers
    this.#cuts = cuts
    this.#path = path
    this.#from = from
    this.#timeout = client.timeout
    this.#port = port
  }

  /** The Service that the requests go to. */
  serve(service: Service): void {
    this.#service = service
  }

  /** The backend that an endpoint is; null: it has no such port. */
  of({ pod }: Endpoint): Backend | null {
    const { index, path } = pod.identity
    const known = this.#byPod.get(index)
    if (known !== undefined) return known
    const container = this.#service === undefined ? null : servingContainer(pod, this.#service, this.#port)
    const backend: Backend | null =
      container === null
        ? null
        : { server: this.#servers.of(index, container), path, answered: 0, lastAnswer: 0, flights: [] }
    if (backend !== null && backend.server.node < 0) backend.server.node = pod.node
    this.#byPod.set(index, backend)
    return backend
  }

  /** Why a new connection to a backend comes to nothing. */
  whyNot(backend: Backend | null): number {
    if (backend === null) return WHY.notListening
    const { node, why, behaviour } = backend.server
    if (this.#isCut(node)) return WHY.nodeCut
    return why === WHY.none && behaviour.latency > this.#timeout ? WHY.slow : why
  }

  /** Why a request over a connection that exists comes to nothing. */
  whyNotOpen(backend: Backend): number {
    const { node, why, behaviour } = backend.server
    if (this.#isCut(node)) return WHY.nodeCut
    if (why === WHY.hangs) return why
    return behaviour.latency > this.#timeout ? WHY.slow : WHY.none
  }

  /** Whether connections to a backend stay open. */
  isOpen({ server }: Backend): boolean {
    return server.keepsConnections
  }

  /** The row that cut a server's node off from the client; −1: it is not cut off. */
  cutRow({ node }: Server): number {
    return this.#cuts.get(node) ?? this.#cuts.get(this.#from) ?? -1
  }

  /** A request is with its server. */
  accept(backend: Backend, flight: Flight): void {
    const answeredAt = flight.at + backend.server.behaviour.latency
    if (answeredAt <= this.#environment.kernel.now) this.#answered(backend, answeredAt)
    else backend.flights.push(flight)
  }

  /** The backend whose server this is. */
  find(server: Server): Backend | undefined {
    const backend = this.#byPod.get(server.pod)
    return backend?.server === server ? backend : undefined
  }

  /** Counts what has been answered by now; answers what is still under way. */
  land(backend: Backend): readonly Flight[] {
    const { now } = this.#environment.kernel
    const { latency } = backend.server.behaviour
    const left: Flight[] = []
    for (const flight of backend.flights) {
      if (flight.at + latency <= now) this.#answered(backend, flight.at + latency)
      else left.push(flight)
    }
    backend.flights = left
    return left
  }

  /** When the last answer of what is under way will come; 0: nothing is. */
  lastAnswerOf({ server, flights }: Backend): Milliseconds {
    let last = 0
    for (const { at } of flights) last = Math.max(last, at + server.behaviour.latency)
    return last
  }

  /** What is under way to a backend is lost: taken out, for the stream to tell. */
  lose(backend: Backend): readonly Flight[] {
    const lost = this.land(backend)
    backend.flights = []
    return lost
  }

  /** Writes how many requests a backend has answered since the last such row. */
  tell(backend: Backend, cause: number): void {
    if (backend.answered === 0) return
    const { kernel, trace } = this.#environment
    const ago = kernel.now - backend.lastAnswer
    trace.append(kernel.now, ROW.requestsAnswered, this.#path, backend.answered, backend.path, ago, cause)
    backend.answered = 0
  }

  /** All of them, in the order in which they were first seen. */
  *all(): Iterable<Backend> {
    for (const backend of this.#byPod.values()) if (backend !== null) yield backend
  }

  #isCut(node: number): boolean {
    return node !== this.#from && (this.#cuts.has(node) || this.#cuts.has(this.#from))
  }

  #answered(backend: Backend, at: Milliseconds): void {
    backend.answered++
    if (at > backend.lastAnswer) backend.lastAnswer = at
  }
}
