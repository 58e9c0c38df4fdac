import { defaultPod } from '../../src/api/index.js'
import { applyPatch } from '../../src/cluster/api-server/index.js'
import type { Observed, ObservedCall, ObservedEvent, Recording } from '../../src/conformance/index.js'
import type { Pod } from '../../src/model/index.js'
import { type ArtificialRow, BY_STEP } from './artificial-trace.js'

/** One run of the real Kubernetes, in rows, and the manifests that they refer to. */
export interface ObservedRows {
  readonly rows: readonly ArtificialRow[]
  readonly manifests: readonly Pod[]
}

/** The recordings say more of a call than the comparison needs. */
interface RealCall extends ObservedCall {
  readonly cause?: string
  readonly reason?: string
}

type Timed = [time: number, rank: number, row: ArtificialRow]

/** What the runtime did comes before what the API shows of it, and that before the end of the object. */
const RANK = { begin: 0, runtime: 1, event: 2, status: 3, phase: 4, conditions: 5, step: 6, end: 7 }

const ms = (seconds: number): number => Math.round(seconds * 1000)

/**
 * Writes a recorded run of one pod as the rows that the engine would have written.
 *
 * What nobody recorded is left out (startTime, the QoS class) or follows from what was: the binding from PodScheduled, SIGKILL from
 * the exit that it caused, the deletionTimestamp from the grace. Events reach the API some milliseconds after what they tell.
 */
export function observedRows(recording: Recording, observed: Observed): ObservedRows {
  const timed: Timed[] = []
  const add = (time: number, rank: number, ...row: [string, string, ...(string | number | typeof BY_STEP)[]]): void => {
    timed.push([time, rank, [time, ...row] as unknown as ArtificialRow])
  }
  const manifests = manifestsOf(recording)
  add(0, RANK.begin, 'created', 'pod', 1)
  for (const each of observed.phase ?? [])
    add(ms(each.t), RANK.phase, 'phase', 'pod', each.phase, each.reason ?? '', each.message ?? '')
  for (const [type, entries] of Object.entries(observed.conditions ?? {})) {
    for (const { t, status, reason = '', message = '' } of entries) {
      if (type === 'PodScheduled' && status === 'True') add(ms(t), RANK.begin, 'bound', 'pod', 'node-1')
      add(ms(t), RANK.conditions, 'condition', 'pod', type, `${status} ${reason}`.trim(), message)
    }
  }
  addStatuses(observed, add)
  for (const call of observed.runtime ?? []) addCall(call, add)
  for (const event of observed.events ?? []) addEvent(event, observed.runtime ?? [], add)
  addDeletions(recording, observed, manifests[0], add)
  let version = 1
  for (const { do: what, sentAt, at, subresource } of recording.actions ?? [])
    if (what === 'patch' && subresource !== 'status')
      add(ms(sentAt ?? at), RANK.step, 'specChanged', 'pod', ++version, 'patched')
  timed.sort(([a, rankA], [b, rankB]) => a - b || rankA - rankB)
  return { rows: timed.map(([, , row]) => row), manifests }
}

type Add = (
  time: number,
  rank: number,
  kind: string,
  object: string,
  ...columns: (string | number | typeof BY_STEP)[]
) => void

function manifestsOf({ manifests, actions }: Recording): Pod[] {
  let pod = defaultPod(named(manifests.find(({ kind }) => kind === 'Pod') as Pod))
  const versions = [pod]
  for (const { do: what, body, type = 'strategic', subresource } of actions ?? []) {
    if (what !== 'patch' || subresource === 'status') continue
    pod = applyPatch(pod, body, type) as Pod
    versions.push(pod)
  }
  return versions
}

/** The rows call the pod `default/web`. */
const named = (pod: Pod): Pod => ({ ...pod, metadata: { ...pod.metadata, name: 'web', namespace: 'default' } })

function addStatuses({ containers = {}, runtime = [] }: Observed, add: Add): void {
  for (const [key, entries] of Object.entries(containers)) {
    const name = key.slice(key.indexOf(':') + 1)
    const startOf = (attempt: number): ObservedCall | undefined =>
      runtime
        .filter(each => each.call === 'StartContainer' && each.container === name && each.attempt === attempt)
        .at(-1)
    const before = { state: '', restarts: 0, ready: false, started: false }
    for (const entry of entries) {
      const time = ms(entry.t)
      const start = startOf(entry.restarts)
      const instance = entry.reason === 'ContainerStatusUnknown' ? -1 : (start?.run ?? -1)
      const state = `${entry.state} ${entry.reason} ${entry.exitCode} ${entry.message} ${instance}`
      if (state !== before.state) {
        if (entry.state === 'running')
          add(time, RANK.status, 'containerRunning', name, instance, Math.floor(start?.t ?? 0))
        else if (entry.state === 'waiting')
          add(time, RANK.status, 'containerWaiting', name, entry.reason ?? '', entry.message ?? '')
        else {
          const packed = ((instance + 1) << 8) | ((entry.exitCode ?? 0) & 0xff)
          add(time, RANK.status, 'containerTerminated', name, packed, entry.reason ?? '', entry.message ?? '')
        }
      }
      if (entry.restarts !== before.restarts) add(time, RANK.status, 'containerRestarts', name, entry.restarts)
      if (entry.started !== before.started) add(time, RANK.status, 'containerStarted', name, entry.started ? 1 : 0)
      if (entry.ready !== before.ready) add(time, RANK.status, 'containerReady', name, entry.ready ? 1 : 0)
      Object.assign(before, { ...entry, state })
    }
  }
}

