import { PodwrightError } from '../errors/index.js'
import { formatDuration, type Milliseconds, readSpan, type Span } from '../time/index.js'
import { StoreView, type Trace } from '../trace/index.js'
import { type Awaitable, parseAwaitable } from './condition-word.js'
import { findObjects, type ObjectQuery, parseQueries, type QueryScope } from './object-query.js'
import { qualifiedName, type Resource } from './resources.js'
import { walkInstants } from './walk-instants.js'

/** When `kubectl wait` is called, and how long it waits. */
export interface WaitOptions extends QueryScope {
  /** When it is called; default: at the beginning of the run. */
  readonly from?: Span | undefined
  /** How long it waits, for all objects together; default 30s as kubectl. 0: it looks once. */
  readonly timeout?: Span | undefined
}

/** What `kubectl wait` says of one object. */
export interface WaitResult {
  /** `pod/web condition met`, or kubectl's error. */
  readonly text: string
  /** `undecided`: the run ended before the timeout, at its horizon. */
  readonly outcome: 'met' | 'timedOut' | 'noneFound' | 'undecided'
  /** When kubectl would have said so. */
  readonly time: Milliseconds
}

/**
 * Says when `kubectl wait --for=…` would have returned, had it been called during a run: with `condition=Ready`,
 * `condition=Available=false`, `delete`, `create` or `jsonpath={.status.phase}=Running`. Objects are waited for one after the other, and
 * the first that times out is the last.
 *
 * @throws PodwrightError `USAGE` for words that it does not know, `UNKNOWN_OBJECT` for a name that there is not when it is called.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { simulate, waitFor } from 'podwright'
 *
 * const web = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const [result] = waitFor(simulate([web]), 'pod/web', 'condition=Ready')
 * assert.deepEqual(result, { text: 'pod/web condition met', outcome: 'met', time: 850 })
 * ```
 */
export function waitFor(
  trace: Trace,
  what: string,
  condition: string,
  options: WaitOptions = {},
): readonly WaitResult[] {
  const awaitable = parseAwaitable(condition, '--for')
  const from = readSpan(options.from ?? 0, 'from')
  const deadline = from + readSpan(options.timeout ?? '30s', 'timeout')
  const results: WaitResult[] = []
  let now = from
  for (const target of targetsOf(trace, what, awaitable, options, from)) {
    const result = waitOne(trace, target, awaitable, { now, deadline, isOnce: deadline === from })
    results.push(result)
    if (result.outcome !== 'met') return results
    now = result.time
  }
  if (results.length > 0 || awaitable.kind === 'delete') return results
  return [{ text: 'error: no matching resources found', outcome: 'noneFound', time: from }]
}

/** An object that is waited for; without a UID there is none yet. */
interface Target {
  readonly resource: Resource
  readonly namespace: string
  readonly name: string
  readonly uid: string | undefined
}

function targetsOf(
  trace: Trace,
  what: string,
  { kind }: Awaitable,
  options: WaitOptions,
  from: Milliseconds,
): readonly Target[] {
  const queries = parseQueries(what.trim().split(/\s+/), 'wait')
  const { namespace = 'default' } = options
  const view = new StoreView(trace).advanceTo(from)
  return queries.flatMap((query): readonly Target[] => {
    const { resource, name } = query
    const scope = resource.isNamespaced ? namespace : ''
    const isOptional = kind === 'create' || (kind === 'delete' && existsLater(trace, query))
    if (name !== undefined && isOptional && view.get(resource.kind, scope, name) === undefined) {
      return kind === 'delete' ? [] : [{ resource, namespace: scope, name, uid: undefined }]
    }
    if (kind === 'create' && name === undefined) throw needsName(resource)
    return findObjects(view, [query], options, from).flatMap(({ objects }) =>
      objects.map(({ metadata }) => {
        const home = resource.isNamespaced ? (metadata.namespace ?? 'default') : ''
        return { resource, namespace: home, name: metadata.name ?? '', uid: metadata.uid }
      }),
    )
  })
}

/** Whether a name is one of the run's: what is gone already is deleted, what there never is was misspelt. */
const existsLater = (trace: Trace, { resource, name }: ObjectQuery): boolean =>
  [...trace.objects.values()].some(
    object => object.path.startsWith(`${resource.kind}/`) && object.name === name && object.kind !== 'Container',
  )

const needsName = ({ plural }: Resource): PodwrightError =>
  new PodwrightError({ code: 'USAGE', where: 'wait', problem: `expected a name with --for=create, got ${plural}` })

interface Allowance {
  readonly now: Milliseconds
  readonly deadline: Milliseconds
  readonly isOnce: boolean
}

function waitOne(
  trace: Trace,
  target: Target,
  { isMet, kind }: Awaitable,
  { now, deadline, isOnce }: Allowance,
): WaitResult {
  const { resource, namespace, name, uid } = target
  const title = qualifiedName(resource, name)
  for (const { time, view } of walkInstants(trace, resource, now)) {
    if (time > deadline) break
    const object = view.get(resource.kind, namespace, name)
    // WA-1: another object of the name is not the one that was to go.
    const current = kind === 'delete' && object?.metadata.uid !== uid ? undefined : object
    if (isMet(current)) return { text: `${title} condition met`, outcome: 'met', time }
    if (isOnce) return { text: `error: condition not met for ${name}`, outcome: 'timedOut', time }
  }
  if (trace.outcome !== 'quiescent' && trace.end < deadline) {
    const text = `undecided: the run ends at ${formatDuration(trace.end)}, before the timeout at ${formatDuration(deadline)}`
    return { text: `${text}: ${title}`, outcome: 'undecided', time: trace.end }
  }
  const text = `error: timed out waiting for the condition on ${resource.plural}/${name}`
  return { text, outcome: 'timedOut', time: deadline }
}
