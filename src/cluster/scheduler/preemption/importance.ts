import type { PlacedPod } from '../node-info.js'

/** Since when a pod runs, in seconds; one that has not started counts as started now. */
export const startOf = ({ version: { status } }: PlacedPod, nowSeconds: number): number =>
  status.startSeconds < 0 ? nowSeconds : status.startSeconds

/** Sorts the more important first: a higher priority, then the earlier start (P-3). */
export const byImportance =
  (nowSeconds: number) =>
  (a: PlacedPod, b: PlacedPod): number =>
    b.info.priority - a.info.priority || startOf(a, nowSeconds) - startOf(b, nowSeconds)
