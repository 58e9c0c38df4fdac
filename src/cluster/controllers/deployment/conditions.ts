import type { OwnerCondition } from '../../contract/index.js'

type Conditions = readonly OwnerCondition[]

export const conditionOf = (conditions: Conditions, type: string): OwnerCondition | undefined =>
  conditions.find(each => each.type === type)

export const withoutCondition = (conditions: Conditions, type: string): Conditions =>
  conditionOf(conditions, type) === undefined ? conditions : conditions.filter(each => each.type !== type)

/** A condition that holds from this second on. */
export const newCondition = (
  type: string,
  status: OwnerCondition['status'],
  reason: string,
  message: string,
  seconds: number,
): OwnerCondition => ({ type, status, reason, message, updateSeconds: seconds, transitionSeconds: seconds })

/**
 * Sets a condition: one of the same status and reason stays as it is; the transition time moves with the status only.
 *
 * controllers: pkg/controller/deployment/util/deployment_util.go SetDeploymentCondition, v1.32.
 */
export function setCondition(conditions: Conditions, condition: OwnerCondition): Conditions {
  const old = conditionOf(conditions, condition.type)
  if (old === undefined) return [...conditions, condition]
  if (old.status === condition.status && old.reason === condition.reason) return conditions
  const { transitionSeconds } = old.status === condition.status ? old : condition
  return [...withoutCondition(conditions, condition.type), { ...condition, transitionSeconds }]
}
