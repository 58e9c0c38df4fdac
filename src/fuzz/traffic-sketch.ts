import fc from 'fast-check'
import type { ServeBehaviour, StatedTraffic } from '../scenario/index.js'
import { often, seldom } from './rarity.js'

/** Requests to the Service of a scenario, and what its containers do with them. */
export interface TrafficSketch {
  readonly serves: ServeBehaviour | undefined
  readonly rate: Pick<StatedTraffic, 'requests' | 'per'>
  /** How long it goes on. */
  readonly lasts: number
  readonly keepAlive: { readonly connections: number; readonly requestsPerConnection: number | null } | undefined
  readonly retries: number | undefined
  readonly timeout: number | undefined
  readonly isOnNode: boolean
}

const serves: fc.Arbitrary<ServeBehaviour> = fc.record({
  latency: fc.constantFrom(1, 20, 2000, 4000, 7000),
  listensAfter: fc.constantFrom(0, 0, 3000),
  keepsListening: fc.boolean(),
  dropsInFlightOnExit: fc.boolean(),
  hangsAfter: fc.constantFrom(null, null, 15_000),
})

/** Rates at which minutes of a run are not all that it does. */
const RATES = [
  { requests: 1, per: 1000 },
  { requests: 10, per: 1000 },
  { requests: 1, per: 5000 },
] as const

/** Draws requests. */
export const traffic = (): fc.Arbitrary<TrafficSketch> =>
  fc.record({
    serves: often(serves),
    rate: fc.constantFrom(...RATES),
    lasts: fc.constantFrom(60_000, 120_000, 600_000),
    keepAlive: seldom(
      fc.record({ connections: fc.integer({ min: 1, max: 3 }), requestsPerConnection: fc.constantFrom(null, 4) }),
    ),
    retries: seldom(fc.integer({ min: 1, max: 3 })),
    timeout: seldom(fc.constantFrom(500, 10_000)),
    isOnNode: fc.boolean(),
  })

/** Writes them as a scenario says them. */
export function writeTraffic({ rate, lasts, keepAlive, retries, timeout, isOnNode }: TrafficSketch): StatedTraffic {
  const said = { ...(isOnNode ? { node: 'node-a' } : {}), keepAlive, retries, timeout }
  const client = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  return { service: 'web', ...rate, until: lasts, ...(Object.keys(client).length === 0 ? {} : { client }) }
}
