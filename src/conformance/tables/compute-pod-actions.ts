import { type ContainerSpec, computePodActions, type PodVersion, PROBE, RESULT } from '../../cluster/index.js'
import type { Pod } from '../../model/index.js'
import { createEnvironment, versionOf } from './engine-objects.js'
import { type RuntimeStatusObject, runtimePodOf } from './runtime-status.js'
import type { Answer } from './table.js'
import { type Partly, wholePod } from './whole-objects.js'

interface Input {
  readonly pod: Partly<Pod>
  readonly runtimeStatus?: RuntimeStatusObject
  /** Results by probe type and container ID. */
  readonly probeResults?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Releases with the init path made for sidecars, and without. */
const UNIFIED = '1.33'
const LEGACY = '1.32'

/** kubelet: pkg/kubelet/kuberuntime/kuberuntime_manager_test.go. */
export function answerComputePodActions(input: unknown): Answer {
  const { pod, runtimeStatus = {}, probeResults = {} } = input as Input
  const { actions, version } = actionsOf(pod, runtimeStatus, probeResults, UNIFIED)
  const legacy = actionsOf(pod, runtimeStatus, probeResults, LEGACY).actions
  const ids = (runtimeStatus.containers ?? []).map(({ id }) => id ?? '')
  const [newest] = runtimeStatus.sandboxes ?? []
  return {
    killPod: actions.killPod,
    createSandbox: actions.createSandbox,
    sandboxID: actions.previousSandbox < 0 ? '' : (newest?.id ?? ''),
    attempt: actions.sandboxAttempt,
    initContainersToStart: indicesOf(actions.initContainersToStart),
    containersToStart: indicesOf(actions.containersToStart),
    ephemeralContainersToStart: indicesOf(actions.ephemeralContainersToStart),
    containersToKill: actions.containersToKill
      .map(({ container, instance }) => ({ id: ids[instance], name: container.name }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    ...(version.spec.hasSidecars
      ? {}
      : { legacyNextInitContainerToStart: legacy.initContainersToStart[0]?.name ?? null }),
  }
}

const indicesOf = (containers: readonly ContainerSpec[]): number[] => containers.map(({ index }) => index)

function actionsOf(
  pod: Partly<Pod>,
  runtimeStatus: RuntimeStatusObject,
  probeResults: NonNullable<Input['probeResults']>,
  kubernetes: string,
): { readonly actions: ReturnType<typeof computePodActions>; readonly version: PodVersion } {
  const environment = createEnvironment(kubernetes)
  const version = versionOf(environment, wholePod(pod))
  const runtime = runtimePodOf(environment.symbols, version, runtimeStatus)
  const resultOf = (_slot: number, type: number, instance: number): number => {
    const id = runtimeStatus.containers?.[instance]?.id ?? ''
    const result = probeResults[PROBE_NAMES[type]]?.[id]
    return result === undefined ? RESULT.none : RESULT[result as keyof typeof RESULT]
  }
  const isDeleting = version.deletionGraceSeconds >= 0
  const { unifiedInitContainers } = environment.profile
  return { actions: computePodActions(version.spec, runtime, isDeleting, resultOf, unifiedInitContainers), version }
}

const PROBE_NAMES = Object.keys(PROBE)
