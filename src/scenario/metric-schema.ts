import * as v from 'valibot'
import { metricAmount, metricSubject, parseMetric } from './metric-text.js'
import { duration, fields, flag, isMapping, listOf, parsed, quote, text } from './schema-parts.js'
import { MOST_POINTS, type StatedMetric } from './stated-metric.js'

type Schema<Output> = v.GenericSchema<unknown, Output>

const value = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, number>(({ dataset, addIssue, NEVER }) => {
    const { value: input } = dataset
    const read = typeof input === 'string' || typeof input === 'number' ? metricAmount(String(input)) : undefined
    if (read !== undefined) return read
    addIssue({ message: `expected a value such as 100m, 50Mi or 20, got ${quote(input)}` })
    return NEVER
  }),
)

const points = v.pipe(
  listOf('a list of values', fields('a value', { from: v.optional(duration), value })),
  v.minLength(1, 'expected at least one value, got none'),
  v.maxLength(MOST_POINTS, `expected at most ${MOST_POINTS} values`),
  v.transform(list => list.map(({ from = 0, value: amount }) => ({ from, value: amount }))),
  v.check(
    list => list.every(({ from }, index) => index === 0 || from > list[index - 1].from),
    'expected values in order of time, each at an instant of its own',
  ),
  v.check(list => list[0].from === 0, 'expected the first value to be of the beginning: leave out its "from"'),
)

const subject = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, string>(({ dataset, addIssue, NEVER }) => {
    const read = typeof dataset.value === 'string' ? metricSubject(dataset.value) : undefined
    if (read !== undefined) return read
    addIssue({
      message: `expected a workload such as deployment/web, or an object such as ingress/main, got ${quote(dataset.value)}`,
    })
    return NEVER
  }),
)

const structured = v.pipe(
  fields('a metric', {
    of: v.optional(subject),
    name: text('the name of a metric such as cpu'),
    container: v.optional(text('the name of a container')),
    values: points,
    shared: v.optional(flag),
    linear: v.optional(flag),
  }),
  v.check(
    ({ of, shared, container }) => of !== undefined || (shared !== true && container === undefined),
    'expected neither "shared" nor "container" of a metric that is no object\'s',
  ),
  v.transform(
    ({ of, name, container, values, shared, linear }): StatedMetric => ({
      ...(of === undefined ? {} : { of }),
      name,
      ...(container === undefined ? {} : { container }),
      points: values,
      ...(shared === true ? { isShared: true as const } : {}),
      ...(linear === true && values.length > 1 ? { isLinear: true as const } : {}),
    }),
  ),
)

/** An entry of `metrics`: one line, or its fields. */
export const metricSchema: Schema<StatedMetric> = v.lazy(input =>
  isMapping(input)
    ? (structured as unknown as Schema<StatedMetric>)
    : (parsed(each => parseMetric(each)) as unknown as Schema<StatedMetric>),
)
