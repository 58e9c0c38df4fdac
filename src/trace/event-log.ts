import { uidOf } from '../hash/index.js'
import type { Event } from '../model/index.js'
import { EPOCH_UNIX_MS, formatTimestamp, type Milliseconds } from '../time/index.js'
import { unpackTypeAndCount } from './packed-columns.js'
import type { Row } from './row-store.js'
import type { Trace, TraceObject } from './trace.js'

/** Objects that have no kind of their own in a trace have it in their path. */
const kindOf = ({ kind, path }: TraceObject): string => (kind === 'Other' ? path.slice(0, path.indexOf('/')) : kind)

/** The Events of the store: each row makes one or counts one up. */
export class EventLog {
  readonly #trace: Trace
  readonly #records: EventRecord[] = []
  /** The newest record by what the recorder's correlator compares. */
  readonly #newest = new Map<string, EventRecord>()

  constructor(trace: Trace) {
    this.#trace = trace
  }

  /** Applies an event row; `host` is the node whose kubelet speaks of the object, `uid` the object's. */
  apply(row: Row, host: string | undefined, uid: string | undefined): void {
    const { symbols } = this.#trace
    const { type, source, count } = unpackTypeAndCount(row.b)
    const message = symbols.text(row.c)
    // A count above one patches the Event that stands for the same message (R-1152); those of ten and more similar
    // messages share one Event whose message changes (R-1151).
    const identity = message.startsWith(COMBINED) ? COMBINED : message
    const key = [row.object, row.a, type, source, identity].join('\n')
    const known = count > 1 ? this.#newest.get(key) : undefined
    if (known !== undefined) {
      known.last = row
      return
    }
    const record: EventRecord = { first: row, last: row, ordinal: this.#ordinal(row.time), type, source, host, uid }
    this.#records.push(record)
    this.#newest.set(key, record)
  }

  /** The Events as API objects, in the order of their first occurrence. */
  events(): readonly Event[] {
    return this.#records.map(record => this.#build(record))
  }

  /** How many Events began at this instant before: keeps names apart that real clocks keep apart by nanoseconds. */
  #ordinal(time: Milliseconds): number {
    const previous = this.#records.at(-1)
    return previous !== undefined && previous.first.time === time ? previous.ordinal + 1 : 0
  }

  #build({ first, last, ordinal, type, source, host, uid }: EventRecord): Event {
    const { symbols, objects } = this.#trace
    const object = objects.get(first.object)
    const subject = object?.pod === undefined ? object : objects.get(object.pod)
    const name = subject?.name ?? 'unknown'
    const namespace = subject?.namespace === undefined || subject.namespace === '' ? 'default' : subject.namespace
    const nanos = BigInt(EPOCH_UNIX_MS + first.time + this.#offset()) * 1_000_000n + BigInt(ordinal)
    const eventName = `${name}.${nanos.toString(16)}`
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: eventName,
        namespace,
        uid: uidOf(`Event/${namespace}/${eventName}`),
        resourceVersion: `${last.number + 1}`,
        creationTimestamp: this.#timestamp(first.time),
      },
      involvedObject: {
        apiVersion: APPS.has(subject?.kind ?? 'Pod') ? 'apps/v1' : 'v1',
        ...(object?.kind === 'Container' ? { fieldPath: fieldPathOf(object) } : {}),
        kind: subject === undefined ? 'Pod' : kindOf(subject),
        name,
        ...(subject?.namespace === undefined || subject.namespace === '' ? {} : { namespace }),
        ...(uid === undefined ? {} : { uid }),
      },
      reason: symbols.text(first.a),
      message: symbols.text(last.c),
      // Only a kubelet knows the host it runs on.
      source: { component: source, ...(host === undefined || source !== 'kubelet' ? {} : { host }) },
      firstTimestamp: this.#timestamp(first.time),
      lastTimestamp: this.#timestamp(last.time),
      count: unpackTypeAndCount(last.b).count,
      type,
      eventTime: null,
      reportingComponent: source,
      reportingInstance: source === 'kubelet' ? (host ?? '') : '',
    }
  }

  #timestamp(time: Milliseconds): string {
    return formatTimestamp(time + this.#offset())
  }

  #offset(): Milliseconds {
    return this.#trace.header.clockOffset ?? 0
  }
}

interface EventRecord {
  readonly first: Row
  last: Row
  readonly ordinal: number
  readonly type: 'Normal' | 'Warning'
  readonly source: string
  readonly host: string | undefined
  readonly uid: string | undefined
}

const COMBINED = '(combined from similar events): '

/** The part of the pod that an Event is about, as the kubelet writes it. */
const fieldPathOf = ({ role, name }: TraceObject): string => `spec.${FIELDS[role ?? 'container']}{${name}}`

const FIELDS = {
  container: 'containers',
  init: 'initContainers',
  sidecar: 'initContainers',
  ephemeral: 'ephemeralContainers',
} as const

/** Kinds of the group apps. */
const APPS: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'])
