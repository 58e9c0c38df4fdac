import type { SymbolTable } from '../../trace/index.js'
import {
  type Condition,
  type ContainerSpec,
  type ContainerStatus,
  condition,
  findCondition,
  isTerminalPhase,
  type PodStatus,
  type RuntimePod,
  STATE,
  TRUTH,
  WORD,
} from '../contract/index.js'
import { podSandboxChanged } from './sandbox-changed.js'

/** Whether the condition Ready that the API shows is the one that its container statuses make. */
export function isReadySettled(spec: ConditionSpec, status: PodStatus, symbols: SymbolTable): boolean {
  // The computation is given no statuses of init containers, so a sidecar always counts as unknown.
  const statuses = { initContainers: [], containers: status.containers }
  const containersReady = containersReadyCondition(spec, statuses, status.phase, symbols)
  const computed = readyCondition(spec, containersReady, status.conditions, symbols)
  const stored = findCondition(status.conditions, WORD.Ready)
  return stored !== undefined && stored.status === computed.status && stored.message === computed.message
}

/** What the conditions need of a pod's spec. */
export interface ConditionSpec {
  readonly initContainers: readonly ContainerSpec[]
  readonly containers: readonly ContainerSpec[]
  readonly readinessGates: readonly number[]
}

/** Container statuses as conditions look at them; null stands for "not known at all". */
export interface KnownStatuses {
  readonly initContainers: readonly ContainerStatus[]
  readonly containers: readonly ContainerStatus[] | null
}

/**
 * ContainersReady.
 *
 * kubelet: pkg/kubelet/status/generate.go GenerateContainersReadyCondition, v1.32.
 */
export function containersReadyCondition(
  spec: ConditionSpec,
  statuses: KnownStatuses,
  phase: number,
  symbols: SymbolTable,
): Condition {
  const type = WORD.ContainersReady
  if (statuses.containers === null) return condition(type, TRUTH.False, WORD.UnknownContainerStatuses)
  const unknown: ContainerSpec[] = []
  const unready: ContainerSpec[] = []
  const look = (container: ContainerSpec, list: readonly ContainerStatus[]): void => {
    const status = find(list, container)
    if (status === undefined) unknown.push(container)
    else if (!status.ready) unready.push(container)
  }
  for (const container of spec.initContainers)
    if (container.role === 'sidecar') look(container, statuses.initContainers)
  for (const container of spec.containers) look(container, statuses.containers)
  if (phase === WORD.Succeeded && unknown.length === 0) return condition(type, TRUTH.False, WORD.PodCompleted)
  if (phase === WORD.Failed) return condition(type, TRUTH.False, WORD.PodFailed)
  if (unknown.length > 0 || unready.length > 0) {
    return condition(type, TRUTH.False, WORD.ContainersNotReady, listText(symbols, unknown, 'unready', unready))
  }
  return condition(type, TRUTH.True)
}

/**
 * Ready: ContainersReady and every readiness gate.
 *
 * kubelet: pkg/kubelet/status/generate.go GeneratePodReadyCondition, v1.32.
 */
export function readyCondition(
  spec: ConditionSpec,
  containersReady: Condition,
  conditions: readonly Condition[],
  symbols: SymbolTable,
): Condition {
  if (containersReady.status !== TRUTH.True) {
    return condition(WORD.Ready, containersReady.status, containersReady.reason, containersReady.message)
  }
  if (spec.readinessGates.length === 0) return condition(WORD.Ready, TRUTH.True)
  const missing: string[] = []
  for (const gate of spec.readinessGates) {
    const found = findCondition(conditions, gate)
    if (found === undefined)
      missing.push(`corresponding condition of pod readiness gate "${symbols.text(gate)}" does not exist.`)
    else if (found.status !== TRUTH.True) {
      const status = found.status === TRUTH.False ? 'False' : 'Unknown'
      missing.push(`the status of pod readiness gate "${symbols.text(gate)}" is not "True", but ${status}`)
    }
  }
  if (missing.length === 0) return condition(WORD.Ready, TRUTH.True)
  return condition(WORD.Ready, TRUTH.False, WORD.ReadinessGatesNotReady, symbols.intern(missing.join(', ')))
}

