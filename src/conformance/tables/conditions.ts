import {
  type Condition,
  containersReadyCondition,
  initializedCondition,
  readyCondition,
  readyToStartContainersCondition,
} from '../../cluster/index.js'
import type { PodCondition, PodSpec, ContainerStatus as StatusObject } from '../../model/index.js'
import { conditionAnswer, conditionsOf, createEnvironment, statusesOf, versionOf } from './engine-objects.js'
import { runtimeSandboxOf, type SandboxObject } from './runtime-status.js'
import type { Answer } from './table.js'
import { type Partly, wholePod } from './whole-objects.js'

interface Input {
  readonly spec?: Partly<PodSpec>
  /** Of all containers in one list; null: not known. */
  readonly containerStatuses?: readonly Partly<StatusObject>[] | null
  readonly phase?: string
  readonly conditions?: readonly Partly<PodCondition>[] | null
  readonly sandboxes?: readonly SandboxObject[] | null
}

/** kubelet: pkg/kubelet/status/generate_test.go. */
export function answerConditions(input: unknown, table: string): Answer {
  const { symbols, condition } = answerOf(input as Input, table)
  return conditionAnswer(symbols, condition)
}

function answerOf(
  { spec = {}, containerStatuses, phase, conditions, sandboxes }: Input,
  table: string,
): { readonly symbols: ReturnType<typeof createEnvironment>['symbols']; readonly condition: Condition } {
  const environment = createEnvironment()
  const { symbols } = environment
  const version = versionOf(environment, wholePod({ spec }))
  if (table === 'PodReadyToStartContainers') {
    const runtime = { sandboxes: (sandboxes ?? []).map(each => runtimeSandboxOf(symbols, each)), containers: [] }
    return { symbols, condition: readyToStartContainersCondition(version.spec.hostNetwork, runtime) }
  }
  const isKnown = containerStatuses !== null && containerStatuses !== undefined
  const statuses = {
    initContainers: statusesOf(symbols, version.spec.initContainers, containerStatuses),
    containers: isKnown ? statusesOf(symbols, version.spec.containers, containerStatuses) : null,
  }
  const inPhase = symbols.intern(phase ?? '')
  if (table === 'Initialized') {
    return { symbols, condition: initializedCondition(version.spec, statuses, inPhase, symbols) }
  }
  const containersReady = containersReadyCondition(version.spec, statuses, inPhase, symbols)
  if (table !== 'Ready') return { symbols, condition: containersReady }
  const all = conditionsOf(symbols, conditions)
  return { symbols, condition: readyCondition(version.spec, containersReady, all, symbols) }
}
