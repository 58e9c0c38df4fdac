import { PodwrightError } from '../../errors/index.js'
import type { ResourceUse, Usage } from '../behaviour.js'
import { amountOf } from '../usage-text.js'
import { BehaviourWords } from './behaviour-words.js'

/** An amount of a resource over the time since a container's start. */
export interface GrowthWords {
  /** At its start; default 0. */
  readonly from?: string | number | undefined
  /** How much more with each second. */
  readonly by: string | number
  /** Where the growth ends; default: it does not. */
  readonly upTo?: string | number | undefined
}

/** What a container takes of its node: quantities such as `50Mi`, or how they grow. */
export interface UsageWords {
  readonly memory?: string | number | GrowthWords | undefined
  readonly ephemeralStorage?: string | number | GrowthWords | undefined
  readonly processes?: number | GrowthWords | undefined
  /** What it writes to its pod's emptyDir volumes, by their names. */
  readonly volumes?: Readonly<Record<string, string | number | GrowthWords>> | undefined
}

/**
 * Says what a container takes of its node: beyond its memory limit it is OOM-killed, and a node that runs short evicts by it.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` for what is no amount.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { describeBehaviour, uses } from 'podwright'
 *
 * const { behaviour } = uses({ memory: { from: '50Mi', by: '1Mi' } })
 * assert.equal(describeBehaviour(behaviour), 'uses memory 50Mi growing by 1Mi per second')
 * ```
 */
export function uses({ memory, ephemeralStorage, processes, volumes }: UsageWords): BehaviourWords {
  const said: ResourceUse = {
    ...(memory === undefined ? {} : { memory: usageOf(memory, 'memory') }),
    ...(ephemeralStorage === undefined ? {} : { ephemeralStorage: usageOf(ephemeralStorage, 'ephemeralStorage') }),
    ...(processes === undefined ? {} : { processes: usageOf(processes, 'processes') }),
    ...(volumes === undefined
      ? {}
      : { volumes: Object.fromEntries(Object.entries(volumes).map(([name, each]) => [name, usageOf(each, name)])) }),
  }
  return new BehaviourWords({ uses: said })
}

function usageOf(words: string | number | GrowthWords, where: string): Usage {
  if (typeof words !== 'object') return { from: amount(words, where), perSecond: 0, upTo: null }
  const { from = 0, by, upTo } = words
  return {
    from: amount(from, where),
    perSecond: amount(by, where),
    upTo: upTo === undefined ? null : amount(upTo, where),
  }
}

function amount(said: string | number, where: string): number {
  const read = amountOf(String(said))
  if (read !== undefined) return read
  throw new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where: `uses ${where}`,
    problem: `expected an amount such as 50Mi or 20, got ${JSON.stringify(said)}`,
  })
}
