import { visible } from '../kubectl/index.js'
import {
  HOOKS,
  PROBE_TYPES,
  REQUEST_FAILURES,
  ROW,
  type Row,
  type RowKind,
  type SymbolTable,
  signalName,
  unpackInstanceAndExit,
  unpackStatusAndReason,
  unpackTypeAndHandler,
} from '../trace/index.js'
import { ownerNumberWords } from './owner-words.js'
import { stepName } from './step-name.js'

/** Names a row in as few words as a cause needs: `exit 1`, `readiness probe`, `delete`; safe to print. */
export const causeWords = (row: Row, symbols: SymbolTable): string =>
  WORDS[row.kind](row, symbol => visible(symbols.text(symbol)))

type Words = (row: Row, text: (symbol: number) => string) => string

const hook: Words = ({ b }) => `${HOOKS[b] ?? ''} hook`
const condition: Words = ({ a, b }, text) => `${text(a)}=${unpackStatusAndReason(b).status}`

const raceOf = (failure: number): string => REQUEST_FAILURES[failure]?.race ?? 'failed'

const WORDS: Readonly<Record<RowKind, Words>> = {
  [ROW.step]: ({ a }) => stepName(a),
  [ROW.created]: () => 'creation',
  [ROW.bound]: () => 'scheduled',
  [ROW.specChanged]: () => 'spec change',
  [ROW.deletionRequested]: () => 'delete',
  [ROW.removed]: () => 'removal',
  [ROW.phase]: ({ a }, text) => `phase ${text(a)}`,
  [ROW.condition]: condition,
  [ROW.conditionRemoved]: ({ a }, text) => `${text(a)} removed`,
  [ROW.startTime]: () => 'first status',
  [ROW.podIP]: () => 'pod IP',
  [ROW.containerWaiting]: ({ a }, text) => (a === 0 ? 'waiting' : text(a)),
  [ROW.containerRunning]: () => 'running',
  [ROW.containerTerminated]: ({ a }) => `exit ${unpackInstanceAndExit(a).exitCode}`,
  [ROW.containerLastTerminated]: ({ a }) => `exit ${unpackInstanceAndExit(a).exitCode}`,
  [ROW.containerRestarts]: () => 'restart',
  [ROW.containerReady]: ({ a }) => (a === 1 ? 'ready' : 'not ready'),
  [ROW.containerStarted]: () => 'started',
  [ROW.qosClass]: () => 'creation',
  [ROW.nominatedNode]: () => 'preemption',
  [ROW.observedGeneration]: () => 'status',
  [ROW.statusReplaced]: () => 'rejection',
  [ROW.event]: ({ a }, text) => text(a),
  [ROW.sandboxCreate]: () => 'sandbox',
  [ROW.sandboxReady]: () => 'sandbox up',
  [ROW.sandboxFailed]: () => 'sandbox failure',
  [ROW.sandboxStop]: () => 'sandbox stop',
  [ROW.sandboxDied]: () => 'sandbox death',
  [ROW.pullStart]: () => 'pull',
  [ROW.pullEnd]: ({ b }) => (b === 0 ? 'image pulled' : 'pull failure'),
  [ROW.containerCreate]: () => 'start',
  [ROW.containerStart]: () => 'start',
  [ROW.containerStartFailed]: () => 'start failure',
  [ROW.containerStop]: () => 'stop',
  [ROW.signal]: ({ b }) => signalName(b),
  [ROW.exit]: ({ b }) => `exit ${b}`,
  [ROW.hookStart]: hook,
  [ROW.hookEnd]: hook,
  [ROW.probe]: ({ b }) => `${PROBE_TYPES[unpackTypeAndHandler(b).type]} probe`,
  [ROW.probeRepeated]: ({ b }) => `${PROBE_TYPES[b]} probe`,
  [ROW.endpoints]: () => 'endpoints',
  [ROW.nodeCondition]: condition,
  [ROW.ownerStatus]: ({ a, b }, text) => ownerNumberWords(text(a), b) ?? 'status',
  [ROW.ownerRevision]: ({ a }) => `revision ${a}`,
  [ROW.nodeChanged]: ({ a }, text) => text(a),
  [ROW.ownerText]: ({ a }, text) => text(a),
  [ROW.refused]: () => 'refusal',
  [ROW.proxyRules]: () => 'proxy rules',
  [ROW.requestsAnswered]: () => 'requests',
  [ROW.requestFailed]: ({ a }) => `request ${raceOf(a)}`,
  [ROW.requestRetried]: ({ a }) => `request ${raceOf(a)}`,
  [ROW.requestsUnderWay]: () => 'requests',
}
