import { choiceLabel } from '../../kernel/index.js'
import { type Environment, OP } from '../contract/index.js'
import type { Endpoint } from './endpoint.js'

const PROXY_SYNC = choiceLabel('proxy-sync', 'the plan’s timing: 1 s, the minimum sync period')

/** What the slices said of a Service before their last change. */
export interface LastChange {
  readonly at: number
  readonly before: readonly Endpoint[]
}

/** The minimum sync period of a kube-proxy (KP-4). */
export const PROXY_SYNC_PERIOD = 1000

/**
 * The kube-proxy of a node: the endpoints that its rules know, which follow the slices with a delay. A node that cannot be reached
 * keeps the rules it has. Where nothing changes nothing is queued.
 *
 * kube-proxy: pkg/proxy/iptables, async.BoundedFrequencyRunner (KP-4, TR-1).
 */
export class NodeProxy {
  readonly number: number
  /** −1: that of a client beside the nodes. */
  readonly node: number
  readonly #environment: Environment
  /** The path that draws are addressed to. */
  readonly #path: number
  readonly #slices: (service: number) => readonly Endpoint[]
  readonly #known = new Map<number, readonly Endpoint[]>()
  /** Services whose slices have changed since the last sync. */
  readonly #changed = new Set<number>()
  #isPending = false
  /** A sync that was due while the node could not be reached. */
  #isHeld = false
  #lastSync = Number.NEGATIVE_INFINITY
  #syncs = 0

  constructor(
    number: number,
    node: number,
    path: number,
    environment: Environment,
    slices: (service: number) => readonly Endpoint[],
  ) {
    this.number = number
    this.node = node
    this.#path = path
    this.#environment = environment
    this.#slices = slices
  }

  /** What the rules know of a Service. */
  known(service: number): readonly Endpoint[] {
    return this.#known.get(service) ?? this.#slices(service)
  }

  /** From now on somebody asks for a Service: what changed within the last period is not yet in the rules. */
  follow(service: number, last: LastChange | undefined, cause: number): void {
    if (this.#known.has(service)) return
    const { kernel } = this.#environment
    const delay = this.#delay()
    const isFresh = last !== undefined && kernel.now < last.at + delay
    this.#known.set(service, isFresh ? last.before : this.#slices(service))
    if (!isFresh) return
    this.#changed.add(service)
    if (!this.#isPending) this.#schedule(last.at + delay, cause)
  }

  /** The slices of a Service have changed. */
  changed(service: number, cause: number): void {
    if (!this.#known.has(service)) return
    this.#changed.add(service)
    if (this.#isPending) return
    const { kernel } = this.#environment
    this.#schedule(Math.max(kernel.now + this.#delay(), this.#lastSync + PROXY_SYNC_PERIOD), cause)
  }

  /** Programs the rules; answers the Services whose rules are others now. */
  sync(isCut: boolean): number[] {
    const { kernel } = this.#environment
    this.#isHeld = isCut
    if (isCut) return []
    this.#isPending = false
    this.#lastSync = kernel.now
    const services = [...this.#changed]
    this.#changed.clear()
    return services.filter(service => {
      const endpoints = this.#slices(service)
      const isOther = endpoints !== this.#known.get(service)
      this.#known.set(service, endpoints)
      return isOther
    })
  }

  /** The node can be reached again: what it missed is programmed now. */
  joined(cause: number): void {
    if (this.#isHeld) this.#schedule(this.#environment.kernel.now, cause)
    this.#isHeld = false
  }

  #schedule(at: number, cause: number): void {
    this.#isPending = true
    this.#environment.kernel.schedule(at, OP.routes, this.number, cause)
  }

  #delay(): number {
    const canonical = this.#environment.timing.proxySync ?? PROXY_SYNC_PERIOD
    const range = Math.max(canonical, PROXY_SYNC_PERIOD) + 1
    return this.#environment.choices.draw(PROXY_SYNC, this.#path, this.#syncs++, range, canonical)
  }
}
