import type { MicroTime, ObjectMeta, ObjectReference, Time } from './object-meta.js'

/** What a component reports about an object (core/v1 Event). */
export interface Event {
  readonly apiVersion: 'v1'
  readonly kind: 'Event'
  readonly metadata: ObjectMeta
  readonly involvedObject: ObjectReference
  readonly reason?: string
  readonly message?: string
  readonly source?: { readonly component?: string; readonly host?: string }
  readonly firstTimestamp?: Time | null
  readonly lastTimestamp?: Time | null
  readonly count?: number
  readonly type?: 'Normal' | 'Warning'
  readonly eventTime?: MicroTime | null
  readonly series?: { readonly count?: number; readonly lastObservedTime?: MicroTime }
  readonly action?: string
  readonly related?: ObjectReference
  readonly reportingComponent: string
  readonly reportingInstance: string
}
