import type { Endpoint } from './endpoint.js'

/** Where a proxy may send a new connection. */
export interface UsableEndpoints {
  readonly endpoints: readonly Endpoint[]
  /** There are endpoints, but the policy keeps to the client's node, and there are none there. */
  readonly isNoneLocal: boolean
}

/**
 * The endpoints that take new connections: those that are ready; where none is, those that are terminating and still serve. The
 * policy Local looks at the endpoints of one node only (`node`, −1: at all).
 *
 * kube-proxy: pkg/proxy/topology.go CategorizeEndpoints (KP-1, KP-2).
 */
export function usableEndpoints(known: readonly Endpoint[], node: number): UsableEndpoints {
  const candidates = node < 0 ? known : known.filter(({ pod }) => pod.node === node)
  const ready = candidates.filter(({ isReady }) => isReady)
  const endpoints = ready.length > 0 ? ready : candidates.filter(isServingToTheEnd)
  return {
    endpoints,
    isNoneLocal: endpoints.length === 0 && node >= 0 && usableEndpoints(known, -1).endpoints.length > 0,
  }
}

const isServingToTheEnd = ({ isServing, isTerminating }: Endpoint): boolean => isServing && isTerminating
