import type { Milliseconds } from '../time/index.js'
import { ROW_KINDS, StoreView, type Trace } from '../trace/index.js'
import type { Resource } from './resources.js'

/** The store at the end of an instant. */
export interface ViewedInstant {
  readonly time: Milliseconds
  readonly view: StoreView
}

/**
 * Walks through the instants at which something changed that may concern objects of a kind, beginning with the state at `from`. The
 * view is the same one every time, and moves on.
 */
export function* walkInstants(trace: Trace, { kind }: Resource, from: Milliseconds): Generator<ViewedInstant> {
  const { rows } = trace
  const view = new StoreView(trace).advanceTo(from)
  yield { time: from, view }
  let isTouched = false
  for (let row = 0; row < rows.length; row++) {
    const time = rows.timeOf(row)
    if (time <= from) continue
    isTouched ||= ROW_KINDS[rows.kindOf(row)].clock === 'api' && concerns(trace, rows.objectOf(row), kind)
    const isLastOfInstant = row + 1 === rows.length || rows.timeOf(row + 1) !== time
    if (!isLastOfInstant || !isTouched) continue
    isTouched = false
    yield { time, view: view.advancePast(row) }
  }
}

/** Whether a row about this object may change what there is of a kind; objects that others imply change with any of them. */
function concerns(trace: Trace, symbol: number, kind: string): boolean {
  const object = trace.objects.get(symbol)
  if (object === undefined || IMPLIED.has(kind)) return true
  return object.path.startsWith(`${kind}/`)
}

const IMPLIED: ReadonlySet<string> = new Set(['Endpoints', 'EndpointSlice', 'Namespace', 'ServiceAccount', 'Event'])
