import { finish, mix } from '../../hash/index.js'
import { choiceLabel, PRIORITY } from '../../kernel/index.js'
import type { Service } from '../../model/index.js'
import type { PlanTraffic } from '../../scenario/index.js'
import type { Milliseconds } from '../../time/index.js'
import { ROW } from '../../trace/index.js'
import { type Environment, OP } from '../contract/index.js'
import type { Backend, Backends, Flight, Sender } from './backends.js'
import { WHY } from './servers.js'
import type { UsableEndpoints } from './usable-endpoints.js'

const ORDER = choiceLabel('backend-order', 'the endpoints in turn')
const PHASE = choiceLabel('request-phase', 'the first request at the beginning')

/** A connection that is kept: to whom, and how many requests it has carried. */
interface Connection {
  backend: Backend | null
  used: number
}

/** What a stream asks of the network around it. */
export interface StreamRoutes {
  /** Where new connections go, by the rules or the name's addresses that the client has. */
  usable(): UsableEndpoints
  /** The row that made the rules what they are. */
  row(): number
  /** How long a pod has not been a ready endpoint any more; −1: it is one. */
  staleFor(pod: number): number
}

/**
 * The requests of one client to one Service, evenly spread over time.
 *
 * As long as every request is sure to be answered none is queued: the stream is counted up to an instant only when something
 * changes (`settle`). From the instant at which one could fail, each request is an entry of its own, until all is well again. So
 * what is not interesting costs arithmetic, and rows stand where they belong.
 */
export class RequestStream implements Sender {
  readonly number: number
  readonly traffic: PlanTraffic
  /** Number of the Service among those that have endpoints; −1: it has none. */
  service = -1
  readonly path: number
  readonly #environment: Environment
  readonly #routes: StreamRoutes
  readonly #backends: Backends
  #usable: UsableEndpoints = { endpoints: [], isNoneLocal: false }
  /** Number of the next request. */
  #next = 0
  /** When the stream begins; Infinity: not yet known. */
  #from: Milliseconds = Number.POSITIVE_INFINITY
  #phase = 0
  #order = 0
  #entry = 0
  #isOver = false
  readonly #connections: Connection[] = []
  /** sessionAffinity: ClientIP; the backend that the client's address sticks to, and since when. */
  #affinityMs = 0
  #sticky: Backend | null = null
  #stuckAt = 0
  readonly #waiting: (Flight | undefined)[]

  constructor(
    number: number,
    traffic: PlanTraffic,
    path: number,
    environment: Environment,
    routes: StreamRoutes,
    backends: Backends,
    waiting: (Flight | undefined)[],
  ) {
    this.number = number
    this.traffic = traffic
    this.path = path
    this.#environment = environment
    this.#routes = routes
    this.#backends = backends
    this.#waiting = waiting
    const { keepAlive } = traffic.client
    for (let i = 0; i < (keepAlive?.connections ?? 0); i++) this.#connections.push({ backend: null, used: 0 })
  }

  /** Queues the end; draws what a seed leaves open. */
  begin(): void {
    const { kernel, choices } = this.#environment
    const { requests, per, from, until } = this.traffic
    this.#from = from ?? Number.POSITIVE_INFINITY
    const interval = Math.max(1, Math.floor(per / requests))
    this.#phase = choices.draw(PHASE, this.path, this.number, interval, 0)
    this.#order = choices.draw(ORDER, this.path, this.number, 65_536, 0)
    kernel.schedule(until, OP.trafficEnd, this.number, -1, PRIORITY.late)
  }

  /** The Service exists, or is another one. */
  serve(index: number, service: Service): void {
    this.service = index
    const { sessionAffinity, sessionAffinityConfig } = service.spec
    const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS
    this.#affinityMs = sessionAffinity === 'ClientIP' ? seconds * 1000 : 0
  }

