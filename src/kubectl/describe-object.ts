import type { ApiObject, Event, Node, Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { StoreView } from '../trace/index.js'
import { describeEvents } from './describe-events.js'
import { describePod } from './describe-pod.js'
import { DescribeText } from './describe-text.js'
import { type Describer, describer } from './describers/describer.js'
import { JOB_DESCRIBERS } from './describers/jobs.js'
import { describeNode } from './describers/node.js'
import { describeGeneric, PLAIN_DESCRIBERS } from './describers/plain.js'
import { POLICY_DESCRIBERS } from './describers/policies.js'
import { SERVICE_DESCRIBERS } from './describers/services.js'
import { STORAGE_DESCRIBERS } from './describers/storage.js'
import { WORKLOAD_DESCRIBERS } from './describers/workloads.js'

const DESCRIBERS: Readonly<Record<string, Describer>> = {
  ...WORKLOAD_DESCRIBERS,
  ...JOB_DESCRIBERS,
  ...SERVICE_DESCRIBERS,
  ...POLICY_DESCRIBERS,
  ...PLAIN_DESCRIBERS,
  ...STORAGE_DESCRIBERS,
  Node: describer<Node>(describeNode),
}

/** Kinds whose descriptions end without Events. */
const WITHOUT_EVENTS: ReadonlySet<string> = new Set(['Secret', 'Namespace', 'ResourceQuota', 'LimitRange'])

/**
 * The lines of `kubectl describe` for an object of any kind; the view is the store at that instant.
 *
 * kubectl: pkg/describe/describe.go, v1.32 (control-plane.md §7.5).
 */
export function describeObject(object: ApiObject, view: StoreView, now: Milliseconds): string[] {
  const events = eventsAbout(object, view.list('Event') as readonly Event[])
  if (object.kind === 'Pod') return describePod(object as Pod, events, now)
  const text = new DescribeText()
  const describe = DESCRIBERS[object.kind] ?? describeGeneric
  describe(object, { text, view, now })
  if (!WITHOUT_EVENTS.has(object.kind)) describeEvents(events, now, text)
  return text.lines()
}

/** The Events about an object, not those about an earlier one of its name. */
export const eventsAbout = ({ kind, metadata }: ApiObject, events: readonly Event[]): Event[] =>
  events.filter(
    ({ involvedObject: about }) =>
      about.kind === kind &&
      about.name === metadata.name &&
      (about.namespace ?? '') === (metadata.namespace ?? '') &&
      (about.uid === undefined || metadata.uid === undefined || about.uid === metadata.uid),
  )
