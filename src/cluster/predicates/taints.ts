import type { Taint, TaintEffect, Toleration } from '../../model/index.js'

/**
 * Whether a toleration matches a taint.
 *
 * core/v1: toleration.go ToleratesTaint, v1.32 (T-1).
 */
export function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && (toleration.effect as string) !== '' && toleration.effect !== taint.effect)
    return false
  if (toleration.key !== undefined && toleration.key !== '' && toleration.key !== taint.key) return false
  switch (toleration.operator) {
    case 'Exists':
      return true
    case 'Equal':
    case undefined:
      return (toleration.value ?? '') === (taint.value ?? '')
    default:
      return false
  }
}

/** The first taint of one of these effects that no toleration matches (T-2, F-3). */
export function firstUntoleratedTaint(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
  effects: readonly TaintEffect[],
): Taint | undefined {
  return taints?.find(
    taint =>
      effects.includes(taint.effect) && !(tolerations ?? []).some(toleration => toleratesTaint(toleration, taint)),
  )
}
