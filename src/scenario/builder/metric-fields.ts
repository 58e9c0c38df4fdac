import { PodwrightError } from '../../errors/index.js'
import { readSpan, type Span } from '../../time/index.js'
import { metricAmount, parseMetric } from '../metric-text.js'
import type { MetricPoint } from '../plan.js'
import type { StatedMetric } from '../stated-metric.js'

/** A value that a metric has from an instant on: `['2m', '400m']`. */
export type MetricValue = readonly [from: Span, value: string | number]

/** What may be said of a metric besides its values. */
export interface MetricFields {
  /** The container of each pod that it is about; default the whole pod. */
  readonly container?: string | undefined
  /** The pods that are ready share it equally; default each pod has it. */
  readonly shared?: true | undefined
  /** Straight lines between the values; default steps. */
  readonly linear?: true | undefined
}

/** What is said of a metric, as plain data. */
export function metricOf(
  of: string,
  name: string,
  values: string | number | readonly MetricValue[],
  { container, shared, linear }: MetricFields,
): StatedMetric {
  const [first, ...later] = typeof values === 'object' ? values : [[0, values] as const]
  if (first === undefined) throw refused('expected at least one value, got none')
  const points = [first, ...later].map(([from, value]): MetricPoint => {
    const amount = metricAmount(String(value))
    if (amount === undefined) throw refused(`expected a value such as 100m, 50Mi or 20, got ${JSON.stringify(value)}`)
    return { from: readSpan(from, 'metric'), value: amount }
  })
  if (points[0].from !== 0) throw refused('expected the first value to be of the beginning, 0')
  if (points.some(({ from }, index) => index > 0 && from <= points[index - 1].from))
    throw refused('expected values in order of time, each at an instant of its own')
  // The line has the words for whose metric it is, and refuses what is none.
  const words = container === undefined ? '' : `container ${JSON.stringify(container)} `
  const said = parseMetric(`${of} ${words}${JSON.stringify(name)} 0${shared === true ? ' shared' : ''}`, 'metric')
  return { ...said, points, ...(linear === true && points.length > 1 ? { isLinear: linear } : {}) }
}

const refused = (problem: string): PodwrightError =>
  new PodwrightError({ code: 'BEHAVIOUR_INVALID', where: 'metric', problem })
