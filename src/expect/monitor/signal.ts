import type { RowKind } from '../../trace/index.js'

/**
 * Something that is so for a while, as the rows so far leave it: its raw value. Monitors read levels only when an instant is
 * over, and so see the settled value.
 */
export class LevelSignal {
  isTrue: boolean
  /** Its value before the first row. */
  readonly isTrueAtFirst: boolean

  constructor(isTrueAtFirst: boolean) {
    this.isTrueAtFirst = isTrueAtFirst
    this.isTrue = isTrueAtFirst
  }
}

/** Something that happens at rows. */
export class OccurrenceSignal {
  /** The latest row at which it happened; −1: none yet. */
  lastRow = -1
  /** What the latest such row says, for those who follow values; 0: nothing. */
  value: number
  /** What is so before the first row. */
  readonly valueAtFirst: number

  constructor(valueAtFirst = 0) {
    this.valueAtFirst = valueAtFirst
    this.value = valueAtFirst
  }
}

/** A signal of either sort. Both are plain cells, so that reading one costs the same whatever it is about. */
export type Signal = LevelSignal | OccurrenceSignal

/** The path of a subscription to rows of every object. */
export const ANYBODY = '*'

/** The rows of an object that a signal is made from. */
export interface Subscription {
  /** Path of the object: `Pod/default/web`, `Pod/default/web/app`, `Service/default/web`; or `ANYBODY`. */
  readonly path: string
  readonly kinds: readonly RowKind[]
  /** Whether those of the objects below it count, too: of the pod's containers. */
  readonly isDeep?: boolean | undefined
}

/** Makes a signal out of rows. */
export interface Source<Kind extends Signal = Signal> {
  readonly signal: Kind
  readonly subscriptions: readonly Subscription[]
  /** Takes a row that it has subscribed to, and answers whether it is news. */
  take(row: number, kind: RowKind, a: number, b: number, c: number, cause: number): boolean
  /** Begins another run; absent: it remembers nothing beside the signal. */
  reset?(): void
}

/** Makes a signal out of others. */
export interface Follower<Kind extends Signal = Signal> {
  readonly signal: Kind
  readonly parts: readonly Signal[]
  /** Follows its parts, after one of them had news in this row. */
  follow(row: number): void
  /** Begins another run; absent: it remembers nothing beside the signal. */
  reset?(): void
}
