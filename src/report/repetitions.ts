import type { Milliseconds } from '../time/index.js'
import { ROW, type Row, type Trace, unpackTypeAndCount, unpackTypeAndHandler } from '../trace/index.js'

/** How often something was said, and when for the last time. */
export interface Repetition {
  readonly count: number
  readonly last: Milliseconds
}

/** Counts what a trace says again and again: Events that are counted up, probes that answer the same. */
export class Repetitions {
  /** By the number of the first row. */
  readonly #events = new Map<number, Repetition>()
  /** By the number of the probe's row. */
  readonly #probes = new Map<number, number>()

  constructor({ rows }: Trace) {
    const firstRows = new Map<string, number>()
    const lastProbes = new Map<string, number>()
    for (let number = 0; number < rows.length; number++) {
      const kind = rows.kindOf(number)
      if (kind === ROW.event) {
        const row = rows.at(number)
        const { count, source, type } = unpackTypeAndCount(row.b)
        const key = `${row.object}/${row.a}/${type}/${source}/${row.c}`
        const first = count === 1 ? undefined : firstRows.get(key)
        if (first === undefined) firstRows.set(key, number)
        this.#events.set(first ?? number, { count, last: row.time })
      } else if (kind === ROW.probe) {
        const { object, a, b } = rows.at(number)
        lastProbes.set(`${object}/${a}/${unpackTypeAndHandler(b).type}`, number)
      } else if (kind === ROW.probeRepeated) {
        const { object, a, b, c } = rows.at(number)
        const probe = lastProbes.get(`${object}/${a}/${b}`)
        if (probe !== undefined) this.#probes.set(probe, (this.#probes.get(probe) ?? 1) + c)
      }
    }
  }

  /** How often an Event came, if the row is its first; undefined for a row that only counts it up. */
  ofEvent(row: Row): Repetition | undefined {
    return this.#events.get(row.number)
  }

  /** How often in a row a probe gave the answer of this row. */
  ofProbe(row: number): number {
    return this.#probes.get(row) ?? 1
  }
}
