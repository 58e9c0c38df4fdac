import { matchesLabelSelector } from '../../model/index.js'
import {
  apiSeconds,
  type Environment,
  findCondition,
  type ObjectVersion,
  type PodVersion,
  TRUTH,
  WORD,
} from '../contract/index.js'
import type { ObjectStore } from './object-store.js'

type Budget = ObjectVersion<'PodDisruptionBudget'>

/** Why an eviction is refused, in the API server's words. */
export interface EvictionRefusal {
  /** 429: it may be tried again. */
  readonly code: 429 | 500
  readonly message: string
}

const MORE_THAN_ONE = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'

/**
 * Takes one disruption off the budget of a pod, in the budget's status; null: the eviction may go on.
 *
 * registry: pkg/registry/core/pod/storage/eviction.go checkAndDecrement, v1.32 (EV-2, EV-3, EV-4).
 */
export function takeDisruption(
  environment: Environment,
  objects: ObjectStore,
  pod: PodVersion,
  cause: number,
): EvictionRefusal | null {
  const { metadata } = pod.spec.object
  const budgets: Budget[] = []
  for (const each of objects.all('PodDisruptionBudget', pod.identity.namespace)) {
    // Here an empty selector selects everything, as for the disruption controller.
    if (matchesLabelSelector(each.object.spec.selector, metadata.labels)) budgets.push(each)
  }
  if (budgets.length > 1) return { code: 500, message: MORE_THAN_ONE }
  const [budget] = budgets
  if (budget === undefined || isFreeUnready(budget, pod)) return null
  const { observedGeneration, desiredHealthy, currentHealthy, disruptionsAllowed, disruptedPods } = budget.counts
  if (observedGeneration < budget.generation)
    return refusal(`The disruption budget ${budget.name} is still being processed by the server.`)
  if (disruptionsAllowed === 0) {
    const needs = `The disruption budget ${budget.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`
    return refusal(needs)
  }
  const taken = `${pod.identity.name}=${apiSeconds(environment, environment.kernel.now)}`
  const counts = {
    ...budget.counts,
    disruptionsAllowed: disruptionsAllowed - 1,
    disruptedPods: disruptedPods === '' ? taken : `${disruptedPods},${taken}`,
  }
  objects.updateObjectStatus(
    budget,
    { counts, conditions: withAllowed(budget, disruptionsAllowed - 1, environment) },
    cause,
  )
  return null
}

const refusal = (cause: string): EvictionRefusal => ({
  code: 429,
  message: `Cannot evict pod as it would violate the pod's disruption budget. ${cause}`,
})

/** EV-3: a pod that is not ready may go without touching the budget where enough others are healthy. */
function isFreeUnready({ object, counts }: Budget, { status }: PodVersion): boolean {
  if (findCondition(status.conditions, WORD.Ready)?.status === TRUTH.True) return false
  if (object.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true
  return counts.desiredHealthy > 0 && counts.currentHealthy >= counts.desiredHealthy
}

/** The last disruption that may be had takes the condition with it. */
function withAllowed({ conditions }: Budget, allowed: number, environment: Environment): Budget['conditions'] {
  if (allowed > 0) return conditions
  const seconds = apiSeconds(environment, environment.kernel.now)
  const changes = {
    status: 'False',
    reason: 'InsufficientPods',
    updateSeconds: seconds,
    transitionSeconds: seconds,
  } as const
  return conditions.map(each => (each.type === 'DisruptionAllowed' ? { ...each, ...changes } : each))
}
