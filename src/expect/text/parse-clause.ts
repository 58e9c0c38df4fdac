import type { Origin } from '../../errors/index.js'
import type { Clause, Level, Occurrence } from '../clause.js'
import { FOLLOWERS, SentenceParser } from './sentence-parser.js'
import { TextReader } from './text-reader.js'

/**
 * Reads an expectation as a Scenario file writes it: `container web/app is killed with SIGKILL at 1m30s`. It is the exact
 * inverse of `formatClause`; docs/expectations.md has every word. `where` is what complaints begin with.
 *
 * @throws PodwrightError `EXPECTATION_INVALID` with the column, what was expected there, and the nearest word; also for more
 * than 10 kB and for more than 32 sentences inside one another.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatClause, parseClause } from 'podwright'
 *
 * const clause = parseClause('container web/app exits with 1 within 30s')
 * assert.deepEqual(clause, {
 *   kind: 'eventually',
 *   what: { kind: 'exited', container: { pod: 'web', container: 'app' }, code: 1 },
 *   bound: { kind: 'within', ms: 30_000 },
 * })
 * assert.equal(formatClause(clause), 'container web/app exits with 1 within 30s')
 * ```
 */
export const parseClause = (text: string, where?: Origin | string): Clause =>
  whole(text, where, parser => parser.clause())

/** Reads a level: `pod web is Running`. The inverse of `formatLevel`; mistakes as with `parseClause`. */
export const parseLevel = (text: string, where?: Origin | string): Level => whole(text, where, parser => parser.level())

/** Reads an occurrence: `container web/app exits with 1`. The inverse of `formatOccurrence`; mistakes as with `parseClause`. */
export const parseOccurrence = (text: string, where?: Origin | string): Occurrence =>
  whole(text, where, parser => parser.occurrence())

function whole<Answer>(
  text: string,
  where: Origin | string | undefined,
  read: (parser: SentenceParser) => Answer,
): Answer {
  const reader = new TextReader(text, where)
  const answer = read(new SentenceParser(reader))
  if (!reader.isAtEnd) reader.fail('the end of the sentence', FOLLOWERS)
  return answer
}