const HOOKS = ['postStart', 'preStop']
const PROBES = ['liveness', 'readiness', 'startup']
const RESULTS = ['success', 'failure', 'hang', 'error']

function addCall(call: RealCall, add: Add): void {
  const time = ms(call.t)
  const end = ms(call.end ?? call.t)
  const { container = '', run = 0, attempt = 0, exitCode = 0 } = call
  if (call.noop === true) return
  switch (call.call) {
    case 'RunPodSandbox':
      add(time, RANK.runtime, 'sandboxCreate', 'pod', attempt)
      if (call.err === undefined) add(end, RANK.runtime, 'sandboxReady', 'pod', attempt, `address ${attempt}`)
      else add(end, RANK.runtime, 'sandboxFailed', 'pod', attempt, call.err)
      break
    case 'StopPodSandbox':
      add(time, RANK.runtime, 'sandboxStop', 'pod', attempt)
      break
    case 'sandbox-died':
      add(time, RANK.runtime, 'sandboxDied', 'pod', 0)
      break
    case 'PullImage':
      add(time, RANK.runtime, 'pullStart', 'pod', call.image ?? '')
      add(end, RANK.runtime, 'pullEnd', 'pod', call.image ?? '', call.err ?? '')
      break
    case 'CreateContainer':
      add(time, RANK.runtime, 'containerCreate', container, run, attempt, call.image ?? '')
      break
    case 'StartContainer':
      if (call.err === undefined) add(end, RANK.runtime, 'containerStart', container, run, run)
      else add(end, RANK.runtime, 'containerStartFailed', container, run, run, call.err)
      break
    case 'StopContainer':
      add(time, RANK.runtime, 'containerStop', container, run, call.timeout ?? 0)
      break
    case 'SIGTERM':
      add(time, RANK.runtime, 'signal', container, run, 15)
      break
    case 'exit':
      if (call.cause === 'sigkill') add(time, RANK.runtime, 'signal', container, run, 9)
      add(time, RANK.runtime, 'exit', container, run, exitCode, call.reason ?? '')
      break
    case 'ExecSync':
      addExec(call, add)
      break
    case 'httpHook':
      add(time, RANK.runtime, 'hookStart', container, run, HOOKS.indexOf(call.hook ?? ''), 1)
      add(end, RANK.runtime, 'hookEnd', container, run, HOOKS.indexOf(call.hook ?? ''), 0)
      break
  }
}

function addExec({ t, end, container = '', run = 0, cmd = [], result, exitCode = 126 }: ObservedCall, add: Add): void {
  const [what, which] = cmd
  if (what === 'hook') {
    add(ms(t), RANK.runtime, 'hookStart', container, run, HOOKS.indexOf(which), 0)
    add(ms(end ?? t), RANK.runtime, 'hookEnd', container, run, HOOKS.indexOf(which), exitCode)
  } else if (what === 'probe') {
    add(ms(end ?? t), RANK.runtime, 'probe', container, run, PROBES.indexOf(which), RESULTS.indexOf(result ?? 'error'))
  }
}

/** A kill's Event is dated back to the first thing that the kill did, where that came just before. */
function addEvent(event: ObservedEvent, runtime: readonly ObservedCall[], add: Add): void {
  const name = /\{(.*)\}/.exec(event.fieldPath ?? '')?.[1]
  const first = runtime.find(
    ({ t, call, container, cmd }) =>
      container === name && t <= event.t && t > event.t - 0.2 && (call === 'SIGTERM' || cmd?.[1] === 'preStop'),
  )
  const time = event.reason === 'Killing' && first !== undefined ? first.t : event.t
  const packed = (event.count << 4) | (event.type === 'Warning' ? 1 : 0)
  const rank = event.reason === 'Killing' ? RANK.begin : RANK.event
  add(ms(time), rank, 'event', name ?? 'pod', event.reason, packed, event.message)
}

function addDeletions({ actions }: Recording, observed: Observed, pod: Pod, add: Add): void {
  const { terminatingAt, deletedAt, phase = [] } = observed
  let grace = -1
  let deadline = 0
  for (const { do: what, sentAt, at, gracePeriodSeconds } of actions ?? []) {
    if (what !== 'delete' && what !== 'force-delete' && what !== 'evict') continue
    const isFirst = grace < 0
    const time = isFirst && terminatingAt !== null && terminatingAt !== undefined ? ms(terminatingAt) : ms(sentAt ?? at)
    const isForced = what === 'force-delete'
    const asked = isForced ? 0 : (gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30)
    const isFinished = ['Succeeded', 'Failed'].includes(phase.filter(({ t }) => ms(t) <= time).at(-1)?.phase ?? '')
    const seconds = isFinished && isFirst ? 0 : asked
    if (!isFirst && (seconds >= grace || (gracePeriodSeconds === undefined && !isForced))) continue
    deadline = isFirst ? Math.floor(time / 1000) + seconds : deadline - grace + seconds
    grace = seconds
    if (isForced) add(time, RANK.step, 'step', 'Step/1', 1, 'delete pod web, grace 0s')
    add(time, RANK.step, 'deletionRequested', 'pod', seconds, deadline, ...(isForced ? [BY_STEP] : []))
  }
  if (deletedAt !== null && deletedAt !== undefined) add(ms(deletedAt), RANK.end, 'removed', 'pod')
}
