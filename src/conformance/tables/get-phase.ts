import { getPhase } from '../../cluster/index.js'
import type { Pod } from '../../model/index.js'
import { createEnvironment, versionOf } from './engine-objects.js'
import type { Answer } from './table.js'
import { type Partly, wholePod } from './whole-objects.js'

interface Input {
  readonly pod: Partly<Pod>
  readonly podIsTerminal?: boolean
}

/** Where the kubelet notes from what source it has a pod; what is not the API server is a static pod. */
const SOURCE = 'kubernetes.io/config.source'

/** kubelet: pkg/kubelet/kubelet_pods_test.go TestPodPhase…. */
export function answerGetPhase(input: unknown): Answer {
  const { pod, podIsTerminal = false } = input as Input
  const environment = createEnvironment()
  const whole = wholePod(pod)
  const { spec, status } = versionOf(environment, whole)
  const source = whole.metadata.annotations?.[SOURCE]
  const isStatic = source !== undefined && source !== 'api'
  const phase = getPhase(spec, [...status.initContainers, ...status.containers], podIsTerminal, isStatic)
  return { phase: environment.symbols.text(phase) }
}
