import type { JobSpec, PodFailurePolicyRule } from '../../../model/index.js'

type Rules = NonNullable<JobSpec['podFailurePolicy']>['rules']

/** What a rule looks at in a failed pod. */
export interface FailedPod {
  /** `NAMESPACE/NAME`. */
  readonly reference: string
  /** Containers that exited otherwise than 0: regular ones before init containers. */
  readonly exits: readonly { readonly container: string; readonly exitCode: number }[]
  readonly conditions: readonly { readonly type: string; readonly status: string }[]
}

/** What a Job's policy says of a failed pod. */
export interface FailureVerdict {
  readonly action: PodFailurePolicyRule['action'] | undefined
  /** Whether the failure counts towards the back-off limit. */
  readonly isCounted: boolean
  /** Why the whole Job fails, if it does. */
  readonly message: string | undefined
}

const COUNTED: FailureVerdict = { action: undefined, isCounted: true, message: undefined }

/**
 * The first rule that matches decides; without one the failure counts.
 *
 * controllers: pkg/controller/job/pod_failure_policy.go matchPodFailurePolicy, v1.32 (J-9).
 */
export function matchPodFailurePolicy(rules: Rules | undefined, pod: FailedPod): FailureVerdict {
  for (const [i, rule] of (rules ?? []).entries()) {
    const what = matchOf(rule, pod)
    if (what === undefined) continue
    const { action } = rule
    const message = action === 'FailJob' ? `${what} matching FailJob rule at index ${i}` : undefined
    return { action, isCounted: action !== 'Ignore', message }
  }
  return COUNTED
}

/** What of the pod a rule matches, in words. */
function matchOf({ onExitCodes, onPodConditions }: PodFailurePolicyRule, pod: FailedPod): string | undefined {
  if (onExitCodes !== undefined) {
    const { containerName, operator, values } = onExitCodes
    const exit = pod.exits.find(
      ({ container, exitCode }) =>
        (containerName === undefined || containerName === container) &&
        values.includes(exitCode) === (operator === 'In'),
    )
    return exit && `Container ${exit.container} for pod ${pod.reference} failed with exit code ${exit.exitCode}`
  }
  for (const condition of pod.conditions) {
    const isMatched = onPodConditions?.some(
      ({ type, status = 'True' }) => type === condition.type && status === condition.status,
    )
    if (isMatched === true) return `Pod ${pod.reference} has condition ${condition.type}`
  }
  return undefined
}
