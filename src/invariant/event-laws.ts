import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import type { PodRecord } from './pod-record.js'

/** Laws of Events. */
export const EVENT_LAWS: readonly Law[] = [
  {
    name: 'event-counts-grow',
    family: 'events',
    sentence:
      'Each time an Event about a pod is written again its count is higher, until the pod or its kubelet is another one.',
    source: 'client-go tools/record/events_cache.go (R-1152)',
  },
]

/** Numbers that one Event takes in the pod's list. */
const WIDTH = 4

/** Looks at every Event. */
export class EventLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** An Event about the pod or one of its containers; the spam filter keeps the list short. */
  written(pod: PodRecord): void {
    const { object, a, b, c } = this.#parts.row
    const count = b >> 4
    const { events } = pod
    for (let i = 0; i < pod.eventCount; i += WIDTH) {
      if (events[i + 2] !== c || events[i] !== object || events[i + 1] !== a) continue
      if (count <= events[i + 3]) this.#notGrown(pod, events[i + 3], count)
      events[i + 3] = count
      return
    }
    const end = pod.eventCount
    if (end >= MOST_EVENTS * WIDTH) return
    events[end] = object
    events[end + 1] = a
    events[end + 2] = c
    events[end + 3] = count
    pod.eventCount = end + WIDTH
  }

  #notGrown(pod: PodRecord, before: number, count: number): void {
    const { row, symbols, findings } = this.#parts
    findings.add(
      'event-counts-grow',
      row.object,
      `the Event ${symbols.text(row.a)} about ${podNamed(pod)} is written again with count ${count} after ${before}`,
    )
  }
}

/** Beyond so many different ones a pod's Events are not followed. */
const MOST_EVENTS = 100
