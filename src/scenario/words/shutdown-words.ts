import { PodwrightError } from '../../errors/index.js'
import type { Milliseconds, Span } from '../../time/index.js'
import { wholeSeconds } from '../builder/whole-seconds.js'
import { isAmount } from '../node-words.js'
import { shutdownMistake } from '../shutdown-groups.js'
import type { StatedShutdown } from '../stated-step.js'

/** How a node shuts down; whole seconds. */
export interface ShutdownWords {
  /** For all pods together; default none: the machine goes off at once. */
  readonly grace?: Span | undefined
  /** The part of the grace that is kept for critical pods; default none. */
  readonly criticalPods?: Span | undefined
  /** Instead of both, by priority. */
  readonly byPodPriority?: readonly { readonly priority: number; readonly grace: Span }[] | undefined
}

/**
 * A shutdown as data.
 *
 * @throws PodwrightError `SCENARIO_INVALID` for parts of seconds, and for what contradicts itself.
 */
export function statedShutdown({ grace, criticalPods, byPodPriority }: ShutdownWords): StatedShutdown {
  const ms = (span: Span): Milliseconds => wholeSeconds(span, 'shutsDown') * 1000
  const said: StatedShutdown = {
    ...(grace === undefined ? {} : { grace: ms(grace) }),
    ...(criticalPods === undefined ? {} : { criticalPods: ms(criticalPods) }),
    ...(byPodPriority === undefined
      ? {}
      : { byPodPriority: byPodPriority.map(each => ({ priority: each.priority, seconds: ms(each.grace) / 1000 })) }),
  }
  const mistake = shutdownMistake(said)
  if (mistake !== undefined)
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where: 'shutsDown', problem: mistake })
  return said
}

/** @throws PodwrightError `SCENARIO_INVALID` for what is neither a quantity nor a share. */
export function checkAmount(left: string | undefined, where: string): void {
  if (left === undefined || isAmount(left)) return
  const problem = `expected a quantity or a share such as 5%, got ${JSON.stringify(left)}`
  throw new PodwrightError({ code: 'SCENARIO_INVALID', where, problem })
}
