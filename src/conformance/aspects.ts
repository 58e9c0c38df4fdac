import type { Observed, ObservedCall, ObservedEvent, ObservedPod } from './recording.js'

/** One entry of a list of changes: from when on, in seconds, what is the case. */
export interface Entry {
  readonly t: number
  readonly value: string
}

/** One thing that is compared: the order of changes, which Events were written at all, or how often one was. */
export type Aspect =
  | { readonly kind: 'sequence'; readonly entries: readonly Entry[] }
  | { readonly kind: 'presence'; readonly firstAt: ReadonlyMap<string, number> }
  | { readonly kind: 'count'; readonly count: number }

/** The aspects of one observation by name: `phase`, `state app`, `event Killing/spec.containers{app}`. */
export type Aspects = ReadonlyMap<string, Aspect>

/**
 * Takes an observation apart into what is compared. Events after `until` are left out here, entries of sequences by the
 * comparison itself.
 */
export function aspectsOf(observed: Observed, until: number): Aspects {
  const collector = new Collector()
  const { pods } = observed
  if (pods === undefined) collectPod(collector, observed, until)
  else {
    for (const [i, pod] of pods.entries()) {
      collector.prefix = `#${i} `
      collectPod(collector, pod, until)
    }
  }
  return collector.aspects
}

/** The pod of an observation: flat recordings hold it, and what belongs to it, at the top. */
export const podsOf = (observed: Observed): readonly Partial<ObservedPod & Observed>[] => observed.pods ?? [observed]

class Collector {
  readonly aspects = new Map<string, Aspect>()
  readonly #happenings = new Map<string, Entry[]>()
  /** Tells the pods of an observation apart; one alone has none. */
  prefix = ''

  /** A list of changes; an entry that repeats the one before is none. */
  changes<Item extends { readonly t: number }>(
    name: string,
    list: readonly Item[],
    textOf: (item: Item) => string,
  ): void {
    const entries: Entry[] = []
    for (const item of list) {
      const value = textOf(item)
      if (value !== entries.at(-1)?.value) entries.push({ t: item.t, value })
    }
    this.set(name, { kind: 'sequence', entries })
  }

  /** One more happening: each counts, equal ones too. */
  happened(name: string, t: number, value: string): void {
    const key = this.prefix + name
    const entries = this.#happenings.get(key)
    if (entries !== undefined) {
      entries.push({ t, value })
      return
    }
    const first = [{ t, value }]
    this.#happenings.set(key, first)
    this.aspects.set(key, { kind: 'sequence', entries: first })
  }

  set(name: string, aspect: Aspect): void {
    this.aspects.set(this.prefix + name, aspect)
  }
}

type Part = string | number | boolean | null | undefined

const words = (...parts: Part[]): string => parts.map(part => part ?? '').join('/')

function collectPod(collector: Collector, pod: Partial<ObservedPod & Observed>, until: number): void {
  collector.changes('phase', pod.phase ?? [], each => words(each.phase, each.reason))
  for (const [type, list] of Object.entries(pod.conditions ?? {})) {
    collector.changes(`condition ${type}`, list, each => words(each.status, each.reason))
  }
  for (const [name, list] of Object.entries(pod.containers ?? {})) {
    collector.changes(`state ${name}`, list, each => words(each.state, each.reason, each.exitCode, `#${each.restarts}`))
    collector.changes(`ready ${name}`, list, each => words(each.ready, each.started))
    const ended = list.filter(each => each.last)
    collector.changes(`last ${name}`, ended, each => words(each.last?.reason, each.last?.exitCode, `#${each.restarts}`))
  }
  const { printed = [] } = pod
  if (printed.length > 0) {
    collector.changes('printed', printed, each => words(each.ready, each.status))
    collector.changes('restarts', printed, each => `${each.restarts}`.replace(/ .*/, ''))
  }
  collectEnd(collector, pod)
  if (pod.runtime) collectCalls(collector, pod.runtime)
  const events = pod.events?.filter(event => event.t <= until)
  if (events !== undefined) collectEvents(collector, events)
}

