import { type Follower, LevelSignal, OccurrenceSignal, type Signal } from './signal.js'

/** It is not so. */
export class NotLevel implements Follower<LevelSignal> {
  readonly signal: LevelSignal
  readonly parts: readonly [LevelSignal]

  constructor(level: LevelSignal) {
    this.signal = new LevelSignal(!level.isTrueAtFirst)
    this.parts = [level]
  }

  follow(): void {
    this.signal.isTrue = !this.parts[0].isTrue
  }
}

/** All are so, or any is; `and` of none is always so, `or` of none never. */
export class JunctionLevel implements Follower<LevelSignal> {
  readonly signal: LevelSignal
  readonly parts: readonly LevelSignal[]
  /** The value of a part that decides the whole. */
  readonly #decisive: boolean

  constructor(kind: 'and' | 'or', levels: readonly LevelSignal[]) {
    this.#decisive = kind === 'or'
    this.parts = levels
    const isDecided = levels.some(({ isTrueAtFirst }) => isTrueAtFirst === this.#decisive)
    this.signal = new LevelSignal(isDecided === this.#decisive)
  }

  follow(): void {
    let isTrue = !this.#decisive
    for (let i = 0; i < this.parts.length; i++) if (this.parts[i].isTrue === this.#decisive) isTrue = this.#decisive
    this.signal.isTrue = isTrue
  }
}

/** It has been so, or has happened. */
export class OnceLevel implements Follower<LevelSignal> {
  readonly signal: LevelSignal
  readonly parts: readonly [Signal]

  constructor(what: Signal) {
    this.signal = new LevelSignal(isAtFirst(what))
    this.parts = [what]
  }

  follow(row: number): void {
    if (isAt(this.parts[0], row)) this.signal.isTrue = true
  }
}

/** `what` has been so, or has happened, and the level has held since. */
export class SinceLevel implements Follower<LevelSignal> {
  readonly signal: LevelSignal
  readonly parts: readonly [LevelSignal, Signal]

  constructor(level: LevelSignal, what: Signal) {
    this.signal = new LevelSignal(level.isTrueAtFirst && isAtFirst(what))
    this.parts = [level, what]
  }

  follow(row: number): void {
    const [level, what] = this.parts
    this.signal.isTrue = level.isTrue && (this.signal.isTrue || isAt(what, row))
  }
}

/** A level turns from not so to so. */
export class BecomesOccurrence implements Follower<OccurrenceSignal> {
  readonly signal = new OccurrenceSignal()
  readonly parts: readonly [LevelSignal]
  #wasTrue: boolean

  constructor(level: LevelSignal) {
    this.parts = [level]
    this.#wasTrue = level.isTrueAtFirst
  }

  follow(row: number): void {
    const { isTrue } = this.parts[0]
    if (isTrue && !this.#wasTrue) this.signal.lastRow = row
    this.#wasTrue = isTrue
  }

  reset(): void {
    this.#wasTrue = this.parts[0].isTrueAtFirst
  }
}

/** Any of them happens. */
export class AnyOccurrence implements Follower<OccurrenceSignal> {
  readonly signal = new OccurrenceSignal()
  readonly parts: readonly OccurrenceSignal[]

  constructor(occurrences: readonly OccurrenceSignal[]) {
    this.parts = occurrences
  }

  follow(row: number): void {
    for (let i = 0; i < this.parts.length; i++) if (this.parts[i].lastRow === row) this.signal.lastRow = row
  }
}

/** It happens where a level holds right after its row. */
export class WhenOccurrence implements Follower<OccurrenceSignal> {
  readonly signal = new OccurrenceSignal()
  readonly parts: readonly [OccurrenceSignal, LevelSignal]

  constructor(occurrence: OccurrenceSignal, level: LevelSignal) {
    this.parts = [occurrence, level]
  }

  follow(row: number): void {
    const [occurrence, level] = this.parts
    if (occurrence.lastRow === row && level.isTrue) this.signal.lastRow = row
  }
}

/** Whether a level is so before the first row; nothing has happened then. */
const isAtFirst = (what: Signal): boolean => what instanceof LevelSignal && what.isTrueAtFirst

/** Whether a level is so after a row, or an occurrence happens at it. */
const isAt = (what: Signal, row: number): boolean => (what instanceof LevelSignal ? what.isTrue : what.lastRow === row)
