import { PRIORITY } from '../../kernel/index.js'
import { DEFAULT_BEHAVIOUR, type ServeBehaviour } from '../../scenario/index.js'
import { type ContainerSpec, type Environment, OP } from '../contract/index.js'

/** Why a server does not answer, by its number among `REQUEST_FAILURES`; −1: it does. */
export const WHY = {
  none: -1,
  notRunning: 0,
  notListening: 1,
  closed: 2,
  exited: 3,
  exitedBeforeAnswer: 4,
  nodeCut: 5,
  hangs: 6,
  slow: 7,
  noEndpoint: 8,
  noLocalEndpoint: 9,
} as const

/** A container as a server: whether it listens now. Mutable. */
export interface Server {
  readonly number: number
  readonly pod: number
  readonly slot: number
  readonly behaviour: ServeBehaviour
  node: number
  /** Why it does not answer new connections; `WHY.none`: it does. */
  why: number
  /** The row that made it so; −1: none. */
  row: number
  isRunning: boolean
  /** It still answers what came over connections that it has. */
  keepsConnections: boolean
  /** Name of the pending entry for its next turn; 0: none. */
  turn: number
  startedAt: number
}

/**
 * The processes that requests are sent to, as far as somebody looks at them: when each begins to listen, stops listening, hangs.
 */
export class Servers {
  readonly #environment: Environment
  #byContainer = new Map<number, Server>()
  #servers: Server[] = []

  constructor(environment: Environment) {
    this.#environment = environment
  }

  reset(): void {
    this.#byContainer = new Map()
    this.#servers = []
  }

  /** The server of a number, which is how its entries call it. */
  at(number: number): Server {
    return this.#servers[number]
  }

  /** The server that a container of a pod is. */
  of(pod: number, container: ContainerSpec): Server {
    const key = pod * SLOTS + container.slot
    const known = this.#byContainer.get(key)
    if (known !== undefined) return known
    const server: Server = {
      number: this.#servers.length,
      pod,
      slot: container.slot,
      behaviour: container.behaviour.serves ?? DEFAULT_BEHAVIOUR.serves,
      node: -1,
      why: WHY.notRunning,
      row: -1,
      isRunning: false,
      keepsConnections: false,
      turn: 0,
      startedAt: 0,
    }
    this.#servers.push(server)
    this.#byContainer.set(key, server)
    return server
  }

  /** A process has started. */
  start(server: Server, node: number, row: number): void {
    server.node = node
    server.row = row
    server.isRunning = true
    server.keepsConnections = true
    server.startedAt = this.#environment.kernel.now
    server.why = WHY.notListening
    this.turn(server)
  }

  /** Time has come for a server to listen, or to hang. */
  turn(server: Server): void {
    const { kernel } = this.#environment
    const { listensAfter, hangsAfter } = server.behaviour
    const age = kernel.now - server.startedAt
    server.turn = 0
    if (!server.isRunning || server.why === WHY.closed) return
    const hangs = hangsAfter !== null && age >= hangsAfter
    server.why = hangs ? WHY.hangs : age >= listensAfter ? WHY.none : WHY.notListening
    const next = hangs ? null : age < listensAfter ? listensAfter : hangsAfter
    if (next === null) return
    server.turn = kernel.schedule(server.startedAt + next, OP.serverTurn, server.number, server.row, PRIORITY.world)
  }

  /** The listener is closed: new connections are refused; those that exist are closed when what is under way is answered. */
  close(server: Server, row: number): void {
    server.why = WHY.closed
    server.row = row
    server.keepsConnections = false
  }

  /** The process is gone. */
  exit(server: Server, row: number): void {
    this.#environment.kernel.cancel(server.turn)
    server.turn = 0
    server.isRunning = false
    server.keepsConnections = false
    server.why = WHY.exited
    server.row = row
  }
}

/** Containers of a pod are numbered below this. */
const SLOTS = 4096
