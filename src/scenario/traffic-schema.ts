import * as v from 'valibot'
import { parsePart } from './behaviour-text.js'
import { duration, fields, isMapping, parsed, quote, text, whole } from './schema-parts.js'
import { readServiceName } from './serve-text.js'
import {
  MOST_CONNECTIONS,
  MOST_REQUESTS_PER_SECOND,
  MOST_RETRIES,
  type StatedClient,
  type StatedTraffic,
} from './stated-traffic.js'
import { parseTraffic, rateOf } from './traffic-text.js'

type Schema<Output> = v.GenericSchema<unknown, Output>

const rate = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, { requests: number; per: number }>(({ dataset, addIssue, NEVER }) => {
    const read = typeof dataset.value === 'string' ? rateOf(dataset.value) : undefined
    if (read !== undefined) return { ...read }
    addIssue({
      message: `expected a rate such as 50/s, 30/m or 1/5s, at most ${MOST_REQUESTS_PER_SECOND}/s, got ${quote(dataset.value)}`,
    })
    return NEVER
  }),
)

const port = v.union(
  [v.string(), v.number()],
  issue => `expected a port of the Service, by name or number, got ${quote(issue.input)}`,
)

/** `true` keeps one connection. */
const keepAlive = v.lazy(input =>
  input === true
    ? v.pipe(
        v.unknown(),
        v.transform(() => ({ connections: 1, requestsPerConnection: null })),
      )
    : v.pipe(
        fields('keepAlive', {
          connections: v.optional(whole('a number of connections', 1, MOST_CONNECTIONS)),
          requestsPerConnection: v.optional(whole('a number of requests', 1, 1_000_000)),
        }),
        v.transform(({ connections, requestsPerConnection }) => ({
          connections: connections ?? 1,
          requestsPerConnection: requestsPerConnection ?? null,
        })),
      ),
) as Schema<NonNullable<StatedClient['keepAlive']>>

const client = fields('a client', {
  node: v.optional(text('the name of a node')),
  keepAlive: v.optional(keepAlive),
  retries: v.optional(whole('a number of retries', 0, MOST_RETRIES)),
  timeout: v.optional(duration),
})

const structured = v.pipe(
  fields('traffic', {
    to: parsed(input => parsePart(input, undefined, readServiceName)),
    port: v.optional(port),
    rate,
    from: v.optional(duration),
    until: v.optional(duration),
    client: v.optional(client),
  }),
  v.transform(({ to, rate: stated, ...rest }): StatedTraffic => ({ service: to, ...stated, ...rest })),
)

/** An entry of `traffic`: one line, or its fields. */
export const trafficSchema: Schema<StatedTraffic> = v.lazy(input =>
  isMapping(input)
    ? (structured as unknown as Schema<StatedTraffic>)
    : (parsed(each => parseTraffic(each)) as unknown as Schema<StatedTraffic>),
)
