import {
  unpackInstanceAndExit,
  unpackResultAndDuration,
  unpackStatusAndReason,
  unpackTypeAndHandler,
} from './packed-columns.js'
import { HOOKS, PROBE_RESULTS, PROBE_TYPES, ROW, type RowKind } from './row-kind.js'
import type { Row } from './row-store.js'
import { signalName } from './signal-name.js'
import type { SymbolTable } from './symbol-table.js'

/** What a row is asked about: the texts of its trace, and whether the question is about a whole pod. */
export interface FactContext {
  readonly symbols: SymbolTable
  readonly isPod: boolean
}

/** Something that can happen to an object, in the words of a question such as `web phase=Running`. */
export interface Fact {
  /** The value that a row gives to the fact, empty for facts without one; undefined: the row says nothing of it. */
  valueOf(row: Row, context: FactContext): string | undefined
}

/** Answers a value for rows of one kind. */
const of = (kind: RowKind, read: (row: Row, symbols: SymbolTable) => string = () => ''): Fact => ({
  valueOf: (row, { symbols }) => (row.kind === kind ? read(row, symbols) : undefined),
})

const exit: Fact = of(ROW.exit, ({ b }) => `${b}`)
const probe = (type: (typeof PROBE_TYPES)[number]): Fact => ({
  valueOf: ({ kind, b, c }) =>
    kind === ROW.probe && PROBE_TYPES[unpackTypeAndHandler(b).type] === type
      ? PROBE_RESULTS[unpackResultAndDuration(c).result]
      : undefined,
})
const hook = (name: (typeof HOOKS)[number]): Fact => ({
  valueOf: ({ kind, b, c }) => {
    if (HOOKS[b] !== name) return undefined
    if (kind === ROW.hookStart) return 'started'
    return kind === ROW.hookEnd ? HOOK_ENDS[c === 0 ? 0 : 1] : undefined
  },
})
const HOOK_ENDS = ['success', 'failure'] as const

/** The facts by their keys, but for conditions, whose types are open. */
export const FACTS: ReadonlyMap<string, Fact> = new Map<string, Fact>([
  [
    'created',
    {
      valueOf: ({ kind, b }, { isPod }) =>
        kind === ROW.created ? '' : kind === ROW.containerCreate && !isPod ? `${b}` : undefined,
    },
  ],
  ['scheduled', of(ROW.bound, ({ a }, symbols) => symbols.text(a).replace(/^Node\//, ''))],
  ['changed', of(ROW.specChanged)],
  ['deleted', of(ROW.deletionRequested)],
  ['gone', of(ROW.removed)],
  ['rejected', of(ROW.statusReplaced)],
  ['phase', of(ROW.phase, ({ a }, symbols) => symbols.text(a))],
  ['waiting', of(ROW.containerWaiting, ({ a }, symbols) => symbols.text(a))],
  ['running', of(ROW.containerRunning)],
  ['terminated', of(ROW.containerTerminated, ({ b }, symbols) => symbols.text(b))],
  ['exitCode', of(ROW.containerTerminated, ({ a }) => `${unpackInstanceAndExit(a).exitCode}`)],
  ['restarts', of(ROW.containerRestarts, ({ a }) => `${a}`)],
  ['ready', of(ROW.containerReady, ({ a }) => `${a === 1}`)],
  ['event', of(ROW.event, ({ a }, symbols) => symbols.text(a))],
  ['started', of(ROW.containerStart)],
  ['exit', exit],
  ['exited', exit],
  ['stopped', of(ROW.containerStop)],
  ['signal', of(ROW.signal, ({ b }) => signalName(b))],
  ['killed', { valueOf: ({ kind, b }) => (kind === ROW.signal && b === 9 ? '' : undefined) }],
  ['pulling', of(ROW.pullStart, ({ a }, symbols) => symbols.text(a))],
  ['pulled', of(ROW.pullEnd, ({ a }, symbols) => symbols.text(a))],
  ['probe', of(ROW.probe, ({ b }) => PROBE_TYPES[unpackTypeAndHandler(b).type])],
  ['liveness', probe('liveness')],
  ['readiness', probe('readiness')],
  ['startup', probe('startup')],
  ['hook', { valueOf: ({ kind, b }) => (kind === ROW.hookStart || kind === ROW.hookEnd ? HOOKS[b] : undefined) }],
  ['postStart', hook('postStart')],
  ['preStop', hook('preStop')],
])

/** The fact that a condition of a pod or node has a status. */
export const conditionFact = (type: string): Fact => ({
  valueOf: ({ kind, a, b }, { symbols }) =>
    (kind === ROW.condition || kind === ROW.nodeCondition) && symbols.text(a) === type
      ? unpackStatusAndReason(b).status
      : undefined,
})
