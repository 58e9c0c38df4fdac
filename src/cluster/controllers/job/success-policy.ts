import type { JobSpec } from '../../../model/index.js'
import { CompletionIndexes } from './completion-indexes.js'

/**
 * Which rule of a Job's success policy is met, in upstream's words; undefined: none.
 *
 * controllers: pkg/controller/job/success_policy.go matchSuccessPolicy, v1.32 (J-4).
 */
export function matchSuccessPolicy(
  policy: JobSpec['successPolicy'],
  completions: number,
  succeeded: CompletionIndexes,
): string | undefined {
  if (succeeded.total === 0) return undefined
  const met = (policy?.rules ?? []).findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && succeeded.total >= succeededCount
    const wanted = CompletionIndexes.parse(succeededIndexes, completions)
    let reached = 0
    for (let index = 0; index < completions; index++) if (wanted.has(index) && succeeded.has(index)) reached++
    return reached >= (succeededCount ?? wanted.total)
  })
  return met < 0 ? undefined : `Matched rules at index ${met}`
}
