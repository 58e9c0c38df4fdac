import type { Service, ServicePort, ServiceSpec } from '../../model/index.js'
import {
  addInvalid,
  duplicate,
  type FieldError,
  type FieldErrors,
  forbidden,
  invalid,
  notSupported,
  required,
} from './field-error.js'
import { FieldPath } from './field-path.js'
import { dns1035Label, dnsLabel, dnsSubdomain, portNumber, qualifiedName } from './formats.js'
import { type GoLiteral, goQuote, goStrings } from './go-text.js'
import { ipFamily, isCIDR } from './ip-address.js'
import { validateIp } from './validate-dns.js'
import { validatePort } from './validate-handlers.js'
import { validateLabels, validateObjectMeta } from './validate-metadata.js'

// kubernetes: pkg/apis/core/validation/validation.go ValidateService, v1.32. What the registry allocates (cluster IPs, node ports,
// the health-check port) is taken for allocated.

const SPEC = FieldPath.root('spec')
const KUBELET_PORT = 10_250
const MAX_AFFINITY_SECONDS = 86_400

export function validateService(service: Service): FieldError[] {
  const errors: FieldErrors = []
  const { metadata, spec } = service
  validateObjectMeta(metadata, { isNamespaced: true, checkName: dns1035Label }, FieldPath.root('metadata'), errors)
  const isHeadless = spec.clusterIP === 'None' || spec.clusterIPs?.[0] === 'None'
  const ports = spec.ports ?? []
  if (ports.length === 0 && !isHeadless && spec.type !== 'ExternalName') errors.push(required(SPEC.child('ports')))
  validateByType(spec, isHeadless, errors)
  const names = new Set<string>()
  ports.forEach((port, i) => {
    validateServicePort(port, ports.length > 1, names, SPEC.child('ports').index(i), errors)
  })
  validateLabels(spec.selector, SPEC.child('selector'), errors)
  validateAffinity(spec, errors)
  validateAddresses(spec, errors)
  const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
  if (!types.includes(spec.type ?? '')) errors.push(notSupported(SPEC.child('type'), spec.type ?? '', types))
  validatePortNumbers(spec, errors)
  validateLoadBalancer(spec, errors)
  validateTrafficPolicies(spec, errors)
  return errors
}

function validateByType(spec: ServiceSpec, isHeadless: boolean, errors: FieldErrors): void {
  const at = SPEC.child('clusterIPs').index(0)
  if (spec.type === 'LoadBalancer') {
    spec.ports?.forEach(({ port }, i) => {
      if (port !== KUBELET_PORT) return
      const detail = `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`
      errors.push(invalid(SPEC.child('ports').index(i), port, detail))
    })
    if (isHeadless) errors.push(invalid(at, 'None', "may not be set to 'None' for LoadBalancer services"))
  } else if (spec.type === 'NodePort') {
    if (isHeadless) errors.push(invalid(at, 'None', "may not be set to 'None' for NodePort services"))
  } else if (spec.type === 'ExternalName') {
    // The server keeps the one address and the list of them in step before it validates.
    const given = {
      clusterIPs: spec.clusterIPs ?? spec.clusterIP,
      ipFamilies: spec.ipFamilies?.[0],
      ipFamilyPolicy: spec.ipFamilyPolicy,
    }
    for (const [field, value] of Object.entries(given)) {
      if (value !== undefined && value.length > 0)
        errors.push(forbidden(SPEC.child(field), 'may not be set for ExternalName services'))
    }
    const name = (spec.externalName ?? '').replace(/\.$/, '')
    if (name === '') errors.push(required(SPEC.child('externalName')))
    else addInvalid(errors, SPEC.child('externalName'), name, dnsSubdomain(name))
  }
}

function validateServicePort(
  port: ServicePort,
  needsName: boolean,
  names: Set<string>,
  path: FieldPath,
  errors: FieldErrors,
): void {
  const name = port.name ?? ''
  if (name !== '') {
    addInvalid(errors, path.child('name'), name, dnsLabel(name))
    if (names.has(name)) errors.push(duplicate(path.child('name'), name))
    names.add(name)
  } else if (needsName) errors.push(required(path.child('name')))
  addInvalid(errors, path.child('port'), port.port, portNumber(port.port))
  const protocols = ['SCTP', 'TCP', 'UDP']
  if (!protocols.includes(port.protocol ?? '')) {
    errors.push(notSupported(path.child('protocol'), port.protocol ?? '', protocols))
  }
  validatePort(port.targetPort ?? 0, path.child('targetPort'), errors)
  if (port.appProtocol !== undefined) {
    addInvalid(errors, path.child('appProtocol'), port.appProtocol, qualifiedName(port.appProtocol))
  }
}

function validateAffinity(spec: ServiceSpec, errors: FieldErrors): void {
  const affinity = spec.sessionAffinity ?? ''
  if (affinity !== 'ClientIP' && affinity !== 'None') {
    errors.push(notSupported(SPEC.child('sessionAffinity'), affinity, ['ClientIP', 'None']))
  }
  if (affinity !== 'ClientIP') return
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 0
  if (timeout > 0 && timeout <= MAX_AFFINITY_SECONDS) return
  const at = SPEC.child('sessionAffinityConfig', 'clientIP', 'timeoutSeconds')
  errors.push(invalid(at, timeout, `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`))
}

