import { visible } from '../kubectl/index.js'
import { formatDuration, type Milliseconds } from '../time/index.js'
import { ROW, type Trace } from '../trace/index.js'
import { formatInstant } from './format-instant.js'
import { stepName } from './step-name.js'

/** What became of a pod that a drain wants gone. */
interface DrainedPod {
  readonly name: string
  firstRefusal: Milliseconds | undefined
  refusal: string
  evictedAt: Milliseconds | undefined
  removedAt: Milliseconds | undefined
}

interface Drain {
  readonly title: string
  readonly begunAt: Milliseconds
  /** Why kubectl did not begin. */
  readonly problems: string[]
  /** When its time was over. */
  gaveUpAt: Milliseconds | undefined
  readonly pods: Map<number, DrainedPod>
}

/** kubectl tries an eviction again so much later (EV-6); retries that are sure to be refused have no rows. */
const RETRY_MS = 5000

/** Says of each `kubectl drain` of a run whether it ended, or by which budget it is held up, since when, and how often it tried. */
export const drainLines = (trace: Trace): string[] =>
  drainsOf(trace).flatMap(drain => {
    if (drain.problems.length > 0)
      return [`${drain.title} took no pod away: kubectl refuses`, ...drain.problems.map(each => `  ${each}`)]
    const pods = [...drain.pods.values()]
    const left = pods.filter(({ removedAt }) => removedAt === undefined)
    if (left.length === 0) return [`${drain.title} ${endOf(drain, pods)}`]
    const blocked = left.filter(({ evictedAt }) => evictedAt === undefined)
    const ending = left.filter(({ evictedAt }) => evictedAt !== undefined)
    const { gaveUpAt } = drain
    const outcome = gaveUpAt === undefined ? 'never ended' : `gave up at ${formatInstant(gaveUpAt)}, its timeout`
    return [
      `${drain.title} ${outcome}: ${left.length} of ${pods.length} pod${pods.length === 1 ? '' : 's'} still there`,
      ...refusalsOf(blocked).map(([why, held]) => `  ${heldWords(trace, why, held, gaveUpAt)}`),
      ...(ending.length === 0
        ? []
        : [`  ${listed(ending)} ${ending.length === 1 ? 'was' : 'were'} evicted and not gone`]),
    ]
  })

function endOf({ begunAt }: Drain, pods: readonly DrainedPod[]): string {
  if (pods.length === 0) return 'found no pod to evict'
  const end = Math.max(...pods.map(({ removedAt = 0 }) => removedAt))
  const waited = pods.flatMap(({ firstRefusal, evictedAt = 0 }) =>
    firstRefusal === undefined ? [] : [evictedAt - firstRefusal],
  )
  const held = waited.length === 0 ? '' : `, of which a budget held it up for ${formatDuration(Math.max(...waited))}`
  return `ended after ${formatDuration(end - begunAt)}, at ${formatInstant(end)}${held}`
}

function heldWords(trace: Trace, why: string, held: readonly DrainedPod[], gaveUpAt: Milliseconds | undefined): string {
  const since = Math.min(...held.map(({ firstRefusal = 0 }) => firstRefusal))
  const end = gaveUpAt ?? (trace.outcome === 'quiescent' ? trace.header.horizon : trace.end)
  // What is due at the instant of the timeout is not tried any more.
  const tries = Math.floor((end - since - (gaveUpAt === undefined ? 0 : 1)) / RETRY_MS) + 1
  const often =
    tries === 1 ? 'tried once' : `tried ${tries} times, every ${formatDuration(RETRY_MS)} until ${formatInstant(end)}`
  return `blocked since ${formatInstant(since)} by ${why}: ${listed(held)} (${often})`
}

/** Those that are refused alike together. */
function refusalsOf(pods: readonly DrainedPod[]): [string, DrainedPod[]][] {
  const groups = new Map<string, DrainedPod[]>()
  for (const pod of pods) {
    const why = refusalWords(pod.refusal)
    const known = groups.get(why)
    if (known === undefined) groups.set(why, [pod])
    else known.push(pod)
  }
  return [...groups]
}

const refusalWords = (message: string): string => {
  const [, budget, what] = BUDGET.exec(message) ?? []
  return budget === undefined ? message : `the disruption budget ${budget}, which ${what}`
}

/** What the API server says of the budget in its way (EV-4). */
const BUDGET = /The disruption budget (\S+) (.*)$/

const MOST_NAMED = 4

function listed(pods: readonly DrainedPod[]): string {
  const named = pods.slice(0, MOST_NAMED).map(({ name }) => name)
  const more = pods.length - named.length
  return `${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`
}

function drainsOf({ rows, symbols, objects }: Trace): Drain[] {
  const drains = new Map<number, Drain>()
  for (let number = 0; number < rows.length; number++) {
    const kind = rows.kindOf(number)
    if (kind === ROW.step) {
      const { a, b, time } = rows.at(number)
      const [, node] = DRAIN.exec(symbols.text(b)) ?? []
      if (node === undefined) continue
      const title = `drain of ${visible(node)} (${stepName(a)})`
      drains.set(number, { title, begunAt: time, problems: [], gaveUpAt: undefined, pods: new Map() })
    } else if (drains.size > 0 && (kind === ROW.refused || kind === ROW.deletionRequested)) {
      const { object, a, time, cause } = rows.at(number)
      const drain = drains.get(cause)
      if (drain === undefined) continue
      if (kind === ROW.refused && objects.get(object)?.kind !== 'Pod') {
        drain.problems.push(visible(symbols.text(a)))
        continue
      }
      const pod = drain.pods.get(object) ?? newPod(visible(nameOf(objects.get(object), symbols.text(object))))
      drain.pods.set(object, pod)
      if (kind === ROW.deletionRequested) pod.evictedAt ??= time
      else noteRefusal(drain, pod, visible(symbols.text(a)), time)
    } else if (kind === ROW.removed) {
      const object = rows.objectOf(number)
      for (const { pods } of drains.values()) {
        const pod = pods.get(object)
        if (pod !== undefined) pod.removedAt ??= rows.timeOf(number)
      }
    }
  }
  return [...drains.values()]
}

function noteRefusal(drain: Drain, pod: DrainedPod, message: string, time: Milliseconds): void {
  if (message.endsWith('global timeout reached')) drain.gaveUpAt = time
  else {
    pod.firstRefusal ??= time
    pod.refusal = message
  }
}

const DRAIN = /^drain node ([^\s,]+)/

const newPod = (name: string): DrainedPod => ({
  name,
  firstRefusal: undefined,
  refusal: '',
  evictedAt: undefined,
  removedAt: undefined,
})

const nameOf = (object: { readonly namespace: string; readonly name: string } | undefined, text: string): string =>
  object === undefined ? text : `${object.namespace === 'default' ? '' : `${object.namespace}/`}${object.name}`
