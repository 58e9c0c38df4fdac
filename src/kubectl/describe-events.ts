import type { Event } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ageOf, parseApiTime } from './api-time.js'
import type { DescribeText } from './describe-text.js'

/**
 * Describes the Events of an object, in the order of their last occurrence.
 *
 * kubectl: pkg/describe/describe.go DescribeEvents, v1.32 (R-1024).
 */
export function describeEvents(events: readonly Event[], now: Milliseconds, text: DescribeText): void {
  if (events.length === 0) {
    text.field(0, 'Events', '<none>')
    return
  }
  text.flush()
  text.cells(0, 'Events:')
  text.cells(1, 'Type', 'Reason', 'Age', 'From', 'Message')
  text.cells(1, '----', '------', '----', '----', '-------')
  const lastSeen = ({ lastTimestamp }: Event): number => parseApiTime(lastTimestamp) ?? Number.NEGATIVE_INFINITY
  for (const event of [...events].sort((a, b) => lastSeen(a) - lastSeen(b) || 0)) {
    const component = event.source?.component || event.reportingComponent
    text.cells(1, event.type ?? '', event.reason ?? '', intervalOf(event, now), component, (event.message ?? '').trim())
  }
}

/** `5s`, or for repeated Events `5s (x3 over 2m)`. */
export function intervalOf(
  { eventTime, firstTimestamp, lastTimestamp, count = 0, series }: Event,
  now: Milliseconds,
): string {
  const first = ageOf(parseApiTime(eventTime) === undefined ? firstTimestamp : eventTime, now)
  if (series !== undefined) return `${ageOf(series.lastObservedTime, now)} (x${series.count ?? 0} over ${first})`
  return count > 1 ? `${ageOf(lastTimestamp, now)} (x${count} over ${first})` : first
}