/**
 * Initialized.
 *
 * kubelet: pkg/kubelet/status/generate.go GeneratePodInitializedCondition, v1.32.
 */
export function initializedCondition(
  spec: ConditionSpec,
  statuses: KnownStatuses,
  phase: number,
  symbols: SymbolTable,
): Condition {
  const type = WORD.Initialized
  if (statuses.containers === null && spec.initContainers.length > 0)
    return condition(type, TRUTH.False, WORD.UnknownContainerStatuses)
  const unknown: ContainerSpec[] = []
  const incomplete: ContainerSpec[] = []
  for (const container of spec.initContainers) {
    const status = find(statuses.initContainers, container)
    if (status === undefined) unknown.push(container)
    else if (container.role === 'sidecar' ? !status.started : !status.ready) incomplete.push(container)
  }
  if (phase === WORD.Succeeded && unknown.length === 0) return condition(type, TRUTH.True, WORD.PodCompleted)
  const hasStarted = ({ state }: ContainerStatus): boolean =>
    state.kind === STATE.running || state.kind === STATE.terminated
  const isComplete = unknown.length === 0 && incomplete.length === 0
  if (isComplete || statuses.containers?.some(hasStarted)) return condition(type, TRUTH.True)
  return condition(
    type,
    TRUTH.False,
    WORD.ContainersNotInitialized,
    listText(symbols, unknown, 'incomplete', incomplete),
  )
}

/** PodReadyToStartContainers: whether the sandbox can be kept. */
export const readyToStartContainersCondition = (hostNetwork: boolean, runtime: RuntimePod): Condition =>
  condition(
    WORD.PodReadyToStartContainers,
    podSandboxChanged(hostNetwork, runtime).isChanged ? TRUTH.False : TRUTH.True,
  )

/** Once the phase is terminal Ready and ContainersReady are False, with the reason that the phase gives. */
export function withTerminalReadiness(conditions: readonly Condition[], phase: number): readonly Condition[] {
  if (!isTerminalPhase(phase)) return conditions
  const reason = phase === WORD.Succeeded ? WORD.PodCompleted : WORD.PodFailed
  let changed: Condition[] | null = null
  for (let i = 0; i < conditions.length; i++) {
    const each = conditions[i]
    if ((each.type === WORD.Ready || each.type === WORD.ContainersReady) && each.status === TRUTH.True) {
      changed ??= conditions.slice()
      changed[i] = condition(each.type, TRUTH.False, reason)
    }
  }
  return changed ?? conditions
}

function find(statuses: readonly ContainerStatus[], container: ContainerSpec): ContainerStatus | undefined {
  for (let i = 0; i < statuses.length; i++) if (statuses[i].container.slot === container.slot) return statuses[i]
  return undefined
}

/** `containers with unknown status: [a b], containers with unready status: [c]`, as Go prints lists of strings. */
function listText(
  symbols: SymbolTable,
  unknown: readonly ContainerSpec[],
  word: 'unready' | 'incomplete',
  others: readonly ContainerSpec[],
): number {
  if (unknown.length === 0 && others.length === 1) {
    return symbols.message(word === 'unready' ? UNREADY_ONE : INCOMPLETE_ONE, others[0].nameSymbol)
  }
  const parts: string[] = []
  if (unknown.length > 0) parts.push(`containers with unknown status: [${names(unknown)}]`)
  if (others.length > 0) parts.push(`containers with ${word} status: [${names(others)}]`)
  return symbols.intern(parts.join(', '))
}

const names = (containers: readonly ContainerSpec[]): string => containers.map(each => each.name).join(' ')

const oneName = (word: string) =>
  ({
    name: `${word}One`,
    arguments: ['symbol'],
    write: ([name]: readonly (string | number)[]) => `containers with ${word} status: [${name}]`,
  }) as const
const UNREADY_ONE = oneName('unready')
const INCOMPLETE_ONE = oneName('incomplete')
