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
import { objectLevel } from './object-levels.js'
import { type RowOccurrence, rowOccurrence } from './row-occurrences.js'
import { NO_OBJECTS, type RunObjects } from './run-objects.js'
import { type Follower, LevelSignal, type OccurrenceSignal, type Signal, type Source } from './signal.js'
import { type StoreLevel, storeLevel } from './store-levels.js'

/** The signals that a set of clauses needs, each made once however often it is named. */
export class SignalNetwork {
  readonly symbols: SymbolTable
  readonly objects: RunObjects
  readonly sources: Source[] = []
  /** Parts come before what is made of them. */
  readonly followers: Follower[] = []
  readonly #levels: LevelSignal[] = []
  readonly #occurrences: OccurrenceSignal[] = []
  readonly #remembering: { reset?(): void }[] = []
  /** By what they are, written as JSON. */
  readonly #known = new Map<string, Signal>()

  constructor(symbols: SymbolTable, objects: RunObjects = NO_OBJECTS) {
    this.symbols = symbols
    this.objects = objects
  }

  /** Begins another run. */
  reset(): void {
    for (let i = 0; i < this.#levels.length; i++) this.#levels[i].isTrue = this.#levels[i].isTrueAtFirst
    for (let i = 0; i < this.#occurrences.length; i++) {
      this.#occurrences[i].lastRow = -1
      this.#occurrences[i].value = this.#occurrences[i].valueAtFirst
    }
    for (let i = 0; i < this.#remembering.length; i++) this.#remembering[i].reset?.()
  }

  /** The signal of a level. */
  level(level: Level): LevelSignal {
    return this.once(level, () => this.#makeLevel(level))
  }

  /** The signal of a level's contrary. */
  not(level: Level): LevelSignal {
    return this.level({ kind: 'not', level })
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
  once<Kind extends Signal>(key: object, make: () => Source<Kind> | Follower<Kind>): Kind {
    const text = JSON.stringify(key)
    const known = this.#known.get(text)
    // A key says its kind, so what is known by it is what `make` would make.
    if (known !== undefined) return known as Kind
    const maker = make()
    this.#add(maker)
    this.#known.set(text, maker.signal)
    return maker.signal
  }

  /** Who has to follow, in order, where one of the sources has news. */
  followersOf(sources: readonly Source[]): readonly Follower[] {
    const touched = new Set<Signal>(sources.map(({ signal }) => signal))
    return this.followers.filter(({ parts, signal }) => {
      const isTouched = parts.some(part => touched.has(part))
      if (isTouched) touched.add(signal)
      return isTouched
    })
  }

  #add(maker: Source | Follower): void {
    if ('take' in maker) this.sources.push(maker)
    else this.followers.push(maker)
    if (maker.signal instanceof LevelSignal) this.#levels.push(maker.signal)
    else this.#occurrences.push(maker.signal)
    if (maker.reset !== undefined) this.#remembering.push(maker)
  }

  #makeLevel(level: Level): Source<LevelSignal> | Follower<LevelSignal> {
    switch (level.kind) {
      case 'not':
        return new NotLevel(this.level(level.level))
      case 'and':
      case 'or': {
        const parts = level.levels.map(each => this.level(each))
        return new JunctionLevel(level.kind, parts)
      }
      case 'once':
        return new OnceLevel(this.what(level.what))
      case 'since':
        return new SinceLevel(this.level(level.level), this.what(level.what))
      case 'objectExists':
      case 'objectTerminating':
      case 'objectCondition':
      case 'objectCount':
      case 'complete':
      case 'unschedulable':
      case 'tainted':
        return objectLevel(level, this.symbols, this.objects)
      default:
        return storeLevel(level satisfies StoreLevel, this.symbols)
    }
  }

  #makeOccurrence(occurrence: Occurrence): Source<OccurrenceSignal> | Follower<OccurrenceSignal> {
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
