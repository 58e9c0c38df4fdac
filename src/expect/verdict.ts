import type { Milliseconds } from '../time/index.js'

/**
 * What a run says of a clause. Only `holds` passes: a clause whose trigger never happened, and one whose obligation the horizon
 * cut, have proved nothing.
 *
 * Of several obligations, parts of a scope, or clauses of an `allOf`, the one that was decided first makes the verdict: that with
 * the earliest time, then with the lowest row, then the first. Of open ones it is that with the smallest `decidedBy`.
 */
export type Verdict =
  | { readonly kind: 'holds' }
  | {
      readonly kind: 'violated'
      /** When it was decided: the offending instant, or the deadline that passed. */
      readonly time: Milliseconds
      /**
       * The offending row. Where something did not happen: the row that asked for it, and −1 where that is the beginning of the
       * run. For levels: the last row of the offending instant, −1 before the first.
       */
      readonly row: number
      /** The row that set the obligation off, where there is one; −1 otherwise. */
      readonly trigger: number
    }
  /** What the clause is about never happened. */
  | { readonly kind: 'vacuous' }
  | {
      readonly kind: 'open'
      /** The horizon that would decide it; absent: any later one may. */
      readonly decidedBy?: Milliseconds | undefined
      /** The row that set the obligation off; −1: the beginning. */
      readonly trigger: number
    }

/** How a run, or a part of it, ended: nothing more can happen, the horizon cut it, or the scope was over. */
export type Ending = 'quiescent' | 'horizon' | 'scopeEnd'
