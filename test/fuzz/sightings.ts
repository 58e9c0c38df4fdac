import {
  HOOK_HANDLERS,
  HOOKS,
  PROBE_HANDLERS,
  PROBE_RESULTS,
  PROBE_TYPES,
  REQUEST_FAILURES,
  ROW,
  type Row,
  signalName,
  type Trace,
  unpackInstanceAndExit,
  unpackResultAndDuration,
  unpackStatusAndReason,
  unpackTypeAndHandler,
} from '../../src/trace/index.js'

/** Counts in how many runs each interesting thing was seen: what proves that the generator gets to where laws could break. */
export class Sightings {
  readonly #counts = new Map<string, number>()

  /** Takes a run. */
  add(trace: Trace): void {
    const seen = new Set<string>([`kubernetes ${trace.header.kubernetes}`, `ends ${trace.outcome}`])
    for (let number = 0; number < trace.rows.length; number++) {
      for (const word of wordsOf(trace.rows.at(number), trace)) seen.add(word)
    }
    for (const word of seen) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1)
  }

  /** In how many runs something was seen. */
  timesOf(word: string): number {
    return this.#counts.get(word) ?? 0
  }

  /** Everything seen, the rarest first. */
  all(): readonly (readonly [string, number])[] {
    return [...this.#counts].sort(([, a], [, b]) => a - b)
  }
}

/** What a row shows, in words: `waiting CrashLoopBackOff`, `probe liveness exec failure`. */
function wordsOf({ kind, object, a, b, c }: Row, trace: Trace): readonly string[] {
  const text = (symbol: number): string => trace.symbols.text(symbol)
  switch (kind) {
    case ROW.phase:
      return b === 0 ? [`phase ${text(a)}`] : [`phase ${text(a)}`, `phase ${text(a)} ${text(b)}`]
    case ROW.condition: {
      const { status, reason } = unpackStatusAndReason(b)
      return [`condition ${text(a)} ${status}`, `condition ${text(a)}: ${text(reason)}`]
    }
    case ROW.nodeCondition:
      return [`node ${text(a)} ${unpackStatusAndReason(b).status}`]
    case ROW.ownerRevision:
      return [`revision ${a}`]
    case ROW.created:
      return ['created', `created ${text(object).split('/', 1)[0]}`, `created ${text(object)}`]
    case ROW.refused:
      return ['step refused', ...(text(a).includes('disruption budget') ? ['eviction refused'] : [])]
    case ROW.ownerStatus:
    case ROW.ownerText:
      return []
    case ROW.containerWaiting:
      return [`waiting ${text(a)}`]
    case ROW.containerRunning:
      return ['running']
    case ROW.containerTerminated: {
      const role = trace.objects.get(object)?.role ?? 'unknown'
      return [
        `terminated ${text(b)}`,
        `${role} terminated ${unpackInstanceAndExit(a).exitCode === 0 ? 'well' : 'badly'}`,
      ]
    }
    case ROW.exit:
      return [`exit ${b}`, `exit ${text(c)}`]
    case ROW.signal:
      return [`signal ${signalName(b)}`]
    case ROW.probe: {
      const { type, handler } = unpackTypeAndHandler(b)
      const result = PROBE_RESULTS[unpackResultAndDuration(c).result]
      return [`probe ${PROBE_TYPES[type]} ${result}`, `probe ${PROBE_HANDLERS[handler]} ${result}`]
    }
    case ROW.hookStart:
      return [`hook ${HOOKS[b]} ${HOOK_HANDLERS[c]}`]
    case ROW.hookEnd:
      return [`hook ${HOOKS[b]} ${c === 0 ? 'success' : c === 137 ? 'cut off' : 'failure'}`]
    case ROW.event:
      return [`event ${text(a)}`, ...(text(c).includes('exceeded quota') ? ['quota refused a pod'] : [])]
    case ROW.endpoints:
      return endpointWords(text(a))
    case ROW.requestFailed:
      return [`request ${REQUEST_FAILURES[a].race}`, `request lost: ${REQUEST_FAILURES[a].why}`]
    case ROW.requestsAnswered:
      return ['requests answered']
    case ROW.requestRetried:
      return ['request sent again']
    case ROW.proxyRules:
    case ROW.requestsUnderWay:
      return []
    case ROW.deletionRequested:
      return ['deletion requested', ...(a === 0 ? ['deletion forced'] : [])]
    case ROW.containerLastTerminated:
    case ROW.containerRestarts:
    case ROW.containerReady:
    case ROW.containerStarted:
    case ROW.podIP:
    case ROW.startTime:
      return []
    default:
      return [KIND_WORDS[kind] ?? `row ${kind}`]
  }
}

const endpointWords = (addresses: string): readonly string[] =>
  addresses === ''
    ? ['endpoints none']
    : addresses.split(', ').map(address => `endpoint ${address.split(' ').slice(1).join(' ') || 'not ready'}`)

const KIND_WORDS: Readonly<Record<number, string>> = {
  [ROW.step]: 'step',
  [ROW.bound]: 'bound',
  [ROW.specChanged]: 'spec changed',
  [ROW.removed]: 'removed',
  [ROW.statusReplaced]: 'rejected by the kubelet',
  [ROW.sandboxDied]: 'sandbox died',
  [ROW.sandboxFailed]: 'sandbox failed',
  [ROW.containerStartFailed]: 'start failed',
  [ROW.probeRepeated]: 'probe repeated',
}