function collectEnd(
  collector: Collector,
  { endpoints, terminatingAt, deletedAt }: Partial<ObservedPod & Observed>,
): void {
  if (endpoints) {
    collector.changes('endpoints', endpoints, ({ addresses }) =>
      JSON.stringify((addresses ?? []).map(each => [each.ready, each.serving, each.terminating])),
    )
  }
  if (isSet(terminatingAt)) collector.happened('terminating', terminatingAt, 'terminating')
  const removal = isSet(deletedAt) ? [{ t: deletedAt, value: 'gone' }] : []
  collector.set('deleted', { kind: 'sequence', entries: removal })
}

const isSet = (instant: number | null | undefined): instant is number => instant !== undefined && instant !== null

/** Order of a container's calls that share an instant. What removes dead containers is garbage collection, and not compared. */
const CALL_ORDER = ['StopContainer', 'exit', 'CreateContainer', 'StartContainer']

/** Calls within a fifth of a second have no order that two runs would share. */
const INSTANTS_PER_SECOND = 5

const instantOf = ({ t }: ObservedCall): number => Math.round(t * INSTANTS_PER_SECOND)

const byInstant = (a: ObservedCall, b: ObservedCall): number =>
  instantOf(a) - instantOf(b) || CALL_ORDER.indexOf(a.call) - CALL_ORDER.indexOf(b.call)

function collectCalls(collector: Collector, calls: readonly ObservedCall[]): void {
  const isCompared = ({ container, call, noop, err }: ObservedCall): boolean =>
    Boolean(container) && CALL_ORDER.includes(call) && !noop && !err
  for (const each of calls.filter(isCompared).sort(byInstant)) {
    const exit = each.exitCode === undefined ? '' : `exit ${each.exitCode}`
    collector.happened(`runtime ${each.container}`, each.t, words(each.call, each.timeout, exit))
  }
  const probes = new Map<string, Entry[]>()
  for (const each of calls) {
    const { t, call, container } = each
    const [kind, what] = each.cmd ?? []
    if (/sandbox/i.test(call) && call !== 'RemovePodSandbox' && !each.noop) {
      collector.happened('sandbox', t, words(call, each.attempt, each.err ? 'error' : ''))
    } else if (call === 'PullImage') {
      collector.happened(`pull ${each.image}`, t, each.err ? 'error' : 'ok')
    } else if (call === 'httpHook' || (call === 'ExecSync' && kind === 'hook')) {
      collector.happened(`hook ${container}`, t, words(each.hook ?? what, each.exitCode))
    } else if (call === 'ExecSync' && kind === 'probe') {
      const name = `probe ${container} ${what}`
      const answers = probes.get(name) ?? []
      probes.set(name, answers)
      answers.push({ t, value: words(each.result, `#${each.run}`) })
    }
  }
  for (const [name, answers] of probes) collector.changes(name, answers, each => each.value)
}

/** These are repeated for as long as something lasts: they are counted, not put in order. */
const REPEATING = /Unhealthy|BackOff|Failed$/

function collectEvents(collector: Collector, events: readonly ObservedEvent[]): void {
  const firstAt = new Map<string, number>()
  const counts = new Map<string, number>()
  for (const { t, type, reason, fieldPath, source } of events) {
    const key = words(type, reason, fieldPath)
    firstAt.set(key, Math.min(firstAt.get(key) ?? Number.POSITIVE_INFINITY, t))
    const subject = words(reason, fieldPath)
    counts.set(subject, (counts.get(subject) ?? 0) + 1)
    if (!REPEATING.test(reason)) collector.happened(`event ${subject}`, t, words(source))
  }
  collector.set('events', { kind: 'presence', firstAt })
  for (const [subject, count] of counts) collector.set(`count ${subject}`, { kind: 'count', count })
}
