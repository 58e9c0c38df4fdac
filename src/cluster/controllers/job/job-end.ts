import type { OwnerCondition } from '../../contract/index.js'

/** What a Job ends as, or says that it will: a condition. */
export interface JobEnd {
  readonly type: 'Complete' | 'Failed' | 'SuccessCriteriaMet' | 'FailureTarget'
  readonly reason: string
  readonly message: string
}

/** What the end of a Job hangs on. */
export interface EndFacts {
  readonly conditions: readonly OwnerCondition[]
  /** What the pod failure policy says of some pod, if it fails the Job. */
  readonly failJobMessage: string | undefined
  readonly isBackoffLimitExceeded: boolean
  readonly isPastDeadline: boolean
  /** Of a Job with a back-off limit per index. */
  readonly indexes: IndexFacts | undefined
  /** Which rules of the success policy are met, in words. */
  readonly successPolicyMessage: string | undefined
}

export interface IndexFacts {
  readonly failed: number
  readonly succeeded: number
  readonly completions: number
  readonly mostFailed: number | undefined
}

/**
 * Whether a Job ends before its completions are reached; the first reason counts. `isDelayed`: the failure is announced first.
 *
 * controllers: pkg/controller/job/job_controller.go syncJob, v1.32 (J-4, J-5).
 */
export function decideEnd(facts: EndFacts, isDelayed: boolean): JobEnd | undefined {
  const announced = announcedEnd(facts.conditions)
  if (announced !== undefined) return announced
  const { failJobMessage, indexes, successPolicyMessage } = facts
  if (failJobMessage !== undefined)
    return { type: 'FailureTarget', reason: 'PodFailurePolicy', message: failJobMessage }
  const type = isDelayed ? 'FailureTarget' : 'Failed'
  if (facts.isBackoffLimitExceeded)
    return { type, reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' }
  if (facts.isPastDeadline)
    return { type, reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' }
  if (indexes !== undefined && indexes.failed > (indexes.mostFailed ?? Number.POSITIVE_INFINITY)) {
    const message = 'Job has exceeded the specified maximal number of failed indexes'
    return { type, reason: 'MaxFailedIndexesExceeded', message }
  }
  if (indexes !== undefined && indexes.failed > 0 && indexes.failed + indexes.succeeded >= indexes.completions)
    return { type, reason: 'FailedIndexes', message: 'Job has failed indexes' }
  if (successPolicyMessage !== undefined)
    return { type: 'SuccessCriteriaMet', reason: 'SuccessPolicy', message: successPolicyMessage }
  return undefined
}

/** What an earlier sync announced: it stands whatever becomes of the pods. */
function announcedEnd(conditions: readonly OwnerCondition[]): JobEnd | undefined {
  for (const type of ['SuccessCriteriaMet', 'FailureTarget'] as const) {
    const known = conditions.find(each => each.type === type && each.status === 'True')
    if (known !== undefined) return { type, reason: known.reason, message: known.message }
  }
  return undefined
}

/** The condition that ends the Job for good after what was announced. */
export function finalOf({ type, reason, message }: JobEnd): JobEnd {
  if (type === 'SuccessCriteriaMet') return { type: 'Complete', reason, message }
  return type === 'FailureTarget' ? { type: 'Failed', reason, message } : { type, reason, message }
}

/** Whether a Job is over: nothing is done about it any more. */
export const isFinished = (conditions: readonly OwnerCondition[]): boolean =>
  conditions.some(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'))

/**
 * Sets a condition where it is; a new one is added unless it is False. The same list: nothing changed.
 *
 * controllers: pkg/controller/job/job_controller.go ensureJobConditionStatus, v1.32.
 */
export function withCondition(
  conditions: readonly OwnerCondition[],
  { type, status, reason, message }: Pick<OwnerCondition, 'type' | 'status' | 'reason' | 'message'>,
  seconds: number,
): readonly OwnerCondition[] {
  const next: OwnerCondition = { type, status, reason, message, updateSeconds: seconds, transitionSeconds: seconds }
  const known = conditions.find(each => each.type === type)
  if (known === undefined) return status === 'False' ? conditions : [...conditions, next]
  const isSame = known.status === status && known.reason === reason && known.message === message
  return isSame ? conditions : conditions.map(each => (each === known ? next : each))
}
