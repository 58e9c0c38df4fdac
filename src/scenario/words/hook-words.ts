import { readSpan, type Span } from '../../time/index.js'
import { DEFAULT_BEHAVIOUR, type HookBehaviour } from '../behaviour.js'
import { BehaviourWords } from './behaviour-words.js'
import { exitCode } from './exit-code.js'

/** How a lifecycle hook goes; `hook` is its plain data. */
export class HookWords {
  /** How long it takes and how it ends, as plain data. */
  readonly hook: HookBehaviour

  constructor(hook: Partial<HookBehaviour>) {
    this.hook = { ...DEFAULT_BEHAVIOUR.hook, ...hook }
  }

  /** It takes so long; default 100 ms. */
  takes(span: Span): HookWords {
    return new HookWords({ ...this.hook, duration: readSpan(span, 'takes') })
  }

  /** It ends with this exit code, 1 to 255. */
  fails(code = 1): HookWords {
    return new HookWords({ ...this.hook, exitCode: exitCode(code, 'fails', 1) })
  }
}

/**
 * Says how long a hook takes.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { preStop, takes } from 'podwright'
 *
 * assert.deepEqual(preStop(takes('20s')).behaviour, { preStop: { duration: 20_000, exitCode: 0 } })
 * assert.equal(takes('20s').fails(2).hook.exitCode, 2)
 * ```
 */
export const takes = (span: Span): HookWords => new HookWords({}).takes(span)

/**
 * Says how a container's postStart hook goes.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { postStart, takes } from 'podwright'
 *
 * assert.deepEqual(postStart(takes('2s')).behaviour, { postStart: { duration: 2000, exitCode: 0 } })
 * ```
 */
export const postStart = ({ hook }: HookWords): BehaviourWords => new BehaviourWords({ postStart: hook })

/**
 * Says how a container's preStop hook goes.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { fails, preStop } from 'podwright'
 *
 * assert.deepEqual(preStop(fails(1)).behaviour, { preStop: { duration: 100, exitCode: 1 } })
 * ```
 */
export const preStop = ({ hook }: HookWords): BehaviourWords => new BehaviourWords({ preStop: hook })
