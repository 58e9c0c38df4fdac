import type { Container, Pod, PodSpec, PodTemplateSpec, ResourceList } from '../../model/index.js'
import { defaultContainer } from './default-container.js'
import { defaultVolume } from './default-volume.js'

/**
 * Fills a pod's defaults as the API server does while it decodes; admission's (tolerations, priority, service account) are not
 * among them.
 *
 * kubernetes: pkg/apis/core/v1/zz_generated.defaults.go SetObjectDefaults_Pod, v1.32 (API-8).
 */
export function defaultPod(pod: Pod): Pod {
  const { spec } = pod
  const onPod = (container: Container): Container => {
    const withRequests = defaultRequests(container)
    return spec.hostNetwork === true ? defaultHostPorts(withRequests) : withRequests
  }
  const prepared: PodSpec = {
    ...spec,
    ...(spec.initContainers && { initContainers: spec.initContainers.map(onPod) }),
    containers: (spec.containers ?? []).map(onPod),
    enableServiceLinks: spec.enableServiceLinks ?? true,
    // Conversion makes a negative period one second, of pods only (pkg/apis/core/v1/conversion.go Convert_v1_Pod_To_core_Pod).
    terminationGracePeriodSeconds:
      (spec.terminationGracePeriodSeconds ?? 0) < 0 ? 1 : spec.terminationGracePeriodSeconds,
  }
  return { ...pod, spec: defaultPodSpec(prepared) }
}

/** Fills the defaults of a workload's template: those of a pod but for requests, host ports and service links. */
export const defaultPodTemplate = (template: PodTemplateSpec): PodTemplateSpec => ({
  ...template,
  spec: defaultPodSpec(template.spec),
})

function defaultPodSpec(spec: PodSpec): PodSpec {
  // The account has an old name; conversion keeps both the same.
  const account = spec.serviceAccountName ?? spec.serviceAccount
  return {
    ...spec,
    ...(account && { serviceAccountName: account, serviceAccount: account }),
    ...(spec.volumes && { volumes: spec.volumes.map(defaultVolume) }),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(defaultContainer) }),
    containers: (spec.containers ?? []).map(defaultContainer),
    ...(spec.ephemeralContainers && { ephemeralContainers: spec.ephemeralContainers.map(defaultContainer) }),
    restartPolicy: spec.restartPolicy ?? 'Always',
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
    securityContext: spec.securityContext ?? {},
    schedulerName: spec.schedulerName ?? 'default-scheduler',
  }
}

/** A resource with a limit and no request is requested as much as it is limited. */
function defaultRequests(container: Container): Container {
  const limits = container.resources?.limits
  if (limits === undefined) return container
  const requests: ResourceList = { ...limits, ...container.resources?.requests }
  return { ...container, resources: { ...container.resources, requests } }
}

/** On the host's network a container port is a host port. */
const defaultHostPorts = (container: Container): Container =>
  container.ports === undefined
    ? container
    : { ...container, ports: container.ports.map(port => ({ ...port, hostPort: port.hostPort || port.containerPort })) }