/** ValidateServiceClusterIPsRelatedFields and the external addresses. */
function validateAddresses(spec: ServiceSpec, errors: FieldErrors): void {
  const clusterIPs = spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : [])
  const path = SPEC.child('clusterIPs')
  if (spec.type !== 'ExternalName') {
    if (spec.clusterIP && clusterIPs[0] !== spec.clusterIP) {
      errors.push(invalid(path, goStrings(clusterIPs), 'first value must match `clusterIP`'))
    }
    spec.ipFamilies?.forEach((family, i) => {
      const at = SPEC.child('ipFamilies').index(i)
      if (family !== 'IPv4' && family !== 'IPv6') errors.push(notSupported(at, family, ['IPv4', 'IPv6']))
      if ((spec.ipFamilies ?? []).indexOf(family) < i) errors.push(duplicate(at, family))
    })
    const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack']
    if (spec.ipFamilyPolicy !== undefined && !policies.includes(spec.ipFamilyPolicy)) {
      errors.push(notSupported(SPEC.child('ipFamilyPolicy'), spec.ipFamilyPolicy, policies))
    }
    clusterIPs.forEach((ip, i) => {
      if (i > 0 || ip !== 'None') validateIp(ip, path.index(i), errors)
    })
  }
  spec.externalIPs?.forEach((ip, i) => {
    const at = SPEC.child('externalIPs').index(i)
    validateIp(ip, at, errors)
    if (ipFamily(ip) !== undefined) addInvalid(errors, at, ip, specialAddressProblems(ip))
  })
}

/** ValidateNonSpecialIP. */
function specialAddressProblems(ip: string): readonly string[] {
  const problems: string[] = []
  if (ip === '0.0.0.0' || /^[0:]+$/.test(ip)) problems.push(`may not be unspecified (${ip})`)
  if (/^127\./.test(ip) || /^[0:]*:0*1$/.test(ip))
    problems.push('may not be in the loopback range (127.0.0.0/8, ::1/128)')
  if (/^169\.254\.|^fe[89ab]/i.test(ip)) problems.push('may not be in the link-local range (169.254.0.0/16, fe80::/10)')
  if (/^224\.0\.0\.|^ff02/i.test(ip)) {
    problems.push('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')
  }
  return problems
}

function validatePortNumbers(spec: ServiceSpec, errors: FieldErrors): void {
  const path = SPEC.child('ports')
  const ports = spec.ports ?? []
  if (spec.type === 'ClusterIP') {
    ports.forEach(({ nodePort = 0 }, i) => {
      const at = path.index(i).child('nodePort')
      if (nodePort !== 0) errors.push(forbidden(at, "may not be used when `type` is 'ClusterIP'"))
    })
  }
  const nodePorts = new Set<string>()
  ports.forEach(({ protocol, nodePort = 0 }, i) => {
    const key = `${protocol}/${nodePort}`
    if (nodePort !== 0 && nodePorts.has(key)) errors.push(duplicate(path.index(i).child('nodePort'), nodePort))
    nodePorts.add(key)
  })
  const numbers = new Set<string>()
  ports.forEach(({ protocol = '', port }, i) => {
    const key = `${protocol}/${port}`
    if (numbers.has(key)) errors.push(duplicate(path.index(i), goServicePort(protocol, port)))
    numbers.add(key)
  })
}

const goServicePort = (protocol: string, port: number): GoLiteral => ({
  literal:
    `core.ServicePort{Name:"", Protocol:${goQuote(protocol)}, AppProtocol:(*string)(nil), Port:${port}, ` +
    'TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}',
})

function validateLoadBalancer(spec: ServiceSpec, errors: FieldErrors): void {
  const isLoadBalancer = spec.type === 'LoadBalancer'
  const onlyThere = "may only be used when `type` is 'LoadBalancer'"
  const ranges = spec.loadBalancerSourceRanges ?? []
  const at = SPEC.child('LoadBalancerSourceRanges')
  if (ranges.length > 0 && !isLoadBalancer) errors.push(forbidden(at, onlyThere))
  ranges.forEach((range, i) => {
    if (isCIDR(range.trim())) return
    errors.push(invalid(at.index(i), range.trim(), 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'))
  })
  if (spec.allocateLoadBalancerNodePorts !== undefined && !isLoadBalancer) {
    errors.push(forbidden(SPEC.child('allocateLoadBalancerNodePorts'), onlyThere))
  }
  if (spec.loadBalancerClass === undefined) return
  const classPath = SPEC.child('loadBalancerClass')
  if (!isLoadBalancer) errors.push(forbidden(classPath, onlyThere))
  else addInvalid(errors, classPath, spec.loadBalancerClass, qualifiedName(spec.loadBalancerClass))
}

function validateTrafficPolicies(spec: ServiceSpec, errors: FieldErrors): void {
  const isExternal =
    spec.type === 'LoadBalancer' ||
    spec.type === 'NodePort' ||
    (spec.type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0)
  const external = spec.externalTrafficPolicy ?? ''
  const at = SPEC.child('externalTrafficPolicy')
  const policies = ['Cluster', 'Local']
  if (!isExternal) {
    if (external !== '') errors.push(invalid(at, external, 'may only be set for externally-accessible services'))
  } else if (!policies.includes(external)) errors.push(notSupported(at, external, policies))
  const health = spec.healthCheckNodePort ?? 0
  if (health !== 0 && !(spec.type === 'LoadBalancer' && external === 'Local')) {
    const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"
    errors.push(invalid(SPEC.child('healthCheckNodePort'), health, detail))
  }
  const internal = spec.internalTrafficPolicy
  if (internal !== undefined && !policies.includes(internal)) {
    errors.push(notSupported(SPEC.child('internalTrafficPolicy'), internal, policies))
  }
  const distribution = spec.trafficDistribution
  if (distribution !== undefined && distribution !== 'PreferClose') {
    errors.push(notSupported(SPEC.child('trafficDistribution'), distribution, ['PreferClose']))
  }
}
