import { matchesLabelSelector, type PodDisruptionBudget } from '../model/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import type { LawState } from './law-state.js'
import { MARGIN_MS, sinceOf } from './owner-laws.js'
import { isReady, type OwnerRecord, ownerNamed } from './owner-record.js'
import type { OwnerRecords } from './owner-records.js'
import { CONDITION, PHASE, type PodRecord, priorityOf } from './pod-record.js'

/** Laws of what takes pods away. */
export const DISRUPTION_LAWS: readonly Law[] = [
  {
    name: 'eviction-needs-its-budget',
    family: 'disruptions',
    sentence:
      'A pod that is evicted by the API has no budget, or one that is taken off by it: one that allowed a disruption. A pod that is not ready needs none where its budget is AlwaysAllow or has enough healthy ones; none may have two. Nobody asks about a pod that is Pending, has ended or is on its way out.',
    source: 'pkg/registry/core/pod/storage/eviction.go canIgnorePDB, checkAndDecrement (EV-1 to EV-4)',
  },
  {
    name: 'budget-allows-its-surplus',
    family: 'disruptions',
    sentence:
      'A budget never allows more disruptions than it has healthy pods beyond those that it desires, and never fewer than none.',
    source: 'pkg/controller/disruption/disruption.go updatePdbStatus (PDB-2)',
  },
  {
    name: 'drain-leaves-daemon-pods',
    family: 'disruptions',
    sentence: 'A drain evicts no pod of a DaemonSet.',
    source: 'kubectl: pkg/drain/filters.go daemonSetFilter (ND-3)',
  },
  {
    name: 'preemption-takes-lower-priority',
    family: 'disruptions',
    sentence:
      'The scheduler preempts a pod only for one of a higher priority that is bound to no node, or was not a second ago.',
    source: 'pkg/scheduler/framework/preemption/preemption.go; defaultpreemption SelectVictimsOnNode (P-3)',
  },
  {
    name: 'budget-counts-healthy-pods',
    family: 'disruptions',
    sentence:
      'A budget shows no more healthy pods than it selects that were ready, and not on their way, within the last second; and as many when nothing more can happen and no eviction is under way.',
    source: 'pkg/controller/disruption/disruption.go countHealthyPods (PDB-2)',
  },
]

/** Looks at evictions, budgets and preemptions. */
export class DisruptionLaws {
  readonly #parts: LawParts
  readonly #state: LawState
  readonly #owners: OwnerRecords

  constructor(parts: LawParts, state: LawState, owners: OwnerRecords) {
    this.#parts = parts
    this.#state = state
    this.#owners = owners
  }

  /** A pod is the target of a disruption; the reason says whose. */
  targeted(pod: PodRecord, reason: string): void {
    if (reason === 'PreemptionByScheduler') this.#preempted(pod)
    if (reason !== 'EvictionByEvictionAPI') return
    const { row } = this.#parts
    if (pod.owner?.kind === 'DaemonSet' && this.#owners.drains.has(row.cause))
      this.#add('drain-leaves-daemon-pods', pod, `is evicted by a drain although it is of ${ownerNamed(pod.owner)}`)
    if (pod.phase !== PHASE.Running || pod.deletedAt !== NEVER) return
    const budgets = this.#owners.all.filter(each => isBudgetOf(each, pod))
    if (budgets.length > 1)
      this.#add('eviction-needs-its-budget', pod, `is evicted although it has ${budgets.length} budgets`)
    const [budget] = budgets
    if (budgets.length !== 1 || this.#isFree(budget, pod)) return
    const { value, since, before } = budget.recent('disruptionsAllowed')
    if (since === row.time && before === value + 1) return
    this.#add(
      'eviction-needs-its-budget',
      pod,
      `is evicted, and nothing is taken off ${ownerNamed(budget)}, which allows ${value} disruptions`,
    )
  }

  #isFree(budget: OwnerRecord, pod: PodRecord): boolean {
    if (isReady(pod)) return false
    const { spec } = budget.object as PodDisruptionBudget
    const [current, desired] = [budget.number('currentHealthy'), budget.number('desiredHealthy')]
    return spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' || (desired > 0 && current >= desired)
  }

