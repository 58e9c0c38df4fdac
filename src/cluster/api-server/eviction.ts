import type { PodDisruptionBudget } from '../../model/index.js'
import {
  condition,
  type Environment,
  findCondition,
  isDeleting,
  isTerminalPhase,
  type PodVersion,
  TRUTH,
  WORD,
} from '../contract/index.js'
import { type BudgetedPod, budgetState, isBudgetFor } from '../predicates/index.js'
import { OWN_GRACE, type Store } from './store.js'

/** Why an eviction is refused, in the API server's words. */
export interface EvictionRefusal {
  /** 429: it may be tried again. */
  readonly code: 429 | 500
  readonly message: string
}

const MORE_THAN_ONE = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'
const WOULD_VIOLATE = "Cannot evict pod as it would violate the pod's disruption budget."

/**
 * The subresource pods/eviction: deletes a pod, unless a disruption budget forbids it; null: it is deleted.
 *
 * kubernetes: pkg/registry/core/pod/storage/eviction.go Create, v1.26 and later (EV-1 to EV-5).
 */
export function evictPod(
  environment: Environment,
  store: Store,
  pod: PodVersion,
  cause: number,
  graceSeconds: number = OWN_GRACE,
): EvictionRefusal | null {
  const { index } = pod.identity
  const { phase } = pod.status
  if (isTerminalPhase(phase) || phase === WORD.Pending || isDeleting(pod)) {
    store.deletePod(index, graceSeconds, cause)
    return null
  }
  const refusal = refusalOf(store, pod)
  if (refusal !== null) return refusal
  const text = environment.symbols.intern('Eviction API: evicting')
  store.setCondition(index, condition(WORD.DisruptionTarget, TRUTH.True, WORD.EvictionByEvictionAPI, text), cause)
  store.deletePod(index, graceSeconds, cause)
  return null
}

/** EV-2 to EV-4. */
function refusalOf(store: Store, pod: PodVersion): EvictionRefusal | null {
  const { namespace } = pod.identity
  const { metadata } = pod.spec.object
  const budgets = store
    .list('PodDisruptionBudget')
    .filter(each => (each.metadata.namespace ?? 'default') === namespace && isBudgetFor(each.spec.selector, metadata))
  if (budgets.length > 1) return { code: 500, message: MORE_THAN_ONE }
  const [budget] = budgets
  return budget === undefined ? null : budgetRefusal(store, pod, budget)
}

function budgetRefusal(store: Store, pod: PodVersion, budget: PodDisruptionBudget): EvictionRefusal | null {
  const pods = store.pods().map(budgeted)
  const { healthy, desired, allowed } = budgetState(budget, pods, (kind, namespace, name) =>
    store.find(kind, namespace, name),
  )
  if (!isReady(pod)) {
    if (budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return null
    if (healthy >= desired && desired > 0) return null
  }
  if (allowed > 0) return null
  const needs = `The disruption budget ${budget.metadata.name} needs ${desired} healthy pods and has ${healthy} currently`
  return { code: 429, message: `${WOULD_VIOLATE} ${needs}` }
}

const isReady = ({ status }: PodVersion): boolean => findCondition(status.conditions, WORD.Ready)?.status === TRUTH.True

const budgeted = (pod: PodVersion): BudgetedPod => ({
  metadata: pod.spec.object.metadata,
  isHealthy: isReady(pod) && !isDeleting(pod),
})
