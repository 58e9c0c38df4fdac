import { readSpan, type Span } from '../../time/index.js'
import { plainData } from '../plain-data.js'
import type { StatedTraffic } from '../stated-traffic.js'
import { parseTraffic } from '../traffic-text.js'

/** What may be said of a stream of requests. */
export interface TrafficFields {
  /** A port of the Service, by name or number; default its first. */
  readonly port?: string | number | undefined
  /** When the first request is sent; default as soon as the Service has an endpoint. */
  readonly from?: Span | undefined
  /** When no more are sent; default so long before the horizon as the client waits for an answer. */
  readonly until?: Span | undefined
  /** Who sends them. */
  readonly client?: ClientFields | undefined
}

/** What may be said of a client. */
export interface ClientFields {
  /** The node whose kube-proxy it goes through; default none of them. */
  readonly node?: string | undefined
  /** Connections are kept: one, or so many, each for so many requests; default a connection for each request. */
  readonly keepAlive?: true | { readonly connections?: number; readonly requestsPerConnection?: number } | undefined
  /** How often a request that failed is sent again; default never. */
  readonly retries?: number | undefined
  /** How long it waits for an answer; default 5 s. */
  readonly timeout?: Span | undefined
}

/** What is said of a stream of requests, as plain data. */
export function trafficOf(service: string, rate: string, fields: TrafficFields): StatedTraffic {
  const { port, from, until, client } = fields
  const span = (value: Span | undefined, name: string): number | undefined =>
    value === undefined ? undefined : readSpan(value, `traffic ${name}`)
  return plainData({
    ...parseTraffic(`${service} ${rate}`, 'traffic'),
    port,
    from: span(from, 'from'),
    until: span(until, 'until'),
    client:
      client === undefined
        ? undefined
        : { ...client, keepAlive: keepAliveOf(client), timeout: span(client.timeout, 'timeout') },
  })
}

function keepAliveOf({
  keepAlive,
}: ClientFields): { connections: number; requestsPerConnection: number | null } | undefined {
  if (keepAlive === undefined) return undefined
  const { connections, requestsPerConnection } = keepAlive === true ? {} : keepAlive
  return { connections: connections ?? 1, requestsPerConnection: requestsPerConnection ?? null }
}
