import { PodwrightError } from '../errors/index.js'
import { type ApiObject, controllerOf, type Pod, type PodTemplateSpec, type ReplicaSet } from '../model/index.js'
import { type Milliseconds, readSpan, type Span } from '../time/index.js'
import { StoreView, type Trace } from '../trace/index.js'
import { alignTabs, DESCRIBE_COLUMNS } from './align-tabs.js'
import { describeTemplate } from './describe-parts.js'
import { DescribeText } from './describe-text.js'
import { findObjects, type ObjectQuery, parseQueries } from './object-query.js'
import { qualifiedName } from './resources.js'
import { DELETED, obstacleOf, type RolloutStatus, statusOfRollout } from './rollout-status.js'
import { walkInstants } from './walk-instants.js'

/** Where and when a rollout is looked at. */
export interface RolloutOptions {
  /** Default: `default`. */
  readonly namespace?: string | undefined
  /** The instant; default: the end of the run. */
  readonly at?: Span | undefined
}

/** One line of a rollout that is watched. */
export interface RolloutLine extends RolloutStatus {
  readonly time: Milliseconds
}

/**
 * Says what `kubectl rollout status --watch=false` would have said at an instant: of a Deployment, StatefulSet or DaemonSet.
 *
 * @throws PodwrightError `USAGE` for another kind, `UNKNOWN_OBJECT` for what there is not.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { rolloutStatus, simulate } from 'podwright'
 *
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, template }
 * const trace = simulate([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec }])
 * assert.equal(rolloutStatus(trace, 'deployment/web').text, 'deployment "web" successfully rolled out')
 * assert.equal(rolloutStatus(trace, 'deployment/web', { at: 0 }).state, 'waiting')
 * ```
 */
export function rolloutStatus(trace: Trace, reference: string, options: RolloutOptions = {}): RolloutStatus {
  const query = rolloutQuery(reference)
  const at = instantOf(trace, options)
  return statusOf(objectOf(query, new StoreView(trace).advanceTo(at), options, at))
}

/**
 * Follows the rollouts of an object through a run: each line that `kubectl rollout status` would have printed, with its instant, once
 * until another one comes. Where kubectl would have ended, at a rollout that is done, the next one begins.
 *
 * @throws PodwrightError as `rolloutStatus`; for an object that there never is, too.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { simulate, watchRollout } from 'podwright'
 *
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, template }
 * const trace = simulate([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec }])
 * const lines = watchRollout(trace, 'deployment/web')
 * assert.deepEqual(lines.map(({ state }) => state), ['waiting', 'done'])
 * ```
 */
export function watchRollout(
  trace: Trace,
  reference: string,
  {
    namespace = 'default',
    from = 0,
  }: { readonly namespace?: string | undefined; readonly from?: Span | undefined } = {},
): readonly RolloutLine[] {
  const query = rolloutQuery(reference)
  const { kind } = query.resource
  const lines: RolloutLine[] = []
  let isThere = false
  let last: StoreView | undefined
  for (const { time, view } of walkInstants(trace, query.resource, readSpan(from, 'from'))) {
    const object = view.get(kind, namespace, query.name ?? '')
    last = view
    if (object === undefined && !isThere) continue
    const status = object === undefined ? DELETED : statusOf(object)
    isThere = object !== undefined
    if (lines.at(-1)?.text !== status.text) lines.push({ time, ...status })
  }
  // An object that there never is: the same words as for a view of the end.
  if (lines.length === 0) objectOf(query, last ?? new StoreView(trace), { namespace }, trace.end)
  return lines
}

/** Why the pods of a rollout that is not done are not ready at an instant, in the words of their status. */
export function rolloutObstacle(trace: Trace, reference: string, options: RolloutOptions = {}): string | undefined {
  const at = instantOf(trace, options)
  const view = new StoreView(trace).advanceTo(at)
  const object = objectOf(rolloutQuery(reference), view, options, at)
  return statusOf(object).state === 'done' ? undefined : obstacleOf(object, view.list('Pod') as readonly Pod[])
}

/**
 * Prints what `kubectl rollout history` would have printed at an instant; with `revision` the template of that revision.
 *
 * @throws PodwrightError as `rolloutStatus`, and for a revision that there is not.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { rolloutHistory, simulate } from 'podwright'
 *
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, template }
 * const trace = simulate([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec }])
 * assert.equal(rolloutHistory(trace, 'deployment/web'), 'deployment.apps/web\nREVISION  CHANGE-CAUSE\n1         <none>\n')
 * ```
 */
