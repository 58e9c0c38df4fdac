import { PodwrightError } from '../errors/index.js'
import { tryParseDuration } from '../time/index.js'
import { parsePart } from './behaviour-text.js'
import { durationText } from './duration-text.js'
import { readServiceName, serviceText } from './serve-text.js'
import {
  MOST_CONNECTIONS,
  MOST_REQUESTS_PER_SECOND,
  MOST_RETRIES,
  type StatedClient,
  type StatedTraffic,
} from './stated-traffic.js'
import type { WordReader } from './word-reader.js'

/** What may follow the Service and the rate. */
const TRAFFIC_WORDS = ['port', 'from', 'until', 'on', 'keeps', 'retries', 'times']

/**
 * Parses traffic of one line, `SERVICE RATE WORDS`:
 * `service/web 50/s port http from 10s until 2m on node a keeps 4 connections of 100 requests retries 2 times out after 1s`.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` that names the column, what was expected, and the nearest word.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseTraffic } from 'podwright'
 *
 * assert.deepEqual(parseTraffic('service/web 50/s from 10s'), { service: 'web', requests: 50, per: 1000, from: 10_000 })
 * ```
 */
export const parseTraffic = (text: string, where?: string): StatedTraffic => parsePart(text, where, readTraffic)

/** Reads what `parseTraffic` parses. */
export function readTraffic(reader: WordReader): StatedTraffic {
  const service = readServiceName(reader)
  let traffic: StatedTraffic = { service, ...readRate(reader) }
  while (!reader.isAtEnd) {
    reader.take(',')
    const word =
      reader.takeOneOf(TRAFFIC_WORDS) ??
      reader.fail('"port", "from", "until", "on node", "keeps", "retries" or "times out after"', TRAFFIC_WORDS)
    if (word === 'port') traffic = { ...traffic, port: portOf(reader.word('a port')) }
    else if (word === 'from') traffic = { ...traffic, from: reader.duration() }
    else if (word === 'until') traffic = { ...traffic, until: reader.duration() }
    else traffic = { ...traffic, client: { ...traffic.client, ...readClient(reader, word) } }
  }
  return traffic
}

function readClient(reader: WordReader, word: string): StatedClient {
  if (word === 'on') {
    reader.oneOf(['node'])
    return { node: reader.word('the name of a node') }
  }
  if (word === 'retries') return { retries: reader.number('a number of retries', 1, MOST_RETRIES) }
  if (word === 'times') {
    reader.oneOf(['out'])
    reader.oneOf(['after'])
    return { timeout: reader.duration() }
  }
  const connections = reader.number('a number of connections', 1, MOST_CONNECTIONS)
  reader.oneOf(['connections', 'connection'])
  if (!reader.take('of')) return { keepAlive: { connections, requestsPerConnection: null } }
  const requestsPerConnection = reader.number('a number of requests', 1, 1_000_000)
  reader.oneOf(['requests', 'request'])
  return { keepAlive: { connections, requestsPerConnection } }
}

const portOf = (word: string): string | number => (/^\d+$/.test(word) ? Number(word) : word)

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

function readRate(reader: WordReader): Pick<StatedTraffic, 'requests' | 'per'> {
  const word = reader.word('a rate such as 50/s')
  return (
    rateOf(word) ??
    reader.failBefore(
      `expected a rate such as 50/s, 30/m or 1/5s, at most ${MOST_REQUESTS_PER_SECOND}/s, got ${JSON.stringify(word)}`,
    )
  )
}

/** Reads `50/s`, `30/m`, `1/5s`; undefined: it is no rate, or one beyond measure. */
export function rateOf(text: string): Pick<StatedTraffic, 'requests' | 'per'> | undefined {
  const match = /^(\d{1,6})\/(\w+)$/.exec(text)
  if (match === null) return undefined
  const requests = Number(match[1])
  const per = UNITS[match[2]] ?? tryParseDuration(match[2]) ?? 0
  const isWithinBounds = requests > 0 && per > 0 && requests * 1000 <= MOST_REQUESTS_PER_SECOND * per
  return isWithinBounds ? { requests, per } : undefined
}

/** Writes what `rateOf` reads. */
export function rateText({ requests, per }: Pick<StatedTraffic, 'requests' | 'per'>): string {
  const unit = Object.keys(UNITS).find(each => UNITS[each] === per)
  return `${requests}/${unit ?? durationText(per)}`
}

/** Writes what `parseTraffic` reads. */
export function formatTraffic(traffic: StatedTraffic): string {
  const { service, port, from, until, client: { node, keepAlive, retries, timeout } = {} } = traffic
  return [
    serviceText(service),
    rateText(traffic),
    ...(port === undefined ? [] : [`port ${port}`]),
    ...(from === undefined ? [] : [`from ${durationText(from)}`]),
    ...(until === undefined ? [] : [`until ${durationText(until)}`]),
    ...(node === undefined ? [] : [`on node ${node}`]),
    ...(keepAlive === undefined ? [] : [keepAliveText(keepAlive)]),
    ...(retries === undefined ? [] : [`retries ${retries}`]),
    ...(timeout === undefined ? [] : [`times out after ${durationText(timeout)}`]),
  ].join(' ')
}

function keepAliveText({ connections, requestsPerConnection }: NonNullable<StatedClient['keepAlive']>): string {
  const kept = `keeps ${connections} connection${connections === 1 ? '' : 's'}`
  return requestsPerConnection === null ? kept : `${kept} of ${requestsPerConnection} requests`
}

/** Refuses what no stream can be. */
export function checkTraffic({ requests, per }: StatedTraffic, where: string): void {
  if (rateOf(`${requests}/${per}ms`) !== undefined) return
  const problem = `expected a rate of at most ${MOST_REQUESTS_PER_SECOND}/s, got ${requests} requests in ${per} ms`
  throw new PodwrightError({ code: 'SCENARIO_INVALID', where, problem })
}
