import { visible } from '../kubectl/index.js'
import { formatDuration } from '../time/index.js'
import {
  HOOK_HANDLERS,
  HOOKS,
  PROBE_HANDLERS,
  PROBE_RESULTS,
  PROBE_TYPES,
  REQUEST_FAILURES,
  ROW,
  type Row,
  type RowKind,
  type SymbolTable,
  signalName,
  unpackInstanceAndExit,
  unpackResultAndDuration,
  unpackStatusAndReason,
  unpackTypeAndCount,
  unpackTypeAndHandler,
} from '../trace/index.js'
import { metricStatusWords } from './metric-words.js'
import { stepName } from './step-name.js'

/** Says in words what a row says, without its time and object; safe to print. */
export const rowSentence = (row: Row, symbols: SymbolTable): string =>
  SENTENCES[row.kind](row, symbol => visible(symbols.text(symbol)))

type TextOf = (symbol: number) => string
type Sentence = (row: Row, text: TextOf) => string

const withDetail = (head: string, ...details: readonly string[]): string => {
  const said = details.filter(detail => detail !== '')
  return said.length === 0 ? head : `${head}: ${said.join(', ')}`
}

const condition: Sentence = ({ a, b, c }, text) => {
  const { status, reason } = unpackStatusAndReason(b)
  return withDetail(`${text(a)}=${status}`, text(reason), text(c))
}

const ended = ({ a, b, c }: Row, text: TextOf): string => {
  const { exitCode } = unpackInstanceAndExit(a)
  return withDetail(`terminated ${exitCode}${b === 0 ? '' : ` (${text(b)})`}`, text(c))
}

/** What each answer of a probe is called. */
export const PROBE_ANSWERS: Readonly<Record<(typeof PROBE_RESULTS)[number], string>> = {
  success: 'succeeds',
  failure: 'fails',
  hang: 'gets no answer',
  error: 'cannot be asked',
}

const requests = (count: number): string => `${count} request${count === 1 ? '' : 's'}`
const podWord = (pod: number, text: TextOf): string => text(pod).replace(/^Pod\/(default\/)?/, '')

/** `request refused by web-1: its process has closed its listener; no ready endpoint for 300ms`. */
function failedRequest(row: Row, text: TextOf): string {
  const said = requestFailure(row, text)
  if (row.b === 0) return said
  return `${said}; ${row.c < 0 ? 'still a ready endpoint' : `no ready endpoint for ${formatDuration(row.c)}`}`
}

/** The race that a request lost, to whom, and why: the same words for all that were lost alike. */
export function requestFailure({ a, b }: Row, text: TextOf): string {
  const failure = REQUEST_FAILURES[a]
  if (failure === undefined) return 'request failed'
  const { race, why } = failure
  if (b === 0) return withDetail('request fails, no endpoint', why)
  return withDetail(`request ${race}${race === 'timed out' ? ' at' : ' by'} ${podWord(b, text)}`, why)
}

/** Who refuses, and why: kubectl looks at some things itself, and an eviction that a budget forbids is tried again. */
function refusalWords(message: string): string {
  const [, budget] = /^Cannot evict pod as .* The disruption budget (.*)$/.exec(message) ?? []
  if (budget !== undefined) return `eviction refused: the disruption budget ${budget}`
  return withDetail(KUBECTL_REFUSES.test(message) ? 'refused by kubectl' : 'refused by the API server', message)
}

/** What `kubectl drain` and `kubectl rollout` say by themselves (ND-3). */
const KUBECTL_REFUSES =
  /^cannot delete |^error when evicting |is already paused$|is not paused$|can't restart paused|if restart has already been triggered|rollout history|to find specified revision|^you cannot rollback|: \w+ is not supported$/

