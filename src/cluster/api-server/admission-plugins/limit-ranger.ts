import {
  type Container,
  compareQuantities,
  type LimitRange,
  type LimitRangeItem,
  type Pod,
  parseQuantity,
  type Quantity,
  type ResourceList,
} from '../../../model/index.js'
import { podAmounts, textsOf } from './pod-amounts.js'

const ANNOTATION = 'kubernetes.io/limit-ranger'

/**
 * Fills in what a pod's containers do not ask for from the defaults of its namespace; a pod that lacks nothing comes back as it is.
 *
 * kubernetes: plugin/pkg/admission/limitranger/admission.go mergePodResourceRequirements, v1.32 (ADM-2).
 */
export function withLimitDefaults(pod: Pod, ranges: readonly LimitRange[]): Pod {
  let result = pod
  for (const { spec } of ranges) {
    const requests = defaultsOf(spec.limits, ({ defaultRequest }) => defaultRequest)
    const limits = defaultsOf(spec.limits, item => item.default)
    result = merged(result, requests, limits)
  }
  return result
}

/** defaultContainerResourceRequirements: of all items about containers, the later one wins. */
function defaultsOf(
  items: readonly LimitRangeItem[],
  part: (item: LimitRangeItem) => ResourceList | undefined,
): ResourceList {
  return Object.assign({}, ...items.filter(({ type }) => type === 'Container').map(item => part(item) ?? {}))
}

function merged(pod: Pod, requests: ResourceList, limits: ResourceList): Pod {
  const notes: string[] = []
  const complete = (containers: readonly Container[], kind: string): Container[] =>
    containers.map(container => {
      const { resources = {} } = container
      const missing = (own: ResourceList | undefined, all: ResourceList): string[] =>
        Object.keys(all)
          .filter(name => own === undefined || !Object.hasOwn(own, name))
          .sort()
      const lacking = { limits: missing(resources.limits, limits), requests: missing(resources.requests, requests) }
      if (lacking.requests.length > 0)
        notes.push(`${lacking.requests.join(', ')} request for ${kind} ${container.name}`)
      if (lacking.limits.length > 0) notes.push(`${lacking.limits.join(', ')} limit for ${kind} ${container.name}`)
      if (lacking.requests.length === 0 && lacking.limits.length === 0) return container
      const next = {
        ...resources,
        limits: { ...limits, ...resources.limits },
        requests: { ...requests, ...resources.requests },
      }
      return { ...container, resources: next }
    })
  const { spec, metadata } = pod
  const containers = complete(spec.containers, 'container')
  const initContainers = complete(spec.initContainers ?? [], 'init container')
  if (notes.length === 0) return pod
  const annotations = { ...metadata.annotations, [ANNOTATION]: `LimitRanger plugin set: ${notes.join('; ')}` }
  const init = spec.initContainers === undefined ? {} : { initContainers }
  return { ...pod, metadata: { ...metadata, annotations }, spec: { ...spec, containers, ...init } }
}

/**
 * What of a pod breaks the bounds of its namespace, in the API server's words.
 *
 * kubernetes: plugin/pkg/admission/limitranger/admission.go PodValidateLimitFunc, v1.32 (ADM-2).
 */
export function limitViolations({ spec }: Pod, { spec: { limits: items } }: LimitRange): string[] {
  const found: string[] = []
  for (const item of items) {
    if (item.type === 'Container') {
      for (const { resources } of [...spec.containers, ...(spec.initContainers ?? [])])
        check(item, resources?.requests ?? {}, resources?.limits ?? {}, found)
    } else if (item.type === 'Pod')
      check(item, textsOf(podAmounts(spec, 'requests')), textsOf(podAmounts(spec, 'limits')), found)
  }
  return found
}

const sortedNames = (list: ResourceList | undefined): string[] => Object.keys(list ?? {}).sort()

function check(item: LimitRangeItem, requests: ResourceList, limits: ResourceList, found: string[]): void {
  const add = (problem: string | undefined): void => {
    if (problem !== undefined) found.push(problem)
  }
  for (const name of sortedNames(item.min)) add(belowMinimum(item, name, requests, limits))
  for (const name of sortedNames(item.max)) add(aboveMaximum(item, name, requests, limits))
  for (const name of sortedNames(item.maxLimitRequestRatio)) add(aboveRatio(item, name, requests, limits))
}

const amountIn = (list: ResourceList | undefined, name: string): Quantity | undefined =>
  list !== undefined && Object.hasOwn(list, name) ? parseQuantity(list[name]) : undefined
const isBelow = (one: Quantity, other: Quantity): boolean => compareQuantities(one, other) < 0

function belowMinimum(
  { type, min }: LimitRangeItem,
  name: string,
  requests: ResourceList,
  limits: ResourceList,
): string | undefined {
  const [least, request, limit] = [amountIn(min, name), amountIn(requests, name), amountIn(limits, name)]
  if (least === undefined) return undefined
  const bound = `minimum ${name} usage per ${type} is ${least.text}`
  if (request === undefined) return `${bound}.  No request is specified`
  if (isBelow(request, least)) return `${bound}, but request is ${request.text}`
  return limit !== undefined && isBelow(limit, least) ? `${bound}, but limit is ${limit.text}` : undefined
}

function aboveMaximum(
  { type, max }: LimitRangeItem,
  name: string,
  requests: ResourceList,
  limits: ResourceList,
): string | undefined {
  const [most, request, limit] = [amountIn(max, name), amountIn(requests, name), amountIn(limits, name)]
  if (most === undefined) return undefined
  const bound = `maximum ${name} usage per ${type} is ${most.text}`
  if (limit === undefined) return `${bound}.  No limit is specified`
  if (isBelow(most, limit)) return `${bound}, but limit is ${limit.text}`
  return request !== undefined && isBelow(most, request) ? `${bound}, but request is ${request.text}` : undefined
}

function aboveRatio(
  { type, maxLimitRequestRatio }: LimitRangeItem,
  name: string,
  requests: ResourceList,
  limits: ResourceList,
): string | undefined {
  const [most, request, limit] = [
    amountIn(maxLimitRequestRatio, name),
    amountIn(requests, name),
    amountIn(limits, name),
  ]
  if (most === undefined) return undefined
  const bound = `${name} max limit to request ratio per ${type} is ${most.text}`
  if (request === undefined || request.nanos === 0n) return `${bound}, but no request is specified or request is 0`
  if (limit === undefined || limit.nanos === 0n) return `${bound}, but no limit is specified or limit is 0`
  if (limit.nanos <= (most.nanos * request.nanos) / 1_000_000_000n) return undefined
  return `${bound}, but provided ratio is ${(Number(limit.nanos) / Number(request.nanos)).toFixed(6)}`
}
