import type {
  ApiObject,
  ConfigMap,
  HorizontalPodAutoscalerSpec,
  Namespace,
  Node,
  PodDisruptionBudget,
  PriorityClass,
  ResourceList,
  RuntimeClass,
  Secret,
} from '../../model/index.js'
import type { Milliseconds } from '../../time/index.js'
import { ageOf } from '../api-time.js'
import { formatMetrics, type MetricStatusView, type MetricView } from '../metrics.js'
import { type Printer, printer } from './printer.js'

const name = ({ metadata }: ApiObject): string => metadata.name ?? ''
const age = ({ metadata }: ApiObject, now: Milliseconds): string => ageOf(metadata.creationTimestamp, now)

/** An autoscaler, as far as a view reads it (autoscaling/v2). */
export interface AutoscalerView extends ApiObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string }
    readonly minReplicas?: number
    readonly maxReplicas: number
    readonly metrics?: readonly MetricView[]
    readonly behavior?: HorizontalPodAutoscalerSpec['behavior']
  }
  readonly status?: {
    readonly currentReplicas?: number
    readonly desiredReplicas?: number
    readonly currentMetrics?: readonly MetricStatusView[]
    readonly conditions?: readonly { type: string; status: string; reason?: string; message?: string }[]
  }
}

/** A quota, as far as a view reads it (core/v1 ResourceQuota). */
export interface QuotaView extends ApiObject {
  readonly spec?: { readonly hard?: ResourceList; readonly scopes?: readonly string[] }
  readonly status?: { readonly hard?: ResourceList; readonly used?: ResourceList }
}

/** A role binding, as far as a view reads it. */
interface BindingView extends ApiObject {
  readonly roleRef?: { readonly kind: string; readonly name: string }
  readonly subjects?: readonly { readonly kind: string; readonly namespace?: string; readonly name: string }[]
}

/**
 * What `kubectl get` prints of nodes, namespaces, policies and configuration.
 *
 * kubernetes: pkg/printers/internalversion/printers.go, v1.32 (control-plane.md §7.1).
 */
