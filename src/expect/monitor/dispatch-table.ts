import { ROW_KINDS, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { Root } from './root.js'
import { type Derived, isSource, type Signal, type Source } from './signal.js'
import type { SignalNetwork } from './signal-network.js'

/** What is to be done about the rows of one kind about one object. */
export interface Program {
  readonly sources: readonly Source[]
  /** What follows where a source has news, in order. */
  readonly followers: readonly Derived[]
  /** Who then hears of the row, and whose levels may have changed. */
  readonly hearers: readonly Root[]
  readonly readers: readonly Root[]
}

/**
 * Finds the program of a row in two reads of typed arrays: a slot by object, a program by slot and kind. Objects get their
 * slot when they are first met, by their path, so the table need not know beforehand who there will be.
 */
export class DispatchTable {
  readonly #network: SignalNetwork
  readonly #roots: readonly Root[]
  readonly #symbols: SymbolTable
  /** By path: the sources that want rows of this object, of the objects below it. */
  readonly #direct = new Map<string, Source[]>()
  readonly #deep = new Map<string, Source[]>()
  /** By symbol of the object. Slot 0 is of those that nobody asks about. */
  #slots: Int32Array
  /** By slot and kind. Program 0 does nothing. */
  #programs = new Uint16Array(1 << KIND_BITS)
  readonly #all: (Program | undefined)[] = [undefined]
  #slotCount = 1

  constructor(network: SignalNetwork, roots: readonly Root[]) {
    this.#network = network
    this.#roots = roots
    this.#symbols = network.symbols
    this.#slots = new Int32Array(network.symbols.size).fill(UNMET)
    for (const source of network.signals.filter(isSource)) {
      for (const { path, isDeep } of source.subscriptions) {
        addTo(this.#direct, path, source)
        if (isDeep === true) addTo(this.#deep, path, source)
      }
    }
  }

  /** The program of a row; undefined: nobody asks about it. */
  programOf(object: number, kind: RowKind): Program | undefined {
    let slot = object < this.#slots.length ? this.#slots[object] : UNMET
    if (slot === 0) return undefined
    if (slot === UNMET) slot = this.#meet(object)
    return this.#all[this.#programs[(slot << KIND_BITS) | kind]]
  }

  #meet(object: number): number {
    if (object >= this.#slots.length) {
      const wider = new Int32Array(Math.max(this.#symbols.size, object + 1) * 2).fill(UNMET)
      wider.set(this.#slots)
      this.#slots = wider
    }
    const path = this.#symbols.text(object)
    const sources = [...(this.#direct.get(path) ?? []), ...(this.#deep.get(parentOf(path)) ?? [])]
    this.#slots[object] = sources.length === 0 ? 0 : this.#addSlot(path, sources)
    return this.#slots[object]
  }

  #addSlot(path: string, sources: readonly Source[]): number {
    const slot = this.#slotCount++
    const needed = this.#slotCount << KIND_BITS
    if (needed > this.#programs.length) {
      const wider = new Uint16Array(needed * 2)
      wider.set(this.#programs)
      this.#programs = wider
    }
    for (let kind = 0; kind < ROW_KINDS.length; kind++) {
      const asking = [...new Set(sources)].filter(source => wants(source, path, kind as RowKind))
      if (asking.length === 0) continue
      this.#programs[(slot << KIND_BITS) | kind] = this.#all.length
      this.#all.push(this.#programFor(asking))
    }
    return slot
  }

  #programFor(sources: readonly Source[]): Program {
    const followers = this.#network.followersOf(sources)
    const touched = new Set<Signal>([...sources, ...followers])
    const isTouched = (signal: Signal): boolean => touched.has(signal)
    return {
      sources,
      followers,
      hearers: this.#roots.filter(({ monitor }) => monitor.hears.some(isTouched)),
      readers: this.#roots.filter(({ monitor }) => monitor.reads.some(isTouched)),
    }
  }
}

const UNMET = -1
/** There are at most 64 kinds of rows. */
const KIND_BITS = 6

const wants = ({ subscriptions }: Source, path: string, kind: RowKind): boolean =>
  subscriptions.some(
    each => each.kinds.includes(kind) && (each.path === path || (each.isDeep === true && each.path === parentOf(path))),
  )

/** The path of the pod that a container belongs to. */
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

function addTo(map: Map<string, Source[]>, path: string, source: Source): void {
  const known = map.get(path)
  if (known === undefined) map.set(path, [source])
  else known.push(source)
}
