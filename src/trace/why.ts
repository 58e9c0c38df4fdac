import type { Row } from './row-store.js'
import type { Trace } from './trace.js'

/** One link of a causal chain: a row, and the further causes that were coalesced with its own. */
export interface CausalLink {
  readonly row: Row
  readonly alsoCausedBy: readonly Row[]
}

/**
 * The causal chain of a row: the row itself, then what caused it, and so on to the row that nothing in the trace caused.
 *
 * A cause always stands before its effect, so the walk ends.
 */
export function causalChain({ rows }: Trace, number: number): readonly CausalLink[] {
  const chain: CausalLink[] = []
  for (let at = number; at >= 0; ) {
    const row = rows.at(at)
    chain.push({ row, alsoCausedBy: rows.alsoCausedBy(at).map(cause => rows.at(cause)) })
    at = row.cause < at ? row.cause : -1
  }
  return chain
}
