import { PodwrightError } from '../../errors/index.js'
import { readSpan, type Span } from '../../time/index.js'
import { DEFAULT_BEHAVIOUR } from '../behaviour.js'
import { type StatedProcess, startErrorText } from '../behaviour-rule.js'
import { serviceNamed } from '../serve-text.js'
import { BehaviourWords } from './behaviour-words.js'
import { exitCode } from './exit-code.js'
import { repeated } from './failure-list.js'
import type { TermWords } from './term-words.js'

/** What successive starts do; as one behaviour, or one after the other in `behaves`. */
export class StartsWords extends BehaviourWords {
  /** The starts, as plain data. */
  readonly starts: readonly StatedProcess[]

  constructor(starts: readonly StatedProcess[]) {
    super({ runs: starts })
    this.starts = starts
  }
}

/** What one start of a process does; `process` is its plain data. */
export class ProcessWords extends StartsWords {
  /** The start, as plain data. */
  readonly process: StatedProcess

  constructor(process: StatedProcess) {
    super([process])
    this.process = process
  }

  /** What SIGTERM does to this start. */
  onTerm({ term }: TermWords): ProcessWords {
    return new ProcessWords({ ...this.process, onTerm: term })
  }

  /**
   * So many successive starts do that: `crashes().after('2s').times(3)`.
   *
   * @throws PodwrightError `BEHAVIOUR_INVALID` for another number of times than 1 to 1000.
   */
  times(count: number): StartsWords {
    return new StartsWords(repeated([], count, this.process, 'times'))
  }
}

/** What one start of a process does that ends by itself. */
export class EndingWords extends ProcessWords {
  /** It ends so long after its start; without this word: at once. */
  after(span: Span): ProcessWords {
    return new ProcessWords({ ...this.process, exitAfter: readSpan(span, 'after') })
  }
}

const STILL = { exitAfter: null, exitCode: 0, isOomKilled: false, startError: null } as const

/**
 * Says that a process runs on.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { runs } from 'podwright'
 *
 * assert.deepEqual(runs().behaviour, {
 *   runs: [{ exitAfter: null, exitCode: 0, isOomKilled: false, startError: null }],
 * })
 * ```
 */
export const runs = (): ProcessWords => new ProcessWords(STILL)

/**
 * Says that a process exits by itself with a code from 0 to 255, at once or after a while.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` for another code.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { exits } from 'podwright'
 *
 * assert.equal(exits(0).after('5s').process.exitAfter, 5000)
 * ```
 */
export const exits = (code: number): EndingWords =>
  new EndingWords({ ...STILL, exitAfter: 0, exitCode: exitCode(code, 'exits') })

/**
 * Says that a process exits by itself with code 1, at once or after a while.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { crashes } from 'podwright'
 *
 * assert.equal(crashes().after('2s').process.exitCode, 1)
 * ```
 */
export const crashes = (): EndingWords => exits(1)

/**
 * Says that the kernel kills a process for its memory: exit code 137, reason OOMKilled.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { isOOMKilled } from 'podwright'
 *
 * assert.equal(isOOMKilled().after('1m').process.isOomKilled, true)
 * ```
 */
export const isOOMKilled = (): EndingWords =>
  new EndingWords({ ...STILL, exitAfter: 0, exitCode: 137, isOomKilled: true })

/**
 * Says that a process cannot be started, with the runtime's text or one of your own.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { failsToStart } from 'podwright'
 *
 * assert.equal(failsToStart('exec: "serve": not found').process.startError, 'exec: "serve": not found')
 * ```
 */
export const failsToStart = (message: string = startErrorText): ProcessWords =>
  new ProcessWords({ ...STILL, startError: message })

/** What one start of a process does that waits for a Service. */
export class WaitingWords extends ProcessWords {
  /** It looks so often, from its start on; default every second. */
  every(span: Span): ProcessWords {
    const { waitsFor } = this.process
    const period = readSpan(span, 'every')
    if (waitsFor !== undefined && period > 0)
      return new ProcessWords({ ...this.process, waitsFor: { ...waitsFor, period } })
    throw new PodwrightError({
      code: 'BEHAVIOUR_INVALID',
      where: 'every',
      problem: 'expected a duration above 0, got 0',
    })
  }
}

/**
 * Says that a process waits for a Service, `service/db` or `shop/service/db`, and exits with 0 as soon as a connection to it would
 * find an endpoint.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` for what names no Service.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { describeBehaviour, waitsFor } from 'podwright'
 *
 * const { behaviour } = waitsFor('service/db').every('2s')
 * assert.equal(describeBehaviour(behaviour), 'waits for service/db every 2s')
 * ```
 */
export function waitsFor(service: string): WaitingWords {
  const name = serviceNamed(service)
  if (name !== undefined) {
    return new WaitingWords({ ...STILL, waitsFor: { service: name, period: DEFAULT_BEHAVIOUR.waitPeriod } })
  }
  const problem = `expected a Service, such as service/db or shop/service/db, got ${JSON.stringify(service)}`
  throw new PodwrightError({ code: 'BEHAVIOUR_INVALID', where: 'waitsFor', problem })
}

/**
 * Says what successive starts do; the last repeats. The same starts given one after the other mean the same.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { behaves, crashes, describeBehaviour, runs } from 'podwright'
 *
 * const { behaviour } = behaves(crashes().after('2s'), crashes().after('2s'), runs())
 * assert.equal(describeBehaviour(behaviour), 'exits 1 after 2s 2 times, then runs')
 * assert.deepEqual(behaves(crashes().after('2s').times(2), runs()).behaviour, behaviour)
 * ```
 */
export const behaves = (...said: readonly [StartsWords, ...StartsWords[]]): BehaviourWords =>
  new StartsWords(said.flatMap(({ starts }) => starts))
