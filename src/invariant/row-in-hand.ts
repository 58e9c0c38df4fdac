import type { Milliseconds } from '../time/index.js'
import { ROW, type RowKind } from '../trace/index.js'

/** A row that the laws look at: one of a few objects that are written anew for every row. */
export class RowInHand {
  number = -1
  time: Milliseconds = 0
  kind: RowKind = ROW.step
  object = 0
  a = 0
  b = 0
  c = 0
  cause = -1
}
