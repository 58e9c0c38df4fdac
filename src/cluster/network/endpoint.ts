import type { Service } from '../../model/index.js'
import { type ContainerSpec, findCondition, isDeleting, type PodVersion, TRUTH, WORD } from '../contract/index.js'

/** A pod behind a Service, as its slices say. Immutable. */
export interface Endpoint {
  readonly pod: PodVersion
  /** Symbol of its address. */
  readonly ip: number
  readonly isReady: boolean
  readonly isServing: boolean
  readonly isTerminating: boolean
}

/** What may be sent to a pod with an address (ES-2). */
export function endpointOf(pod: PodVersion, publishesNotReady: boolean): Endpoint {
  const isServing = isPodReady(pod)
  const isTerminating = isDeleting(pod)
  return {
    pod,
    ip: pod.status.podIP,
    isReady: publishesNotReady || (isServing && !isTerminating),
    isServing,
    isTerminating,
  }
}

/** Whether the store says of a pod that it is Ready. */
export const isPodReady = (pod: PodVersion): boolean =>
  findCondition(pod.status.conditions, WORD.Ready)?.status === TRUTH.True

/**
 * The container that a port of a Service leads to in a pod; null: the pod has no port of that name, so that it is no endpoint
 * of the port (ES-5).
 *
 * A number leads to the container that declares it. Declaring is no duty: else to one whose serving is stated, else to the first.
 */
export function servingContainer({ spec }: PodVersion, service: Service, port: string | number | undefined) {
  const ports = service.spec.ports ?? []
  const meant = port === undefined ? ports[0] : ports.find(each => each.name === port || each.port === port)
  const target = meant?.targetPort ?? meant?.port
  const candidates = [...spec.containers, ...spec.initContainers.filter(each => each.role === 'sidecar')]
  const declares = ({ name }: ContainerSpec): boolean => {
    const { containers, initContainers = [] } = spec.object.spec
    const ports = [...containers, ...initContainers].find(each => each.name === name)?.ports ?? []
    return ports.some(each => each.name === target || each.containerPort === target)
  }
  const declaring = candidates.find(declares)
  if (declaring !== undefined) return declaring
  if (typeof target === 'string') return null
  return candidates.find(({ behaviour }) => behaviour.serves !== undefined) ?? candidates[0] ?? null
}
