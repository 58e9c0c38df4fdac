import type { ApiObject, EndpointPort, EndpointSlice, Service, ServicePort } from '../../model/index.js'
import type { Milliseconds } from '../../time/index.js'
import type { Endpoints } from '../../trace/index.js'
import { ageOf } from '../api-time.js'
import { formatMap, type Printer, printer } from './printer.js'

const name = ({ metadata }: ApiObject): string => metadata.name ?? ''
const age = ({ metadata }: ApiObject, now: Milliseconds): string => ageOf(metadata.creationTimestamp, now)

/**
 * What `kubectl get` prints of Services and what stands behind them.
 *
 * kubernetes: pkg/printers/internalversion/printers.go, v1.32 (control-plane.md §7.1).
 */
export const NETWORK_PRINTERS: Readonly<Record<string, Printer>> = {
  Service: printer<Service>(
    'NAME|TYPE|CLUSTER-IP|EXTERNAL-IP|PORT(S)|AGE',
    (it, now) => [name(it), it.spec.type ?? 'ClusterIP', clusterIP(it), externalIP(it), ports(it), age(it, now)],
    'SELECTOR',
    ({ spec }) => [formatMap(spec.selector)],
  ),
  Endpoints: printer<Endpoints>('NAME|ENDPOINTS|AGE', (it, now) => [name(it), formatEndpoints(it), age(it, now)]),
  EndpointSlice: printer<EndpointSlice>('NAME|ADDRESSTYPE|PORTS|ENDPOINTS|AGE', (it, now) => [
    name(it),
    it.addressType,
    upToThree((it.ports ?? []).map(({ port, name: word }) => (port === undefined ? (word ?? '*') : `${port}`))),
    upToThree(it.endpoints.flatMap(({ addresses }) => addresses)),
    age(it, now),
  ]),
}

const clusterIP = ({ spec }: Service): string => spec.clusterIPs?.[0] ?? spec.clusterIP ?? '<none>'

function externalIP({ spec, status }: Service): string {
  const { type = 'ClusterIP', externalIPs = [], externalName = '' } = spec
  if (type === 'ExternalName') return externalName
  const given = type === 'LoadBalancer' ? ingressOf(status?.loadBalancer) : []
  const all = [...given, ...externalIPs]
  if (all.length > 0) return all.join(',')
  return type === 'LoadBalancer' ? '<pending>' : '<none>'
}

/** Addresses of a load balancer's status, sorted and each once. */
function ingressOf(loadBalancer: Readonly<Record<string, unknown>> | undefined): string[] {
  const { ingress } = (loadBalancer ?? {}) as { readonly ingress?: readonly { ip?: string; hostname?: string }[] }
  const addresses = (ingress ?? []).map(({ ip, hostname }) => ip || hostname || '').filter(each => each !== '')
  return [...new Set(addresses)].sort()
}

function ports({ spec }: Service): string {
  const shown = (spec.ports ?? []).map(portText).join(',')
  return shown === '' ? '<none>' : shown
}

const portText = ({ port, nodePort, protocol = 'TCP' }: ServicePort): string =>
  nodePort === undefined || nodePort === 0 ? `${port}/${protocol}` : `${port}:${nodePort}/${protocol}`

/** The ready addresses with each port, three of them and how many more. */
function formatEndpoints({ subsets = [] }: Endpoints): string {
  if (subsets.length === 0) return '<none>'
  const all = subsets.flatMap(({ addresses = [], ports: numbers = [] }) =>
    numbers.length === 0
      ? addresses.map(({ ip }) => ip)
      : numbers.flatMap(({ port = 0 }: EndpointPort) => addresses.map(({ ip }) => hostPort(ip, port))),
  )
  return all.length > MOST ? `${all.slice(0, MOST).join(',')} + ${all.length - MOST} more...` : all.join(',')
}

/** Go's net.JoinHostPort. */
export const hostPort = (ip: string, port: number): string => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)

const MOST = 3

function upToThree(all: readonly string[]): string {
  if (all.length > MOST) return `${all.slice(0, MOST).join(',')} + ${all.length - MOST} more...`
  return all.length === 0 ? '<unset>' : all.join(',')
}
