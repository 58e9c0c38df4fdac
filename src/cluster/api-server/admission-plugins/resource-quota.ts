import {
  compareQuantities,
  type KubernetesObject,
  parseQuantity,
  type Quantity,
  type ResourceList,
  type ResourceQuota,
} from '../../../model/index.js'
import { addAll, quantitiesOf, textsOf } from './pod-amounts.js'
import { isCounted, missingFor, usageOf } from './quota-usage.js'

/** What the quotas of a namespace say to a new object: why not, or how much of them is used from then on. */
export type QuotaAnswer =
  | { readonly refusal: string; readonly charged?: undefined }
  | {
      readonly refusal?: undefined
      readonly charged: readonly { readonly quota: ResourceQuota; readonly used: ResourceList }[]
    }

/**
 * Checks a new object against the quotas of its namespace. What a quota's controller has not counted yet is not bound by it.
 *
 * apiserver: pkg/admission/plugin/resourcequota/controller.go CheckRequest, v1.32 (ADM-7).
 */
export function chargeQuotas(object: KubernetesObject, quotas: readonly ResourceQuota[]): QuotaAnswer {
  const usage = usageOf(object)
  const charged: { readonly quota: ResourceQuota; readonly used: ResourceList }[] = []
  const concerned = quotas.filter(quota => isCounted(quota, object))
  for (const quota of concerned) {
    const { name = '' } = quota.metadata
    const names = Object.keys(quota.status?.hard ?? {}).filter(each => usage.has(each) || isCompute(each))
    const missing = object.kind === 'Pod' ? missingFor(names, object) : undefined
    if (missing !== undefined) return { refusal: `failed quota: ${name}: ${missing}` }
    const unknown = names.filter(each => usage.has(each) && quota.status?.used?.[each] === undefined).sort()
    if (unknown.length > 0) return { refusal: `status unknown for quota: ${name}, resources: ${unknown.join(',')}` }
  }
  for (const quota of concerned) {
    const { hard = {}, used = {} } = quota.status ?? {}
    const requested = new Map([...usage].filter(([each, { nanos }]) => Object.hasOwn(hard, each) && nanos > 0n))
    if (requested.size === 0) continue
    const next = addAll(quantitiesOf(used), requested)
    const exceeded = [...requested.keys()].filter(
      each => compareQuantities(next.get(each)!, parseQuantity(hard[each])) > 0,
    )
    if (exceeded.length > 0) return { refusal: exceededText(quota, requested, exceeded) }
    charged.push({ quota, used: textsOf(next) })
  }
  return { charged }
}

const COMPUTE = /^(requests\.|limits\.)?(cpu|memory)$/
const isCompute = (name: string): boolean => COMPUTE.test(name)

function exceededText(
  { metadata, status }: ResourceQuota,
  requested: ReadonlyMap<string, Quantity>,
  exceeded: readonly string[],
): string {
  const written = (list: ResourceList): string =>
    [...exceeded]
      .sort()
      .map(name => `${name}=${parseQuantity(list[name] ?? '0').text}`)
      .join(',')
  const { hard = {}, used = {} } = status ?? {}
  const parts = [`requested: ${written(textsOf(requested))}`, `used: ${written(used)}`, `limited: ${written(hard)}`]
  return `exceeded quota: ${metadata.name}, ${parts.join(', ')}`
}

/** How much of a quota all objects of its namespace use together, for each resource that it bounds. */
export function usedOf(quota: ResourceQuota, objects: Iterable<KubernetesObject>): ResourceList {
  const { hard = {} } = quota.spec ?? {}
  const sum = new Map(Object.keys(hard).map(name => [name, parseQuantity('0')]))
  for (const object of objects) {
    if (!isCounted(quota, object)) continue
    addAll(sum, new Map([...usageOf(object)].filter(([name]) => Object.hasOwn(hard, name))))
  }
  return textsOf(sum)
}
