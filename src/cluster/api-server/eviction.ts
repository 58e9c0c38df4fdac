import {
  condition,
  type Environment,
  isDeleting,
  isTerminalPhase,
  type PodVersion,
  TRUTH,
  WORD,
} from '../contract/index.js'
import type { ObjectStore } from './object-store.js'
import { OWN_GRACE, type Store } from './store.js'
import { type EvictionRefusal, takeDisruption } from './take-disruption.js'

/** What evictions work on. */
export interface EvictionParts {
  readonly environment: Environment
  readonly store: Store
  /** Where budgets stand; undefined: there are none yet. */
  readonly objects: () => ObjectStore | undefined
}

/**
 * The subresource pods/eviction: deletes a pod, unless a disruption budget forbids it; null: it is deleted.
 *
 * kubernetes: pkg/registry/core/pod/storage/eviction.go Create, v1.26 and later (EV-1 to EV-5).
 */
export function evictPod(
  { environment, store, objects: storeOfObjects }: EvictionParts,
  pod: PodVersion,
  cause: number,
  graceSeconds: number = OWN_GRACE,
): EvictionRefusal | null {
  const { index } = pod.identity
  const { phase } = pod.status
  const isFree = isTerminalPhase(phase) || phase === WORD.Pending || isDeleting(pod)
  const objects = isFree ? undefined : storeOfObjects()
  const refusal = objects === undefined ? null : takeDisruption(environment, objects, pod, cause)
  if (refusal !== null) return refusal
  // EV-1 and EV-5: those that no budget guards are told, too.
  const text = environment.symbols.intern('Eviction API: evicting')
  store.setCondition(index, condition(WORD.DisruptionTarget, TRUTH.True, WORD.EvictionByEvictionAPI, text), cause)
  store.deletePod(index, graceSeconds, cause)
  return null
}