export function rolloutHistory(
  trace: Trace,
  reference: string,
  options: RolloutOptions & { readonly revision?: number | undefined } = {},
): string {
  const query = rolloutQuery(reference)
  const at = instantOf(trace, options)
  const view = new StoreView(trace).advanceTo(at)
  const object = objectOf(query, view, options, at)
  const revisions = [...revisionsOf(object, view)].sort((a, b) => a.revision - b.revision)
  const title = qualifiedName(query.resource, object.metadata.name ?? '')
  const { revision: wanted } = options
  if (wanted !== undefined) {
    const found = revisions.find(({ revision }) => revision === wanted)
    if (found === undefined) throw noRevision(wanted, revisions)
    const text = new DescribeText()
    describeTemplate(found.template, text)
    return linesText([`${title} with revision #${wanted}`, ...text.lines()])
  }
  if (revisions.length === 0) return linesText([title, 'No rollout history found.'])
  const hasCauses = query.resource.kind !== 'StatefulSet'
  const rows = revisions.map(({ revision, cause }) => (hasCauses ? `${revision}\t${cause || '<none>'}` : `${revision}`))
  const header = hasCauses ? 'REVISION\tCHANGE-CAUSE' : 'REVISION'
  return linesText([title, ...alignTabs([header, ...rows], DESCRIBE_COLUMNS)])
}

interface Revision {
  readonly revision: number
  readonly cause: string | undefined
  readonly template: PodTemplateSpec
}

/** A ControllerRevision, as far as a view reads it. */
interface RevisionView extends ApiObject {
  readonly revision: number
  readonly data: { readonly spec: { readonly template: PodTemplateSpec } }
}

function revisionsOf(object: ApiObject, view: StoreView): readonly Revision[] {
  const own = <Kind extends ApiObject>(kind: string): readonly Kind[] =>
    (view.list(kind) as readonly Kind[]).filter(({ metadata }) => controllerOf(metadata)?.uid === object.metadata.uid)
  const causeOf = ({ metadata }: ApiObject): string | undefined => metadata.annotations?.[CHANGE_CAUSE]
  if (object.kind === 'Deployment') {
    return own<ReplicaSet>('ReplicaSet').flatMap(set => {
      const revision = Number(set.metadata.annotations?.[REVISION] ?? 0)
      return revision === 0 ? [] : [{ revision, cause: causeOf(set), template: set.spec.template }]
    })
  }
  return own<RevisionView>('ControllerRevision').map(each => {
    return { revision: each.revision, cause: causeOf(each), template: each.data.spec.template }
  })
}

const REVISION = 'deployment.kubernetes.io/revision'
const CHANGE_CAUSE = 'kubernetes.io/change-cause'

/** Reads `deployment/web`, `sts/db`, `ds web`. */
function rolloutQuery(reference: string): ObjectQuery {
  const [query] = parseQueries(reference.trim().split(/\s+/), 'rollout')
  const { resource, name } = query
  const isRolled = resource.kind === 'Deployment' || resource.kind === 'StatefulSet' || resource.kind === 'DaemonSet'
  if (isRolled && name !== undefined) return query
  throw new PodwrightError({
    code: 'USAGE',
    where: 'rollout',
    problem: `expected a Deployment, StatefulSet or DaemonSet and its name, got ${JSON.stringify(reference.slice(0, 80))}`,
    hint: `write deployment/${name ?? 'web'}`,
  })
}

function objectOf(query: ObjectQuery, view: StoreView, { namespace }: RolloutOptions, at: Milliseconds): ApiObject {
  const [{ objects }] = findObjects(view, [query], { namespace }, at)
  return objects[0]
}

const statusOf = (object: ApiObject): RolloutStatus => statusOfRollout(object) ?? DELETED

function noRevision(wanted: number, revisions: readonly Revision[]): PodwrightError {
  const known = revisions.map(({ revision }) => revision).join(', ')
  const problem = `expected a revision of the history, got ${wanted}`
  return new PodwrightError({
    code: 'UNKNOWN_OBJECT',
    problem,
    hint: known === '' ? 'there is none' : `the revisions are ${known}`,
  })
}

const instantOf = (trace: Trace, { at }: RolloutOptions): Milliseconds =>
  at === undefined ? trace.end : readSpan(at, 'at')

const linesText = (lines: readonly string[]): string => lines.map(line => `${line}\n`).join('')
