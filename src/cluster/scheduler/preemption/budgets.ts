import { type LabelSelector, matchesLabelSelector } from '../../../model/index.js'
import { findCondition, TRUTH, WORD } from '../../contract/index.js'
import { type BudgetedPod, disruptionsAllowed } from '../../predicates/index.js'
import type { PlacedPod } from '../node-info.js'
import type { ObjectLister } from '../plugin.js'

/** What the budgets allow, as victims are picked one by one. */
export class Budgets {
  readonly #budgets: readonly Budget[]

  constructor(objects: ObjectLister, pods: Iterable<PlacedPod>) {
    const budgets = objects.list('PodDisruptionBudget')
    const budgeted = budgets.length === 0 ? [] : [...pods].map(budgetedPod)
    this.#budgets = budgets.map(budget => ({
      namespace: budget.metadata.namespace ?? 'default',
      selector: budget.spec.selector,
      allowed:
        budget.status?.disruptionsAllowed ??
        disruptionsAllowed(budget, budgeted, (kind, namespace, name) => objects.find(kind, namespace, name)),
      disrupted: budget.status?.disruptedPods ?? {},
    }))
  }

  /**
   * Parts the pods into those whose going would violate a budget and the others, each in the order given (P-3).
   *
   * scheduler: defaultpreemption/default_preemption.go filterPodsWithPDBViolation, v1.32.
   */
  split(pods: readonly PlacedPod[]): { readonly violating: PlacedPod[]; readonly others: PlacedPod[] } {
    const left = this.#budgets.map(({ allowed }) => allowed)
    const violating: PlacedPod[] = []
    const others: PlacedPod[] = []
    for (const pod of pods) {
      let isViolating = false
      this.#budgets.forEach((budget, i) => {
        if (!isCoveredBy(pod, budget)) return
        left[i]--
        if (left[i] < 0) isViolating = true
      })
      if (isViolating) violating.push(pod)
      else others.push(pod)
    }
    return { violating, others }
  }
}

interface Budget {
  readonly namespace: string
  readonly selector: LabelSelector | undefined
  readonly allowed: number
  /** Pods that are on their way out already, by name: they do not count. */
  readonly disrupted: Readonly<Record<string, string>>
}

/** A budget with an empty selector protects nothing here, and a pod without labels is protected by none, not even by `DoesNotExist`. */
const isCoveredBy = ({ info, version }: PlacedPod, { namespace, selector, disrupted }: Budget): boolean =>
  namespace === info.namespace &&
  Object.keys(info.labels ?? {}).length > 0 &&
  !isEmpty(selector) &&
  matchesLabelSelector(selector, info.labels) &&
  !Object.hasOwn(disrupted, version.identity.name)

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0

const budgetedPod = ({ version, isTerminating }: PlacedPod): BudgetedPod => ({
  metadata: version.spec.object.metadata,
  isHealthy: !isTerminating && findCondition(version.status.conditions, WORD.Ready)?.status === TRUTH.True,
})
