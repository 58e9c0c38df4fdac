import { readSpan, type Span } from '../../time/index.js'
import { type StatedSandbox, sandboxErrorText } from '../behaviour-rule.js'
import { BehaviourWords } from './behaviour-words.js'
import { failureList } from './failure-list.js'

/** How a pod's sandbox (its network and cgroup) comes up, and whether it dies. */
export class SandboxWords extends BehaviourWords {
  readonly #sandbox: StatedSandbox

  constructor(sandbox: StatedSandbox) {
    super({ sandbox })
    this.#sandbox = sandbox
  }

  /** It takes so long to come up; default 0. */
  takes(span: Span): SandboxWords {
    return this.#with({ delay: readSpan(span, 'takes') })
  }

  /** The first attempts fail so many times, with this text or one about the network; said again: the attempts after them. */
  fails(times: number, message: string = sandboxErrorText): SandboxWords {
    return this.#with({ failures: failureList(this.#sandbox.failures ?? [], times, message) })
  }

  /** The first one dies so long after it came up. */
  diesAfter(span: Span): SandboxWords {
    return this.#with({ diesAfter: readSpan(span, 'diesAfter') })
  }

  #with(said: StatedSandbox): SandboxWords {
    return new SandboxWords({ ...this.#sandbox, ...said })
  }
}

/**
 * Speaks of a pod's sandbox.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { describeBehaviour, sandbox } from 'podwright'
 *
 * assert.equal(describeBehaviour(sandbox().fails(2).behaviour), 'sandbox fails 2 times')
 * ```
 */
export const sandbox = (): SandboxWords => new SandboxWords({})
