import type { Milliseconds } from '../time/index.js'
import type { Tone } from './palette.js'

/** One thing that happened, as a line tells it. */
export interface Piece {
  readonly what: string
  readonly tone: Tone
}

/** A line of a timeline before it is laid out: what happened to one object at one instant. */
export interface TimelineLine {
  readonly time: Milliseconds
  readonly object: string
  /** Symbol of the pod or other object that the line belongs to. */
  readonly group: number
  readonly pieces: readonly Piece[]
  readonly why: string
  /** Numbers of the rows that it tells. */
  readonly rows: readonly number[]
}
