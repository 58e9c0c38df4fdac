import { ROW, type Row, type RowKind, type Trace } from '../trace/index.js'
import type { Difference } from './difference.js'

/** The row of the model's run that a difference is about, and the rules of the dossiers that rows of its kind follow. */
export interface RuleOfDifference {
  readonly rules: string
  /** Undefined: the model did nothing there, or what differs is no single row. */
  readonly row: Row | undefined
}

/** What one aspect is made of. */
interface Source {
  readonly aspect: RegExp
  readonly kinds: readonly RowKind[]
  readonly rules: string
}

/** Aspects, the rows that make them, and the rules by which the engine writes those rows. */
const SOURCES: readonly Source[] = [
  { aspect: /^phase$/, kinds: [ROW.phase, ROW.statusReplaced], rules: 'R-801 … R-806 (getPhase)' },
  { aspect: /^condition /, kinds: [ROW.condition, ROW.conditionRemoved], rules: 'R-820 … R-826 (conditions)' },
  {
    aspect: /^state /,
    kinds: [ROW.containerWaiting, ROW.containerRunning, ROW.containerTerminated],
    rules: 'R-810 … R-815 (container statuses), R-112 (waits for the PLEG)',
  },
  {
    aspect: /^ready /,
    kinds: [ROW.containerReady, ROW.containerStarted],
    rules: 'R-621 … R-624 (ready and started), R-127a (lost updates)',
  },
  { aspect: /^last /, kinds: [ROW.containerLastTerminated], rules: 'R-810 … R-812 (last states)' },
  { aspect: /^restarts$/, kinds: [ROW.containerRestarts], rules: 'R-235 (restart counts), R-402 … R-404 (back-off)' },
  {
    aspect: /^printed$/,
    kinds: [ROW.phase, ROW.containerWaiting, ROW.containerRunning, ROW.containerTerminated, ROW.containerReady],
    rules: 'R-1001 … R-1009 (printPod)',
  },
  { aspect: /^endpoints$/, kinds: [ROW.endpoints], rules: 'ES-1 … ES-4 (EndpointSlices)' },
  { aspect: /^terminating$/, kinds: [ROW.deletionRequested], rules: 'R-701, R-702 (graceful deletion)' },
  { aspect: /deleted$/, kinds: [ROW.removed], rules: 'R-716, R-733 (removal of the object)' },
  {
    aspect: /^runtime /,
    kinds: [ROW.containerCreate, ROW.containerStart, ROW.containerStop, ROW.exit],
    rules: 'R-220 … R-223, R-230 … R-233 (starts), R-402 … R-407 (back-off), R-503 … R-505, R-710 … R-713 (kills)',
  },
  {
    aspect: /^sandbox$/,
    kinds: [ROW.sandboxCreate, ROW.sandboxReady, ROW.sandboxFailed, ROW.sandboxStop, ROW.sandboxDied],
    rules: 'R-201 … R-203, R-230 (sandboxes)',
  },
  { aspect: /^pull /, kinds: [ROW.pullStart, ROW.pullEnd], rules: 'R-302 … R-307 (images)' },
  { aspect: /^hook /, kinds: [ROW.hookStart, ROW.hookEnd], rules: 'R-501 … R-510 (hooks)' },
  { aspect: /^probe /, kinds: [ROW.probe], rules: 'R-601 … R-607, R-623, R-624 (probe workers)' },
  {
    aspect: /^(events?|count)\b/,
    kinds: [ROW.event],
    rules: 'R-1101 … R-1135 (Events), R-1150 … R-1152 (their counts)',
  },
]

/** Seconds: the recorder notes some calls at their beginning, rows stand at their end. */
const NEARBY = 0.25

/** Finds the rules that a difference is about, and the row with which the model parted from reality. */
export function ruleOf(trace: Trace, difference: Difference): RuleOfDifference {
  const { number, name } = withoutPod(difference.aspect)
  const source = SOURCES.find(each => each.aspect.test(name))
  if (source === undefined) return { rules: '', row: undefined }
  const at = instantOfModel(difference)
  const row = at === null ? undefined : nearestRow(trace, at, source.kinds, subjectOf(name), number)
  return { rules: source.rules, row }
}

/** When the model did what reality did not, or did at another time; null: it did nothing there. */
function instantOfModel({ at, observed }: Difference): number | null {
  if (observed === undefined || observed.some(({ t }) => t === at)) return at
  return observed.length === 1 ? observed[0].t : null
}

/** Aspects of a recording with several pods begin with their number. */
function withoutPod(aspect: string): { readonly number: number | undefined; readonly name: string } {
  const [, number, name] = /^(?:#(\d+) )?(.*)$/s.exec(aspect) ?? []
  return { number: number === undefined ? undefined : Number(number), name: name ?? aspect }
}

/** The container or the condition that an aspect names. */
function subjectOf(name: string): string | undefined {
  const [, subject] = /^(?:state|ready|last|runtime|hook|probe|condition) (?:init:|ephemeral:)?([^ ]+)/.exec(name) ?? []
  return subject
}

function nearestRow(
  trace: Trace,
  at: number,
  kinds: readonly RowKind[],
  subject: string | undefined,
  podNumber: number | undefined,
): Row | undefined {
  const { rows, objects, symbols } = trace
  const pods = [...objects.values()].filter(({ kind }) => kind === 'Pod')
  let nearest: Row | undefined
  let distance = NEARBY
  for (let number = 0; number < rows.length; number++) {
    if (!kinds.includes(rows.kindOf(number))) continue
    const off = Math.abs(rows.timeOf(number) / 1000 - at)
    if (off >= distance) continue
    const row = rows.at(number)
    const object = objects.get(row.object)
    const isOfPod = podNumber === undefined || [object?.symbol, object?.pod].includes(pods[podNumber]?.symbol)
    const named = row.kind === ROW.condition ? symbols.text(row.a) : object?.name
    if (!isOfPod || (subject !== undefined && named !== subject)) continue
    nearest = row
    distance = off
  }
  return nearest
}
