import { PodwrightError } from '../../errors/index.js'
import { TAINT_EFFECTS } from '../object-clause.js'
import { LevelWords } from './level-words.js'
import { ObjectWords } from './object-words.js'

/** A node as the API server's store has it: what may be said of it. */
export class NodeStateWords extends ObjectWords {
  readonly #node: string

  /** @internal */
  constructor(node: string) {
    super(`node/${node}`)
    this.#node = node
  }

  /** The condition Ready is True. */
  ready(): LevelWords {
    return this.condition('Ready')
  }

  /** It takes no new pods: it is cordoned. */
  unschedulable(): LevelWords {
    return new LevelWords({ kind: 'unschedulable', node: this.#node })
  }

  /**
   * It has a taint: any, or such a one, `key`, `key=value` or `key=value:NoExecute`.
   *
   * @throws PodwrightError `USAGE` for what is no taint.
   */
  tainted(taint?: string): LevelWords {
    const tainted = { kind: 'tainted', node: this.#node } as const
    if (taint === undefined) return new LevelWords(tainted)
    const match = /^([^=:]+)(?:=([^=:]*))?(?::(.+))?$/.exec(taint)
    const effect = TAINT_EFFECTS.find(each => each === match?.[3])
    if (match === null || (match[3] !== undefined && effect === undefined)) {
      const problem = `expected a taint such as key=value:NoExecute, got ${JSON.stringify(taint.slice(0, 80))}`
      const hint = `the effects are ${TAINT_EFFECTS.join(', ')}`
      throw new PodwrightError({ code: 'USAGE', where: 'tainted', problem, hint })
    }
    const [, key, value] = match
    return new LevelWords({
      ...tainted,
      key,
      ...(value === undefined ? {} : { value }),
      ...(effect === undefined ? {} : { effect }),
    })
  }
}
