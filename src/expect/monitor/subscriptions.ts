import { PodwrightError } from '../../errors/index.js'
import { ROW, type RowKind } from '../../trace/index.js'
import type { ContainerName, PodName } from '../clause.js'
import type { ObjectName } from '../object-clause.js'
import { partsOfObjectName } from '../object-kinds.js'
import { ANYBODY, type Subscription } from './signal.js'

/** Rows that begin or end a pod: what the store said of an earlier one is over. */
const LIFE: readonly RowKind[] = [ROW.created, ROW.removed]

/** Rows of the store about one container's status. */
export const STATUS_KINDS: readonly RowKind[] = [
  ROW.containerWaiting,
  ROW.containerRunning,
  ROW.containerTerminated,
  ROW.containerLastTerminated,
  ROW.containerRestarts,
  ROW.containerReady,
  ROW.containerStarted,
]

/** Rows of the store that say which state a container is in. */
export const STATE_KINDS: readonly RowKind[] = [ROW.containerWaiting, ROW.containerRunning, ROW.containerTerminated]

/** Rows of these kinds about a pod itself. */
export const ofPod = (pod: PodName, ...kinds: readonly RowKind[]): Subscription => ({ path: podPath(pod), kinds })

/** Rows of these kinds about a pod's status, and those that take it away. */
export const ofPodStatus = (pod: PodName, ...kinds: readonly RowKind[]): readonly Subscription[] => [
  ofPod(pod, ...LIFE, ...kinds),
]

/** Rows of these kinds about a container. */
export const ofContainer = (container: ContainerName, ...kinds: readonly RowKind[]): Subscription => ({
  path: `${podPath(podOf(container))}/${container.container}`,
  kinds,
})

/** Rows of these kinds about a container's status, and those about its pod that take it away. */
export const ofContainerStatus = (container: ContainerName, kinds: readonly RowKind[]): readonly Subscription[] => [
  ofContainer(container, ...kinds),
  ofPod(podOf(container), ...LIFE, ROW.statusReplaced),
]

/** Rows of these kinds, whomever they are about. */
export const ofAnybody = (...kinds: readonly RowKind[]): Subscription => ({ path: ANYBODY, kinds })

/** Rows of these kinds about a Service. */
export const ofService = (service: string, ...kinds: readonly RowKind[]): Subscription => ({
  path: `Service/${resolved(service)}`,
  kinds,
})

/** Rows of these kinds about a workload, a budget, an autoscaler or a node. */
export function ofObject(object: ObjectName, ...kinds: readonly RowKind[]): Subscription {
  const parts = partsOfObjectName(object)
  const isPath = parts !== undefined && object.startsWith(`${parts.kind}/`)
  if (!isPath || (parts.namespace === undefined) !== (parts.kind === 'Node')) throw unresolved(object)
  return { path: object, kinds }
}

/** Rows of these kinds about a node. */
export const ofNode = (node: string, ...kinds: readonly RowKind[]): Subscription => ofObject(`Node/${node}`, ...kinds)

const podPath = (pod: PodName): string => `Pod/${resolved(pod)}`

function podOf({ pod, container }: ContainerName): PodName {
  if (pod === undefined) throw unresolved(container)
  if (container === '*' || container === '@each') throw unresolved(`${pod}/${container}`)
  return pod
}

function resolved(name: string): string {
  if (name.split('/').length !== 2) throw unresolved(name)
  return name
}

const unresolved = (name: string): PodwrightError =>
  new PodwrightError({
    code: 'USAGE',
    where: 'clause',
    problem: `expected names such as default/web, got ${JSON.stringify(name.slice(0, 80))}`,
    hint: 'resolveClauses makes them out of the names that people write',
  })
