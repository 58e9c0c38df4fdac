import {
  type ContainerState,
  type ContainerStatus,
  EventRecorder,
  KubeletPod,
  ProbeManager,
  STATE,
  StatusGenerator,
} from '../../cluster/index.js'
import type { Pod } from '../../model/index.js'
import { formatTimestamp } from '../../time/index.js'
import type { SymbolTable } from '../../trace/index.js'
import { conditionAnswer, createEnvironment, statusOf, versionOf } from './engine-objects.js'
import { type RuntimeStatusObject, runtimePodOf } from './runtime-status.js'
import type { Answer } from './table.js'
import { TableProbeRuntime } from './table-probe-runtime.js'
import { type Partly, wholePod } from './whole-objects.js'

interface Input {
  readonly pod: Partly<Pod>
  readonly previousStatus?: Partly<Pod['status']> | null
  readonly runtimeStatus?: RuntimeStatusObject
  readonly podIsTerminal?: boolean
}

/** Number of `kubelet` in EVENT_SOURCES. */
const KUBELET_SOURCE = 0

/** kubelet: pkg/kubelet/kubelet_pods_test.go Test_generateAPIPodStatus. */
export function answerGenerateStatus(input: unknown): Answer {
  const { pod, previousStatus, runtimeStatus = {}, podIsTerminal = false } = input as Input
  const environment = createEnvironment()
  const { symbols } = environment
  const version = versionOf(environment, wholePod(pod))
  const events = new EventRecorder(environment, KUBELET_SOURCE)
  const probes = new ProbeManager(environment, new TableProbeRuntime(symbols), events, [], () => {})
  const generator = new StatusGenerator(environment, probes, events)
  const kubeletPod = new KubeletPod(version)
  if (previousStatus) kubeletPod.status = statusOf(symbols, version.spec, previousStatus)
  const runtime = runtimePodOf(symbols, version, runtimeStatus)
  const status = generator.generate(kubeletPod, version, runtime, podIsTerminal, -1)
  const ids = (runtimeStatus.containers ?? []).map(({ id }) => id ?? '')
  const conditions = status.conditions.map(each => conditionAnswer(symbols, each))
  const isAboutSandbox = ({ type }: { readonly type: string }): boolean => type === 'PodReadyToStartContainers'
  return {
    phase: symbols.text(status.phase),
    reason: symbols.text(status.reason),
    message: symbols.text(status.message),
    initContainerStatuses: status.initContainers.map(each => statusAnswer(symbols, each, ids)),
    containerStatuses: status.containers.map(each => statusAnswer(symbols, each, ids)),
    ephemeralContainerStatuses: status.ephemeralContainers.map(each => statusAnswer(symbols, each, ids)),
    podReadyToStartContainers: conditions.find(isAboutSandbox)?.status,
    qosClass: symbols.text(version.spec.qosClass),
    conditions: conditions.filter(each => !isAboutSandbox(each)),
  }
}

function statusAnswer(symbols: SymbolTable, status: ContainerStatus, ids: readonly string[]): Answer {
  const { container, state, last, restarts, ready, started, instance } = status
  return {
    name: container.name,
    state: stateAnswer(symbols, state),
    lastState: last === null ? {} : stateAnswer(symbols, last),
    restartCount: restarts,
    ready,
    started,
    // The runtime's name is empty in the tables.
    ...(instance < 0 ? {} : { containerID: `://${ids[instance]}` }),
  }
}

function stateAnswer(symbols: SymbolTable, state: ContainerState): Answer {
  const reason = symbols.text(state.reason)
  const message = symbols.text(state.message)
  const startedAt = formatTimestamp(state.startedAt)
  switch (state.kind) {
    case STATE.running:
      return { running: { startedAt } }
    case STATE.terminated: {
      const { exitCode } = state
      return { terminated: { reason, message, exitCode, startedAt, finishedAt: formatTimestamp(state.finishedAt) } }
    }
    case STATE.waiting:
      return { waiting: { reason, message } }
    default:
      return {}
  }
}
