import { uidOf } from '../hash/index.js'
import type {
  ApiObject,
  Endpoint,
  EndpointPort,
  EndpointSlice,
  ObjectMeta,
  Pod,
  Service,
  ServicePort,
} from '../model/index.js'

/** The addresses of a Service in the older form (core/v1 Endpoints). */
export interface Endpoints extends ApiObject {
  readonly subsets?: readonly EndpointSubset[]
}

/** Addresses that share their ports. */
export interface EndpointSubset {
  readonly addresses?: readonly { readonly ip: string }[]
  readonly notReadyAddresses?: readonly { readonly ip: string }[]
  readonly ports?: readonly EndpointPort[]
}

/** What an `endpoints` row says of one pod. */
interface Address {
  readonly ip: string
  readonly ready: boolean
  readonly serving: boolean
  readonly terminating: boolean
}

/** Reads the addresses of an `endpoints` row: `10.244.0.5 ready serving, 10.244.0.6 serving terminating`. */
function addressesOf(text: string): Address[] {
  return (text === '' ? [] : text.split(', ')).map(each => {
    const [ip, ...words] = each.split(' ')
    const [ready, serving, terminating] = ['ready', 'serving', 'terminating'].map(word => words.includes(word))
    return { ip, ready, serving, terminating }
  })
}

/** Builds the EndpointSlice of a Service from what its last `endpoints` row said; `row` is that row's number, −1 without one. */
export function endpointSliceOf(service: Service, text: string, row: number, pods: readonly Pod[]): EndpointSlice {
  const { name = '', namespace = 'default' } = service.metadata
  const addresses = addressesOf(text)
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...metadataOf(service, `${name}-${suffixOf(`EndpointSlice/${namespace}/${name}`)}`, row),
      labels: {
        ...service.metadata.labels,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        'kubernetes.io/service-name': name,
      },
    },
    addressType: 'IPv4',
    endpoints: addresses.map(address => endpointOf(address, namespace, pods)),
    ports: addresses.length === 0 ? [] : portsOf(service, podOf(addresses[0].ip, namespace, pods)),
  }
}

/** Builds the older Endpoints object: pods that end are left out (ES-3). */
export function endpointsOf(service: Service, text: string, row: number, pods: readonly Pod[]): Endpoints {
  const { name = '', namespace = 'default' } = service.metadata
  const addresses = addressesOf(text).filter(({ ready, terminating }) => ready || !terminating)
  const listed = (isReady: boolean): { readonly ip: string }[] =>
    addresses.filter(({ ready }) => ready === isReady).map(({ ip }) => ({ ip }))
  const [ready, notReady] = [listed(true), listed(false)]
  const subset = {
    ...(ready.length === 0 ? {} : { addresses: ready }),
    ...(notReady.length === 0 ? {} : { notReadyAddresses: notReady }),
    ports: addresses.length === 0 ? [] : portsOf(service, podOf(addresses[0].ip, namespace, pods)),
  }
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...metadataOf(service, name, row), labels: service.metadata.labels },
    ...(addresses.length === 0 ? {} : { subsets: [subset] }),
  }
}

function metadataOf({ metadata }: Service, name: string, row: number): ObjectMeta {
  const { namespace = 'default', creationTimestamp } = metadata
  return {
    name,
    namespace,
    uid: uidOf(`EndpointSlice/${namespace}/${name}`),
    resourceVersion: `${row + 1}`,
    creationTimestamp,
    ownerReferences: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        name: metadata.name ?? '',
        uid: metadata.uid ?? '',
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  }
}

function endpointOf({ ip, ready, serving, terminating }: Address, namespace: string, pods: readonly Pod[]): Endpoint {
  const pod = podOf(ip, namespace, pods)
  const { nodeName } = pod?.spec ?? {}
  return {
    addresses: [ip],
    conditions: { ready, serving, terminating },
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(pod === undefined
      ? {}
      : { targetRef: { kind: 'Pod', namespace, name: pod.metadata.name, uid: pod.metadata.uid } }),
  }
}

const podOf = (ip: string, namespace: string, pods: readonly Pod[]): Pod | undefined =>
  pods.find(({ metadata, status }) => status?.podIP === ip && (metadata.namespace ?? 'default') === namespace)

const portsOf = ({ spec }: Service, pod: Pod | undefined): EndpointPort[] =>
  (spec.ports ?? []).map(port => {
    const { name, protocol = 'TCP' } = port
    const number = targetPortOf(port, pod)
    return { ...(name === undefined ? {} : { name }), protocol, ...(number === undefined ? {} : { port: number }) }
  })

/** ES-5: a named port is looked up in the pod. */
function targetPortOf({ port, targetPort = port }: ServicePort, pod: Pod | undefined): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  const ports = (pod?.spec.containers ?? []).flatMap(container => container.ports ?? [])
  return ports.find(({ name }) => name === targetPort)?.containerPort
}

/** Five letters that the path decides: a run does not draw names of slices, since nothing hangs on them. */
function suffixOf(path: string): string {
  const digits = uidOf(path).replaceAll('-', '')
  return [0, 1, 2, 3, 4].map(i => SAFE[Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16) % SAFE.length]).join('')
}

/** The letters of generated names. */
const SAFE = 'bcdfghjklmnpqrstvwxz2456789'
