import { formatDuration } from '../time/index.js'
import { DEFAULT_BEHAVIOUR, type ServeBehaviour, type WaitBehaviour } from './behaviour.js'
import type { WordReader } from './word-reader.js'

const SERVE_WORDS = ['listens', 'keeps', 'drops', 'hangs']

/** Reads what follows `serves`: `in 20ms and listens after 2s and keeps listening and drops requests and hangs after 1m`. */
export function readServes(reader: WordReader): ServeBehaviour {
  let serves: ServeBehaviour = DEFAULT_BEHAVIOUR.serves
  if (reader.take('in')) serves = { ...serves, latency: reader.duration() }
  while (reader.take('and')) {
    const word =
      reader.takeOneOf(SERVE_WORDS) ??
      reader.fail('"listens after", "keeps listening", "drops requests" or "hangs after"', SERVE_WORDS)
    if (word === 'listens') serves = { ...serves, listensAfter: readAfter(reader) }
    else if (word === 'hangs') serves = { ...serves, hangsAfter: readAfter(reader) }
    else if (word === 'keeps') {
      reader.oneOf(['listening'])
      serves = { ...serves, keepsListening: true }
    } else {
      reader.oneOf(['requests'])
      serves = { ...serves, dropsInFlightOnExit: true }
    }
  }
  return serves
}

function readAfter(reader: WordReader): number {
  reader.oneOf(['after'])
  return reader.duration()
}

/** Writes what `readServes` reads, with the word before it. */
export function serveWords({
  latency,
  listensAfter,
  keepsListening,
  dropsInFlightOnExit,
  hangsAfter,
}: ServeBehaviour): string {
  return [
    `serves in ${formatDuration(latency)}`,
    ...(listensAfter === 0 ? [] : [`listens after ${formatDuration(listensAfter)}`]),
    ...(keepsListening ? ['keeps listening'] : []),
    ...(dropsInFlightOnExit ? ['drops requests'] : []),
    ...(hangsAfter === null ? [] : [`hangs after ${formatDuration(hangsAfter)}`]),
  ].join(' and ')
}

/** Reads what follows `waits`: `for service/db every 2s`. */
export function readWait(reader: WordReader): WaitBehaviour {
  reader.oneOf(['for'])
  const service = readServiceName(reader)
  if (!reader.take('every')) return { service, period: DEFAULT_BEHAVIOUR.waitPeriod }
  const period = reader.duration()
  return period > 0 ? { service, period } : reader.failBefore('expected a duration above 0, got 0')
}

/** Reads `service/db` or `shop/service/db`; answers `db` or `shop/db`. */
export function readServiceName(reader: WordReader): string {
  const word = reader.word('a Service, such as service/db')
  const name = serviceNamed(word)
  return (
    name ?? reader.failBefore(`expected a Service, such as service/db or shop/service/db, got ${JSON.stringify(word)}`)
  )
}

const SERVICE = /^(?:([a-z0-9-]+)\/)?(?:service|svc)\/([a-z0-9-]+)$/

/** The name in `service/db`, or `shop/db` of `shop/service/db`; undefined: it is no Service's. */
export function serviceNamed(text: string): string | undefined {
  const match = SERVICE.exec(text)
  if (match === null) return undefined
  return match[1] === undefined ? match[2] : `${match[1]}/${match[2]}`
}

/** `service/db`, or `shop/service/db` of `shop/db`. */
export const serviceText = (name: string): string =>
  name.includes('/') ? name.replace('/', '/service/') : `service/${name}`

/** Writes what `readWait` reads, with the word before it. */
export const waitWords = ({ service, period }: WaitBehaviour): string =>
  `waits for ${serviceText(service)}${period === DEFAULT_BEHAVIOUR.waitPeriod ? '' : ` every ${formatDuration(period)}`}`
