import type { Milliseconds } from '../../time/index.js'
import type { Environment, WaitEnd } from '../contract/index.js'
import type { NodeProxy } from './router.js'

/** A process that waits for a Service. */
interface Waiter {
  readonly process: number
  readonly pod: number
  readonly slot: number
  readonly proxy: NodeProxy
  /** Symbol of the Service's path. */
  readonly path: number
  readonly period: Milliseconds
  readonly startedAt: Milliseconds
  /** It has been told when its wait ends. */
  isTold: boolean
}

/** Processes that look, again and again, whether a Service can be reached from their node. Their looks are arithmetic. */
export class Waiters {
  readonly #environment: Environment
  readonly #ends: WaitEnd
  #waiters: Waiter[] = []

  constructor(environment: Environment, ends: WaitEnd) {
    this.#environment = environment
    this.#ends = ends
  }

  reset(): void {
    this.#waiters = []
  }

  add(waiter: Omit<Waiter, 'startedAt' | 'isTold'>): void {
    this.#waiters.push({ ...waiter, startedAt: this.#environment.kernel.now, isTold: false })
  }

  /** A container's process is gone, and waits no more. */
  exited(pod: number, slot: number): void {
    if (this.#waiters.length > 0) {
      this.#waiters = this.#waiters.filter(waiter => waiter.pod !== pod || waiter.slot !== slot)
    }
  }

  /** The proxies by which somebody waits for a Service. */
  proxiesOf(path: number): readonly NodeProxy[] {
    return this.#waiters.filter(waiter => waiter.path === path).map(({ proxy }) => proxy)
  }

  /** A proxy's rules are others: those who wait by it find what they look for at their next look, or not any more. */
  look(proxy: NodeProxy, isReachable: (path: number) => boolean, row: number): void {
    const { now } = this.#environment.kernel
    for (const waiter of this.#waiters) {
      if (waiter.proxy !== proxy || isReachable(waiter.path) === waiter.isTold) continue
      waiter.isTold = !waiter.isTold
      const period = Math.max(1, waiter.period)
      const looks = Math.ceil((now - waiter.startedAt) / period)
      const at = waiter.isTold ? waiter.startedAt + looks * period : Number.POSITIVE_INFINITY
      this.#ends(waiter.process, at, row)
    }
  }
}
