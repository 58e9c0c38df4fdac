import type { Event } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ageOf, parseApiTime } from './api-time.js'
import { Table } from './table.js'

/**
 * The lines of `kubectl get events` for these Events, in the order given: LAST SEEN, TYPE, REASON, OBJECT, MESSAGE, and with
 * `wide` the columns of `-o wide`.
 *
 * kubernetes: pkg/printers/internalversion/printers.go printEvent, v1.32.
 */
export function getEvents(events: readonly Event[], now: Milliseconds, wide = false): string[] {
  if (events.length === 0) return ['No resources found']
  return new Table(eventColumns(wide)).lines(events.map(event => eventCells(event, now, wide)))
}

/** The columns of `kubectl get events`; those of `-o wide` stand between the others. */
export const eventColumns = (wide: boolean): readonly string[] => (wide ? WIDE_HEADER : HEADER)

const HEADER = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
const WIDE_HEADER = [
  ...['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'SUBOBJECT', 'SOURCE', 'MESSAGE', 'FIRST SEEN', 'COUNT', 'NAME'],
]

/** What `kubectl get events` prints of an Event. */
export function eventCells(event: Event, now: Milliseconds, wide: boolean): string[] {
  const { involvedObject, source } = event
  const firstSeen = ageOf(
    parseApiTime(event.firstTimestamp) === undefined ? event.eventTime : event.firstTimestamp,
    now,
  )
  const lastSeen = parseApiTime(event.lastTimestamp) === undefined ? firstSeen : ageOf(event.lastTimestamp, now)
  const kind = (involvedObject.kind ?? '').toLowerCase()
  const object = involvedObject.name === undefined ? kind : `${kind}/${involvedObject.name}`
  const message = (event.message ?? '').trim()
  if (!wide) return [lastSeen, event.type ?? '', event.reason ?? '', object, message]
  const component = source?.component || event.reportingComponent
  const host = source?.host || event.reportingInstance
  return [
    ...[lastSeen, event.type ?? '', event.reason ?? '', object, involvedObject.fieldPath ?? ''],
    host === '' ? component : `${component}, ${host}`,
    ...[message, firstSeen, `${event.count ?? 1}`, event.metadata.name ?? ''],
  ]
}
