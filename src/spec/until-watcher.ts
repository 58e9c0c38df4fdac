import {
  type Clause,
  compileMonitors,
  type Level,
  type MonitorSet,
  type Occurrence,
  objectsOf,
  type RunObjects,
} from '../expect/index.js'
import type { RowListener, Trace } from '../trace/index.js'

/** Watches a run that is under way for the next time that something happens. */
export class UntilWatcher implements RowListener {
  /** It has happened. */
  isOver = false
  readonly #monitor: MonitorSet
  readonly #over: () => void

  /** What the trace holds so far is past; `over` is called at the first such row after it. */
  constructor(what: Occurrence, trace: Trace, objects: RunObjects, over: () => void) {
    this.#over = over
    this.#monitor = nextOf(what, trace, objects)
  }

  row(...row: Parameters<RowListener['row']>): void {
    if (this.isOver) return
    this.#monitor.row(...row)
    this.isOver = this.#monitor.isDecided
    if (this.isOver) this.#over()
  }
}

/** A monitor that has seen all rows, and is decided by the next that is the occurrence: the bound is found by halving. */
function nextOf(what: Occurrence, trace: Trace, objects: RunObjects): MonitorSet {
  let least = 0
  let most = trace.rows.length
  while (least < most) {
    const middle = Math.floor((least + most) / 2)
    if (seen(atMost(middle, what), trace, objects).isDecided) least = middle + 1
    else most = middle
  }
  return seen(atMost(least, what), trace, objects)
}

const atMost = (count: number, what: Occurrence): Clause => ({ kind: 'count', is: 'atMost', count, what })

/** Whether a level is so now, after the last row. */
export function isSettled(level: Level, trace: Trace): boolean {
  const clause: Clause = { kind: 'scoped', scope: { kind: 'afterQuiescence' }, clause: { kind: 'always', level } }
  const [verdict] = seen(clause, trace, objectsOf(trace)).finish(trace.end, 'quiescent')
  return verdict.kind === 'holds'
}

function seen(clause: Clause, { rows, symbols }: Trace, objects: RunObjects): MonitorSet {
  const monitor = compileMonitors([clause], symbols, objects)
  for (let number = 0; number < rows.length; number++) {
    const { time, kind, object, a, b, c, cause } = rows.at(number)
    monitor.row(number, time, kind, object, a, b, c, cause)
  }
  return monitor
}