export const CLUSTER_PRINTERS: Readonly<Record<string, Printer>> = {
  Node: printer<Node>(
    'NAME|STATUS|ROLES|AGE|VERSION',
    (it, now) => [
      name(it),
      nodeStatus(it),
      nodeRoles(it).join(',') || '<none>',
      age(it, now),
      it.status.nodeInfo?.kubeletVersion ?? '',
    ],
    'INTERNAL-IP|EXTERNAL-IP|OS-IMAGE|KERNEL-VERSION|CONTAINER-RUNTIME',
    ({ status }) => [
      ...['InternalIP', 'ExternalIP'].map(
        type => status.addresses?.find(address => address.type === type)?.address ?? '<none>',
      ),
      ...['osImage', 'kernelVersion', 'containerRuntimeVersion'].map(field => status.nodeInfo?.[field] || '<unknown>'),
    ],
  ),
  Namespace: printer<Namespace>('NAME|STATUS|AGE', (it, now) => [name(it), namespaceStatus(it), age(it, now)]),
  ConfigMap: printer<ConfigMap>('NAME|DATA|AGE', (it, now) => [
    name(it),
    Object.keys(it.data ?? {}).length + Object.keys(it.binaryData ?? {}).length,
    age(it, now),
  ]),
  Secret: printer<Secret>('NAME|TYPE|DATA|AGE', (it, now) => [
    name(it),
    it.type ?? 'Opaque',
    new Set([...Object.keys(it.data ?? {}), ...Object.keys(it.stringData ?? {})]).size,
    age(it, now),
  ]),
  ServiceAccount: printer<ApiObject & { readonly secrets?: readonly unknown[] }>('NAME|SECRETS|AGE', (it, now) => [
    name(it),
    it.secrets?.length ?? 0,
    age(it, now),
  ]),
  ResourceQuota: printer<QuotaView>('NAME|REQUEST|LIMIT|AGE', (it, now) => [
    name(it),
    quotaText(it, false),
    quotaText(it, true),
    age(it, now),
  ]),
  LimitRange: printer('NAME|CREATED AT', it => [name(it), it.metadata.creationTimestamp ?? '']),
  PodDisruptionBudget: printer<PodDisruptionBudget>(
    'NAME|MIN AVAILABLE|MAX UNAVAILABLE|ALLOWED DISRUPTIONS|AGE',
    (it, now) => [
      name(it),
      it.spec.minAvailable ?? 'N/A',
      it.spec.maxUnavailable ?? 'N/A',
      it.status?.disruptionsAllowed ?? 0,
      age(it, now),
    ],
  ),
  HorizontalPodAutoscaler: printer<AutoscalerView>('NAME|REFERENCE|TARGETS|MINPODS|MAXPODS|REPLICAS|AGE', (it, now) => [
    name(it),
    `${it.spec.scaleTargetRef.kind}/${it.spec.scaleTargetRef.name}`,
    formatMetrics(it.spec.metrics ?? [], it.status?.currentMetrics ?? []),
    it.spec.minReplicas ?? '<unset>',
    it.spec.maxReplicas,
    it.status?.currentReplicas ?? 0,
    age(it, now),
  ]),
  PriorityClass: printer<PriorityClass>('NAME|VALUE|GLOBAL-DEFAULT|AGE|PREEMPTIONPOLICY', (it, now) => [
    name(it),
    it.value,
    it.globalDefault ?? false,
    age(it, now),
    it.preemptionPolicy ?? 'PreemptLowerPriority',
  ]),
  RuntimeClass: printer<RuntimeClass>('NAME|HANDLER|AGE', (it, now) => [name(it), it.handler, age(it, now)]),
  Role: printer('NAME|CREATED AT', it => [name(it), it.metadata.creationTimestamp ?? '']),
  ClusterRole: printer('NAME|CREATED AT', it => [name(it), it.metadata.creationTimestamp ?? '']),
  RoleBinding: bindingPrinter(),
  ClusterRoleBinding: bindingPrinter(),
}

function bindingPrinter(): Printer {
  return printer<BindingView>(
    'NAME|ROLE|AGE',
    (it, now) => [name(it), `${it.roleRef?.kind ?? ''}/${it.roleRef?.name ?? ''}`, age(it, now)],
    'USERS|GROUPS|SERVICEACCOUNTS',
    ({ subjects = [] }) => {
      const of = (kind: string) => subjects.filter(subject => subject.kind === kind)
      const accounts = of('ServiceAccount').map(each => `${each.namespace ?? ''}/${each.name}`)
      return [...['User', 'Group'].map(kind => of(kind).map(each => each.name)), accounts].map(list => list.join(', '))
    },
  )
}

/** printNode: NotReady also when nothing is known. */
function nodeStatus({ spec, status }: Node): string {
  const ready = (status.conditions ?? []).find(({ type }) => type === 'Ready')
  const word = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'
  return spec.unschedulable === true ? `${word},SchedulingDisabled` : word
}

const ROLE = 'node-role.kubernetes.io/'

/** The roles that a node's labels name, sorted. */
export function nodeRoles({ metadata }: ApiObject): string[] {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(ROLE)) return key.length > ROLE.length ? [key.slice(ROLE.length)] : []
    return key === 'kubernetes.io/role' && value !== '' ? [value] : []
  })
  return [...new Set(roles)].sort()
}

/** The phase of a namespace; one that is being deleted says so. */
export const namespaceStatus = ({ metadata, status }: Namespace): string =>
  status?.phase ?? (metadata.deletionTimestamp ? 'Terminating' : 'Active')

/** `requests.cpu: 1/2, pods: 3/10`; limits stand in a column of their own. */
function quotaText({ spec, status }: QuotaView, isLimit: boolean): string {
  const hard = status?.hard ?? spec?.hard ?? {}
  return Object.keys(hard)
    .sort()
    .filter(each => each.startsWith('limits.') === isLimit)
    .map(each => `${each}: ${status?.used?.[each] ?? '0'}/${hard[each]}`)
    .join(', ')
}
