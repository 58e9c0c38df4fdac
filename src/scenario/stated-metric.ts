import type { MetricPoint } from './plan.js'

/** What a metric is that autoscalers read, as it is stated: plain data; whether anybody reads it is looked up later. */
export interface StatedMetric {
  /**
   * A workload, whose pods have it: `deployment/web`, `shop/statefulset/db`; or an object that a metric of the type Object describes,
   * such as `ingress/main`. Absent: it is of no object (metrics of the type External).
   */
  readonly of?: string | undefined
  /** `cpu`, `memory`, or the name of a metric that is no resource. */
  readonly name: string
  /** The container of each pod that it is about; absent: the whole pod. */
  readonly container?: string | undefined
  /** In order of time; the first value also holds before. Values are thousandths of the metric's unit. */
  readonly points: readonly MetricPoint[]
  /** The pods that are ready share it equally; absent: each pod has it. */
  readonly isShared?: true | undefined
  /** Straight lines between the points; absent: steps. */
  readonly isLinear?: true | undefined
}

/** Nobody writes more points by hand. */
export const MOST_POINTS = 1000
