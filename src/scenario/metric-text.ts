import { podKindNamed } from '../model/index.js'
import { parsePart } from './behaviour-text.js'
import { durationText } from './duration-text.js'
import type { MetricPoint } from './plan.js'
import { unitsIn, unitsText } from './quantity-units.js'
import { MOST_POINTS, type StatedMetric } from './stated-metric.js'
import type { WordReader } from './word-reader.js'

/** What may follow the first value. */
const METRIC_WORDS = ['from', 'to', 'shared']

/**
 * Parses a metric of one line, `WHOSE NAME VALUE WORDS`: `deployment/web cpu 100m from 2m 400m from 6m 50m`,
 * `deployment/web container app memory 50Mi to 200Mi at 5m`, `deployment/web cpu 500m shared from 2m 2`, `external queue 20`.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` that names the column, what was expected, and the nearest word.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseMetric } from 'podwright'
 *
 * assert.deepEqual(parseMetric('deployment/web cpu 100m from 2m 400m'), {
 *   of: 'deployment/web',
 *   name: 'cpu',
 *   points: [{ from: 0, value: 100 }, { from: 120_000, value: 400 }],
 * })
 * ```
 */
export const parseMetric = (text: string, where?: string): StatedMetric => parsePart(text, where, readMetric)

/** Reads what `parseMetric` parses. */
export function readMetric(reader: WordReader): StatedMetric {
  const of = readSubject(reader)
  const container = of !== undefined && reader.take('container') ? reader.word('the name of a container') : undefined
  const name = reader.word('the name of a metric such as cpu')
  const points: MetricPoint[] = [{ from: 0, value: readValue(reader) }]
  const seen = new Set<string>()
  while (!reader.isAtEnd) {
    reader.take(',')
    const word = reader.takeOneOf(METRIC_WORDS) ?? reader.fail('"from", "to" or "shared"', METRIC_WORDS)
    if (word === 'shared' && of === undefined)
      reader.failBefore('expected no "shared": an external metric is no pod\'s')
    if (word !== 'shared' && seen.has(word === 'to' ? 'from' : 'to'))
      reader.failBefore('expected steps ("from 2m 400m") or straight lines ("to 400m at 2m"), got both')
    if (word === 'shared' && seen.has(word)) reader.failBefore('expected "shared" once, got it twice')
    seen.add(word)
    if (word !== 'shared') points.push(readPoint(reader, word, points[points.length - 1].from))
    if (points.length > MOST_POINTS) reader.failBefore(`expected at most ${MOST_POINTS} values`)
  }
  return {
    ...(of === undefined ? {} : { of }),
    name,
    ...(container === undefined ? {} : { container }),
    points,
    ...(seen.has('shared') ? { isShared: true as const } : {}),
    ...(seen.has('to') ? { isLinear: true as const } : {}),
  }
}

/** `from 2m 400m`, or `to 400m at 2m`; the word itself is read. */
function readPoint(reader: WordReader, word: string, before: number): MetricPoint {
  const first = word === 'to' ? readValue(reader) : undefined
  if (word === 'to') reader.oneOf(['at'])
  const from = reader.duration()
  if (from <= before) reader.failBefore(`expected an instant after ${durationText(before)}, got ${durationText(from)}`)
  return { from, value: first ?? readValue(reader) }
}

/** `external`, or an object. */
function readSubject(reader: WordReader): string | undefined {
  if (reader.take('external')) return undefined
  const word = reader.word('whose metric, such as deployment/web or external')
  const subject = metricSubject(word)
  const nearest = /^ext/i.test(word) ? 'did you mean external?' : undefined
  return (
    subject ??
    reader.failBefore(
      `expected a workload such as deployment/web, an object such as ingress/main, or external, got ${JSON.stringify(word.slice(0, 60))}`,
      nearest,
    )
  )
}

const SUBJECT = /^(?:([a-z0-9-]+)\/)?([A-Za-z][A-Za-z0-9]*)\/([a-z0-9][a-z0-9.-]*)$/

/** `deployment/web` of `deploy/web`; undefined: it is no object's name. */
export function metricSubject(text: string): string | undefined {
  const match = SUBJECT.exec(text)
  if (match === null) return undefined
  const [, namespace, word, name] = match
  const kind = (podKindNamed(word) ?? word).toLowerCase()
  return [...(namespace === undefined ? [] : [namespace]), kind, name].join('/')
}

function readValue(reader: WordReader): number {
  const word = reader.word('a value such as 100m')
  const value = metricAmount(word)
  return (
    value ?? reader.failBefore(`expected a value such as 100m, 50Mi or 20, got ${JSON.stringify(word.slice(0, 60))}`)
  )
}

/** The thousandths of a quantity; undefined: it is none, negative, or finer than a thousandth. */
export const metricAmount = (text: string): number | undefined => unitsIn(text, MILLI)

const MILLI = 1_000_000n

/** An amount as a file says it: `100m`, `50Mi`. */
export const metricValueText = (value: number): string => unitsText(value, MILLI)

/** Writes what `parseMetric` reads. */
export function formatMetric({ of, name, container, points, isShared, isLinear }: StatedMetric): string {
  const [first, ...later] = points
  return [
    of ?? 'external',
    ...(container === undefined ? [] : [`container ${word(container)}`]),
    word(name),
    metricValueText(first.value),
    ...(isShared === true ? ['shared'] : []),
    ...later.map(({ from, value }) =>
      isLinear === true
        ? `to ${metricValueText(value)} at ${durationText(from)}`
        : `from ${durationText(from)} ${metricValueText(value)}`,
    ),
  ].join(' ')
}

/** Names are words; anything else is quoted, and so is what would be taken for a word of the line. */
const word = (name: string): string =>
  /^[^\s,;"]+$/.test(name) && !/^container$/i.test(name) ? name : JSON.stringify(name)
