import { compileMonitors, type MonitorSet } from '../expect/index.js'
import type { Plan } from '../scenario/index.js'
import type { Milliseconds } from '../time/index.js'
import type { RowKind, RowListener, SymbolTable } from '../trace/index.js'

/** Watches rows for what the reactions of a plan wait for; each is told of once in a run. */
export class ReactionWatcher implements RowListener {
  /** A monitor that is decided by the first such row. */
  readonly #monitors: readonly MonitorSet[]
  readonly #react: (reaction: number) => void
  #pending: number[] = []

  constructor(plan: Plan, symbols: SymbolTable, react: (reaction: number) => void) {
    this.#monitors = (plan.reactions ?? []).map(({ when }) => compileMonitors([{ kind: 'never', what: when }], symbols))
    this.#react = react
    this.reset()
  }

  /** Another run begins. */
  reset(): void {
    for (const monitor of this.#monitors) monitor.reset()
    this.#pending = this.#monitors.map((_, reaction) => reaction)
  }

  row(number: number, time: Milliseconds, kind: RowKind, object: number, a: number, b: number, c: number): void {
    const pending = this.#pending
    for (let i = 0; i < pending.length; i++) {
      const monitor = this.#monitors[pending[i]]
      monitor.row(number, time, kind, object, a, b, c)
      if (!monitor.isDecided) continue
      this.#react(pending[i])
      pending.splice(i--, 1)
    }
  }
}