  #preempted(pod: PodRecord): void {
    const since = sinceOf(this.#parts)
    const priority = priorityOf(pod)
    const isFor = (other: PodRecord): boolean =>
      other !== pod &&
      priorityOf(other) > priority &&
      (other.node === 0 || other.boundAt >= since) &&
      (!other.isGone || other.removedAt >= since)
    if (!this.#state.known.some(isFor))
      this.#add(
        'preemption-takes-lower-priority',
        pod,
        `of priority ${priority} is preempted, and no pod of a higher one waits`,
      )
  }

  /** The instant is over. */
  settled(budget: OwnerRecord, time: number, row: number): void {
    this.#healthy(budget, time, row)
    const [allowed, current, desired] = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy'].map(each =>
      budget.number(each),
    )
    if (allowed >= 0 && allowed <= Math.max(0, current - desired)) return
    const text = `${ownerNamed(budget)} allows ${allowed} disruptions with ${current} healthy pods of ${desired}`
    this.#parts.findings.addAt('budget-allows-its-surplus', time, row, budget.symbol, text, budget.createdRow)
  }

  #healthy(budget: OwnerRecord, time: number, row: number): void {
    const current = budget.number('currentHealthy')
    const since = Math.max(0, time - MARGIN_MS - this.#parts.toleranceMs)
    const most = this.#state.known.filter(pod => wasHealthy(pod, since) && isBudgetOf(budget, pod)).length
    if (current > most) this.#addHealthy(budget, time, row, most)
  }

  /** The run is over, and nothing more can happen. */
  finished(budget: OwnerRecord, end: number): void {
    // Nobody has counted them where its controller was refused, and who is evicted is not counted.
    const { disruptedPods = '' } = Object.fromEntries(budget.texts)
    const hasFailed = budget.conditions.get('DisruptionAllowed')?.reason === 'SyncFailed'
    if (disruptedPods !== '' || hasFailed || budget.observedGeneration < budget.generation) return
    const isHealthy = (pod: PodRecord): boolean => !pod.isGone && pod.deletedAt === NEVER && isReady(pod)
    const all = this.#state.known.filter(pod => isHealthy(pod) && isBudgetOf(budget, pod)).length
    if (budget.number('currentHealthy') !== all) this.#addHealthy(budget, end, budget.createdRow, all)
  }

  #addHealthy(budget: OwnerRecord, time: number, row: number, pods: number): void {
    const text = `${ownerNamed(budget)} shows ${budget.number('currentHealthy')} healthy pods; it has ${pods}`
    this.#parts.findings.addAt('budget-counts-healthy-pods', time, row, budget.symbol, text, budget.createdRow)
  }

  #add(law: string, pod: PodRecord, what: string): void {
    this.#parts.findings.add(law, pod.symbol, `${podNamed(pod)} ${what}`, pod.createdRow)
  }
}

const isBudgetOf = (owner: OwnerRecord, { facts }: PodRecord): boolean => {
  const { metadata } = facts.object
  if (owner.kind !== 'PodDisruptionBudget' || owner.isGone || owner.namespace !== (metadata.namespace ?? 'default'))
    return false
  return matchesLabelSelector((owner.object as PodDisruptionBudget).spec.selector, metadata.labels)
}

/** Whether a pod was ready, stored and not on its way at some time from then on. */
const wasHealthy = (pod: PodRecord, since: number): boolean =>
  (!pod.isGone || pod.removedAt >= since) &&
  (pod.deletedAt === NEVER || pod.deletedAt >= since) &&
  (isReady(pod) || pod.transitions[CONDITION.Ready] >= since)
