import { type FromParts, LevelSignal, OccurrenceSignal, type Signal } from './signal.js'

/** It is not so. */
export class NotLevel extends LevelSignal implements FromParts {
  readonly parts: readonly [LevelSignal]

  constructor(level: LevelSignal) {
    super(!level.isTrueAtFirst)
    this.parts = [level]
  }

  follow(): void {
    this.isTrue = !this.parts[0].isTrue
  }
}

/** All are so, or any is; `and` of none is always so, `or` of none never. */
export class JunctionLevel extends LevelSignal implements FromParts {
  readonly parts: readonly LevelSignal[]
  /** The value of a part that decides the whole. */
  readonly #decisive: boolean

  constructor(kind: 'and' | 'or', levels: readonly LevelSignal[]) {
    const decisive = kind === 'or'
    super(levels.some(({ isTrueAtFirst }) => isTrueAtFirst === decisive) === decisive)
    this.parts = levels
    this.#decisive = decisive
  }

  follow(): void {
    this.isTrue = !this.#decisive
    for (const { isTrue } of this.parts) if (isTrue === this.#decisive) this.isTrue = this.#decisive
  }
}

/** It has been so, or has happened. */
export class OnceLevel extends LevelSignal implements FromParts {
  readonly parts: readonly [Signal]

  constructor(what: Signal) {
    super(isNow(what, NO_ROW))
    this.parts = [what]
  }

  follow(row: number): void {
    if (isNow(this.parts[0], row)) this.isTrue = true
  }
}

/** `what` has been so, or has happened, and the level has held since. */
export class SinceLevel extends LevelSignal implements FromParts {
  readonly parts: readonly [LevelSignal, Signal]

  constructor(level: LevelSignal, what: Signal) {
    super(level.isTrueAtFirst && isNow(what, NO_ROW))
    this.parts = [level, what]
  }

  follow(row: number): void {
    const [level, what] = this.parts
    this.isTrue = level.isTrue && (this.isTrue || isNow(what, row))
  }
}

/** A level turns from not so to so. */
export class BecomesOccurrence extends OccurrenceSignal implements FromParts {
  readonly parts: readonly [LevelSignal]
  #wasTrue: boolean

  constructor(level: LevelSignal) {
    super()
    this.parts = [level]
    this.#wasTrue = level.isTrueAtFirst
  }

  follow(row: number): void {
    const { isTrue } = this.parts[0]
    if (isTrue && !this.#wasTrue) this.lastRow = row
    this.#wasTrue = isTrue
  }

  override reset(): void {
    super.reset()
    this.#wasTrue = this.parts[0].isTrueAtFirst
  }
}

/** Any of them happens. */
export class AnyOccurrence extends OccurrenceSignal implements FromParts {
  readonly parts: readonly OccurrenceSignal[]

  constructor(occurrences: readonly OccurrenceSignal[]) {
    super()
    this.parts = occurrences
  }

  follow(row: number): void {
    for (const { lastRow } of this.parts) if (lastRow === row) this.lastRow = row
  }
}

/** It happens where a level holds right after its row. */
export class WhenOccurrence extends OccurrenceSignal implements FromParts {
  readonly parts: readonly [OccurrenceSignal, LevelSignal]

  constructor(occurrence: OccurrenceSignal, level: LevelSignal) {
    super()
    this.parts = [occurrence, level]
  }

  follow(row: number): void {
    const [occurrence, level] = this.parts
    if (occurrence.lastRow === row && level.isTrue) this.lastRow = row
  }
}

const NO_ROW = -2

/** Whether a level is so after a row, or an occurrence happens at it; `NO_ROW`: before the first. */
const isNow = (what: Signal, row: number): boolean =>
  what instanceof LevelSignal ? (row === NO_ROW ? what.isTrueAtFirst : what.isTrue) : what.lastRow === row
