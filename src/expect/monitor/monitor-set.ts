import type { Milliseconds } from '../../time/index.js'
import type { RowKind, RowListener } from '../../trace/index.js'
import type { Ending, Verdict } from '../verdict.js'
import { DispatchTable, type Program } from './dispatch-table.js'
import type { Clock, Monitor } from './monitor.js'
import { createRoot, type Root } from './root.js'
import type { SignalNetwork } from './signal-network.js'

/**
 * Compiled clauses that watch a run: they take its rows one by one, and say at its end what became of each clause.
 *
 * A set serves any number of runs that share its symbol table; `reset` begins the next. `compileMonitors` makes one.
 */
export class MonitorSet implements RowListener {
  readonly #network: SignalNetwork
  readonly #clock: Clock
  readonly #roots: readonly Root[]
  /** The monitors that want to be told of deadlines. */
  readonly #timed: readonly Monitor[]
  readonly #table: DispatchTable
  /** Roots that wait for the end of the instant; the first `#dirtyCount` count. */
  readonly #dirty: Root[]
  #dirtyCount = 0
  #time: Milliseconds = 0
  #lastRow = -1

  /** @internal */
  constructor(network: SignalNetwork, clock: Clock, monitors: readonly Monitor[]) {
    this.#network = network
    this.#clock = clock
    this.#roots = monitors.map(createRoot)
    this.#timed = monitors.filter(({ hasDeadlines }) => hasDeadlines)
    this.#table = new DispatchTable(network, this.#roots)
    this.#dirty = [...this.#roots]
    this.reset()
  }

  /** Whether no later row can change whether a clause holds, for each of the clauses. */
  get isDecided(): boolean {
    for (const { monitor } of this.#roots) if (!monitor.finding.isDecided) return false
    return true
  }

  /** The same of one clause, by its index. What a level is at an instant is known only when the instant is over. */
  hasDecided(index: number): boolean {
    return this.#roots[index].monitor.finding.isDecided
  }

  /** Begins a run. */
  reset(): void {
    this.#network.reset()
    this.#clock.nextDeadline = Number.POSITIVE_INFINITY
    this.#time = 0
    this.#lastRow = -1
    this.#dirtyCount = 0
    for (let i = 0; i < this.#roots.length; i++) {
      const root = this.#roots[i]
      root.open.call(root.monitor, 0, -1)
      // The beginning is an instant, even without rows.
      root.isDirty = root.readsLevels
      if (root.readsLevels) this.#dirty[this.#dirtyCount++] = root
    }
  }

  /** Takes the next row. */
  row(
    number: number,
    time: Milliseconds,
    kind: RowKind,
    object: number,
    a: number,
    b: number,
    c: number,
    cause: number,
  ): void {
    if (time !== this.#time) this.#advance(time)
    this.#lastRow = number
    const program = this.#table.programOf(object, kind)
    if (program !== undefined) this.#carryOut(program, number, kind, a, b, c, cause)
  }

  /**
   * Ends the run, and says what became of each clause, in their order.
   *
   * @param end - Virtual time at which the run ended, in milliseconds; not before its last row.
   * @param ending - Whether nothing more can happen then, or the horizon cut the run.
   */
  finish(end: Milliseconds, ending: Ending): readonly Verdict[] {
    this.#settle()
    const verdicts = new Array<Verdict>(this.#roots.length)
    for (let i = 0; i < verdicts.length; i++) {
      const { close, monitor } = this.#roots[i]
      verdicts[i] = close.call(monitor, end, this.#lastRow, ending)
    }
    return verdicts
  }

  #carryOut(program: Program, row: number, kind: RowKind, a: number, b: number, c: number, cause: number): void {
    const { taker, others } = program
    let isNews = taker.take.call(taker.source, row, kind, a, b, c, cause)
    for (let i = 0; i < others.length; i++) {
      const { take, source } = others[i]
      if (take.call(source, row, kind, a, b, c, cause)) isNews = true
    }
    if (isNews) this.#spread(program, row)
  }

  #spread({ followers, hearers, readers }: Program, row: number): void {
    for (let i = 0; i < followers.length; i++) followers[i].follow(row)
    for (let i = 0; i < readers.length; i++) this.#mark(readers[i])
    for (let i = 0; i < hearers.length; i++) {
      const root = hearers[i]
      root.happened.call(root.monitor, this.#time, row)
      if (root.readsLevels) this.#mark(root)
    }
  }

  #mark(root: Root): void {
    if (root.isDirty) return
    root.isDirty = true
    this.#dirty[this.#dirtyCount++] = root
  }

  /** Another instant begins: the one before it is over, and so are the deadlines in between. */
  #advance(time: Milliseconds): void {
    this.#settle()
    this.#time = time
    if (this.#clock.nextDeadline >= time) return
    this.#clock.nextDeadline = Number.POSITIVE_INFINITY
    for (let i = 0; i < this.#timed.length; i++) this.#timed[i].passed(time)
  }

  #settle(): void {
    for (let i = 0; i < this.#dirtyCount; i++) {
      const root = this.#dirty[i]
      root.isDirty = false
      root.settled.call(root.monitor, this.#time, this.#lastRow)
    }
    this.#dirtyCount = 0
  }
}
