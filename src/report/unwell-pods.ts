import { visible } from '../kubectl/index.js'
import { controllerOf, type Event, type Node, type Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ROW, StoreView, type Trace } from '../trace/index.js'
import { formatInstant } from './format-instant.js'

/**
 * Says in a plain sentence of each pod that is not well when the run ends what it waits for: a node, an image, a back-off, its
 * readiness, its own end. Pods of one owner that are unwell alike share a line, and so do those of many.
 */
export function unwellPodLines(trace: Trace): string[] {
  const view = new StoreView(trace).advanceTo(trace.end)
  const nodes = view.list('Node') as readonly Node[]
  const situation: Situation = {
    ...timesOf(trace),
    warnings: lastWarnings(view.list('Event') as readonly Event[]),
    nodes,
    silence: new Map(nodes.filter(isSilent).map(({ metadata: { name = '' } }) => [name, silenceOf(name)])),
  }
  const groups = new Map<string, UnwellPods>()
  for (const pod of view.list('Pod') as readonly Pod[]) {
    const sentence = sentenceOf(pod, situation)
    if (sentence === undefined) continue
    const { namespace = 'default', name = '' } = pod.metadata
    const shown = visible(namespace === 'default' ? name : `${namespace}/${name}`)
    const key = `${controllerOf(pod.metadata)?.uid ?? shown} ${sentence}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { name: shown, sentence, count: 1 })
    else known.count++
  }
  const lines = mergeAlike([...groups.values()]).map(({ name, sentence, count }) =>
    count === 1 ? `pod/${name} ${sentence}` : `pod/${name} and ${count - 1} like it: ${sentence}`,
  )
  const more = lines.length - MOST_LINES
  return more <= 0 ? lines : [...lines.slice(0, MOST_LINES), `… and ${more} more that are not well`]
}

/** Pods of one owner that are unwell alike. */
interface UnwellPods {
  /** Of the first. */
  readonly name: string
  readonly sentence: string
  count: number
}

/** Many owners whose pods are unwell alike have one line. */
function mergeAlike(groups: readonly UnwellPods[]): UnwellPods[] {
  const bySentence = new Map<string, UnwellPods[]>()
  for (const group of groups) bySentence.set(group.sentence, [...(bySentence.get(group.sentence) ?? []), group])
  return [...bySentence.values()].flatMap(alike => {
    if (alike.length < MANY) return alike
    return { ...alike[0], count: alike.reduce((sum, { count }) => sum + count, 0) }
  })
}

const MANY = 4
const MOST_LINES = 12

/** What there is to know beside a pod itself. */
interface Situation extends PodTimes {
  /** The last Warning Event about a pod, by the pod's UID. */
  readonly warnings: ReadonlyMap<string, Event>
  readonly nodes: readonly Node[]
  /** What is wrong with nodes of which nothing is heard, by name. */
  readonly silence: ReadonlyMap<string, string>
}

/** Whether the node lifecycle controller has heard nothing of a node for too long. */
const isSilent = ({ status }: Node): boolean =>
  status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'Unknown'

const silenceOf = (node: string): string => `nothing is heard of its node ${visible(node)}`

/** When a pod came, and when its deletion was asked for, by path. */
interface PodTimes {
  readonly created: ReadonlyMap<string, Milliseconds>
  readonly deleted: ReadonlyMap<string, Milliseconds>
}

function timesOf({ rows, objects }: Trace): PodTimes {
  const created = new Map<string, Milliseconds>()
  const deleted = new Map<string, Milliseconds>()
  for (let number = 0; number < rows.length; number++) {
    const kind = rows.kindOf(number)
    if (kind !== ROW.created && kind !== ROW.deletionRequested) continue
    const object = objects.get(rows.objectOf(number))
    if (object?.kind !== 'Pod') continue
    if (kind === ROW.created) {
      created.set(object.path, rows.timeOf(number))
      deleted.delete(object.path)
    } else if (!deleted.has(object.path)) deleted.set(object.path, rows.timeOf(number))
  }
  return { created, deleted }
}

/** The message of the last Warning Event about a pod, by the pod's UID. */
function lastWarnings(events: readonly Event[]): ReadonlyMap<string, Event> {
  const last = new Map<string, Event>()
  for (const event of events) {
    if (event.type !== 'Warning') continue
    const uid = event.involvedObject.uid ?? ''
    const known = last.get(uid)
    if (known === undefined || (known.lastTimestamp ?? '') <= (event.lastTimestamp ?? '')) last.set(uid, event)
  }
  return last
}

/** Undefined: the pod is well, or over. */
function sentenceOf(pod: Pod, situation: Situation): string | undefined {
  const { metadata, status } = pod
  const { created, deleted } = situation
  const path = `Pod/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`
  if (metadata.deletionTimestamp !== undefined) return endingWords(pod, deleted.get(path), situation)
  if (status?.phase === 'Succeeded') return undefined
  if (status?.phase === 'Failed') {
    if (controllerOf(metadata)?.kind === 'Job') return undefined
    const why = [status.reason ?? '', status.message ?? ''].filter(each => each !== '').map(said)
    const exits = (status.containerStatuses ?? []).flatMap(({ name, state }) =>
      (state?.terminated?.exitCode ?? 0) === 0
        ? []
        : [`container ${visible(name)} exited ${state?.terminated?.exitCode}`],
    )
    const all = [...why, ...exits]
    return all.length === 0 ? 'has failed' : `has failed: ${all.join(', ')}`
  }
  if (pod.spec.nodeName === undefined) return `is Pending${since(created.get(path))}: ${unboundWords(pod, situation)}`
  return containerWords(pod, situation)
}

const since = (time: Milliseconds | undefined): string => (time === undefined ? '' : ` since ${formatInstant(time)}`)

function endingWords(pod: Pod, asked: Milliseconds | undefined, { silence }: Situation): string {
  const { metadata, spec, status } = pod
  const silent = silence.get(spec.nodeName ?? '')
  if (silent !== undefined) {
    const owner = controllerOf(metadata)
    const isKept = owner?.kind === 'StatefulSet' ? `, and ${visible(owner.name)} makes no other until it is gone` : ''
    return `is being deleted${since(asked)} and is not gone: ${silent}, whose kubelet would have to end it${isKept}`
  }
  const { finalizers = [] } = metadata
  const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed'
  const why = isOver && finalizers.length > 0 ? `, held by its finalizers ${visible(finalizers.join(', '))}` : ''
  return `is being deleted${since(asked)} and is not gone${why}`
}

function unboundWords({ spec, status }: Pod, { nodes }: Situation): string {
  const condition = status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (condition?.reason === 'SchedulingGated') return 'its scheduling gates are not lifted'
  if (condition === undefined || condition.status === 'True') return 'the scheduler has not looked at it yet'
  // What preemption could not do either is of no use to somebody who asks why.
  const why = said((condition.message ?? '').replace(/ preemption: .*$/s, ''))
  const missing = Object.entries(spec.nodeSelector ?? {}).filter(
    ([key, value]) => !nodes.some(({ metadata }) => metadata.labels?.[key] === value),
  )
  const labels = missing.map(([key, value]) => visible(`${key}=${value}`)).join(', ')
  const wanted = missing.length === 0 ? '' : `; no node has the label${missing.length === 1 ? '' : 's'} ${labels}`
  return `the scheduler finds no node: ${why}${wanted}`
}

/** Its first container that waits or is not ready, in the order in which they start. */
function containerWords(pod: Pod, { warnings, silence }: Situation): string | undefined {
  const { metadata, spec, status } = pod
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
  const warning = warnings.get(metadata.uid ?? '')
  const silent = silence.get(spec.nodeName ?? '')
  const cause = silent ?? (warning === undefined ? undefined : withAdvice(said(warning.message ?? '')))
  const told = cause === undefined ? '' : `: ${cause}`
  for (const { name, state, lastState } of statuses) {
    const { reason = '', message = '' } = state?.waiting ?? {}
    if (reason === '' || STARTING.has(reason)) continue
    const { exitCode } = lastState?.terminated ?? {}
    // The message of a back-off ends with the pod's name and UID, which say nothing here.
    const detail = withAdvice(said(message).replace(/ restarting failed container=.*$/, ''))
    return [
      `waits: container ${visible(name)} is in ${said(reason)}`,
      ...(detail === '' ? [] : [detail]),
      ...(exitCode === undefined ? [] : [`last exited ${exitCode}`]),
    ].join(', ')
  }
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  if (ready?.status === 'True') return undefined
  const sidecars = new Set(
    (spec.initContainers ?? []).flatMap(each => (each.restartPolicy === 'Always' ? [each.name] : [])),
  )
  const running = status?.initContainerStatuses?.find(
    ({ name, state }) => state?.running !== undefined && !sidecars.has(name),
  )
  if (running !== undefined) return `waits for its init container ${visible(running.name)}, which still runs`
  if (status?.phase === 'Pending') return `is starting on ${visible(spec.nodeName ?? '')}${told}`
  const unready = (status?.containerStatuses ?? []).filter(each => each.ready !== true).map(({ name }) => visible(name))
  if (unready.length === 0 && silent !== undefined) return `runs and is not Ready${told}`
  if (unready.length === 0)
    return `runs and is not Ready${ready?.reason === undefined ? '' : `: ${said(ready.reason)}`}`
  return `runs and is not Ready: container ${unready.join(', ')} is not${told}`
}

/** Without what says that an Event stands for others; with what to do about an object that is not there. */
function withAdvice(message: string): string {
  const text = message.replace(/^\(combined from similar events\): /, '')
  const [, kind] = /\b(configmap|secret) "[^"]*" not found$/.exec(text) ?? []
  return kind === undefined
    ? text
    : `${text}; no manifest has it: add the ${kind === 'secret' ? 'Secret' : 'ConfigMap'}`
}

/** Reasons to wait that every container has. */
const STARTING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing'])

/** A message as a part of a line. */
const said = (text: string): string => visible(text).trim().replace(/\.$/, '')
