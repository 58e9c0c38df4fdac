import { run } from '../../../src/cluster/index.js'
import type { KubernetesObject } from '../../../src/model/index.js'
import type { ApiRequestWords, Plan, Step } from '../../../src/scenario/index.js'
import { readRequest } from '../../../src/scenario/request-words.js'
import { ROW, type Trace } from '../../../src/trace/index.js'
import { plan } from '../plans.js'

/** A request as a step. */
export const request = (at: number, words: ApiRequestWords): Step => ({
  at,
  do: 'request',
  request: readRequest(words),
})

/** Runs requests, one after the other where several are of one instant, on a cluster that begins with some objects. */
export const runRequests = (steps: readonly Step[], changes: Partial<Plan> = {}): Trace =>
  run(plan([], { steps, ...changes }))

/** What was refused: the HTTP status, and the message. */
export const refusals = (trace: Trace): string[] =>
  rowsOf(trace, ROW.refused).map(({ a, b }) => `${b} ${trace.symbols.text(a)}`)

/** What became of objects whose path begins so, in order: time and what happened. */
export function story(trace: Trace, prefix: string): string[] {
  const { rows, symbols } = trace
  const told: string[] = []
  for (let i = 0; i < rows.length; i++) {
    const { object, kind, time, b } = rows.at(i)
    const path = symbols.text(object)
    if (!path.startsWith(prefix)) continue
    const what = WORDS.get(kind)
    if (what !== undefined)
      told.push(`${time / 1000}s ${path} ${what}${kind === ROW.specChanged ? ` ${symbols.text(b)}` : ''}`)
  }
  return told
}

const WORDS: ReadonlyMap<number, string> = new Map([
  [ROW.created, 'created'],
  [ROW.specChanged, 'changed'],
  [ROW.deletionRequested, 'deleting'],
  [ROW.removed, 'gone'],
])

/** The last version of an object that a request or controller wrote. */
export function lastWritten<Object extends KubernetesObject>(trace: Trace, path: string): Object | undefined {
  const rows = rowsOf(trace, ROW.created, ROW.specChanged).filter(({ object }) => trace.symbols.text(object) === path)
  const last = rows.at(-1)
  return last && (trace.manifests[last.a].object as Object)
}

function rowsOf(trace: Trace, ...kinds: readonly number[]) {
  const { rows } = trace
  const found = Array.from({ length: rows.length }, (_, i) => rows.at(i))
  return found.filter(({ kind }) => kinds.includes(kind))
}

/** A ConfigMap of the default namespace. */
export const configMap = (data: Readonly<Record<string, string>>, name = 'settings') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
})

/** A Deployment as it is written: without defaults. */
export const writtenDeployment = (spec: object = {}, image = 'app:1') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image }] } },
    ...spec,
  },
})

/** A pod as it is written. */
export const writtenPod = (name = 'web', spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...metadata },
  spec: { containers: [{ name: 'app', image: 'app:1' }], ...spec },
})
