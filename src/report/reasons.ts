import { formatOrigin } from '../errors/index.js'
import { visible } from '../kubectl/index.js'
import { ROW, type Row, type RowKind, type Trace, type TraceObject } from '../trace/index.js'
import { causeWords } from './cause-words.js'
import { stepName } from './step-name.js'

/** Says why rows of a trace are there, in few words. */
export class Reasons {
  readonly #trace: Trace
  /** By pod, its containers apart from init containers. */
  readonly #containerCounts = new Map<number, number>()

  constructor(trace: Trace) {
    this.#trace = trace
    for (const { pod, role } of trace.objects.values()) {
      if (pod !== undefined && role !== 'init')
        this.#containerCounts.set(pod, (this.#containerCounts.get(pod) ?? 0) + 1)
    }
  }

  /** `← readiness probe`, `← migrate exit 0`, `by step 1`; empty where the row says it itself. */
  of(row: Row): string {
    const cause = tellingCause(this.#trace, row)
    if (cause === undefined) return row.kind === ROW.created ? originOf(this.#trace, row) : ''
    if (cause.kind === ROW.step) return `by ${stepName(cause.a)}`
    if (row.kind === ROW.exit && cause.kind === ROW.containerStart) return 'by itself'
    if (row.kind === ROW.signal && KILLED_AFTER.has(cause.kind)) return '← grace period over'
    if (OWN_BEGINNINGS.get(row.kind) === cause.kind) return ''
    return `← ${visible(this.#nameInFront(row, cause))}${causeWords(cause, this.#trace.symbols)}`
  }

  /** The name of the cause's container or pod, where it is another one than the row's and more than one is possible. */
  #nameInFront(row: Row, cause: Row): string {
    if (row.object === cause.object) return ''
    const object = this.#trace.objects.get(row.object)
    const other = this.#trace.objects.get(cause.object)
    if (object === undefined || other === undefined) return ''
    if (podOf(object) !== podOf(other)) return `${other.name} `
    if (other.kind !== 'Container') return ''
    // A pod with one container apart from its init containers needs no name for it.
    const isOnly = other.role !== 'init' && this.#containerCounts.get(podOf(other)) === 1
    return isOnly && object.kind === 'Pod' ? '' : `${other.name} `
  }
}

/**
 * The nearest cause worth telling: of triggers that were coalesced the latest, and rows that only pass a trigger on are looked
 * through.
 */
export function tellingCause({ rows }: Trace, row: Row): Row | undefined {
  if (row.cause < 0) return undefined
  let cause = rows.at(Math.max(row.cause, ...rows.alsoCausedBy(row.number)))
  if (row.kind === ROW.signal && row.b === SIGKILL) return cause
  const isRelay = ({ kind }: Row): boolean =>
    RELAYS.has(kind) || (kind === ROW.containerCreate && row.kind === ROW.containerStart)
  while (isRelay(cause) && cause.cause >= 0) cause = rows.at(cause.cause)
  return cause
}

const SIGKILL = 9

/** A SIGKILL that follows from one of these comes because the grace is over. */
const KILLED_AFTER: ReadonlySet<RowKind> = new Set([ROW.containerStop, ROW.signal])

const RELAYS: ReadonlySet<RowKind> = new Set([ROW.sandboxCreate, ROW.containerStop, ROW.qosClass])

/** Ends and answers that follow from the beginning of the same thing. */
const OWN_BEGINNINGS: ReadonlyMap<RowKind, RowKind> = new Map<RowKind, RowKind>([
  [ROW.pullEnd, ROW.pullStart],
  [ROW.hookEnd, ROW.hookStart],
  [ROW.probe, ROW.containerStart],
  // The scheduler's Event says the same as its condition.
  [ROW.condition, ROW.event],
])

const podOf = ({ pod, symbol }: TraceObject): number => pod ?? symbol

function originOf({ manifests }: Trace, row: Row): string {
  const origin = manifests[row.a]?.origin
  return origin === undefined ? '' : `by ${visible(formatOrigin(origin))}`
}
