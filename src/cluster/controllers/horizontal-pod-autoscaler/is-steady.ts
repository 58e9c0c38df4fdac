import type { HorizontalPodAutoscalerSpec } from '../../../model/index.js'
import type { PlanMetric } from '../../../scenario/index.js'
import type { Milliseconds } from '../../../time/index.js'
import { isDeleting, WORD } from '../../contract/index.js'
import { isReady } from '../active-pods.js'
import type { ScaledTarget } from './compute-metrics.js'
import { DOWN_WINDOW_SECONDS, type ScalingHistory } from './scaling-rules.js'

/** What an autoscaler has just found. */
export interface Outcome {
  readonly spec: HorizontalPodAutoscalerSpec
  readonly target: ScaledTarget
  /** What the metrics ask for, and what is left of it within the bounds. */
  readonly wished: number
  readonly size: number
  readonly history: ScalingHistory
  /** The API's clock, in whole seconds. */
  readonly seconds: number
}

/**
 * Whether every later look finds the same until something changes: the target has the size that it should have, all its pods count, no
 * recommendation of another size waits for its time, and no metric changes any more.
 */
export function isSteady(outcome: Outcome, metrics: readonly PlanMetric[], now: Milliseconds): boolean {
  const { spec, target, wished, size, history, seconds } = outcome
  const { minReplicas = 1, maxReplicas, behavior } = spec
  const windows = [behavior?.scaleUp, behavior?.scaleDown].map(rules => rules?.stabilizationWindowSeconds ?? 0)
  const oldest = seconds - Math.max(DOWN_WINDOW_SECONDS, ...windows)
  return (
    size === target.size &&
    size === Math.min(Math.max(wished, minReplicas), maxReplicas) &&
    history.recommendations.every(each => each.count === wished || each.seconds <= oldest) &&
    target.pods.every(pod => pod.status.phase === WORD.Running && isReady(pod) && !isDeleting(pod)) &&
    metrics.every(({ points }) => points.every(({ from }) => from <= now))
  )
}
