import {
  type Container,
  KINDS,
  type KubernetesObject,
  type PersistentVolumeClaim,
  type Pod,
  type PodAffinityTerm,
  type PodSpec,
  parseQuantity,
  type Quantity,
  qosClassOf,
  type ResourceList,
  type ResourceQuota,
  type ScopedResourceSelectorRequirement,
  storageClassOf,
} from '../../../model/index.js'
import { addAll, podAmounts, type QuantityList, quantitiesOf } from './pod-amounts.js'

const ONE = parseQuantity('1')

/** Kinds that a quota also counts by the bare name of their resource. */
const COUNTED_BY_NAME: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Secret',
  'ReplicationController',
  'ResourceQuota',
  'Service',
  'PersistentVolumeClaim',
])

/** Resources that every container has to ask for where a quota counts them. */
const REQUIRED = ['cpu', 'limits.cpu', 'limits.memory', 'memory', 'requests.cpu', 'requests.memory']

/**
 * What an object counts for in a quota.
 *
 * kubernetes: pkg/quota/v1/evaluator/core/pods.go PodUsageFunc, services.go, generic/evaluator.go, v1.32 (ADM-7).
 */
export function usageOf(object: KubernetesObject): QuantityList {
  const { group, resource } = KINDS[object.kind]
  const usage: QuantityList = new Map([[`count/${group === '' ? resource : `${resource}.${group}`}`, ONE]])
  if (COUNTED_BY_NAME.has(object.kind)) usage.set(resource, ONE)
  if (object.kind === 'Service') {
    const { type, ports = [] } = object.spec
    const nodePorts = type === 'NodePort' || type === 'LoadBalancer' ? ports.length : 0
    usage.set('services.nodeports', parseQuantity(String(nodePorts)))
    usage.set('services.loadbalancers', type === 'LoadBalancer' ? ONE : parseQuantity('0'))
  }
  if (object.kind === 'PersistentVolumeClaim') addStorage(object, usage)
  if (object.kind !== 'Pod') return usage
  usage.set('pods', ONE)
  const { overhead } = object.spec
  const requests = addAll(podAmounts(object.spec, 'requests'), quantitiesOf(overhead))
  const amounts = computeUsage(requests, withOverhead(podAmounts(object.spec, 'limits'), overhead))
  for (const [name, amount] of amounts) usage.set(name, amount)
  return usage
}

/** The overhead counts towards those limits that there are (R-1). */
function withOverhead(limits: QuantityList, overhead: ResourceList | undefined): QuantityList {
  const added = [...quantitiesOf(overhead)].filter(([name]) => (limits.get(name)?.nanos ?? 0n) > 0n)
  return addAll(limits, new Map(added))
}

/** kubernetes: pkg/quota/v1/evaluator/core/persistent_volume_claims.go Usage: what it asks for, and the same under its class. */
function addStorage(claim: PersistentVolumeClaim, usage: QuantityList): void {
  const storage = parseQuantity(claim.spec.resources?.requests?.storage ?? '0')
  usage.set('requests.storage', storage)
  const name = storageClassOf(claim)
  if (name === '') return
  usage.set(`${name}.storageclass.storage.k8s.io/persistentvolumeclaims`, ONE)
  usage.set(`${name}.storageclass.storage.k8s.io/requests.storage`, storage)
}

/** podComputeUsageHelper. */
function computeUsage(requests: ReadonlyMap<string, Quantity>, limits: ReadonlyMap<string, Quantity>): QuantityList {
  const usage: QuantityList = new Map()
  for (const [name, amount] of requests) {
    const isNative = !name.includes('/')
    if (isNative) usage.set(name, amount)
    usage.set(`requests.${name}`, amount)
  }
  for (const [name, amount] of limits) if (LIMITED.has(name)) usage.set(`limits.${name}`, amount)
  return usage
}

const LIMITED: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage'])

/** What a quota wants of each container and does not find: `must specify limits.cpu for: app`; undefined: nothing is missing. */
export function missingFor(names: readonly string[], { spec }: Pod): string | undefined {
  const wanted = REQUIRED.filter(name => names.includes(name))
  const lacking = (name: string): string[] => {
    const lacks = ({ resources }: Container): boolean =>
      !computeUsage(quantitiesOf(resources?.requests), quantitiesOf(resources?.limits)).has(name)
    return [...spec.containers, ...(spec.initContainers ?? [])].filter(lacks).map(container => container.name)
  }
  const texts = wanted
    .map(name => ({ name, containers: lacking(name).sort() }))
    .filter(({ containers }) => containers.length > 0)
    .map(({ name, containers }) => `${name} for: ${containers.join(',')}`)
  return texts.length === 0 ? undefined : `must specify ${texts.join('; ')}`
}

/** Whether a quota counts an object at all: its scopes have to fit, and only pods have any. */
export function isCounted({ spec = {} }: ResourceQuota, object: KubernetesObject): boolean {
  const scopes: readonly ScopedResourceSelectorRequirement[] = [
    ...(spec.scopes ?? []).map(scopeName => ({ scopeName, operator: 'Exists' as const })),
    ...(spec.scopeSelector?.matchExpressions ?? []),
  ]
  if (scopes.length === 0) return true
  return object.kind === 'Pod' && scopes.every(scope => isInScope(scope, object))
}

function isInScope({ scopeName, operator, values = [] }: ScopedResourceSelectorRequirement, { spec }: Pod): boolean {
  const isTerminating = spec.activeDeadlineSeconds !== undefined
  const { priorityClassName = '' } = spec
  switch (scopeName) {
    case 'Terminating':
      return isTerminating
    case 'NotTerminating':
      return !isTerminating
    case 'BestEffort':
      return qosClassOf(spec) === 'BestEffort'
    case 'NotBestEffort':
      return qosClassOf(spec) !== 'BestEffort'
    case 'CrossNamespacePodAffinity':
      return affinityTerms(spec).some(crossesNamespaces)
    case 'PriorityClass':
      if (operator === 'In') return values.includes(priorityClassName)
      if (operator === 'NotIn') return !values.includes(priorityClassName)
      return (priorityClassName !== '') === (operator === 'Exists')
    default:
      return false
  }
}

/** Terms of pod affinity and anti-affinity, required and preferred. */
const affinityTerms = ({ affinity }: PodSpec): readonly PodAffinityTerm[] =>
  [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap(each => [
    ...(each?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(each?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ])

/** kubernetes: pkg/quota/v1/evaluator/core/pods.go crossNamespacePodAffinityTerm, v1.32. */
const crossesNamespaces = ({ namespaces = [], namespaceSelector }: PodAffinityTerm): boolean =>
  namespaces.length > 0 || namespaceSelector !== undefined
