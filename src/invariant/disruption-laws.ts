import { type HorizontalPodAutoscaler, matchesLabelSelector, type PodDisruptionBudget } from '../model/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import type { LawState } from './law-state.js'
import { sinceOf } from './owner-laws.js'
import { isReady, type OwnerRecord, ownerNamed } from './owner-record.js'
import type { OwnerRecords } from './owner-records.js'
import { PHASE, type PodRecord } from './pod-record.js'

/** Laws of what takes pods away, and of how many pods are asked for. */
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
    name: 'autoscaler-keeps-its-bounds',
    family: 'disruptions',
    sentence: 'An autoscaler asks for no fewer pods than minReplicas and no more than maxReplicas.',
    source: 'pkg/controller/podautoscaler/horizontal.go normalizeDesiredReplicas (H-3)',
  },
]

/** Looks at evictions, budgets, preemptions and autoscalers. */
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
    const [allowed, current, desired] = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy'].map(each =>
      budget.number(each),
    )
    if (allowed >= 0 && allowed <= Math.max(0, current - desired)) return
    const text = `${ownerNamed(budget)} allows ${allowed} disruptions with ${current} healthy pods of ${desired}`
    this.#parts.findings.addAt('budget-allows-its-surplus', time, row, budget.symbol, text, budget.createdRow)
  }

  /** An autoscaler tells a new size. */
  rescaled(owner: OwnerRecord, message: string): void {
    const size = Number(/^New size: (\d+)/.exec(message)?.[1])
    const all = owner.manifests(sinceOf(this.#parts)) as readonly HorizontalPodAutoscaler[]
    if (Number.isNaN(size) || all.some(({ spec }) => size >= (spec.minReplicas ?? 1) && size <= spec.maxReplicas))
      return
    const [{ spec }] = all
    const text = `${ownerNamed(owner)} asks for ${size} pods; it may ask for ${spec.minReplicas ?? 1} to ${spec.maxReplicas}`
    this.#parts.findings.add('autoscaler-keeps-its-bounds', owner.symbol, text, owner.createdRow)
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

const priorityOf = ({ facts }: PodRecord): number => (facts.object.spec as { readonly priority?: number }).priority ?? 0
