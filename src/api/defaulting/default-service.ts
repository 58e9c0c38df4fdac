import type { Service, ServicePort, ServiceSpec } from '../../model/index.js'

/**
 * Fills a service's defaults; cluster IPs and node ports are allocated elsewhere and are left alone.
 *
 * kubernetes: pkg/apis/core/v1/defaults.go SetDefaults_Service, v1.32.
 */
export function defaultService(service: Service): Service {
  const { sessionAffinityConfig, ...spec } = service.spec
  const type = spec.type ?? 'ClusterIP'
  const isExternal = type === 'NodePort' || type === 'LoadBalancer' || (spec.externalIPs?.length ?? 0) > 0
  const affinity = spec.sessionAffinity ?? 'None'
  const timeoutSeconds = sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800
  return {
    ...service,
    spec: {
      ...spec,
      type,
      sessionAffinity: affinity,
      ...sessionConfig(affinity, sessionAffinityConfig, timeoutSeconds),
      ...(spec.ports && { ports: spec.ports.map(defaultPort) }),
      ...(isExternal && { externalTrafficPolicy: spec.externalTrafficPolicy ?? 'Cluster' }),
      ...(type !== 'ExternalName' && { internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster' }),
      ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts ?? true }),
    },
  }
}

type AffinityConfig = ServiceSpec['sessionAffinityConfig']

function sessionConfig(affinity: string, given: AffinityConfig, timeoutSeconds: number) {
  if (affinity === 'None') return {}
  return { sessionAffinityConfig: affinity === 'ClientIP' ? { clientIP: { timeoutSeconds } } : given }
}

const defaultPort = (port: ServicePort): ServicePort => ({
  ...port,
  protocol: port.protocol ?? 'TCP',
  targetPort: port.targetPort || port.port,
})
