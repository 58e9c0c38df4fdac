import type { ApiObject, Event } from '../model/index.js'
import { type Milliseconds, readSpan, type Span } from '../time/index.js'
import { StoreView, type Trace, walkOwners, walkPods } from '../trace/index.js'
import { describeObject, eventsAbout } from './describe-object.js'
import { getObjects, ObjectTable } from './get-objects.js'
import { type FoundObjects, findObjects, parseQueries, type QueryScope } from './object-query.js'
import { listToJson, listToYaml, objectsToJson, objectsToYaml } from './objects.js'
import { printEvents } from './print-events.js'
import { qualifiedName, resourcesNamed } from './resources.js'

/** Which objects a view is about, and when. */
export interface ViewOptions extends QueryScope {
  /** The instant; default: the end of the run. */
  readonly at?: Span | undefined
}

/** What `kubectlGet` prints. */
export interface GetOptions extends ViewOptions {
  /** `-o`; default: a table. */
  readonly output?: 'wide' | 'yaml' | 'json' | 'name' | undefined
  readonly showLabels?: boolean | undefined
}

/** Which Events `kubectlEvents` prints. */
export interface EventsOptions extends ViewOptions {
  /** `--for`: only those about this object, `pod/web`. */
  readonly for?: string | undefined
  /** `--types`: only these types. */
  readonly types?: readonly ('Normal' | 'Warning')[] | undefined
}

/**
 * Prints what `kubectl get` would have printed at an instant of a run: `pods`, `deploy,rs`, `all`, `svc web`, `deploy/web pdb/web`.
 *
 * @returns the text with its line feeds; `No resources found …` where there are none.
 * @throws PodwrightError `USAGE` for a kind that there is not, `UNKNOWN_OBJECT` for a name, with the nearest.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { kubectlGet, simulate } from 'podwright'
 *
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, template }
 * const trace = simulate([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec }])
 * assert.equal(
 *   kubectlGet(trace, 'deploy web', { at: '1s' }),
 *   'NAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb    1/2     2            1           1s\n',
 * )
 * ```
 */
export function kubectlGet(trace: Trace, what: string, options: GetOptions = {}): string {
  const { found, now, isNamed } = find(trace, what, options, 'get')
  const { output, namespace = 'default', allNamespaces = false, showLabels } = options
  const objects = found.flatMap(each => each.objects)
  if (output === 'yaml') return isNamed && objects.length === 1 ? objectsToYaml(objects) : listToYaml(objects)
  if (output === 'json') return isNamed && objects.length === 1 ? objectsToJson(objects) : listToJson(objects)
  if (output === 'name') {
    return text(found.flatMap(({ resource, objects: all }) => all.map(each => qualifiedName(resource, nameOf(each)))))
  }
  const shown = found.filter(each => each.objects.length > 0)
  if (shown.length === 0) {
    const isScoped = !allNamespaces && found.some(({ resource }) => resource.isNamespaced)
    return `No resources found${isScoped ? ` in ${namespace} namespace.` : ''}\n`
  }
  const table = { wide: output === 'wide', allNamespaces, showLabels, showKind: found.length > 1 }
  return text(
    shown.flatMap(({ resource, objects: all }, i) => [
      ...(i === 0 ? [] : ['']),
      ...getObjects(resource, all, now, table),
    ]),
  )
}

/**
 * Prints what `kubectl describe` would have printed at an instant of a run.
 *
 * @throws PodwrightError as `kubectlGet`.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { kubectlDescribe, simulate } from 'podwright'
 *
 * const trace = simulate([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'app' }, data: { mode: 'fast' } }])
 * assert.match(kubectlDescribe(trace, 'cm/app'), /^Name: {9}app\nNamespace: {4}default\n/)
 * ```
 */
export function kubectlDescribe(trace: Trace, what: string, options: ViewOptions = {}): string {
  const { found, view, now } = find(trace, what, options, 'describe')
  const objects = found.flatMap(each => each.objects)
  if (objects.length === 0) {
    const { allNamespaces = false, namespace = 'default' } = options
    return `No resources found${allNamespaces ? '' : ` in ${namespace} namespace.`}\n`
  }
  return text(objects.flatMap((object, i) => [...(i === 0 ? [] : ['', '']), ...describeObject(object, view, now)]))
}

/**
 * Prints what `kubectl events` would have printed at an instant of a run: the Events by their last occurrence.
 *
 * @throws PodwrightError for an object of `for` that there is not.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { kubectlEvents, simulate } from 'podwright'
 *
 * const web = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const trace = simulate([web], { behave: 'web/app: exits 1 after 1s', horizon: '20s' })
 * assert.match(kubectlEvents(trace, { for: 'pod/web', types: ['Warning'] }), /Warning +BackOff +Pod\/web +Back-off restarting/)
 * ```
 */
