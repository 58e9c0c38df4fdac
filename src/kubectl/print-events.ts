import type { Event } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { parseApiTime } from './api-time.js'
import { intervalOf } from './describe-events.js'
import { Table } from './table.js'

/**
 * The lines of `kubectl events` for these Events, in the order of their last occurrence; `allNamespaces` adds a column.
 *
 * kubectl: pkg/cmd/events/event_printer.go, events.go, v1.32.
 */
export function printEvents(events: readonly Event[], now: Milliseconds, allNamespaces = false): string[] {
  const rows = [...events]
    .sort((a, b) => lastSeen(a) - lastSeen(b))
    .map(event => [
      ...(allNamespaces ? [event.metadata.namespace ?? 'default'] : []),
      intervalOf(event, now),
      event.type ?? '',
      event.reason ?? '',
      `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
      firstLine((event.message ?? '').trim()),
    ])
  const columns = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
  return new Table(allNamespaces ? ['NAMESPACE', ...columns] : columns).lines(rows)
}

const lastSeen = ({ lastTimestamp, eventTime }: Event): number => parseApiTime(lastTimestamp ?? eventTime) ?? 0

/** escapeCell: what follows a line break is cut. */
function firstLine(text: string): string {
  const end = text.search(/[\f\n\r]/)
  return end < 0 ? text : `${text.slice(0, end)}...`
}
