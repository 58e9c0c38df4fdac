import type { Milliseconds } from '../time/index.js'

/** Requests to a Service, as they are stated: plain data; whether there is such a Service is looked up later. */
export interface StatedTraffic {
  /** `name`, in the namespace `default`, or `namespace/name`. */
  readonly service: string
  /** A port of the Service, by name or number; absent: its first. */
  readonly port?: string | number | undefined
  /** So many requests in so many milliseconds. */
  readonly requests: number
  readonly per: Milliseconds
  /** Absent: as soon as the Service has an endpoint. */
  readonly from?: Milliseconds | undefined
  /** Absent: so long before the horizon as the client waits for an answer. */
  readonly until?: Milliseconds | undefined
  readonly client?: StatedClient | undefined
}

/** Who sends requests; what is absent is as by default. */
export interface StatedClient {
  /** The node whose kube-proxy it goes through; absent: the client sits beside the nodes. */
  readonly node?: string | undefined
  /** Connections that are kept; absent: a connection for each request. */
  readonly keepAlive?: { readonly connections: number; readonly requestsPerConnection: number | null } | undefined
  /** How often a request that failed is sent again; absent: never. */
  readonly retries?: number | undefined
  /** How long it waits for an answer; absent: 5 s. */
  readonly timeout?: Milliseconds | undefined
}

/** Bounds of a stream: beyond them nobody means it, and a run would take long. */
export const MOST_REQUESTS = 1_000_000
export const MOST_REQUESTS_PER_SECOND = 10_000
export const MOST_RETRIES = 10
export const MOST_CONNECTIONS = 1000