export function kubectlEvents(trace: Trace, options: EventsOptions = {}): string {
  const { namespace = 'default', allNamespaces = false, types } = options
  const at = instantOf(trace, options)
  const view = new StoreView(trace).advanceTo(at)
  const all = (view.list('Event') as readonly Event[]).filter(
    ({ metadata, type }) =>
      (allNamespaces || (metadata.namespace ?? 'default') === namespace) &&
      (types === undefined || types.some(each => each === type)),
  )
  const events = options.for === undefined ? all : eventsFor(options.for, all, view, options, at)
  if (events.length === 0) return `No events found${allNamespaces ? '' : ` in ${namespace} namespace`}.\n`
  return text(printEvents(events, at + clockOffsetOf(trace), allNamespaces))
}

/** The Events about an object; of one that is gone those that its name finds. */
function eventsFor(
  what: string,
  events: readonly Event[],
  view: StoreView,
  scope: QueryScope,
  at: Milliseconds,
): readonly Event[] {
  const queries = parseQueries([what], 'for')
  const [{ resource, name }] = queries
  const about = events.filter(({ involvedObject: it }) => it.kind === resource.kind && it.name === name)
  if (about.length > 0 && view.get(resource.kind, '', name ?? '') === undefined) return about
  return findObjects(view, queries, scope, at).flatMap(({ objects }) =>
    objects.flatMap(each => eventsAbout(each, events)),
  )
}

/**
 * Lists the objects that `kubectl get` would have shown, as API objects: for assertions on an instant of a run.
 *
 * @throws PodwrightError as `kubectlGet`.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { listObjects, simulate } from 'podwright'
 *
 * const web = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const [node] = listObjects(simulate([web]), 'nodes')
 * assert.equal(node.metadata.name, 'node-1')
 * ```
 */
export const listObjects = (trace: Trace, what: string, options: ViewOptions = {}): readonly ApiObject[] =>
  find(trace, what, options, 'list').found.flatMap(({ objects }) => objects)

/**
 * The lines of `kubectl get --watch` for pods or workloads: one for each change in the store.
 *
 * @throws PodwrightError `USAGE` for a kind that is not followed.
 */
export function* watchObjects(
  trace: Trace,
  what: string,
  options: GetOptions = {},
): Generator<string, void, undefined> {
  const [{ resource, name }] = parseQueries(what.split(/\s+/), 'watch')
  const { namespace = 'default', allNamespaces = false, output, showLabels } = options
  const [known] = resourcesNamed(resource.kind, 'watch')
  const table = new ObjectTable(known, { wide: output === 'wide', allNamespaces, showLabels })
  const until = instantOf(trace, options)
  const changes = resource.kind === 'Pod' ? podChanges(trace) : ownerChanges(trace, resource.kind)
  const isMeant = ({ metadata }: ApiObject): boolean =>
    (allNamespaces || (metadata.namespace ?? 'default') === namespace) && (name === undefined || metadata.name === name)
  for (const { time, object } of changes) {
    if (time > until) return
    if (isMeant(object)) yield* table.lines([object], time + clockOffsetOf(trace))
  }
}

interface Change {
  readonly time: Milliseconds
  readonly object: ApiObject
}

function* podChanges(trace: Trace): Generator<Change> {
  for (const change of walkPods(trace)) yield { time: change.time, object: change.object() }
}

function* ownerChanges(trace: Trace, kind: string): Generator<Change> {
  for (const { time, object } of walkOwners(trace)) if (object.kind === kind) yield { time, object }
}

interface Found {
  readonly found: readonly FoundObjects[]
  readonly view: StoreView
  readonly now: Milliseconds
  /** Whether objects were asked for by their names. */
  readonly isNamed: boolean
}

function find(trace: Trace, what: string, options: ViewOptions, where: string): Found {
  const at = instantOf(trace, options)
  const queries = parseQueries(what.trim().split(/\s+/), where)
  const view = new StoreView(trace).advanceTo(at)
  const found = findObjects(view, queries, options, at)
  return { found, view, now: at + clockOffsetOf(trace), isNamed: queries.every(({ name }) => name !== undefined) }
}

const instantOf = (trace: Trace, { at }: ViewOptions): Milliseconds =>
  at === undefined ? trace.end : readSpan(at, 'at')

const clockOffsetOf = ({ header }: Trace): Milliseconds => header.clockOffset ?? 0
const nameOf = ({ metadata }: ApiObject): string => metadata.name ?? ''
const text = (lines: readonly string[]): string => lines.map(line => `${line}\n`).join('')
