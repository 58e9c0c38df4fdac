import type { SymbolTable } from '../../trace/index.js'
import { isLevel, type Level, type Occurrence } from '../clause.js'
import {
  AnyOccurrence,
  BecomesOccurrence,
  JunctionLevel,
  NotLevel,
  OnceLevel,
  SinceLevel,
  WhenOccurrence,
} from './derived-signals.js'
import { type RowOccurrence, rowOccurrence } from './row-occurrences.js'
import { type Derived, isSource, type LevelSignal, type OccurrenceSignal, type Signal, type Source } from './signal.js'
import { type StoreLevel, storeLevel } from './store-levels.js'

/** The signals that a set of clauses needs, each made once however often it is named; parts come before what is made of them. */
export class SignalNetwork {
  readonly symbols: SymbolTable
  readonly signals: Signal[] = []
  /** By what they are, written as JSON. */
  readonly #known = new Map<string, Signal>()

  constructor(symbols: SymbolTable) {
    this.symbols = symbols
  }

  /** The signal of a level. */
  level(level: Level): LevelSignal {
    return this.once(level, () => this.#makeLevel(level))
  }

  /** The signal of an occurrence. */
  occurrence(occurrence: Occurrence): OccurrenceSignal {
    return this.once(occurrence, () => this.#makeOccurrence(occurrence))
  }

  /** The signal of either. */
  what(what: Level | Occurrence): Signal {
    return isLevel(what) ? this.level(what) : this.occurrence(what)
  }

  /** The signal known by this key, made when it is asked for the first time. */
  once<Kind extends Signal>(key: object, make: () => Kind): Kind {
    const text = JSON.stringify(key)
    const known = this.#known.get(text)
    // A key names its kind, so what is known by it is what `make` would make.
    if (known !== undefined) return known as Kind
    const signal = make()
    this.#known.set(text, signal)
    this.signals.push(signal)
    return signal
  }

  /** What has to follow, in order, where one of the sources has news. */
  followersOf(sources: readonly Source[]): readonly Derived[] {
    const touched = new Set<Signal>(sources)
    const followers: Derived[] = []
    for (const signal of this.signals) {
      if (isSource(signal)) continue
      const derived = signal as Derived
      if (!derived.parts.some(part => touched.has(part))) continue
      touched.add(derived)
      followers.push(derived)
    }
    return followers
  }

  #makeLevel(level: Level): LevelSignal {
    switch (level.kind) {
      case 'not':
        return new NotLevel(this.level(level.level))
      case 'and':
      case 'or':
        return new JunctionLevel(
          level.kind,
          level.levels.map(each => this.level(each)),
        )
      case 'once':
        return new OnceLevel(this.what(level.what))
      case 'since':
        return new SinceLevel(this.level(level.level), this.what(level.what))
      default:
        return storeLevel(level satisfies StoreLevel, this.symbols)
    }
  }

  #makeOccurrence(occurrence: Occurrence): OccurrenceSignal {
    switch (occurrence.kind) {
      case 'becomes':
        return new BecomesOccurrence(this.level(occurrence.level))
      case 'anyOf':
        return new AnyOccurrence(occurrence.occurrences.map(each => this.occurrence(each)))
      case 'when':
        return new WhenOccurrence(this.occurrence(occurrence.occurrence), this.level(occurrence.level))
      default:
        return rowOccurrence(occurrence satisfies RowOccurrence, this.symbols)
    }
  }
}
