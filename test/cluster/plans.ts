import { defaultPod } from '../../src/api/index.js'
import { type Container, DEFAULT_KUBELET_CONFIGURATION, type Pod } from '../../src/model/index.js'
import {
  type ContainerBehaviour,
  createNode,
  DEFAULT_BEHAVIOUR,
  DEFAULT_TIMING,
  type Plan,
  type PlanPod,
  type ProcessBehaviour,
  RUNS,
} from '../../src/scenario/index.js'

/** A container that runs on and answers every probe, but for what is said otherwise. */
export const behaves = (...changes: Partial<ContainerBehaviour>[]): ContainerBehaviour => ({
  runs: [RUNS],
  liveness: [DEFAULT_BEHAVIOUR.probe],
  readiness: [DEFAULT_BEHAVIOUR.probe],
  startup: [DEFAULT_BEHAVIOUR.probe],
  postStart: DEFAULT_BEHAVIOUR.hook,
  preStop: DEFAULT_BEHAVIOUR.hook,
  ...Object.assign({}, ...changes),
})

/** A process that exits by itself. */
export const exits = (exitCode: number, exitAfter: number): ProcessBehaviour => ({ ...RUNS, exitCode, exitAfter })

/** A pod of the default namespace. */
export function planPod(
  name: string,
  containers: readonly Partial<Container>[],
  behaviours: Readonly<Record<string, ContainerBehaviour>>,
  spec: Partial<Pod['spec']> = {},
): PlanPod {
  const full = containers.map(each => ({ name: 'app', image: 'app:1', ...each }))
  const pod = defaultPod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { ...spec, containers: full },
  })
  const names = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(each => each.name)
  const all = Object.fromEntries(names.map(each => [each, behaviours[each] ?? behaves()]))
  return { pod, createdAt: 0, containers: all, sandbox: DEFAULT_BEHAVIOUR.sandbox }
}

/** A plan of these pods on one roomy node. */
export const plan = (pods: readonly PlanPod[], changes: Partial<Plan> = {}): Plan => ({
  kubernetes: '1.32',
  kubelet: DEFAULT_KUBELET_CONFIGURATION,
  nodes: [createNode({ name: 'node-1' })],
  pods,
  objects: [],
  images: {},
  steps: [],
  horizon: 600_000,
  timing: DEFAULT_TIMING,
  assumptions: [],
  ...changes,
})
