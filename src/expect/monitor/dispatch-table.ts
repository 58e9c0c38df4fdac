import { ROW_KINDS, type RowKind, type SymbolTable } from '../../trace/index.js'
import { createTaker, type Root, type Taker } from './root.js'
import { ANYBODY, type Follower, type Signal, type Source } from './signal.js'
import type { SignalNetwork } from './signal-network.js'

/** What is to be done about the rows of one kind about one object. */
export interface Program {
  /** Who takes the row: mostly one, who is called without a loop. */
  readonly taker: Taker
  readonly others: readonly Taker[]
  /** Who follows where a source has news, in order. */
  readonly followers: readonly Follower[]
  /** Who then hears of the row, and whose levels may have changed. */
  readonly hearers: readonly Root[]
  readonly readers: readonly Root[]
}

/**
 * Finds the program of a row in two reads of arrays: a slot by object, a program by slot and kind. Objects get their slot when
 * they are first met, by their path, so the table need not know beforehand who there will be.
 */
export class DispatchTable {
  readonly #network: SignalNetwork
  readonly #roots: readonly Root[]
  readonly #symbols: SymbolTable
  /** By path: the sources that want rows of this object, of the objects below it. */
  readonly #direct = new Map<string, Source[]>()
  readonly #deep = new Map<string, Source[]>()
  /** By symbol of the object: where its programs begin. Those that nobody asks about share the first slot. */
  #slots: Int32Array
  /** By slot and kind. */
  readonly #programs: (Program | undefined)[] = new Array(1 << KIND_BITS).fill(undefined)

  constructor(network: SignalNetwork, roots: readonly Root[]) {
    this.#network = network
    this.#roots = roots
    this.#symbols = network.symbols
    this.#slots = new Int32Array(network.symbols.size).fill(UNMET)
    for (const source of network.sources) {
      for (const { path, isDeep } of source.subscriptions) {
        addTo(this.#direct, path, source)
        if (isDeep === true) addTo(this.#deep, path, source)
      }
    }
  }

  /** The program of a row; undefined: nobody asks about it. */
  programOf(object: number, kind: RowKind): Program | undefined {
    let slot = object < this.#slots.length ? this.#slots[object] : UNMET
    if (slot === UNMET) slot = this.#meet(object)
    return this.#programs[slot | kind]
  }

  #meet(object: number): number {
    if (object >= this.#slots.length) {
      const wider = new Int32Array(Math.max(this.#symbols.size, object + 1) * 2).fill(UNMET)
      wider.set(this.#slots)
      this.#slots = wider
    }
    const path = this.#symbols.text(object)
    const sources = new Set([
      ...(this.#direct.get(path) ?? []),
      ...(this.#deep.get(parentOf(path)) ?? []),
      ...(this.#direct.get(ANYBODY) ?? []),
    ])
    const slot = sources.size === 0 ? 0 : this.#addSlot(path, [...sources])
    this.#slots[object] = slot
    return slot
  }

  #addSlot(path: string, sources: readonly Source[]): number {
    const slot = this.#programs.length
    for (let kind = 0; kind < 1 << KIND_BITS; kind++) {
      const asking = kind < ROW_KINDS.length ? sources.filter(each => isAsked(each, path, kind as RowKind)) : []
      this.#programs.push(asking.length === 0 ? undefined : this.#programFor(asking))
    }
    return slot
  }

  #programFor(sources: readonly Source[]): Program {
    const followers = this.#network.followersOf(sources)
    const touched = new Set<Signal>([...sources, ...followers].map(({ signal }) => signal))
    const [taker, ...others] = sources.map(createTaker)
    const isTouched = (signal: Signal): boolean => touched.has(signal)
    return {
      taker,
      others,
      followers,
      hearers: this.#roots.filter(({ monitor }) => monitor.hears.some(isTouched)),
      readers: this.#roots.filter(({ monitor }) => monitor.reads.some(isTouched)),
    }
  }
}

const UNMET = -1
/** A slot has room for as many kinds of rows. */
const KIND_BITS = 6

const isAsked = ({ subscriptions }: Source, path: string, kind: RowKind): boolean =>
  subscriptions.some(
    each =>
      each.kinds.includes(kind) &&
      (each.path === path || each.path === ANYBODY || (each.isDeep === true && each.path === parentOf(path))),
  )

/** The path of the pod that a container belongs to. */
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

function addTo(map: Map<string, Source[]>, path: string, source: Source): void {
  const known = map.get(path)
  if (known === undefined) map.set(path, [source])
  else known.push(source)
}
