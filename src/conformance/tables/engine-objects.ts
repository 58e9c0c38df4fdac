import {
  type Condition,
  type ContainerSpec,
  type ContainerState,
  type ContainerStatus,
  compilePod,
  condition,
  containerStatus,
  createSymbols,
  type Environment,
  identify,
  type PodStatus,
  type PodVersion,
  podStatus,
  running,
  STATE,
  TRUTH,
  terminated,
  waiting,
} from '../../cluster/index.js'
import { Choices, Kernel } from '../../kernel/index.js'
import { parseApiTime } from '../../kubectl/index.js'
import {
  DEFAULT_KUBELET_CONFIGURATION,
  type Pod,
  type PodCondition,
  profileOf,
  type ContainerState as StateObject,
  type ContainerStatus as StatusObject,
} from '../../model/index.js'
import { DEFAULT_BEHAVIOUR, DEFAULT_TIMING } from '../../scenario/index.js'
import { type SymbolTable, TraceRecorder } from '../../trace/index.js'
import type { Partly } from './whole-objects.js'

/** The release that most tables are from; those of other releases say the same about what they ask. */
const KUBERNETES = '1.33'

/** Everything that a component of the engine needs around it, for one case. */
export function createEnvironment(kubernetes = KUBERNETES): Environment {
  const symbols = createSymbols()
  const trace = new TraceRecorder(symbols)
  trace.reset('digest', undefined)
  const paths = { path: (object: number) => symbols.text(object), hash: () => 0 }
  return {
    kernel: new Kernel(),
    trace,
    symbols,
    choices: new Choices({}, paths, false),
    timing: DEFAULT_TIMING,
    profile: profileOf(kubernetes),
    kubelet: DEFAULT_KUBELET_CONFIGURATION,
  }
}

/** A pod as the store of the engine holds it, with the status that its object shows. */
export function versionOf({ symbols }: Environment, pod: Pod): PodVersion {
  const spec = compilePod(symbols, pod, 0, {}, DEFAULT_BEHAVIOUR.sandbox)
  return {
    identity: identify(symbols, 0, pod, 0),
    spec,
    row: -1,
    resourceVersion: 1,
    generation: 0,
    observedGeneration: 0,
    node: pod.spec.nodeName ? 0 : -1,
    deletionGraceSeconds: pod.metadata.deletionTimestamp ? (pod.metadata.deletionGracePeriodSeconds ?? 30) : -1,
    deletionSeconds: 0,
    hasFinalizers: false,
    creationSeconds: 0,
    status: statusOf(symbols, spec, pod.status),
  }
}

/** The containers of a pod, by the lists in which their statuses stand. */
export interface ContainerLists {
  readonly initContainers: readonly ContainerSpec[]
  readonly containers: readonly ContainerSpec[]
  readonly ephemeralContainers: readonly ContainerSpec[]
}

/** A status of the API as the engine keeps it. */
export function statusOf(symbols: SymbolTable, lists: ContainerLists, status: Partly<Pod['status']>): PodStatus {
  const given = status ?? {}
  return podStatus(
    symbols.intern(given.phase ?? ''),
    symbols.intern(given.reason ?? ''),
    symbols.intern(given.message ?? ''),
    conditionsOf(symbols, given.conditions),
    -1,
    symbols.intern(given.podIP ?? ''),
    statusesOf(symbols, lists.initContainers, given.initContainerStatuses),
    statusesOf(symbols, lists.containers, given.containerStatuses),
    statusesOf(symbols, lists.ephemeralContainers, given.ephemeralContainerStatuses),
    symbols.intern(given.nominatedNodeName ?? ''),
  )
}

/** Conditions of the API as the engine keeps them. */
export const conditionsOf = (
  symbols: SymbolTable,
  conditions: readonly Partly<PodCondition>[] | null | undefined,
): readonly Condition[] =>
  (conditions ?? []).map(each =>
    condition(
      symbols.intern(each.type ?? ''),
      TRUTH[each.status ?? 'Unknown'],
      symbols.intern(each.reason ?? ''),
      symbols.intern(each.message ?? ''),
    ),
  )

/** Statuses of containers by their names; those of containers that the spec does not have are left out. */
export function statusesOf(
  symbols: SymbolTable,
  containers: readonly ContainerSpec[],
  statuses: readonly Partly<StatusObject>[] | null | undefined,
): readonly ContainerStatus[] {
  return (statuses ?? []).flatMap(status => {
    const container = containers.find(({ name }) => name === (status.name ?? ''))
    if (container === undefined) return []
    const state = stateOf(symbols, status.state)
    const last = status.lastState?.terminated ? stateOf(symbols, status.lastState) : null
    const { restartCount, ready, started } = status
    const instance = status.containerID ? 0 : -1
    return [containerStatus(container, state, last, restartCount ?? 0, ready ?? false, started ?? false, instance)]
  })
}

/** A container's state; without any of the three members it is empty, which the kubelet takes for unknown. */
export function stateOf(symbols: SymbolTable, state: Partly<StateObject> | null | undefined): ContainerState {
  const text = (value: string | null | undefined): number => symbols.intern(value ?? '')
  if (state?.running) return running(0, parseApiTime(state.running.startedAt) ?? 0)
  if (state?.terminated) {
    const { reason, message, exitCode, startedAt, finishedAt } = state.terminated
    const from = parseApiTime(startedAt) ?? 0
    return terminated(text(reason), text(message), exitCode ?? 0, 0, from, parseApiTime(finishedAt) ?? 0)
  }
  if (state?.waiting) return waiting(text(state.waiting.reason), text(state.waiting.message))
  return { ...waiting(0), kind: STATE.empty }
}

/** A condition as the tables write it. */
export const conditionAnswer = (
  symbols: SymbolTable,
  { type, status, reason, message }: Condition,
): { readonly type: string; readonly status: string; readonly reason: string; readonly message: string } => ({
  type: symbols.text(type),
  status: status === TRUTH.True ? 'True' : status === TRUTH.False ? 'False' : 'Unknown',
  reason: symbols.text(reason),
  message: symbols.text(message),
})
