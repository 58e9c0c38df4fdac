import type { MetricPoint, PlanMetric } from '../../../scenario/index.js'
import type { Milliseconds } from '../../../time/index.js'

/**
 * The value of a course at an instant, in whole thousandths: steps, or straight lines between its points. The first and last points
 * go on.
 */
export function metricValue({ points, isLinear }: PlanMetric, now: Milliseconds): number {
  let before: MetricPoint | undefined
  for (const point of points) {
    if (point.from > now) {
      if (before === undefined || isLinear !== true) return (before ?? point).value
      const share = (now - before.from) / (point.from - before.from)
      return Math.round(before.value + share * (point.value - before.value))
    }
    before = point
  }
  return before?.value ?? 0
}
