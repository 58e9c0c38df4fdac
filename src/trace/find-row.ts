import { nearestWord, PodwrightError } from '../errors/index.js'
import { formatDuration, type Milliseconds, parseDuration } from '../time/index.js'
import { findObject } from './find-object.js'
import { conditionFact, FACTS, type Fact } from './row-fact.js'
import { ROW, rowKindNamed } from './row-kind.js'
import type { Row } from './row-store.js'
import type { Trace, TraceObject } from './trace.js'

/** The forms that `findRow` understands, for help texts and errors; `web` is a pod, `web/app` a container of it. */
export const ROW_FORMS: readonly string[] = [
  'web created, web scheduled, web deleted, web gone',
  'web phase=Running',
  'web Ready=False (or any other condition)',
  'web event=BackOff',
  'web/app waiting=CrashLoopBackOff, running, terminated=Error, restarts=2, ready=true',
  'web/app started, exit=1, signal=SIGTERM, killed, pulled, probe=liveness, readiness=failure, hook=preStop',
  'web (the last that happened to it)',
  '#12 (a row by its number)',
]

/** What a text such as `web Ready=False @12.5s` asks for. */
interface RowQuestion {
  readonly object: TraceObject
  /** Undefined: anything. */
  readonly key: string | undefined
  readonly value: string | undefined
  readonly until: Milliseconds
}

/**
 * Finds the row that a text names: an object, what happened to it, and optionally `@` with the latest instant; of an object alone, the
 * last that happened to it. The answer is the last such row. A question about a pod takes in its containers.
 *
 * @throws PodwrightError `UNKNOWN_OBJECT` for an unknown object; `USAGE` for a text of no known form and for something
 * that never happened, saying what did.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { findRow, simulate } from 'podwright'
 *
 * const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const trace = simulate([pod], { behave: 'web/app: exits 1 after 5s', horizon: '2m' })
 * assert.equal(findRow(trace, 'web/app exit').object, findRow(trace, 'web/app started').object)
 * ```
 */
export function findRow(trace: Trace, text: string, where?: string): Row {
  const { rows } = trace
  const byNumber = /^\s*#(\d{1,9})\s*$/.exec(text)
  if (byNumber !== null) {
    const number = Number(byNumber[1])
    if (number < rows.length) return rows.at(number)
    throw misuse(where, `expected the number of a row, at most #${rows.length - 1}, got #${number}`)
  }
  const question = parseQuestion(trace, text, where)
  const fact = factOf(trace, question, where)
  const { found, others } = search(trace, question, fact)
  if (found !== undefined) return found
  const wanted = `${question.key ?? 'anything'}${question.value === undefined ? '' : `=${question.value}`}`
  const until = question.until === Number.POSITIVE_INFINITY ? '' : ` until ${formatDuration(question.until)}`
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected something that happened, got ${wanted}, which never happened to ${question.object.path}${until}`,
    hint: others.length === 0 ? undefined : `what did: ${others.slice(0, MOST_LISTED).join(', ')}`,
  })
}

function search(
  { rows, objects, symbols }: Trace,
  { object, key, value, until }: RowQuestion,
  fact: Fact,
): { readonly found: Row | undefined; readonly others: readonly string[] } {
  const context = { symbols, isPod: object.kind === 'Pod' }
  const wanted = value?.toLowerCase()
  const others = new Map<string, string>()
  let found: Row | undefined
  for (let number = 0; number < rows.length; number++) {
    const concerned = rows.objectOf(number)
    if (concerned !== object.symbol && objects.get(concerned)?.pod !== object.symbol) continue
    const row = rows.at(number)
    const seen = fact.valueOf(row, context)
    if (seen === undefined) continue
    if (row.time <= until && (wanted === undefined || seen.toLowerCase() === wanted)) found = row
    else others.set(seen, `${key ?? ''}${seen === '' ? '' : `=${seen}`} at ${formatDuration(row.time)}`)
  }
  return { found, others: [...others.values()] }
}

function parseQuestion(trace: Trace, text: string, where: string | undefined): RowQuestion {
  const match = QUESTION.exec(text.slice(0, LONGEST_TEXT))
  if (match === null) {
    throw misuse(where, `expected an object and what happened to it, got ${JSON.stringify(text.slice(0, MOST_QUOTED))}`)
  }
  const [, name, key, value, until] = match
  return {
    object: findObject(trace, name, where),
    key,
    value: value === '' ? undefined : value,
    until: until === undefined ? Number.POSITIVE_INFINITY : parseDuration(until, where),
  }
}

/** `web Ready=False @12.5s`: object, key, value, instant. An image's name may hold an `@`, so the instant needs a space. */
const QUESTION = /^\s*([^\s=]\S*)(?:\s+([^\s=@]+)(?:=(\S*))?)?(?:\s+@\s*(\S+))?\s*$/

/** The fact that a key stands for: one of the table, a condition by its type, or a kind of row by its name. */
function factOf(trace: Trace, { key, value }: RowQuestion, where: string | undefined): Fact {
  if (key === undefined) return { valueOf: () => '' }
  const known = FACTS.get(key)
  if (known !== undefined) return known
  const types = conditionTypes(trace)
  if (types.has(key)) return conditionFact(key)
  const kind = rowKindNamed(key)
  if (kind !== undefined && value === undefined) return { valueOf: row => (row.kind === kind ? '' : undefined) }
  const nearest = nearestWord(key, [...types, ...FACTS.keys()])
  throw misuse(
    where,
    `expected a condition or something that can happen, got ${JSON.stringify(key.slice(0, MOST_QUOTED))}`,
    nearest,
  )
}

/** The types of the conditions that the trace speaks of, and those that Kubernetes itself sets. */
function conditionTypes({ rows, symbols }: Trace): ReadonlySet<string> {
  const types = new Set(['PodScheduled', 'PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready'])
  for (let number = 0; number < rows.length; number++) {
    const kind = rows.kindOf(number)
    if (kind === ROW.condition || kind === ROW.nodeCondition) types.add(symbols.text(rows.at(number).a))
  }
  return types
}

const misuse = (where: string | undefined, problem: string, nearest?: string): PodwrightError =>
  new PodwrightError({
    code: 'USAGE',
    where,
    problem,
    hint: `${nearest === undefined ? '' : `did you mean ${nearest}? `}The forms are: ${ROW_FORMS.join('; ')}`,
  })

const LONGEST_TEXT = 1000
const MOST_QUOTED = 80
const MOST_LISTED = 6
