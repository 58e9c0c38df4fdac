import type { Profile } from '../../model/index.js'
import { NO_NODES_TEXT, nodesText, refusalsText } from './failure-text.js'
import type { Framework, Search } from './framework.js'
import type { NodeInfo } from './node-info.js'
import type { PluginName } from './plugin.js'
import type { PodInfo } from './pod-info.js'
import { type Preemption, preempt } from './preemption/preempt.js'
import type { SchedulerCache } from './scheduler-cache.js'

/** The outcome of one scheduling cycle. */
export type Decision =
  | {
      readonly kind: 'fits'
      readonly feasible: readonly NodeInfo[]
      /** The nodes that share the highest score: any of them will do. */
      readonly top: readonly NodeInfo[]
    }
  | {
      readonly kind: 'fails'
      /** What FailedScheduling says. */
      readonly message: string
      readonly rejectedBy: ReadonlySet<PluginName>
      readonly search: Search | null
      readonly preemption: Preemption | null
      /** Whether the scheduler failed rather than the nodes refused (MSG-4). */
      readonly isError: boolean
    }

/** What else a decision needs to know. */
export interface DecisionInput {
  readonly pod: PodInfo
  readonly index: number
  /** The node where preemption made room for the pod. */
  readonly nominated: NodeInfo | undefined
  readonly nowSeconds: number
  drawOffset(nodes: number): number
}

/** No plugin rejected the pod: it is tried again. */
const NOWHERE = { kind: 'fails', rejectedBy: new Set<PluginName>(), search: null, preemption: null } as const

/**
 * One scheduling cycle without its effects: filters, then scores; where nothing fits, preemption, and the text that says why.
 *
 * scheduler: schedule_one.go schedulingCycle, v1.32 (CY-1, MSG-1, MSG-2).
 */
export function decide(
  framework: Framework,
  cache: SchedulerCache,
  { failedSchedulingClaimsText }: Pick<Profile, 'failedSchedulingClaimsText'>,
  input: DecisionInput,
): Decision {
  const { pod, index, nominated } = input
  const { nodes } = cache
  if (nodes.length === 0) {
    return { ...NOWHERE, message: NO_NODES_TEXT, isError: false }
  }
  const search = framework.search(pod, index, nominated)
  const { feasible, rejectedBy } = search
  // A single node is taken without a look at its score (CY-1).
  const error = feasible.length > 1 ? framework.scoreError(pod) : undefined
  if (error !== undefined) return { ...NOWHERE, message: error, isError: true }
  if (feasible.length > 0) return { kind: 'fits', feasible, top: framework.best(pod, feasible) }
  const preemption = preempt(framework, input, search, cache.pods(), input.nowSeconds, input.drawOffset)
  const why =
    search.refusedByAll === undefined
      ? refusalsText(nodes.length, search)
      : nodesText(nodes.length, search.refusedByAll)
  const message =
    preemption.kind === 'victims' ? why : `${why} ${failedSchedulingClaimsText}preemption: ${preemption.message}`
  return { kind: 'fails', message, rejectedBy, search, preemption, isError: false }
}
