import type { Milliseconds } from '../../../time/index.js'
import type { PodVersion } from '../../contract/index.js'
import { compareForDeletion } from '../rank-pods.js'
import { completionIndexOf } from './completion-indexes.js'

/**
 * How many pods of a Job should be active (J-7).
 *
 * controllers: pkg/controller/job/job_controller.go manageJob, v1.32.
 */
export function wantedActive(
  { completions, parallelism = 1 }: { readonly completions?: number; readonly parallelism?: number },
  succeeded: number,
  active: number,
): number {
  if (completions === undefined) return succeeded > 0 ? active : parallelism
  return Math.max(0, Math.min(parallelism, completions - succeeded))
}

/**
 * The active pods that are too many: of an Indexed Job first those without a valid index and all but the best of each index.
 *
 * controllers: pkg/controller/job/job_controller.go activePodsForRemoval, v1.32.
 *
 * @param indexes - How many indexes there are; undefined: the Job is not Indexed.
 * @param now - The API's clock.
 */
export function podsToRemove(
  active: readonly PodVersion[],
  surplus: number,
  indexes: number | undefined,
  now: Milliseconds,
): readonly PodVersion[] {
  const ranked = [...active].sort((a, b) => compareForDeletion({ pod: a, rank: 0 }, { pod: b, rank: 0 }, now))
  const removed = indexes === undefined ? [] : withoutPlace(ranked, indexes)
  const left = ranked.filter(pod => !removed.includes(pod))
  return [...removed, ...left.slice(0, Math.max(0, surplus - removed.length))]
}

/** `ranked`: the worst first. */
function withoutPlace(ranked: readonly PodVersion[], indexes: number): PodVersion[] {
  const best = new Map<number, PodVersion>()
  for (const pod of ranked) best.set(completionIndexOf(pod), pod)
  return ranked.filter(pod => {
    const index = completionIndexOf(pod)
    return index < 0 || index >= indexes || best.get(index) !== pod
  })
}
