import { readSpan, type Span } from '../../time/index.js'
import type { ProcessBehaviour } from '../behaviour.js'
import { BehaviourWords } from './behaviour-words.js'
import { exitCode } from './exit-code.js'

/** What SIGTERM does to a process. */
export interface TermWords {
  /** As plain data; null: it is ignored. */
  readonly term: ProcessBehaviour['onTerm']
}

/**
 * Says that SIGTERM ends a process after a while, with an exit code, default 0.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { runs, stopsAfter } from 'podwright'
 *
 * assert.deepEqual(runs().onTerm(stopsAfter('3s')).process.onTerm, { exitAfter: 3000, exitCode: 0 })
 * ```
 */
export const stopsAfter = (span: Span, code = 0): TermWords => ({
  term: { exitAfter: readSpan(span, 'stopsAfter'), exitCode: exitCode(code, 'stopsAfter') },
})

/**
 * Says that a process ignores SIGTERM, so that only SIGKILL ends it.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { ignores, runs } from 'podwright'
 *
 * assert.equal(runs().onTerm(ignores()).process.onTerm, null)
 * ```
 */
export const ignores = (): TermWords => ({ term: null })

/**
 * Says what SIGTERM does to each start of which nothing else is said.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { onTerm, stopsAfter } from 'podwright'
 *
 * assert.deepEqual(onTerm(stopsAfter('45s', 2)).behaviour, { onTerm: { exitAfter: 45_000, exitCode: 2 } })
 * ```
 */
export const onTerm = ({ term }: TermWords): BehaviourWords => new BehaviourWords({ onTerm: term })
