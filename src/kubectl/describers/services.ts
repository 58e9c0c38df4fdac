import type { EndpointSlice, Service } from '../../model/index.js'
import type { Endpoints } from '../../trace/index.js'
import type { DescribeText } from '../describe-text.js'
import { hostPort } from '../printers/network.js'
import { formatMap } from '../printers/printer.js'
import { type DescribeContext, type Describer, describeMaps, describeName, describer } from './describer.js'

/** Describes Services and what stands behind them (kubectl: pkg/describe/describe.go describeService, v1.32). */
export const SERVICE_DESCRIBERS: Readonly<Record<string, Describer>> = {
  Service: describer(describeService),
  Endpoints: describer(describeEndpoints),
  EndpointSlice: describer(describeEndpointSlice),
}

function describeService(service: Service, { text, view }: DescribeContext): void {
  const { metadata, spec } = service
  describeName(service, text)
  describeMaps(service, text)
  text.field(0, 'Selector', formatMap(spec.selector))
  text.field(0, 'Type', spec.type ?? 'ClusterIP')
  if (spec.ipFamilyPolicy !== undefined) text.field(0, 'IP Family Policy', spec.ipFamilyPolicy)
  text.field(0, 'IP Families', spec.ipFamilies?.join(',') || '<none>')
  text.field(0, 'IP', spec.clusterIP ?? '')
  text.field(0, 'IPs', spec.clusterIPs?.join(',') || '<none>')
  const { externalIPs = [], loadBalancerIP, externalName } = spec
  if (externalIPs.length > 0) text.field(0, 'External IPs', externalIPs.join(','))
  if (loadBalancerIP) text.field(0, 'Desired LoadBalancer IP', loadBalancerIP)
  if (externalName) text.field(0, 'External Name', externalName)
  const slices = (view.list('EndpointSlice') as readonly EndpointSlice[]).filter(
    slice =>
      slice.metadata.namespace === (metadata.namespace ?? 'default') &&
      slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name,
  )
  describePorts(service, slices, text)
  text.field(0, 'Session Affinity', spec.sessionAffinity ?? 'None')
  if (spec.externalTrafficPolicy) text.field(0, 'External Traffic Policy', spec.externalTrafficPolicy)
  if (spec.internalTrafficPolicy) text.field(0, 'Internal Traffic Policy', spec.internalTrafficPolicy)
  if (spec.healthCheckNodePort) text.field(0, 'HealthCheck NodePort', spec.healthCheckNodePort)
  if (spec.trafficDistribution) text.field(0, 'Traffic Distribution', spec.trafficDistribution)
}

function describePorts({ spec }: Service, slices: readonly EndpointSlice[], text: DescribeText): void {
  for (const { name = '', port, protocol = 'TCP', targetPort = port, appProtocol, nodePort = 0 } of spec.ports ?? []) {
    const shown = name === '' ? '<unset>' : name
    text.cells(0, 'Port:', shown, `${port}/${protocol}`)
    text.field(0, 'TargetPort', `${targetPort}/${protocol}`)
    if (appProtocol !== undefined) text.field(0, 'AppProtocol', appProtocol)
    if (nodePort !== 0) text.cells(0, 'NodePort:', shown, `${nodePort}/${protocol}`)
    text.field(0, 'Endpoints', addressesOf(slices, name))
  }
}

/** formatEndpointSlices: the ready addresses of a port, three of them and how many more. */
function addressesOf(slices: readonly EndpointSlice[], portName: string): string {
  const all = slices.flatMap(({ endpoints, ports = [] }) =>
    ports
      .filter(({ name = '' }) => name === portName)
      .flatMap(({ port }) =>
        endpoints
          .filter(({ conditions }) => conditions?.ready !== false)
          .flatMap(({ addresses }) => addresses.map(ip => (port === undefined ? ip : hostPort(ip, port)))),
      ),
  )
  return all.length > MOST ? `${all.slice(0, MOST).join(',')} + ${all.length - MOST} more...` : all.join(',')
}

const MOST = 3

function describeEndpoints(endpoints: Endpoints, { text }: DescribeContext): void {
  describeName(endpoints, text)
  describeMaps(endpoints, text)
  text.cells(0, 'Subsets:')
  const listed = (addresses: readonly { readonly ip: string }[] = []): string =>
    addresses.map(({ ip }) => ip).join(',') || '<none>'
  for (const { addresses, notReadyAddresses, ports = [] } of endpoints.subsets ?? []) {
    text.field(1, 'Addresses', listed(addresses))
    text.field(1, 'NotReadyAddresses', listed(notReadyAddresses))
    if (ports.length > 0) {
      text.cells(1, 'Ports:')
      text.cells(2, 'Name', 'Port', 'Protocol')
      text.cells(2, '----', '----', '--------')
      for (const { name, port = 0, protocol = 'TCP' } of ports) text.cells(2, name || '<unset>', `${port}`, protocol)
    }
    text.cells(0, '')
  }
}

function describeEndpointSlice(slice: EndpointSlice, { text }: DescribeContext): void {
  describeName(slice, text)
  describeMaps(slice, text)
  text.field(0, 'AddressType', slice.addressType)
  const { ports = [], endpoints } = slice
  text.cells(0, ports.length === 0 ? 'Ports: <unset>' : 'Ports:')
  if (ports.length > 0) {
    text.cells(1, 'Name', 'Port', 'Protocol')
    text.cells(1, '----', '----', '--------')
  }
  for (const { name, port, protocol = 'TCP' } of ports) {
    text.cells(1, name || '<unset>', port === undefined ? '<unset>' : `${port}`, protocol)
  }
  text.cells(0, endpoints.length === 0 ? 'Endpoints: <none>' : 'Endpoints:')
  for (const { addresses, conditions, hostname, targetRef, nodeName, zone } of endpoints) {
    text.field(1, '- Addresses', addresses.join(', ') || '<none>')
    text.cells(2, 'Conditions:')
    text.field(3, 'Ready', conditions?.ready === undefined ? '<unset>' : `${conditions.ready}`)
    text.field(2, 'Hostname', hostname ?? '<unset>')
    if (targetRef !== undefined) text.field(2, 'TargetRef', `${targetRef.kind}/${targetRef.name}`)
    text.field(2, 'NodeName', nodeName ?? '<unset>')
    text.field(2, 'Zone', zone ?? '<unset>')
  }
}