const SENTENCES: Readonly<Record<RowKind, Sentence>> = {
  [ROW.step]: ({ a, b }, text) => withDetail(stepName(a), text(b)),
  [ROW.created]: () => 'created',
  [ROW.bound]: ({ a }, text) => `scheduled to ${text(a).replace(/^Node\//, '')}`,
  [ROW.specChanged]: ({ b }, text) => withDetail('spec changed', text(b)),
  [ROW.deletionRequested]: ({ a }) => `delete requested, grace ${formatDuration(a * 1000)}`,
  [ROW.removed]: () => 'gone',
  [ROW.phase]: ({ a, b, c }, text) => withDetail(`phase ${text(a)}`, text(b), text(c)),
  [ROW.condition]: condition,
  [ROW.conditionRemoved]: ({ a }, text) => `condition ${text(a)} removed`,
  [ROW.startTime]: () => 'acknowledged by the kubelet',
  [ROW.podIP]: ({ a }, text) => `pod IP ${text(a)}`,
  [ROW.containerWaiting]: ({ a, b }, text) => withDetail('waiting', text(a), text(b)),
  [ROW.containerRunning]: () => 'shown as running',
  [ROW.containerTerminated]: (row, text) => `shown as ${ended(row, text)}`,
  [ROW.containerLastTerminated]: (row, text) => (row.b === 0 ? 'last state cleared' : `last state ${ended(row, text)}`),
  [ROW.containerRestarts]: ({ a }) => `restart count ${a}`,
  [ROW.containerReady]: ({ a }) => (a === 1 ? 'ready' : 'not ready'),
  [ROW.containerStarted]: ({ a }) => (a === 1 ? 'counts as started' : 'does not count as started'),
  [ROW.qosClass]: ({ a }, text) => `QoS class ${text(a)}`,
  [ROW.nominatedNode]: ({ a }, text) => (a === 0 ? 'no longer nominated' : `nominated to ${text(a)}`),
  [ROW.observedGeneration]: ({ a }) => `generation ${a} observed`,
  [ROW.statusReplaced]: () => 'rejected by the kubelet: its status is replaced',
  [ROW.event]: ({ a, b, c }, text) => {
    const { type, count } = unpackTypeAndCount(b)
    return `${withDetail(`event ${type} ${text(a)}`, text(c))}${count > 1 ? ` (×${count})` : ''}`
  },
  [ROW.sandboxCreate]: ({ a }) => `sandbox asked for${a > 0 ? `, attempt ${a}` : ''}`,
  [ROW.sandboxReady]: ({ b }, text) => `sandbox up${b === 0 ? '' : ` with ${text(b)}`}`,
  [ROW.sandboxFailed]: ({ b }, text) => withDetail('sandbox failed', text(b)),
  [ROW.sandboxStop]: () => 'sandbox stopped',
  [ROW.sandboxDied]: () => 'sandbox died',
  [ROW.pullStart]: ({ a }, text) => `pulling ${text(a)}`,
  [ROW.pullEnd]: ({ a, b }, text) => (b === 0 ? `pulled ${text(a)}` : withDetail(`pull of ${text(a)} failed`, text(b))),
  [ROW.containerCreate]: ({ b }) => `container created${b > 0 ? ` (restart ${b})` : ''}`,
  [ROW.containerStart]: () => 'started',
  [ROW.containerStartFailed]: ({ c }, text) => withDetail('failed to start', text(c)),
  [ROW.containerStop]: ({ b }) => `asked to stop within ${formatDuration(b * 1000)}`,
  [ROW.signal]: ({ b }) => signalName(b),
  [ROW.exit]: ({ b, c }, text) => `exited ${b}${c === 0 || b === 0 ? '' : ` (${text(c)})`}`,
  [ROW.hookStart]: ({ b, c }) => `${HOOKS[b] ?? 'hook'} hook begins (${HOOK_HANDLERS[c] ?? c})`,
  [ROW.hookEnd]: ({ b, c }) => `${HOOKS[b] ?? 'hook'} hook ${c === 0 ? 'ends' : 'fails'}`,
  [ROW.probe]: ({ b, c }) => {
    const { type, handler } = unpackTypeAndHandler(b)
    const { result, durationMs } = unpackResultAndDuration(c)
    const answer = PROBE_ANSWERS[PROBE_RESULTS[result]]
    return `${PROBE_TYPES[type]} probe ${answer} (${PROBE_HANDLERS[handler]}, ${durationMs}ms)`
  },
  [ROW.probeRepeated]: ({ b, c }) => `${PROBE_TYPES[b]} probe answered the same ${c} more time${c === 1 ? '' : 's'}`,
  [ROW.endpoints]: ({ a }, text) => withDetail('endpoints', a === 0 ? 'none' : text(a)),
  [ROW.nodeCondition]: condition,
  [ROW.ownerStatus]: ({ a, b }, text) => `${text(a)} ${b}`,
  [ROW.ownerRevision]: ({ a }) => `revision ${a}`,
  [ROW.nodeChanged]: ({ a, b }, text) => `${text(a)}: ${b === 0 || text(b) === '' ? 'none' : text(b)}`,
  [ROW.ownerText]: ({ a, b }, text) => {
    if (text(a) === 'currentMetrics') return `metrics ${metricStatusWords(text(b))}`
    // Each of a CronJob's Jobs is named with its UID.
    return `${text(a)} ${b === 0 ? 'none' : text(b).replace(/=[0-9a-f-]{36}(?=,|$)/g, '')}`
  },
  [ROW.refused]: ({ a }, text) => refusalWords(text(a)),
  [ROW.proxyRules]: ({ a, b }, text) =>
    withDetail(`rules of ${a === 0 ? 'the client' : text(a)}`, b === 0 ? 'no endpoint' : text(b)),
  [ROW.requestsAnswered]: ({ a, b }, text) => `${requests(a)} answered by ${podWord(b, text)}`,
  [ROW.requestFailed]: failedRequest,
  [ROW.requestRetried]: (row, text) => `${failedRequest(row, text)}; sent again`,
  [ROW.requestsUnderWay]: ({ a }) => `${requests(a)} under way at the end`,
}