  /** Sends what is due before now, as things stood until now. */
  settle(): void {
    const { kernel } = this.#environment
    if (this.#isOver) return
    for (let at = this.#timeOf(this.#next); at < kernel.now; at = this.#timeOf(this.#next))
      this.#send(this.#next++, 0, at)
  }

  /** Something is otherwise from now on: looks at who can be reached, and whether every request is sure to be answered. */
  refresh(): void {
    const { kernel } = this.#environment
    const { endpoints, isNoneLocal } = this.#routes.usable()
    this.#usable = { endpoints: endpoints.filter(each => this.#backends.of(each) !== null), isNoneLocal }
    for (const connection of this.#connections) {
      if (connection.backend !== null && !this.#backends.isOpen(connection.backend)) connection.backend = null
    }
    if (this.#isOver) return
    if (this.#usable.endpoints.length > 0)
      this.#from = Math.min(this.#from, Math.max(kernel.now, this.traffic.from ?? 0))
    if (this.#isSure()) {
      kernel.cancel(this.#entry)
      this.#entry = 0
    } else if (this.#entry === 0) this.#queueNext()
  }

  /** A request is due, in times when it could fail. */
  take(): void {
    const { kernel } = this.#environment
    this.#entry = 0
    while (!this.#isOver && this.#timeOf(this.#next) <= kernel.now) this.#send(this.#next++, 0, kernel.now)
    if (!this.#isOver && !this.#isSure()) this.#queueNext()
  }

  /** No more requests are sent. */
  end(): void {
    this.settle()
    this.#environment.kernel.cancel(this.#entry)
    this.#entry = 0
    this.#isOver = true
  }

  /** A request fails now: it is sent again, or lost. */
  fail(index: number, attempt: number, backend: Backend | null, why: number, cause: number): void {
    const { kernel, trace } = this.#environment
    const isRetried = attempt < this.traffic.client.retries && !this.#isOver
    const pod = backend === null ? 0 : backend.path
    const stale = backend === null ? -1 : this.#routes.staleFor(backend.server.pod)
    trace.append(kernel.now, isRetried ? ROW.requestRetried : ROW.requestFailed, this.path, why, pod, stale, cause)
    if (isRetried) this.#send(index, attempt + 1, kernel.now)
  }

  /** The client gives up waiting, and closes the connection that it waited on. */
  giveUp(flight: Flight): void {
    for (const connection of this.#connections) if (connection.backend === flight.backend) connection.backend = null
    this.fail(flight.index, flight.attempt, flight.backend, flight.why, flight.cause)
  }

  #queueNext(): void {
    const { kernel } = this.#environment
    const at = this.#timeOf(this.#next)
    if (at === Number.POSITIVE_INFINITY) return
    this.#entry = kernel.schedule(at, OP.request, this.number, this.#routes.row(), PRIORITY.late)
  }

  #timeOf(index: number): Milliseconds {
    const { requests, per, until } = this.traffic
    const at = this.#from + this.#phase + Math.floor((index * per) / requests)
    return at < until ? at : Number.POSITIVE_INFINITY
  }

  /** Whether each request from now on is sure to be answered, until something changes. */
  #isSure(): boolean {
    const { endpoints } = this.#usable
    if (endpoints.length === 0) return false
    for (const endpoint of endpoints) if (this.#backends.whyNot(this.#backends.of(endpoint)) !== WHY.none) return false
    for (const { backend } of this.#connections) {
      if (backend !== null && this.#backends.whyNotOpen(backend) !== WHY.none) return false
    }
    return true
  }

  #send(index: number, attempt: number, at: Milliseconds): void {
    const connection = this.#connections.length === 0 ? null : this.#connections[index % this.#connections.length]
    const kept = connection?.backend ?? null
    const backend = kept ?? this.#connect(index, attempt, at)
    if (backend === null) {
      const { isNoneLocal } = this.#usable
      // Connections to nowhere are rejected at once; where the policy keeps them to the node they are dropped (KP-3).
      if (isNoneLocal) this.#wait(index, attempt, at, null, WHY.noLocalEndpoint, this.#routes.row())
      else this.fail(index, attempt, null, WHY.noEndpoint, this.#routes.row())
      return
    }
    const { server } = backend
    const why = kept === null ? this.#backends.whyNot(backend) : this.#backends.whyNotOpen(backend)
    if (why === WHY.nodeCut || why === WHY.hangs || why === WHY.slow) {
      const cause = why === WHY.nodeCut ? this.#backends.cutRow(server) : server.row
      this.#wait(index, attempt, at, backend, why, cause)
      return
    }
    if (why !== WHY.none) {
      this.fail(index, attempt, backend, why, server.row)
      return
    }
    if (connection !== null) this.#use(connection, backend)
    this.#backends.accept(backend, { stream: this, backend, index, attempt, at, why, cause: -1 })
  }

  #use(connection: Connection, backend: Backend): void {
    const limit = this.traffic.client.keepAlive?.requestsPerConnection ?? null
    if (connection.backend === null) connection.used = 0
    connection.backend = backend
    connection.used++
    if (limit !== null && connection.used >= limit) connection.backend = null
  }

  /** A new connection goes to one of the usable endpoints: in turn, or as the stream's draw has it (KP-5). */
  #connect(index: number, attempt: number, at: Milliseconds): Backend | null {
    const { endpoints } = this.#usable
    if (endpoints.length === 0) return null
    if (this.#affinityMs > 0 && this.#sticky !== null && at - this.#stuckAt <= this.#affinityMs) {
      const stuck = endpoints.find(({ pod }) => pod.identity.index === this.#sticky?.server.pod)
      if (stuck !== undefined) {
        this.#stuckAt = at
        return this.#sticky
      }
    }
    const turn = this.#order === 0 ? index + attempt : finish(mix(mix(this.#order, index), attempt))
    const backend = this.#backends.of(endpoints[turn % endpoints.length])
    this.#sticky = backend
    this.#stuckAt = at
    return backend
  }

  #wait(index: number, attempt: number, at: Milliseconds, backend: Backend | null, why: number, cause: number): void {
    this.await({ stream: this, backend, index, attempt, at, why, cause })
  }

  /** A request whose answer will not come: the client waits as long as it does. */
  await(flight: Flight): void {
    const number = this.#waiting.push(flight) - 1
    const { kernel } = this.#environment
    const until = flight.at + this.traffic.client.timeout
    kernel.schedule(until, OP.requestTimeout, number, flight.cause, PRIORITY.late)
  }
}

/** What sessionAffinityConfig leaves out: three hours. */
const DEFAULT_AFFINITY_SECONDS = 10_800
