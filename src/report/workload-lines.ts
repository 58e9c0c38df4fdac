import { statusOfRollout } from '../kubectl/index.js'
import {
  type ApiObject,
  controllerOf,
  type DaemonSet,
  type Deployment,
  type Job,
  type KubernetesObject,
} from '../model/index.js'
import { formatDuration, type Milliseconds } from '../time/index.js'
import { ROW, StoreView, type Trace, unpackTypeAndCount, walkOwners } from '../trace/index.js'
import { formatInstant } from './format-instant.js'

/**
 * Says of each workload that a run had at its end what it asked for and had, how long its rollouts took, and what went wrong with its
 * pods; nothing for a run without workloads.
 */
export function workloadLines(trace: Trace): string[] {
  const view = new StoreView(trace).advanceTo(trace.end)
  const owners = KINDS.flatMap(kind => view.list(kind)).filter(({ metadata }) => controllerOf(metadata) === undefined)
  if (owners.length === 0) return []
  const troubles = countTroubles(trace)
  const described = owners.map(owner => {
    const name = titleOf(owner)
    const lines = [countsOf(owner), ...rolloutWords(trace, owner), ...troubleWords(troubles.get(pathOf(owner)))]
    return { name, lines }
  })
  const width = Math.max(...described.map(({ name }) => name.length)) + 3
  return described.flatMap(({ name, lines }) =>
    lines.map((line, i) => (i === 0 ? name.padEnd(width) : ' '.repeat(width)) + line),
  )
}

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'CronJob', 'Job']

const titleOf = ({ kind, metadata }: ApiObject): string => {
  const { namespace = 'default', name = '' } = metadata
  return `${namespace === 'default' ? '' : `${namespace}/`}${kind.toLowerCase()}/${name}`
}

const pathOf = ({ kind, metadata }: ApiObject): string =>
  `${kind}/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`

/** What a workload asks for and has. */
function countsOf(owner: ApiObject): string {
  if (owner.kind === 'Job') {
    const { spec, status = {} } = owner as Job
    const { active = 0, succeeded = 0, failed = 0 } = status
    return `${spec.completions ?? spec.parallelism ?? 1} wanted, ${succeeded} succeeded, ${failed} failed, ${active} active`
  }
  if (owner.kind === 'CronJob') {
    const { status } = owner as ApiObject & { readonly status?: { readonly active?: readonly unknown[] } }
    return `${status?.active?.length ?? 0} jobs active`
  }
  if (owner.kind === 'DaemonSet') {
    const { status } = owner as DaemonSet
    const { desiredNumberScheduled = 0, numberReady = 0, updatedNumberScheduled = 0 } = status ?? {}
    return `${desiredNumberScheduled} desired, ${updatedNumberScheduled} updated, ${numberReady} ready`
  }
  const { spec, status = {} } = owner as Deployment
  const { updatedReplicas = 0, readyReplicas = 0 } = status
  const isRolled = owner.kind === 'Deployment' || owner.kind === 'StatefulSet'
  const updated = isRolled ? `${updatedReplicas} updated, ` : ''
  return `${spec.replicas ?? 1} desired, ${updated}${readyReplicas} ready`
}

/**
 * Each rollout with its time until it was done or exceeded its deadline. A rollout begins with a new generation of the object: pods that
 * fail after it was done begin none.
 */
function rolloutWords(trace: Trace, { kind, metadata }: ApiObject): string[] {
  const words: string[] = []
  let generation = 0
  let began: Milliseconds | undefined
  for (const { time, object, isRemoved } of walkOwners(trace)) {
    if (object.kind !== kind || pathOf(object) !== pathOf({ apiVersion: '', kind, metadata })) continue
    const status = statusOfRollout(object)
    if (status === undefined || isRemoved) continue
    if (object.metadata.generation !== generation) began = time
    generation = object.metadata.generation ?? 0
    if (began === undefined || status.state === 'waiting') continue
    const end = `${formatDuration(time - began)}, at ${formatInstant(time)}`
    const name = status.text.replace(/^error: /, '')
    // Done as it begins: what was changed, such as a pause, is no reason for other pods.
    const isNone = status.state === 'done' && time === began && words.length > 0
    if (!isNone) words.push(status.state === 'done' ? `rolled out in ${end}` : `${name} after ${end}`)
    began = undefined
  }
  if (began !== undefined) words.push(`not rolled out after ${formatDuration(trace.end - began)}`)
  return words
}

interface Troubles {
  restarts: number
  /** Rows of Warning Events, by reason. */
  readonly warnings: Map<string, number>
}

function troubleWords(troubles: Troubles | undefined): string[] {
  if (troubles === undefined) return []
  const { restarts, warnings } = troubles
  const reasons = [...warnings].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const warned = reasons.map(([reason, count]) => `${reason} ${count}`).join(', ')
  const parts = [
    ...(restarts === 0 ? [] : [`${restarts} restart${restarts === 1 ? '' : 's'}`]),
    ...(warned === '' ? [] : [`warning events: ${warned}`]),
  ]
  return parts.length === 0 ? [] : [parts.join('; ')]
}

/** Counts restarts and Warning Events by the path of the workload that owns, over others, what they are about. */
function countTroubles(trace: Trace): ReadonlyMap<string, Troubles> {
  const { rows, objects, symbols } = trace
  const owners = new Map<string, string>()
  const all = new Map<string, Troubles>()
  const of = (symbol: number): Troubles => {
    const object = objects.get(symbol)
    const pod = object?.pod === undefined ? object : objects.get(object.pod)
    const path = topOf(pod?.path ?? '', owners)
    const known = all.get(path) ?? { restarts: 0, warnings: new Map<string, number>() }
    all.set(path, known)
    return known
  }
  for (let number = 0; number < rows.length; number++) {
    const row = rows.at(number)
    if (row.kind === ROW.created) noteOwner(trace.manifests[row.a].object, objects.get(row.object)?.path ?? '', owners)
    else if (row.kind === ROW.containerCreate && row.b > 0) of(row.object).restarts++
    else if (row.kind === ROW.event && unpackTypeAndCount(row.b).type === 'Warning') {
      const { warnings } = of(row.object)
      const reason = symbols.text(row.a)
      warnings.set(reason, (warnings.get(reason) ?? 0) + 1)
    }
  }
  return all
}

function noteOwner({ metadata }: KubernetesObject, path: string, owners: Map<string, string>): void {
  const owner = controllerOf(metadata)
  if (owner !== undefined) owners.set(path, `${owner.kind}/${metadata.namespace ?? 'default'}/${owner.name}`)
}

/** Owners have owners three deep at most: a pod's Job has a CronJob. */
function topOf(path: string, owners: ReadonlyMap<string, string>): string {
  let top = path
  for (let level = 0; level < 4 && owners.has(top); level++) top = owners.get(top) ?? top
  return top
}
