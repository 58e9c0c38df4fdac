import { findCondition, TRUTH, WORD } from '../../contract/index.js'
import { type Refusals, refusalsText } from '../failure-text.js'
import type { Framework, Search } from '../framework.js'
import type { NodeInfo, PlacedPod } from '../node-info.js'
import { type Refusal, refusal } from '../plugin.js'
import type { PodInfo } from '../pod-info.js'
import { bestCandidates } from './best-candidates.js'
import { Budgets } from './budgets.js'
import { type Candidate, selectVictims } from './select-victims.js'

/** What preemption came to. */
export type Preemption =
  /** Any of these nodes would do equally well. */
  | { readonly kind: 'victims'; readonly best: readonly Candidate[] }
  | { readonly kind: 'none'; readonly message: string; readonly clearsNomination: boolean }

/** The pod in need, and what is known of it. */
export interface Preemptor {
  readonly pod: PodInfo
  readonly index: number
  readonly nominated: NodeInfo | undefined
}

/** So many candidates are enough, or a tenth of the nodes where there are more (P-2). */
const ENOUGH_CANDIDATES = 100
const ENOUGH_PERCENT = 10

const NOT_HELPFUL = refusal('DefaultPreemption', 'Preemption is not helpful for scheduling', false)

/**
 * Looks for pods of lower priority whose going would let a pod in.
 *
 * scheduler: framework/preemption/preemption.go Preempt, v1.32 (P-1 to P-4, MSG-2).
 */
export function preempt(
  framework: Framework,
  preemptor: Preemptor,
  search: Search,
  placed: Iterable<PlacedPod>,
  nowSeconds: number,
  drawOffset: (nodes: number) => number,
): Preemption {
  const refused = whyNotEligible(preemptor, search)
  if (refused !== undefined) return { kind: 'none', message: refused, clearsNomination: false }
  const { nodes } = framework.view
  const potential = nodes.filter(node => search.refusals.get(node)?.isResolvable)
  const found = findCandidates(framework, preemptor, search, potential, placed, nowSeconds, drawOffset)
  if (found.candidates.length > 0)
    return { kind: 'victims', best: bestCandidates(inOrderOf(nodes, found.candidates), nowSeconds) }
  const message = refusalsText(nodes.length, { refusals: found.refusals, absent: NOT_HELPFUL })
  return { kind: 'none', message, clearsNomination: true }
}

/** P-1; undefined: the pod may preempt. */
function whyNotEligible({ pod, nominated }: Preemptor, search: Search): string | undefined {
  if (pod.spec.object.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.'
  if (nominated === undefined) return undefined
  const refused = search.refusals.get(nominated) ?? search.absent
  if (refused !== undefined && !refused.isResolvable) return undefined
  for (const other of nominated.pods.values()) {
    if (other.info.priority < pod.priority && isLeavingByPreemption(other)) {
      return 'not eligible due to a terminating pod on the nominated node.'
    }
  }
  return undefined
}

function isLeavingByPreemption({ isTerminating, version }: PlacedPod): boolean {
  if (!isTerminating) return false
  const target = findCondition(version.status.conditions, WORD.DisruptionTarget)
  return target?.status === TRUTH.True && target.reason === WORD.PreemptionByScheduler
}

interface Found {
  readonly candidates: readonly Candidate[]
  readonly refusals: Refusals['refusals']
}

/** scheduler: framework/preemption/preemption.go DryRunPreemption, v1.32 (P-2). */
function findCandidates(
  framework: Framework,
  { pod, index }: Preemptor,
  { filters }: Search,
  potential: readonly NodeInfo[],
  placed: Iterable<PlacedPod>,
  nowSeconds: number,
  drawOffset: (nodes: number) => number,
): Found {
  const candidates: Candidate[] = []
  const refusals = new Map<NodeInfo, Refusal>()
  if (potential.length === 0) return { candidates, refusals }
  const wanted = candidatesToFind(potential.length)
  const offset = wanted < potential.length ? drawOffset(potential.length) : 0
  const budgets = new Budgets(framework.view.objects, placed)
  let hasPeaceful = false
  for (let i = 0; i < potential.length; i++) {
    const node = potential[(offset + i) % potential.length]
    const found = selectVictims(framework, pod, index, node, filters, budgets, nowSeconds)
    if ('reasons' in found) {
      refusals.set(node, found)
      continue
    }
    candidates.push(found)
    hasPeaceful ||= found.violations === 0
    if (hasPeaceful && candidates.length >= wanted) break
  }
  return { candidates, refusals }
}

/** P-2. */
export const candidatesToFind = (nodes: number): number =>
  Math.min(nodes, Math.max(ENOUGH_CANDIDATES, Math.floor((nodes * ENOUGH_PERCENT) / 100)))

/** Ties go to the node that comes first in the list (D2). */
function inOrderOf(nodes: readonly NodeInfo[], candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length === 1) return candidates
  const byNode = new Map(candidates.map(candidate => [candidate.node, candidate]))
  return nodes.flatMap(node => byNode.get(node) ?? [])
}
